"""The register of outages, and the one published rule by which a confirmed one extends the deadlines that it touched."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from documents.envelopes import actions as envelopes
from lifecycle import clock, timelimits, trail
from lifecycle.steps import action, fire
from procurement import contexts, guards
from procurement.actions.changing import first_moment_of_release, locked, publish_extension
from procurement.actions.following import follow_deadline
from procurement.models import Addendum, OutageEffect, Procedure
from procurement.models.question_terms import PHASES, Move, moved_with, phase_of, terms_of

S = Procedure.State
# Which deadline an outage can have touched: also of what was opened since, so that the register says why it was not extended.
APPLYING = (S.PUBLISHED, S.APPLICATIONS_CLOSED, S.SELECTION, S.SELECTION_DECIDED)
TENDERING = (S.TENDERING, S.TENDERS_CLOSED, S.BEST_AND_FINAL, S.EVALUATION, S.NEGOTIATION)


@action("procurement.record_outage")
def record_outage(outage, *, by):
    """Write an outage into the register; it counts once a second person confirmed it."""
    if not by.has_perm("procurement.record_outage", outage):
        raise PermissionDenied
    outage.recorded_by, outage.recorded_at = by, clock.now()
    outage.save()
    facts = {"started_at": outage.started_at, "ended_at": outage.ended_at, "hindered": outage.hindered}
    trail.record(outage, "record", by=by, facts=facts)
    return outage


@action("procurement.confirm_outage")
def confirm_outage(outage, *, by):
    """Confirm an outage and extend every deadline that it touched, of every procedure, by the published rule.

    What was opened, or could have been, is not sealed again: the register says so.
    """
    outage = fire(outage, "confirm", by=by)
    touched, asking = touched_by(outage), questions_touched_by(outage)
    for procedure in touched:
        _extend(procedure, outage, by)
    for procedure in asking:
        if procedure not in touched:
            _extend_questions(procedure, outage, by)
    return outage


def touched_by(outage) -> list[Procedure]:
    """The procedures with a deadline in whose last hours the outage fell, in the order in which they are locked."""
    if not outage.hindered:
        return []
    applying = Q(state__in=APPLYING, applications_deadline__gte=outage.started_at)
    tendering = Q(state__in=TENDERING, offers_deadline__gte=outage.started_at)
    found = Procedure.objects.filter(applying | tendering).order_by("pk")
    return [procedure for procedure in found if touches(outage, deadline_of(procedure), on=procedure.rules_date)]


def questions_touched_by(outage) -> list[Procedure]:
    """The procedures of which it touched the moment until which questions can be asked, as they are locked."""
    if not outage.hindered:
        return []
    found = Procedure.objects.filter(state__in=PHASES).order_by("pk")
    until = {procedure: terms_of(procedure, phase_of(procedure)).questions_until for procedure in found}
    return [each for each in found if until[each] and touches(outage, until[each], on=each.rules_date)]


def foreseen(outage) -> list[tuple[Procedure, dt.datetime, dt.datetime]]:
    """What confirming it now would extend: the procedure, its deadline (or that for questions) and the new one."""
    if outage.ended_at is None:
        return []
    touched = {each: deadline_of(each) for each in touched_by(outage) if not guards.nothing_was_opened.reason(each, {})}
    for each in questions_touched_by(outage):
        touched.setdefault(each, terms_of(each, phase_of(each)).questions_until)
    return [(each, old, extended(old, outage, on=each.rules_date)) for each, old in touched.items()]


def deadline_of(procedure):
    return procedure.applications_deadline if procedure.state in APPLYING else procedure.offers_deadline


def touches(outage, deadline, *, on) -> bool:
    """Long enough, begun before the last second of the deadline was over, and not over when its last hours began."""
    shortest = dt.timedelta(minutes=timelimits.days("outage-minimum-minutes", on=on))
    window = dt.timedelta(hours=timelimits.days("outage-window-hours", on=on))
    return outage.length >= shortest and outage.started_at <= deadline and outage.ended_at > deadline - window


def extended(deadline, outage, *, on) -> dt.datetime:
    """The length of the outage and some hours more, up to the next whole hour on a working day.

    Reckoned from the deadline, or from now when it was over before the outage was confirmed: nobody gets time that has passed.
    """
    extra = dt.timedelta(hours=timelimits.days("outage-extra-hours", on=on))
    return timelimits.next_working_hour(max(deadline, clock.now()) + outage.length + extra)


def _extend(procedure, outage, by):
    before = locked(procedure)
    old = deadline_of(before)
    effect = OutageEffect(outage=outage, procedure=before, phase=before.phase, old_deadline=old)
    if reason := guards.nothing_was_opened.reason(before, {}):
        effect.phase = before.phase or ("applications" if before.state in APPLYING else before.offers_phase)
        effect.refusal = reason.sentence
        effect.save()
        trail.record(before, "outage_without_extension", by=by, facts={"outage": outage, "deadline": old})
        return
    effect.new_deadline = extended(old, outage, on=before.rules_date)
    effect.save()
    move = moved_with(before, effect.new_deadline)
    facts = {"deadline": effect.new_deadline, "questions_until": move.new, "outage": outage}
    procedure = fire(before, "extend_for_outage", by=by, **facts)
    replanned = follow_deadline(procedure, old, effect.new_deadline, by=by)
    addendum = _publish(before, effect.new_deadline, outage, by, questions=move, replanned=replanned)
    envelopes.prolong(procedure.box(addendum.phase), opens_at=first_moment_of_release(addendum), by=by)


def _extend_questions(procedure, outage, by):
    """The same rule for the moment until which questions can be asked, as long as a day is left to answer them."""
    before = locked(procedure)
    terms = terms_of(before, phase_of(before))
    old, what = terms.questions_until, OutageEffect.What.QUESTIONS
    effect = OutageEffect(outage=outage, procedure=before, phase=before.phase, what=what, old_deadline=old)
    until = extended(old, outage, on=before.rules_date)
    last = timelimits.first_moment_after(terms.answers_until)
    if reason := guards.questions_deadline_leaves_time_to_answer.reason(before, {"chosen": until, "last": last}):
        effect.refusal = reason.sentence
        effect.save()
        trail.record(before, "outage_without_extension", by=by, facts={"outage": outage, "deadline": old})
        return
    effect.new_deadline = until
    effect.save()
    fire(before, "extend_for_outage", by=by, questions_until=until, outage=outage)
    _publish(before, None, outage, by, questions=Move(old, until))


def _publish(before, deadline, outage, by, **more):
    reason = contexts.reason_of_outage(outage)
    return publish_extension(before, deadline, by=by, kind=Addendum.Kind.OUTAGE, reason=reason, outage=outage, **more)
