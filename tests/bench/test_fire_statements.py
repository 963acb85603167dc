"""What the one door says to the database: at most ten statements beside those of the guards, each of them named here.

Inside a test the transaction of `fire` is a savepoint: one statement at its beginning and one at its end, as outside.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bench import firing
from lifecycle import steps, trail
from lifecycle.models import Head
from lifecycle.steps import fire
from procurement.models import Lot, Procedure
from tests.procurement import story

LIMIT = 10
BEGIN, COMMIT = "savepoint", "release savepoint"
CLOCK = "select lifecycle_simulatedclock"
DOOR = [
    CLOCK,
    BEGIN,
    "select procurement_procedure",
    "select accounts_roleassignment",
    "update procurement_procedure",
    "select lifecycle_head",
    "insert lifecycle_entry",
    "update lifecycle_head",
    COMMIT,
]


def said(function):
    """What was said to the database meanwhile: the verb and the table of each statement."""
    with CaptureQueriesContext(connection) as captured:
        function()
    return [in_short(query["sql"]) for query in captured]


def in_short(sql):
    if sql.startswith(("SAVEPOINT", "RELEASE")):
        return sql.partition(' "')[0].partition(" s1")[0].lower()
    verb = sql.partition(" ")[0].lower()
    found = re.search(r'(?:FROM|INTO|UPDATE) "?(\w+)', sql, re.IGNORECASE)
    return f"{verb} {found[1]}"


def read_afresh(person):
    """As a request has it: its roles are not known yet."""
    return User.objects.get(pk=person.pk)


@pytest.fixture
def in_review(clock, decision_maker):
    procedure = story.put(story.make_procedure(), "in_review")
    trail.record(procedure, "create", by=decision_maker)
    return procedure


def test_fire_says_nine_things_on_the_simulated_clock_and_eight_on_the_real_one(in_review, decision_maker):
    person = read_afresh(decision_maker)

    assert said(lambda: fire(in_review, "return_to_draft", by=person, reason="de raming")) == DOOR


def test_the_first_entry_of_a_dossier_takes_one_statement_more(clock, decision_maker):
    in_review = story.put(story.make_procedure(), "in_review")
    person = read_afresh(decision_maker)

    statements = said(lambda: fire(in_review, "return_to_draft", by=person, reason="de raming"))

    assert statements == [*DOOR[:6], "insert lifecycle_head", *DOOR[6:]]
    assert len(statements) == LIMIT
    assert Head.objects.get(dossier=in_review.dossier).position == 1
    assert list(trail.verify()) == []


def test_guards_are_asked_once(clock, decision_maker, procurement_officer):
    """The questions of a guard are the only statements that come on top of those of the door."""
    procedure = story.put(story.make_procedure(), "evaluation")
    for lot in procedure.lots.all():
        story.put(lot, Lot.State.CONCLUDED)
    trail.record(procedure, "create", by=decision_maker)
    complete = next(each for each in steps.transitions(Procedure) if each.name == "complete")
    asked = said(lambda: steps.reasons_of(procedure, complete, {}))
    person = read_afresh(procurement_officer)

    statements = said(lambda: fire(procedure, "complete", by=person))

    assert asked == ["select procurement_lot"] * 2
    assert statements == [*DOOR[:4], *asked, *DOOR[4:]]


@pytest.mark.django_db(transaction=True)
def test_the_benchmark_replays_exactly_what_fire_says(clock, decision_maker, procurement_officer, monkeypatch):
    monkeypatch.setattr(firing, "_decision_maker", lambda: read_afresh(decision_maker))
    procedure = firing._submitted("B1", procurement_officer)

    script = [in_short(sql) for sql, _params in firing._script(procedure)]

    assert script == [statement for statement in DOOR if statement not in (BEGIN, COMMIT)]
    assert Procedure.objects.get(pk=procedure.pk).state == "in_review"
