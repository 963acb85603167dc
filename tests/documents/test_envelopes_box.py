"""The life of a sealing box: who releases it, when, and what nobody may ever."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction

from documents.envelopes import actions
from documents.models import SealingBox
from lifecycle import trail
from lifecycle.actors import SYSTEM
from lifecycle.models import Entry
from lifecycle.steps import Blocked
from tests.documents.envelope_story import DEADLINE, approve_both, fill
from tests.people import make_user

SECOND = dt.timedelta(seconds=1)
MINUTE = dt.timedelta(minutes=1)


def guards_of(refusal):
    return [reason.guard for reason in refusal.value.reasons]


def test_make_box_keeps_the_private_key_under_the_vault_key_only(box):
    assert len(bytes(box.public_key)) == 32
    assert box.private_key.split(".")[0] == "1"
    assert (box.state, box.policy, box.first_officer, box.second_officer) == ("sealing", "vault", None, None)


def test_make_box_is_refused_twice_for_a_phase_and_for_a_past_deadline(box, clock, buyer):
    facts = {"subject": box.subject, "dossier": box.dossier, "by": buyer}

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.make_box(phase=box.phase, opens_at=DEADLINE, **facts)
    with pytest.raises(Blocked) as refusal:
        actions.make_box(phase="other", opens_at=clock.now(), **facts)
    assert guards_of(refusal) == ["new_deadline_is_ahead"]


def test_two_officers_release_together_after_the_deadline(box, clock, officer, second_officer):
    clock.travel_to(DEADLINE)

    box = actions.approve_release(box, by=officer, second_factor_at=clock.now())
    assert (box.state, box.first_officer, box.is_released) == ("approved_once", officer, False)
    clock.travel_to(DEADLINE + 14 * MINUTE)
    box = actions.approve_release(box, by=second_officer, second_factor_at=clock.now() - 4 * MINUTE)

    assert (box.state, box.first_officer, box.second_officer) == ("released", officer, second_officer)
    assert box.released_at == DEADLINE + 14 * MINUTE
    told = Entry.objects.filter(subject=box.ref).order_by("position").values_list("verb", "actor", "target")
    assert list(told) == [
        ("make_box", told[0][1], ""),
        ("approve_first", f"user:{officer.pk}", "approved_once"),
        ("release", f"user:{second_officer.pk}", "released"),
    ]


def test_release_before_the_deadline_is_refused_with_the_moment_and_remembered(box, clock, officer):
    clock.travel_to(DEADLINE - SECOND)

    with pytest.raises(Blocked) as refusal:
        actions.approve_release(box, by=officer, second_factor_at=clock.now())

    (reason,) = refusal.value.reasons
    assert (reason.guard, reason.opens_at) == ("moment_of_release_has_come", DEADLINE)
    assert str(reason) == (
        "De uiterste datum is nog niet voorbij. De verzegeling kan worden opgeheven vanaf do 19 mrt 2026, 12.00.01 u."
    )
    last = Entry.objects.filter(subject=box.ref).latest("position")
    assert (last.verb, last.facts, last.actor) == (
        "release_refused",
        {"reasons": ["moment_of_release_has_come"]},
        f"user:{officer.pk}",
    )


def test_the_same_officer_twice_does_not_release(box, clock, officer):
    clock.travel_to(DEADLINE)
    actions.approve_release(box, by=officer, second_factor_at=clock.now())

    with pytest.raises(Blocked) as refusal:
        actions.approve_release(box, by=officer, second_factor_at=clock.now())

    assert guards_of(refusal) == ["officers_are_two"]
    assert SealingBox.objects.get().state == "approved_once"


@pytest.mark.parametrize(
    "age", [5 * MINUTE + SECOND, -SECOND, None], ids=["older than five minutes", "in the future", "none"]
)
def test_a_second_factor_that_is_not_fresh_is_refused(box, clock, officer, second_officer, age):
    clock.travel_to(DEADLINE)
    given = clock.now() - age if age is not None else None

    with pytest.raises(Blocked) as first:
        actions.approve_release(box, by=officer, second_factor_at=given)
    actions.approve_release(box, by=officer, second_factor_at=clock.now() - 5 * MINUTE)
    with pytest.raises(Blocked) as second:
        actions.approve_release(box, by=second_officer, second_factor_at=given)

    assert guards_of(first) == guards_of(second) == ["second_factor_is_fresh"]


def test_a_first_approval_lapses_and_the_next_one_is_a_first_again(box, clock, officer, second_officer):
    clock.travel_to(DEADLINE)
    actions.approve_release(box, by=officer, second_factor_at=clock.now())
    clock.travel_to(DEADLINE + 15 * MINUTE + SECOND)

    box = actions.approve_release(box, by=second_officer, second_factor_at=clock.now())
    assert (box.state, box.first_officer) == ("approved_once", second_officer)
    box = actions.approve_release(box, by=officer, second_factor_at=clock.now())

    assert (box.state, box.first_officer, box.second_officer) == ("released", second_officer, officer)


def test_nobody_but_an_opening_officer_releases(box, clock, buyer, maker):
    clock.travel_to(DEADLINE)

    for person in (buyer, maker, SYSTEM):
        with pytest.raises(PermissionDenied):
            actions.approve_release(box, by=person, second_factor_at=clock.now())


def test_a_released_box_is_not_released_again(box, clock, officer, second_officer):
    approve_both(box, clock, officer, second_officer)

    with pytest.raises(Blocked) as refusal:
        actions.approve_release(box, by=officer, second_factor_at=clock.now())
    assert guards_of(refusal) == ["wrong_state"]


def test_the_database_refuses_a_release_by_one_person_or_before_the_deadline(box, clock, officer, second_officer):
    behind_the_door = models.QuerySet(SealingBox).filter(pk=box.pk)
    approved = {"first_officer": officer, "first_approved_at": DEADLINE}

    for columns in (
        approved | {"second_officer": officer},
        approved | {"second_officer": second_officer, "released_at": DEADLINE - SECOND},
        approved | {"second_officer": None, "released_at": DEADLINE},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            behind_the_door.update(state="released", **columns)


def test_move_deadline_moves_the_moment_for_everybody_and_is_kept(box, clock, buyer, maker):
    envelope = fill(box, maker)
    later = DEADLINE + dt.timedelta(days=3)

    box = actions.move_deadline(box, opens_at=later, by=buyer)
    clock.travel_to(DEADLINE + MINUTE)

    assert actions.seal(envelope, by=maker).sealed_at == DEADLINE + MINUTE
    entry = Entry.objects.get(verb="move_deadline")
    assert entry.facts == trail.plain({"opens_at": later, "instead_of": DEADLINE})


@pytest.mark.parametrize(
    "now,new,reasons",
    [
        (DEADLINE - MINUTE, DEADLINE - 2 * MINUTE, ["deadline_moves_later", "new_deadline_is_ahead"]),
        (DEADLINE - MINUTE, DEADLINE - SECOND, ["deadline_moves_later"]),
        (DEADLINE, DEADLINE + MINUTE, ["deadline_is_ahead"]),
    ],
)
def test_move_deadline_is_refused_to_earlier_and_afterwards(box, clock, buyer, maker, now, new, reasons):
    fill(box, maker)
    clock.travel_to(now)

    with pytest.raises(Blocked) as refusal:
        actions.move_deadline(box, opens_at=new, by=buyer)
    assert guards_of(refusal) == reasons


def test_move_deadline_is_refused_once_a_release_has_begun(box, clock, buyer, officer):
    clock.travel_to(DEADLINE)
    actions.approve_release(box, by=officer, second_factor_at=clock.now())

    with pytest.raises(Blocked) as refusal:
        actions.move_deadline(box, opens_at=DEADLINE + MINUTE, by=buyer)
    assert guards_of(refusal) == ["no_release_has_begun", "deadline_is_ahead"]


def test_an_empty_box_may_still_move_earlier(box, buyer):
    assert actions.move_deadline(box, opens_at=DEADLINE - MINUTE, by=buyer).opens_at == DEADLINE - MINUTE


def test_a_box_is_prolonged_just_after_its_moment_as_long_as_nobody_approved(box, clock, officer, buyer):
    later = DEADLINE + 60 * MINUTE
    clock.travel_to(DEADLINE + MINUTE)
    with pytest.raises(Blocked) as ordinary:
        actions.move_deadline(box, opens_at=later, by=buyer)

    box = actions.prolong(box, opens_at=later, by=buyer)

    assert guards_of(ordinary) == ["deadline_is_ahead"]
    assert (box.opens_at, box.state, box.takes_envelopes) == (later, "sealing", True)
    with pytest.raises(Blocked) as early:
        actions.approve_release(box, by=officer, second_factor_at=clock.now())
    assert guards_of(early) == ["moment_of_release_has_come"]


@pytest.mark.parametrize("officers", [1, 2])
def test_a_box_is_not_prolonged_once_a_release_began(box, clock, officer, second_officer, buyer, officers):
    clock.travel_to(DEADLINE)
    for person in (officer, second_officer)[:officers]:
        box = actions.approve_release(box, by=person, second_factor_at=clock.now())

    with pytest.raises(Blocked) as refusal:
        actions.prolong(box, opens_at=DEADLINE + 60 * MINUTE, by=buyer)

    assert guards_of(refusal) == ["no_release_has_begun"]
    assert SealingBox.objects.get().opens_at == DEADLINE


@pytest.mark.parametrize("minutes,refused", [(0, ["deadline_only_moves_later"]), (-1, ["deadline_only_moves_later"])])
def test_a_box_is_prolonged_to_later_alone(box, clock, buyer, minutes, refused):
    with pytest.raises(Blocked) as refusal:
        actions.prolong(box, opens_at=DEADLINE + minutes * MINUTE, by=buyer)

    assert guards_of(refusal) == refused


def test_a_closed_box_takes_nothing_and_is_never_released(box, clock, officer, maker):
    envelope = fill(box, maker)
    decider = make_user("Bea Beslisser", "decision_maker")
    box = actions.close(box, by=decider)

    assert (box.state, box.takes_envelopes) == ("closed", False)
    with pytest.raises(Blocked):
        actions.seal(envelope, by=maker)
    clock.travel_to(DEADLINE)
    with pytest.raises(Blocked):
        actions.approve_release(box, by=officer, second_factor_at=clock.now())


def test_a_released_box_stays_released_when_the_rest_is_closed(box, clock, officer, second_officer):
    clock.travel_to(DEADLINE)
    box = approve_both(box, clock, officer, second_officer)

    assert actions.close(box, by=officer).state == "released"
