"""Lists ask the database the same number of questions at ten rows as at a thousand, whoever looks."""

import logging
from collections import Counter
from http.client import OK

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from admission.models import Call
from bench import Measurement
from bench.rows import Rows
from lifecycle import triggers
from procurement.models import Lot
from tests.people import sign_in

FEW, MANY = 10, 1000
ANYBODY, PARTNER = "anybody", "partner"


def measure_lists():
    # Who may not see a page is refused, and that is logged.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    empty()
    rows = Rows()
    viewers = _viewers(rows)
    rows.grow(FEW)
    pages = _pages(rows)
    few = {name: _asked(address, viewers, twice=True) for name, address in pages.items()}
    rows.grow(MANY)
    for name, address in pages.items():
        yield _compared(name, few[name], _asked(address, viewers))


def empty():
    """What other measurements left would be rows too. The trail refuses to be emptied: lift its triggers just for that."""
    triggers.lift()
    try:
        call_command("flush", interactive=False, verbosity=0)
    finally:
        triggers.install()


def _viewers(rows):
    people = {**rows.staff, PARTNER: rows.partner}
    return {ANYBODY: Client()} | {role: sign_in(Client(), person) for role, person in people.items()}


def _pages(rows):
    """Every page that lists records, by the name that the report gives it."""
    procedure, lot = rows.procedure, Lot.objects.filter(procedure=rows.procedure).order_by("number").first()
    call = Call.objects.order_by("pk")[1]
    tabs = "percelen documenten vragen planning deelnemen aanvragen offertes uw-aanvraag berichten verloop".split()
    return {
        "home": reverse("home"),
        "public": reverse("public"),
        "procedure-list": reverse("procedure-list"),
        **{f"procedure, {tab}": f"{procedure.get_absolute_url()}?tab={tab}" for tab in tabs},
        "question-list": reverse("question-list"),
        "lot": lot.get_absolute_url(),
        "call-list": reverse("call-list"),
        "call-partners": reverse("call-partners", args=[call.pk]),
        "admission-application-list": reverse("admission-application-list"),
        "admission-list": reverse("admission-list"),
        "contract-list": reverse("contract-list"),
        "contract-todo": reverse("contract-todo"),
        "organisation-list": reverse("organisation-list"),
        "documents": reverse("documents:documents"),
        "messages": reverse("documents:messages"),
        "returned-mails": reverse("documents:returned-mails"),
    }


def _asked(address, viewers, *, twice=False):
    """The statements of a page for each viewer who gets it. A first visit also fills what is read once per process."""
    asked = {}
    for name, client in viewers.items():
        if twice:
            client.get(address)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        if response.status_code == OK:
            asked[name] = Counter(query["sql"].split(" WHERE ")[0] for query in captured)
    return asked


def _compared(name, few, many):
    """The viewer for whom the difference is the largest; fewer statements for more rows is a difference too."""
    if not few or few.keys() != many.keys():
        raise RuntimeError(f"{name} is shown to {list(few)} with few rows and to {list(many)} with many.")
    counts = {viewer: (few[viewer].total(), many[viewer].total()) for viewer in few}
    details = {
        viewer: {str(FEW): counts[viewer][0], str(MANY): counts[viewer][1], "more": _most(many[viewer] - few[viewer])}
        for viewer in counts
    }
    ratio = max(max(pair) / min(pair) for pair in counts.values())
    return Measurement(f"queries of {name} at {MANY} rows against {FEW}", ratio, 1.0, details=details)


def _most(more):
    """The statements that make the difference."""
    return {statement[:160]: count for statement, count in more.most_common(5)}
