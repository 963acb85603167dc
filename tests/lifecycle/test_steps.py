"""What a person could do next, and everything that still stands in the way: the list that pages and tests share."""

import pytest

from lifecycle.actors import SYSTEM
from lifecycle.models import PolicyOverride
from lifecycle.steps import fire, steps
from tests.lifecycle import errands as story
from tests.lifecycle.errands import EVENING


@pytest.fixture
def errand(errands):
    return errands.create(name="brood")


def listed(record, user):
    return {step.verb: [reason.guard for reason in step.reasons] for step in steps(record, user)}


def step(record, user, verb):
    return next(each for each in steps(record, user) if each.verb == verb)


def test_steps_lists_what_is_possible_and_what_is_blocked(errand, auditor):
    assert listed(errand, auditor) == {
        "finish": ["shop_has_opened", "evening_has_come"],
        "pay": [],
        "drop": ["bag_is_there"],
    }


def test_a_blocked_step_has_every_reason_with_its_sentence_and_ground(errands, auditor):
    reasons = step(errands.create(name=""), auditor, "finish").reasons

    assert [(str(reason), str(reason.ground), reason.ground.kind.value) for reason in reasons] == [
        ("De boodschap heeft geen naam.", "het reglement", "published_rule"),
        ("De winkel is nog niet open.", "art. 2", "law"),
        ("De avond is nog niet gevallen. Dat is om 18 uur.", "art. 1", "law"),
    ]


def test_a_step_opens_when_the_last_of_its_moments_has_come(errand, auditor, clock):
    waiting = step(errand, auditor, "finish")
    assert (waiting.possible, waiting.opens_at) == (False, EVENING)

    clock.travel_to(waiting.opens_at)

    ready = step(errand, auditor, "finish")
    assert (ready.possible, ready.opens_at, ready.reasons) == (True, None, ())
    assert fire(errand, "finish", by=auditor).state == "done"


def test_a_step_that_no_moment_opens_has_none(errand, auditor):
    assert step(errand, auditor, "drop").opens_at is None


def test_a_step_says_what_it_is_and_where_its_page_is(errand, auditor):
    found = step(errand, auditor, "finish")

    assert (found.label, found.consequence) == ("Doen", "De boodschap is gedaan.")
    assert (found.url, found.target, found.action) == (f"/errands/{errand.pk}/finish/", "done", None)


def test_a_person_without_the_permission_has_no_steps(errand, stranger):
    assert steps(errand, stranger) == []


def test_only_verbs_of_the_present_state_are_steps(errand, auditor, clock):
    clock.travel_to(EVENING)
    done = fire(errand, "finish", by=auditor)

    assert set(listed(done, auditor)) == {"pay", "tell"}


def test_a_verb_that_an_upper_app_fires_is_never_a_step(errand, auditor, clock):
    clock.travel_to(EVENING)
    done = fire(errand, "finish", by=auditor)

    assert "broadcast" not in listed(done, auditor)
    assert step(done, auditor, "tell").action == "errands.tell"


def test_the_system_has_the_steps_of_the_clock_and_a_person_his_own(errand, auditor, clock):
    clock.travel_to(EVENING)
    told = story.tell(fire(errand, "finish", by=auditor), by=auditor)

    assert set(listed(told, SYSTEM)) == {"forget", "rest"}
    assert set(listed(told, auditor)) == {"rest"}


def test_a_policy_that_was_set_aside_warns(errand, auditor, decision_maker, clock):
    PolicyOverride.objects.create(
        subject=errand.ref,
        verb="drop",
        guard="bag_is_there",
        reason="De winkel geeft papieren zakken.",
        asked_by=auditor,
        granted_by=decision_maker,
        granted_at=clock.now(),
    )

    found = step(errand, auditor, "drop")

    assert (found.possible, found.reasons) == (True, ())
    assert [str(warning) for warning in found.warnings] == ["Er is geen tas bij."]


def test_what_is_listed_as_possible_is_what_fire_does(errand, auditor, clock):
    """The list and the door ask the same: each step says beforehand what firing answers."""
    clock.travel_to(EVENING)

    assert [each.verb for each in steps(errand, auditor) if each.possible] == ["finish", "pay"]
    assert fire(errand, "finish", by=auditor).state == "done"
