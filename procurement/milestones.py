"""The dates of a procedure and of a lot, each binding or indicative and with its legal ground, for the drawn timeline."""

import datetime as dt

from django.utils.translation import gettext as _

from accounts.rules import is_staff_member
from documents.models import Letter
from lifecycle import clock, timelimits
from lifecycle.models import Entry
from lifecycle.timeline import Milestone, Span, Timeline
from procurement.grounds import concessions, remedies
from procurement.models import Lot

# The states of a lot whose award decision was told to the tenderers.
NOTIFIED = {
    Lot.State.STANDSTILL,
    Lot.State.SUSPENDED,
    Lot.State.UNDER_REVIEW,
    Lot.State.READY_TO_CONCLUDE,
    Lot.State.CONCLUDED,
    Lot.State.LAPSED,
}
CALLING_OFF = ("cancel", "abandon", "record_no_applications", "record_no_offers")


def timeline_of(procedure, lots=(), *, user=None) -> Timeline:
    """The procedure's own dates; give its lots to draw their award, standstill and conclusion as well.

    An award that the tenderers were not told of is drawn for staff alone. While there is something to decide, the end of
    the term years later is left out.
    """
    internal = is_staff_member(user)
    milestones = milestones_of(procedure, [lot for lot in lots if internal or lot.is_told], internal=internal)
    if procedure.term_start > clock.today():
        milestones = [milestone for milestone in milestones if milestone.moment != procedure.term_end]
    if procedure.is_called_off:
        milestones = [milestone for milestone in milestones if milestone.at <= _ended_at(procedure)]
    today = None if procedure.state in procedure.ENDED else clock.today()
    return Timeline(milestones, standstills(lots), starts=today)


def _ended_at(procedure):
    """When it was called off: what was planned after that does not happen."""
    entries = Entry.objects.filter(subject=procedure.ref, verb__in=CALLING_OFF)
    last = entries.order_by("-position").values_list("at", flat=True).first()
    return last or clock.now()


def milestones_of(procedure, lots=(), *, internal=True) -> list[Milestone]:
    """Every date that is known, published ones as binding, planned ones as indicative. Without lots: no query."""
    return [*_until_the_offers(procedure, internal=internal), *_from_the_award(procedure, lots)]


def next_of(procedure) -> Milestone | None:
    """The first date that has not come yet, from the procedure's own columns alone (lists show it)."""
    now = clock.now()
    ahead = [milestone for milestone in milestones_of(procedure) if milestone.at > now]
    return None if procedure.state in procedure.ENDED else min(ahead, key=lambda milestone: milestone.at, default=None)


def _until_the_offers(procedure, *, internal):
    if procedure.published_at:
        yield Milestone(
            clock.local_date(procedure.published_at),
            _("Selectieleidraad"),
            done=True,
            ground=str(concessions("art. 42")),
        )
    if procedure.applications_deadline:
        yield Milestone(
            procedure.applications_deadline,
            _("Aanvragen"),
            binding=procedure.is_public,
            ground=str(concessions(_("art. 47, derde lid"))),
        )
    if procedure.selection_decided_at and (internal or not procedure.is_selecting):
        yield Milestone(
            clock.local_date(procedure.selection_decided_at), _("Selectie"), done=True, ground=str(remedies("art. 4/1"))
        )
    if procedure.invited_at:
        day, binding = clock.local_date(procedure.invited_at), True
    else:
        day, binding = procedure.invitation_planned_on, False
    if day:
        ground = str(concessions("art. 46, § 1"))
        yield Milestone(day, _("Concessiedocumenten"), binding=binding, done=binding, ground=ground)
    if procedure.offers_deadline:
        label = _("Offertes") if procedure.round == 1 else _("Definitieve offertes")
        binding = procedure.invited_at is not None
        ground = str(concessions(_("art. 47, vierde lid")))
        yield Milestone(procedure.offers_deadline, label, binding=binding, ground=ground)


def _from_the_award(procedure, lots):
    decided = [lot.decided_at for lot in lots if lot.decided_at]
    concluded = [lot.concluded_at for lot in lots if lot.concluded_at]
    yield from _met_or_planned(_("Gunning"), decided, procedure.award_planned_on, remedies("art. 4/1"))
    yield from _met_or_planned(_("Sluiting"), concluded, procedure.conclusion_planned_on, concessions("art. 56"))
    if due := award_notice_due(procedure, lots):
        yield Milestone(due, _("Aankondiging van gegunde concessie"), ground=award_notice_ground(procedure))
    term = str(concessions("art. 37"))
    yield Milestone(procedure.term_start, _("Start"), binding=procedure.is_public, ground=term)
    yield Milestone(procedure.term_end, _("Einde"), binding=procedure.is_public, ground=term)


def award_notice_due(procedure, lots) -> dt.date | None:
    """The last day to send the notice of what was concluded first, or None when nothing is or the dossier is closed."""
    concluded = [clock.local_date(lot.concluded_at) for lot in lots if lot.concluded_at]
    if not concluded or procedure.state == procedure.State.ARCHIVED:
        return None
    day = min(concluded)
    return timelimits.period_end(day, days=procedure.legal_days("award-notice-days", on=day))


def award_notice_ground(procedure) -> str:
    """The light regime may send its notices per quarter; the day shown is then the earliest one to think of."""
    ground = str(concessions("art. 44, § 1"))
    return _("%(ground)s (mag per kwartaal gebundeld)") % {"ground": ground} if procedure.is_light else ground


def _met_or_planned(label, moments, planned, ground):
    """The last moment on which it happened to a lot, else the day for which it is planned."""
    if moments:
        yield Milestone(clock.local_date(max(moments)), label, done=True, ground=str(ground))
    elif planned:
        yield Milestone(planned, label, binding=False, done=False, ground=str(ground))


def standstills(lots) -> list[Span]:
    """The standstill of every lot that has one; lots with the same days are drawn together. Two queries, however many lots."""
    periods = {}
    letters = letters_of(lots)
    for lot in lots:
        sent_on = last_sending(letters[lot.pk])
        if lot.state in NOTIFIED and sent_on:
            periods.setdefault(sent_on, []).append(lot)
    return [_standstill(sent_on, periods[sent_on]) for sent_on in sorted(periods)]


def _standstill(sent_on, lots):
    """Fifteen days from the last sending of the reasoned decision (act of 17 June 2013, arts 9/1 and 11)."""
    last_day = timelimits.period_end(sent_on, days=lots[0].procedure.legal_days("standstill-days", on=sent_on))
    label = _("Wachttermijn perceel %(lots)s") % {"lots": ", ".join(str(lot.number) for lot in lots)}
    return Span(sent_on + timelimits.DAY, last_day, label, str(remedies("art. 11")))


def letters_of(lots) -> dict[int, list[Letter]]:
    """The letters about the decision in force of each lot, by the lot's key."""
    by_subject = {}
    decided = [lot for lot in lots if lot.decided_at]
    if decided:
        refs = [lot.ref for lot in decided]
        for letter in Letter.objects.filter(subject__in=refs, reason__in=Lot.AWARD_LETTERS).order_by("pk"):
            by_subject.setdefault(letter.subject, []).append(letter)
    return {
        lot.pk: [
            letter for letter in by_subject.get(lot.ref, []) if lot.decided_at and letter.owed_at >= lot.decided_at
        ]
        for lot in lots
    }


def last_sending(letters) -> dt.date | None:
    """The day from which the standstill runs, or None while a letter lacks a proof of sending."""
    sent = [letter.last_sent_at for letter in letters]
    return clock.local_date(max(sent)) if sent and None not in sent else None


def timeline_of_lot(lot, *, user=None) -> Timeline:
    """A lot's own dates, from the award on, in the frame of its procedure."""
    return timeline_of(lot.procedure, [lot], user=user)
