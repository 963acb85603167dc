"""Labels that time moves along. Nothing legal waits for them: deadlines are checked when a request is handled."""

from contextlib import suppress

from lifecycle import clock, outbox
from lifecycle.actors import SYSTEM
from lifecycle.steps import Blocked, fire
from procurement.actions.subscribing import erase_past_addresses
from procurement.models import Procedure


@outbox.periodic("procurement.close")
def close_what_is_past():
    now = clock.now()
    for procedure in Procedure.objects.filter(state="published", applications_deadline__lt=now):
        _try(procedure, "close_applications")
    for procedure in Procedure.objects.filter(state="tendering", offers_deadline__lt=now):
        _try(procedure, "close_tenders")


@outbox.periodic("procurement.complete")
def complete_what_is_final():
    for procedure in Procedure.objects.filter(state="evaluation"):
        if not procedure.lots.exclude(state__in=["concluded", "not_awarded", "lapsed"]).exists():
            _try(procedure, "complete")


@outbox.periodic("procurement.erase_addresses")
def erase_addresses():
    erase_past_addresses()


def _try(procedure, verb):
    # Somebody was faster, or the last second still runs: the next sweep looks again.
    with suppress(Blocked):
        fire(procedure, verb, by=SYSTEM)
