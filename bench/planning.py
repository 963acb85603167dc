"""A timetable of forty milestones asks the database as often as one of ten, to look at and to see what a change does."""

from http.client import OK

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import Measurement
from lifecycle import clock
from lifecycle.timelimits import DAY
from procurement.models import PlannedDate
from tests.people import make_user, sign_in
from tests.procurement import story

FEW, MANY = 10, 40


def measure_planning():
    """Half of the milestones hang on one another, so that moving one moves them all."""
    clock.travel_to(story.DEADLINE - 31 * DAY)
    procedure = story.make_procedure("2031-P01")
    client = sign_in(Client(), make_user("Planner Voorbeeld", "procurement_officer"))
    url = reverse("planning", args=[procedure.pk])
    _plan(procedure, FEW)
    few = _asked(client, url)
    _plan(procedure, MANY)
    many = _asked(client, url)
    for what, count in few.items():
        details = {str(FEW): count, str(MANY): many[what]}
        name = f"queries of a timetable of {MANY} milestones against {FEW}, {what}"
        yield Measurement(name, many[what] / count, 1.0, details=details)


def _plan(procedure, count):
    """So many milestones of one's own; the standard ones are there besides."""
    PlannedDate.objects.filter(procedure=procedure).delete()
    PlannedDate.objects.bulk_create(
        PlannedDate(
            procedure=procedure,
            code=f"eigen-{number}",
            title=f"Stap {number}",
            day=clock.today() + number * DAY,
            link_to=f"eigen-{number - 1}" if number % 2 else "",
            link_days=1 if number % 2 else None,
        )
        for number in range(count)
    )


def _asked(client, url):
    """The statements of looking at the page and of seeing what a move does; a first visit fills what is read once."""
    term = {"term_start": "01/01/2027", "term_end": "31/12/2031"}
    move = term | {"doe": "bekijken", "eigen-0_0": (clock.today() + 3 * DAY).strftime("%d/%m/%Y")}
    client.get(url)
    return {"to look at": _statements(lambda: client.get(url)), "to move": _statements(lambda: client.post(url, move))}


def _statements(ask):
    with CaptureQueriesContext(connection) as captured:
        if ask().status_code != OK:
            raise RuntimeError("The page did not answer.")
    return len(captured)
