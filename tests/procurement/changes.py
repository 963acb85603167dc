"""What changes after a publication, brought about as people do it."""

import datetime as dt

from lifecycle import clock
from procurement import actions, rectifying
from procurement.models import Addendum, Outage

REASON = "De gewichten waren omgewisseld."


def drafted(procedure, *, by, wanted=None, deadline=None, title="Gewichten", **fields):
    """A draft that says what `wanted` says: key of a piece -> field -> value."""
    pieces = rectifying.pieces_of(procedure, procedure.rectifiable_parts)
    difference = {name: fields.pop(name) for name in ("removed", "added") if name in fields}
    changes = rectifying.difference(pieces, wanted or {}, **difference)
    addendum = Addendum(
        procedure=procedure, title=title, reason=REASON, changes=changes, new_deadline=deadline, **fields
    )
    return actions.draft_addendum(addendum, by=by)


def new_weights(procedure, first=50, second=50):
    one, two = procedure.award_criteria.order_by("rank")
    return {f"criterion-{one.pk}": {"weight": first}, f"criterion-{two.pk}": {"weight": second}}


def outage(start, minutes, *, by, hindered=True):
    """An outage that is over."""
    end = start + dt.timedelta(minutes=minutes)
    record = Outage(started_at=start, ended_at=end, affected="Opladen gaf een fout.", hindered=hindered)
    return actions.record_outage(record, by=by)


def at_noon(seconds=0):
    """Around the closing minute of 19 March 2026."""
    return clock.at(dt.date(2026, 3, 19), 12) + dt.timedelta(seconds=seconds)
