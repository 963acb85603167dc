"""Changing what was published: by an addendum that two people stand for, or by more time for everybody."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max

from documents.actions import request_document
from documents.envelopes import actions as envelopes
from lifecycle import clock, trail
from lifecycle.guards import Reason
from lifecycle.steps import Blocked, action, fire, refuse_overtaken
from procurement import contexts, guards, rectifying
from procurement.actions.following import follow_deadline
from procurement.audience import tell_everybody
from procurement.models import Addendum, Procedure
from procurement.models.question_terms import moved_with

# What two records of one part cannot share, by the part.
CLASHES = {"condition": guards.conditions_have_own_codes, "sub_criterion": guards.sub_criteria_add_up}
# What must hold of a procedure with the changes in place.
LAWFUL = (
    guards.has_ranked_criteria,
    guards.sub_criteria_add_up,
    guards.has_selection_conditions,
    guards.every_lot_is_valued,
)


def locked(procedure) -> Procedure:
    """The procedure is locked before its parts and its box."""
    return Procedure.objects.select_for_update().get(pk=procedure.pk)


@action("procurement.draft_addendum")
def draft_addendum(addendum, *, by):
    """Keep a proposed rectification, new or written anew, after trying it out.

    Raises `Blocked` with everything that would stand in the way of its publication today.
    """
    procedure = addendum.procedure = locked(addendum.procedure)
    if not by.has_perm("procurement.draft_addendum", procedure):
        raise PermissionDenied
    is_new = addendum.pk is None
    if not is_new:
        fresh = Addendum.objects.select_for_update().get(pk=addendum.pk)
        if fresh.state != Addendum.State.DRAFT:
            refuse_overtaken(fresh)
    addendum.phase = procedure.phase
    addendum.old_deadline = procedure.phase_deadline if addendum.new_deadline else None
    if reasons := _reasons(addendum):
        raise Blocked(reasons)
    addendum.drafted_by, addendum.drafted_at = by, clock.now()
    addendum.save()
    trail.record(addendum, "draft" if is_new else "edit", by=by, facts={"changes": _digest(addendum.changes)})
    return addendum


def _reasons(addendum):
    verb = next(each for each in Addendum.state.field.get_all_transitions(Addendum) if each.name == "publish")
    reasons = [reason for guard in verb.conditions if (reason := guard.reason(addendum, {}))]
    return reasons or tried_out(addendum.procedure, addendum.changes)


def tried_out(procedure, changes) -> list[Reason]:
    """What would be unlawful with the changes in place; nothing stays of them."""
    with transaction.atomic():
        reasons = _put_in_place(Procedure.objects.get(pk=procedure.pk), changes)
        transaction.set_rollback(True)
    return reasons


def _put_in_place(procedure, changes):
    """Write the changes, and say what is wrong with the whole then."""
    try:
        with transaction.atomic():
            rectifying.put_in_place(procedure, changes)
    except IntegrityError:
        check = CLASHES.get(changes[0]["part"], guards.has_ranked_criteria)
        return [Reason(check.name, str(check.sentence), check.ground)]
    return [reason for guard in LAWFUL if (reason := guard.reason(procedure, {}))]


def _digest(changes):
    return trail.Code(rectifying.digest_of(changes))


@action("procurement.publish_addendum")
def publish_addendum(addendum, *, by):
    """Put a rectification in force at once, for everybody: contents, deadline, documents, and word to all who are known."""
    procedure = locked(addendum.procedure)
    addendum = fire(addendum, "publish", by=by, number=next_number(procedure))
    if reasons := _put_in_place(procedure, addendum.changes):
        raise Blocked(reasons, addendum)
    digest = procedure.award_criteria.digest() if procedure.criteria_digest else ""
    facts = {"addendum": addendum, "criteria_digest": trail.Code(digest), "deadline": addendum.new_deadline}
    if addendum.new_deadline:
        move = moved_with(procedure, addendum.new_deadline, along=addendum.questions_move)
        addendum.move_questions(move)
        facts["questions_until"] = move.new
    old_deadline = procedure.phase_deadline
    procedure = fire(procedure, "rectify", by=by, **facts)
    if addendum.new_deadline:
        new, along = addendum.new_deadline, addendum.questions_move
        addendum.replanned = follow_deadline(procedure, old_deadline, new, by=by, answers=along)
        envelopes.move_deadline(procedure.box(addendum.phase), opens_at=first_moment_of_release(addendum), by=by)
    _announce(procedure, addendum, by)
    if addendum.changes:
        _publish_new_version(procedure, by)
    return addendum


@action("procurement.extend_deadline")
def extend_deadline(procedure, *, by, deadline, reason, questions_move=True):
    """Give everybody the same longer time for the submissions that come in now (act of 17 June 2016, art. 47, § 1).

    `questions_move`: the moment until which questions can be asked moves as many days.
    """
    before = locked(procedure)
    move = moved_with(before, deadline, along=questions_move)
    until = move and move.new
    procedure = fire(procedure, "extend_deadline", by=by, deadline=deadline, questions_until=until, reason=reason)
    kind = Addendum.Kind.EXTENSION
    replanned = follow_deadline(procedure, before.phase_deadline, deadline, by=by, answers=questions_move)
    addendum = publish_extension(before, deadline, by=by, kind=kind, reason=reason, questions=move, replanned=replanned)
    envelopes.move_deadline(procedure.box(addendum.phase), opens_at=first_moment_of_release(addendum), by=by)
    return procedure


def publish_extension(before, deadline, *, by, kind, reason, questions=None, replanned=(), outage=None):
    """The dated addendum of an extension; `before` is the procedure as it was. No deadline: only that of questions moves."""
    addendum = Addendum(
        procedure=Procedure.objects.get(pk=before.pk),
        kind=kind,
        phase=before.phase,
        title=contexts.title_of_extension(deadline) if deadline else contexts.title_of_questions(questions.new),
        reason=reason,
        old_deadline=before.phase_deadline if deadline else None,
        new_deadline=deadline,
        replanned=list(replanned),
        outage=outage,
        drafted_by=by,
        drafted_at=clock.now(),
    )
    addendum.move_questions(questions)
    addendum.save()
    addendum = fire(addendum, "publish_extension", by=by, number=next_number(before))
    _announce(addendum.procedure, addendum, by)
    return addendum


def first_moment_of_release(addendum):
    """The second after the deadline."""
    return addendum.new_deadline + dt.timedelta(seconds=1)


def next_number(procedure) -> int:
    """Addenda are numbered as they are published; the procedure is locked."""
    return (procedure.addenda.aggregate(last=Max("number"))["last"] or 0) + 1


def _announce(procedure, addendum, by):
    addendum.content_digest = procedure.content_digest()
    addendum.save(update_fields=["content_digest", "old_questions_until", "new_questions_until", "replanned"])
    document = request_document(
        kind="addendum",
        subject=addendum,
        context=contexts.addendum(addendum),
        by=by,
        public=True,
        title=contexts.name_of(addendum),
        prefix=procedure.number,
    )
    tell_everybody(
        procedure,
        reason="addendum",
        title=contexts.name_of(addendum),
        body=contexts.summary(addendum),
        by=by,
        subject=addendum,
        document=document,
        tab="wijzigingen",
    )


def _publish_new_version(procedure, by):
    """The document that said otherwise, as it reads now; the earlier versions stay."""
    tendering = procedure.state == Procedure.State.TENDERING
    kind = "concession_documents" if tendering else "selection_guide"
    context = contexts.concession_documents if tendering else contexts.selection_guide
    title = contexts.title_of_version(kind, procedure.documents_of(kind).count() + 1)
    request_document(kind=kind, subject=procedure, context=context(procedure), by=by, public=True, title=title)
