"""The part of a procedure's page that says when what happens."""

from django.urls import reverse

from procurement.planning import planned_of, terms_of
from procurement.timetable import reckon


def planning_part(procedure, *, internal) -> dict:
    """Every date that this reader may know of, with its ground; for the staff the way to the page where it is planned."""
    reckoned = reckon(planned_of(procedure, public=not internal), terms_of(procedure))
    return {
        "lines": [line for line in reckoned.lines if line.moment],
        "called_off": procedure.is_called_off,
        "planning_url": reverse("planning", args=[procedure.pk]) if internal else "",
        "calendar_url": reverse("procedure-calendar", args=[procedure.pk]) if procedure.is_public else "",
    }
