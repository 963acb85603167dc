"""Labels that time moves along. Nothing legal waits for them: terms are checked when a request is handled."""

from contextlib import suppress

from django.db.models import F

from admission.models import Admission, Call
from lifecycle import clock, outbox
from lifecycle.actors import SYSTEM
from lifecycle.steps import Blocked, fire


@outbox.periodic("admission.close")
def close_calls_whose_last_day_is_over():
    states = [Call.State.PUBLISHED, Call.State.PAUSED, Call.State.CLOSING_ANNOUNCED]
    for call in Call.objects.filter(state__in=states, apply_until__lt=clock.today()):
        _try(call, "close")


@outbox.periodic("admission.lapse")
def lapse_admissions_under_old_conditions():
    """New conditions hold for everybody from the same day: who did not confirm them by then, leaves."""
    for admission in (
        Admission.objects.running()
        .filter(
            call__versions__state="published",
            call__versions__applies_from__lte=clock.today(),
            call__versions__number__gt=F("conditions_version__number"),
        )
        .distinct()
    ):
        _try(admission, "lapse")


def _try(record, verb):
    with suppress(Blocked):  # somebody was faster: the next sweep looks again
        fire(record, verb, by=SYSTEM)
