"""The questions and answers on the page of a procedure: everybody reads what is published, page by page."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.urls import reverse

from lifecycle.lists import MOST_WORDS
from procurement.models import QuestionPhase
from procurement.models.question_terms import phase_of, terms_of

A_PAGE = 25


class QuestionsPart:
    """`asked`: what the address says: `tekst` to look for, `vraag` the number of a question to turn to, `page`."""

    def __init__(self, procedure, user, asked):
        self.procedure, self.user, self.asked = procedure, user, asked
        self.internal = user.has_perm("procurement.view_questions")

    @property
    def count(self) -> int:
        return self.procedure.questions.published().count()

    def context(self):
        text = self.asked.get("tekst", "").strip()
        found = self._published(text)
        phase = phase_of(self.procedure)
        return {
            "page_obj": Paginator(found, A_PAGE).get_page(self._page(found)),
            "text": text,
            "terms": self._terms(),
            "asking": bool(phase) and terms_of(self.procedure, phase).takes_questions and not self.internal,
            "ask_url": reverse("question-ask", args=[self.procedure.pk]),
            "list_url": f"{reverse('question-list')}?procedure={self.procedure.number}",
            "own": self._own(),
            "work": self._work(),
        }

    def _published(self, text):
        """The latest round first, within it the order of the numbers."""
        found = self.procedure.questions.published()
        for word in text.split()[:MOST_WORDS]:
            found = found.filter(Q(wording__icontains=word) | Q(answer__icontains=word) | Q(about__icontains=word))
        return found.select_related("asker", "round__document").order_by("-round__number", "number")

    def _page(self, found):
        """The page that was asked for, or the one on which the question stands that was asked for."""
        wanted = self.asked.get("vraag", "")
        if not wanted.isdecimal():
            return self.asked.get("page")
        numbers = list(found.values_list("number", flat=True))
        return numbers.index(int(wanted)) // A_PAGE + 1 if int(wanted) in numbers else 1

    def _terms(self):
        """Of every phase that began: what is only planned for a later one binds nobody yet."""
        procedure = self.procedure
        if procedure.is_called_off:
            return []
        begun = {QuestionPhase.APPLICATIONS: procedure.published_at, QuestionPhase.OFFERS: procedure.invited_at}
        return [terms_of(procedure, phase) for phase, moment in begun.items() if moment]

    def _own(self):
        """The questions of one's own organisations; the authority has a list."""
        if self.internal:
            return []
        return self.procedure.questions.asked_by_those_of(self.user).order_by("-pk")[:A_PAGE]

    def _work(self):
        """What the authority has to do, in numbers."""
        if not self.internal:
            return None
        questions = self.procedure.questions
        may_publish = self.user.has_perm("procurement.publish_answers", self.procedure)
        may_choose = self.user.has_perm("procurement.answer_question", self.procedure)
        return {
            "unanswered": questions.unanswered_in_time().count(),
            "ready": questions.ready().count(),
            "publish_url": reverse("answers-publish", args=[self.procedure.pk]) if may_publish else "",
            "terms_url": reverse("question-terms", args=[self.procedure.pk]) if may_choose else "",
        }
