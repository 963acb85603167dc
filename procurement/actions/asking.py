"""Asking about a procedure, and answering: to all at once, or to the asker alone where the question is confidential."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from documents.actions import request_document
from lifecycle import clock, outbox, trail
from lifecycle.steps import Blocked, action, fire
from procurement import contexts, guards
from procurement.actions.changing import locked, publish_extension
from procurement.audience import ANSWERS, tell_everybody
from procurement.models import Addendum, Procedure, Question, QuestionAsker, QuestionPhase, QuestionRound
from procurement.models.question_terms import Move, phase_of, terms_of

# Among so many numbers at least the number of an asker is drawn.
NUMBERS = 99


@action("procurement.ask_question")
def ask_question(procedure, *, by, organisation, text, about="", confidential=False, motive=""):
    """Take in a question for an organisation. The trail holds no organisation: only the system knows who asks."""
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    question = Question(
        procedure=procedure,
        phase=phase_of(procedure) or QuestionPhase.APPLICATIONS,
        asker=QuestionAsker(procedure=procedure, organisation=organisation),
        asked_by=by,
        asked_at=clock.now(),
        text=text,
        about=about,
        confidential=confidential,
        motive=motive if confidential else "",
        state=Question.State.CONFIDENTIAL if confidential else Question.State.ASKED,
    )
    if not by.has_perm("procurement.ask_question", question):
        raise PermissionDenied
    _refuse(question, guards.phase_takes_questions, guards.questions_deadline_is_ahead)
    question.asker = _asker(procedure, organisation)
    question.save()
    facts = {"phase": trail.Code(question.phase), "confidential": confidential, "question": text}
    trail.record(question, "ask", by=by, target=question.state, facts=facts)
    return question


def _refuse(record, *conditions, facts=None):
    if reasons := [reason for guard in conditions if (reason := guard.reason(record, facts or {}))]:
        raise Blocked(reasons, record)


def _asker(procedure, organisation):
    """The number of an asker in this procedure, drawn when it first asks; the procedure is locked."""
    found = QuestionAsker.objects.filter(procedure=procedure, organisation=organisation).first()
    if found is None:
        taken = set(QuestionAsker.objects.filter(procedure=procedure).values_list("number", flat=True))
        free = set(range(1, max(NUMBERS, 4 * len(taken)) + 1)) - taken
        number = secrets.choice(sorted(free))
        found = QuestionAsker.objects.create(procedure=procedure, organisation=organisation, number=number)
    return found


@action("procurement.send_back_question")
def send_back_question(question, *, by, reason):
    """Refuse confidentiality: the asker may ask openly or withdraw."""
    question = fire(question, "send_back", by=by, reason=reason)
    _tell_asker(question)
    return question


@action("procurement.answer_alone")
def answer_alone(question, *, by):
    """Give the answer to a confidential question to the asker alone."""
    question = fire(question, "answer_alone", by=by)
    _tell_asker(question)
    return question


def _tell_asker(question):
    """By the outbox and in no message that others could look up: whom it goes to is known to the system alone."""
    outbox.owe("procurement.tell_asker", key=f"{question.pk}/{question.state}", payload={"question": question.pk})


@action("procurement.publish_answers")
def publish_answers(procedure, *, by):
    """Publish every answer that a second person saw, to all at the same moment (act of 17 June 2016, art. 45)."""
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if not by.has_perm("procurement.publish_answers", procedure):
        raise PermissionDenied
    _refuse(procedure, guards.some_answer_is_ready)
    ready = list(procedure.questions.ready().order_by("pk"))
    new = _next_round(procedure, ready[0].phase, by)
    number = procedure.questions.aggregate(last=Max("number"))["last"] or 0
    for number, question in enumerate(ready, start=number + 1):  # noqa: B020 -- counts on from the last one
        _tell_asker(fire(question, "publish", by=by, number=number, in_round=new))
    new.document = request_document(
        kind="question_list",
        subject=procedure,
        context=contexts.question_list(new),
        by=by,
        public=True,
        title=contexts.title_of_round(new),
    )
    new.save()
    trail.record(procedure, "publish_answers", by=by, facts={"in_round": new, "questions": len(ready)})
    tell_everybody(
        procedure,
        reason=ANSWERS,
        title=new.document.title,
        body=contexts.message_of_round(new, len(ready)),
        by=by,
        document=new.document,
        tab="vragen",
    )
    return new


def _next_round(procedure, phase, by):
    last = procedure.question_rounds.aggregate(last=Max("number"))["last"] or 0
    return QuestionRound.objects.create(
        procedure=procedure, number=last + 1, phase=phase, published_at=clock.now(), published_by=by
    )


@action("procurement.set_questions_deadline")
def set_questions_deadline(procedure, *, by, phase, until, reason=""):
    """Choose until when questions may be asked in a phase; while it runs, everybody is told by an addendum that says why."""
    before = locked(procedure)
    procedure = Procedure.objects.get(pk=before.pk)
    if not by.has_perm("procurement.answer_question", procedure):
        raise PermissionDenied
    old = terms_of(before, phase).questions_until
    setattr(procedure, f"{QuestionPhase(phase).value}_questions_until", until)
    procedure.save(update_fields=[f"{QuestionPhase(phase).value}_questions_until"])
    facts = {"phase": trail.Code(phase), "questions_until": until}
    trail.record(procedure, "set_questions_deadline", by=by, facts=facts)
    new = terms_of(procedure, phase).questions_until
    if phase_of(procedure) == phase and new != old:
        facts = {"is_running": True, "chosen": new, "published": old, "reason": reason}
        _refuse(before, guards.questions_deadline_is_not_sooner, guards.reason_is_given, facts=facts)
        kind = Addendum.Kind.EXTENSION
        publish_extension(before, None, by=by, kind=kind, reason=reason, questions=Move(old, new))
    return procedure
