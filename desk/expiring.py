"""What is about to expire: the terms of procedures, lots, calls and contracts that end within thirty days."""

import datetime as dt
import operator
from functools import reduce

from django.db.models import Q
from django.utils.translation import gettext as _

from admission.models import Call
from contracts.milestones import timeline_of as timeline_of_contract
from contracts.models import Contract
from desk.owed import LOOK_AT, Waiting
from lifecycle import clock
from procurement.milestones import award_notice_due, award_notice_ground, milestones_of, standstills
from procurement.models import Lot, Procedure

WITHIN = dt.timedelta(days=30)
SHOWN = 10
DATES = ("term_start", "term_end", "intake_until", "settles_until")


def expiring_for(user) -> list[Waiting]:
    """The dates within thirty days that bind, the earliest first, of what this person may see."""
    now = clock.now()
    found = [*_deadlines(user), *_award_notices(user), *_standstills(user), *_calls(user), *_contracts(user)]
    ahead = [(_end(waiting.deadline), waiting) for waiting in found]
    near = [(end, waiting) for end, waiting in ahead if now <= end <= now + WITHIN]
    return [waiting for _at, waiting in sorted(near, key=lambda pair: pair[0])][:SHOWN]


def _end(deadline):
    """A day ends at its midnight."""
    return deadline if isinstance(deadline, dt.datetime) else clock.at(deadline + dt.timedelta(days=1))


def _line(record, what, deadline, ground=""):
    return Waiting(
        what=what,
        about=str(record),
        url=record.get_absolute_url(),
        label=_("Bekijk"),
        deadline=deadline,
        ground=ground,
    )


def _deadlines(user):
    """Until when applications and offers are received, as far as that is published."""
    for procedure in Procedure.objects.visible_to(user).running().order_by("-pk")[:LOOK_AT]:
        received = {procedure.applications_deadline, procedure.offers_deadline} - {None}
        for milestone in milestones_of(procedure):
            if milestone.moment in received:
                yield _line(procedure, milestone.label, milestone.moment, milestone.ground)


def _award_notices(user):
    if not user.has_perm("procurement.view_internal_procedure"):
        return
    concluded = Procedure.objects.filter(lots__state=Lot.State.CONCLUDED).exclude(state="archived").distinct()
    for procedure in concluded.prefetch_related("lots").order_by("-pk")[:LOOK_AT]:
        due = award_notice_due(procedure, procedure.lots.all())
        yield _line(procedure, _("Aankondiging van gegunde concessie"), due, award_notice_ground(procedure))


def _standstills(user):
    """One line for the lots of a procedure that stand still until the same day."""
    if not user.has_perm("procurement.view_internal_procedure"):
        return
    lots = Lot.objects.filter(state=Lot.State.STANDSTILL).select_related("procedure").order_by("-pk")
    by_procedure = {}
    for lot in lots[: 10 * LOOK_AT]:
        by_procedure.setdefault(lot.procedure_id, []).append(lot)
    for standing in by_procedure.values():
        for span in standstills(sorted(standing, key=lambda lot: lot.number)):
            yield _line(standing[0].procedure, span.label, span.last, span.ground)


def _calls(user):
    found = Call.objects.visible_to(user).running().exclude(apply_until=None).order_by("apply_until")
    today = clock.today()
    for call in found.filter(apply_until__range=(today, today + WITHIN))[:LOOK_AT]:
        yield _line(call, _("Laatste dag om aan te vragen"), call.apply_until)


def _contracts(user):
    """The first and the last day, the last new customer, the settlement: whichever comes in these thirty days."""
    today = clock.today()
    near = (Q(**{f"{column}__range": (today, today + WITHIN)}) for column in DATES)
    seen = Contract.objects.visible_to(user).exclude(state=Contract.State.ARCHIVED).select_related("participant")
    for contract in seen.filter(reduce(operator.or_, near)).order_by("-pk")[:LOOK_AT]:
        for milestone in timeline_of_contract(contract).milestones:
            if not isinstance(milestone.moment, dt.datetime) and today <= milestone.moment:
                yield _line(contract, milestone.label, milestone.moment, milestone.ground)
