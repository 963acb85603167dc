"""What a notice of change says, from the addenda that no such notice told yet, or from the decision to call it off."""

from documents.wording import in_dutch
from procurement.contexts import lines_of
from procurement.models import Notice

CORRECTION, ADDITION, CANCELLATION = "cor-buy", "update-add", "cancel"
WHOLE = "PROCEDURE"


@in_dutch
def of_change(procedure, lots, lot_id) -> dict[str, str]:
    """Field -> value. `lot_id(lot)`: how the form names a lot. Nothing where nothing is to tell."""
    if procedure.is_called_off:
        return {
            "BT-140": CANCELLATION,
            "BT-762": procedure.end_reason,
            "BT-13716": WHOLE,
            "BT-141": "De procedure is stopgezet.",
        }
    addenda = untold(procedure)
    if not addenda:
        return {}
    corrects = any(addendum.changes for addendum in addenda)
    return {
        "BT-140": CORRECTION if corrects else ADDITION,
        "BT-762": "\n".join(addendum.reason for addendum in addenda),
        "BT-13716": "\n".join(_parts(addenda, lots, lot_id)),
        "BT-141": "\n".join(line for addendum in addenda for line in [addendum.name, *lines_of(addendum)]),
    }


def untold(procedure) -> list:
    """The addenda that touch the official notice and were published after the last notice of change was recorded."""
    found = procedure.addenda.published().order_by("number")
    last = procedure.notices.in_force().filter(kind=Notice.Kind.CHANGE).order_by("-recorded_at").first()
    if last:
        found = found.filter(published_at__gt=last.recorded_at)
    return [addendum for addendum in found if addendum.touches_the_notice]


def _parts(addenda, lots, lot_id):
    """The procedure as a whole for its texts; a lot for what is said of it, every lot for what holds in each."""
    changes = [change for addendum in addenda for change in addendum.changes]
    if any(change["part"] == "procedure" for change in changes):
        yield WHOLE
    everywhere = any(addendum.new_deadline for addendum in addenda) or any(
        change["part"] not in {"procedure", "lot"} for change in changes
    )
    named = {change["pk"] for change in changes if change["part"] == "lot"}
    for lot in lots:
        if everywhere or lot.pk in named:
            yield lot_id(lot)
