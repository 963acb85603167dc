"""Asking, answering and publishing: the pages of questions beside the one where everybody reads them."""

import django_filters
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, When
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from lifecycle.history import history_of
from lifecycle.lists import ListPage, StableOrder, TextFilter
from lifecycle.steps import steps
from procurement import actions, contexts, guards
from procurement.forms.questions import AskForm, TermsForm
from procurement.models import Procedure, Question, QuestionPhase
from procurement.models.question_terms import Numbers, phase_of, terms_of
from procurement.views.preparing import trail_to


class QuestionFilter(django_filters.FilterSet):
    """Toon vragen *met toestand ...*, *over ...*, *met de tekst ...*."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("met toestand"), empty_label=gettext_lazy("om het even welke"), method="by_state"
    )
    procedure = TextFilter("procedure__number", label=gettext_lazy("van procedure"))
    text = TextFilter("text", "about", "answer")
    order = StableOrder(fields={"state": "state", "procedure__number": "procedure", "asked_at": "asked"})

    class Meta:
        model = Question
        fields = ["state"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.internal = self.request.user.has_perm("procurement.view_questions")
        hidden = () if self.internal else Question.UNTOLD
        self.filters["state"].extra["choices"] = [pair for pair in Question.State.choices if pair[0] not in hidden]
        if not self.internal:
            self.filters["text"].columns = ("text", "about")

    def by_state(self, found, _name, state):
        """Whoever asked finds a question by the state that it has for him."""
        states = [state]
        if not self.internal:
            told = {Question.State.ASKED: ["answered", "checked"], Question.State.CONFIDENTIAL: ["accepted"]}
            states += told.get(state, [])
        return found.filter(state__in=states)


class QuestionListView(LoginRequiredMixin, ListPage):
    """For the authority every question, for others their own; what waits for an answer first."""

    model = Question
    filterset_class = QuestionFilter
    template_name = "procurement/question_list.html"
    counted = gettext_lazy("vragen")
    related = ("procedure",)

    def get_queryset(self):
        waits = Case(When(state__in=Question.WAITING, then=0), default=1)
        return super().get_queryset().order_by(waits, "asked_at", "pk")

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        internal = self.request.user.has_perm("procurement.view_questions")
        numbers = Numbers()
        for question in context["page_obj"].object_list:
            question.answer_by = _answer_by(question, numbers)
        return context | {
            "title": _("Vragen") if internal else _("Uw vragen"),
            "intro": _("Wie een vraag stelde, weet alleen het systeem.") if internal else "",
        }


def _answer_by(question, numbers):
    """The last day for its answer, while there is something to answer."""
    waits = question.state in Question.WAITING and question.is_of_the_running_phase
    return terms_of(question.procedure, question.phase, numbers).answers_until if waits else None


class QuestionView(LoginRequiredMixin, View):
    """One question, for its asker and for the authority; everybody else reads it on the page of the procedure."""

    def get(self, request, pk):
        found = Question.objects.visible_to(request.user)
        question = get_object_or_404(found.select_related("procedure", "round__document"), pk=pk)
        internal = request.user.has_perm("procurement.view_questions")
        context = {
            "record": question,
            "trail": [*trail_to(question.procedure), (_("Vragen"), _questions_of(question.procedure))],
            "number": question.procedure.number,
            "name": _name(question),
            "facts": _facts(question),
            "steps": steps(question, request.user),
            "waiting": _waits(question),
            "question": question,
            "internal": internal,
            "answer_shown": question.answer and (internal or question.is_told),
            "told": history_of(question, viewer=request.user),
        }
        return TemplateResponse(request, "procurement/question.html", context)


def _questions_of(procedure):
    return f"{procedure.get_absolute_url()}?tab=vragen"


def _name(question):
    return _("Vraag %(number)s") % {"number": question.number} if question.number else _("Vraag")


def _facts(question):
    facts = [_("over de %(phase)s") % {"phase": question.get_phase_display()}]
    if question.confidential:
        facts.append(_("vertrouwelijk gesteld"))
    return [question.procedure.title, *facts]


def _waits(question):
    if question.state not in Question.WAITING or not question.is_of_the_running_phase:
        return []
    what, who = _NEXT[question.state]
    ground = str(guards.answer_reaches_all_in_time.ground)
    return [{"what": str(what), "who": str(who), "until": question.terms.answers_until, "ground": ground}]


_OFFICER, _SECOND = gettext_lazy("een aankoper"), gettext_lazy("een tweede persoon")
_NEXT = {
    Question.State.ASKED: (gettext_lazy("Antwoord"), _OFFICER),
    Question.State.ANSWERED: (gettext_lazy("Nazicht van het antwoord"), _SECOND),
    Question.State.CHECKED: (gettext_lazy("Bekendmaking in de volgende nota van inlichtingen"), _OFFICER),
    Question.State.CONFIDENTIAL: (gettext_lazy("Vertrouwelijkheid aanvaarden of de vraag terugsturen"), _OFFICER),
    Question.State.ACCEPTED: (gettext_lazy("Nazicht van het vertrouwelijke antwoord"), _SECOND),
}


class AskView(LoginRequiredMixin, View):
    """Asking a question for an organisation that one may prepare for."""

    template_name = "procurement/ask.html"

    def get(self, request, pk):
        procedure = _public_procedure(request, pk)
        return self._page(procedure, AskForm(procedure=procedure, user=request.user))

    def post(self, request, pk):
        procedure = _public_procedure(request, pk)
        form = AskForm(request.POST, procedure=procedure, user=request.user)
        if not form.is_valid():
            return self._page(procedure, form, status=422)
        question = actions.ask_question(procedure, by=request.user, **form.facts)
        messages.success(request, _("Uw vraag is gesteld. U krijgt een bericht zodra ze beantwoord is."))
        return redirect(question.get_absolute_url())

    def _page(self, procedure, form, status=200):
        phase = phase_of(procedure)
        context = {
            "title": _("Een vraag stellen"),
            "trail": trail_to(procedure),
            "procedure": procedure,
            "terms": terms_of(procedure, phase) if phase else None,
            "form": form if form.has_choice else None,
            "back": _questions_of(procedure),
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


def _public_procedure(request, pk):
    return get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)


class PublishAnswersView(LoginRequiredMixin, View):
    """What everybody is about to read, and the button that lets them."""

    template_name = "procurement/answers_publish.html"

    def get(self, request, pk):
        return self._page(self._procedure(request, pk))

    def post(self, request, pk):
        published = actions.publish_answers(self._procedure(request, pk), by=request.user)
        messages.success(request, _("%(title)s is bekendgemaakt.") % {"title": contexts.title_of_round(published)})
        return redirect(_questions_of(published.procedure))

    def _procedure(self, request, pk):
        procedure = _public_procedure(request, pk)
        if not request.user.has_perm("procurement.publish_answers", procedure):
            raise PermissionDenied
        return procedure

    def _page(self, procedure):
        ready = list(procedure.questions.ready().select_related("asker").order_by("pk"))
        conditions = [(guards.some_answer_is_ready, procedure)]
        for question in ready[:1]:
            question.procedure = procedure
            conditions += [(guards.phase_takes_questions, question), (guards.answer_reaches_all_in_time, question)]
        phase = phase_of(procedure)
        context = {
            "title": _("Antwoorden bekendmaken"),
            "trail": [*trail_to(procedure), (_("Vragen"), _questions_of(procedure))],
            "procedure": procedure,
            "questions": ready,
            "unanswered": procedure.questions.unanswered_in_time().count() - len(ready),
            "terms": terms_of(procedure, phase) if phase else None,
            "reasons": [reason for guard, record in conditions if (reason := guard.reason(record, {}))],
            "back": _questions_of(procedure),
        }
        return TemplateResponse(self.request, self.template_name, context)


class TermsView(LoginRequiredMixin, View):
    """Until when questions may be asked, phase by phase."""

    template_name = "procurement/question_terms.html"

    def get(self, request, pk):
        procedure = self._procedure(request, pk)
        return self._page(procedure, self._forms(procedure))

    def post(self, request, pk):
        procedure = self._procedure(request, pk)
        forms = self._forms(procedure, request.POST)
        if not all(form.is_valid() for form in forms):
            return self._page(procedure, forms, status=422)
        for form in forms:
            if form.is_moved:
                chosen = {"until": form.cleaned_data["until"], "reason": form.cleaned_data.get("reason", "")}
                actions.set_questions_deadline(procedure, by=request.user, phase=form.terms.phase, **chosen)
        messages.success(request, _("De termijnen zijn bewaard."))
        return redirect(_questions_of(procedure))

    def _procedure(self, request, pk):
        procedure = _public_procedure(request, pk)
        if not request.user.has_perm("procurement.answer_question", procedure):
            raise PermissionDenied
        return procedure

    def _forms(self, procedure, *data):
        """One for every phase whose deadline is known and not past."""
        phases = [phase for phase in QuestionPhase if terms_of(procedure, phase).is_ahead]
        return [TermsForm(*data, procedure=procedure, phase=phase) for phase in phases]

    def _page(self, procedure, forms, status=200):
        context = {
            "title": _("Termijnen voor vragen"),
            "trail": trail_to(procedure),
            "procedure": procedure,
            "forms": forms,
            "back": _questions_of(procedure),
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)
