"""More time alone, and the comparison of two versions of a text."""

import datetime as dt

import pytest

from documents.models import Document, Message
from lifecycle import clock
from lifecycle.steps import Blocked
from procurement import actions
from procurement.models import Addendum
from procurement.redlines import compare
from tests.procurement.changes import at_noon, drafted, new_weights
from tests.procurement.story import DEADLINE

WEEK_LATER = DEADLINE + dt.timedelta(days=7)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def guards_of(refusal):
    return [reason.guard for reason in refusal.value.reasons]


# -- more time alone ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds,refused", [(-1, []), (0, []), (1, ["phase_deadline_is_ahead"])])
def test_a_deadline_is_extended_until_its_last_second(published, clock, procurement_officer, seconds, refused):
    clock.travel_to(at_noon(seconds))
    answers = []

    try:
        actions.extend_deadline(published, by=procurement_officer, deadline=WEEK_LATER, reason="Veel vragen.")
    except Blocked as refusal:
        answers = [reason.guard for reason in refusal.reasons]

    procedure = fresh(published)
    assert answers == refused
    assert procedure.applications_deadline == (DEADLINE if refused else WEEK_LATER)
    assert procedure.box("applications").opens_at == procedure.applications_deadline + dt.timedelta(seconds=1)


def test_an_extension_is_an_addendum_with_a_message_and_no_confirmation(submitted, published, procurement_officer):
    actions.extend_deadline(published, by=procurement_officer, deadline=WEEK_LATER, reason="Veel vragen.")

    addendum = Addendum.objects.get()
    assert (addendum.kind, addendum.number, addendum.title) == (
        "extension",
        1,
        "Uiterste datum verlengd tot do 26 mrt 2026, 12.00 u",
    )
    assert Document.objects.get(kind="addendum").subject == addendum.ref
    assert Document.objects.filter(kind="selection_guide").count() == 1
    assert Message.objects.get().deliveries.count() == 1
    assert not fresh(submitted).addenda_to_confirm().exists()


@pytest.mark.parametrize("deadline", [DEADLINE, DEADLINE - dt.timedelta(days=1)])
def test_a_deadline_only_becomes_later_and_with_a_reason(published, procurement_officer, deadline):
    with pytest.raises(Blocked) as refusal:
        actions.extend_deadline(published, by=procurement_officer, deadline=deadline, reason=" ")

    assert guards_of(refusal) == ["deadline_becomes_later", "reason_is_given"]


def test_the_deadline_of_offers_is_extended_too(tendering, procurement_officer):
    later = clock.at(dt.date(2026, 5, 27), 12)
    procedure = actions.extend_deadline(tendering, by=procurement_officer, deadline=later, reason="Veel vragen.")

    assert (procedure.state, procedure.offers_deadline, procedure.applications_deadline) == (
        "tendering",
        later,
        DEADLINE,
    )
    assert procedure.box("offers-1").opens_at == later + dt.timedelta(seconds=1)


def test_a_deadline_that_a_corrected_dispatch_made_too_early_moves_far_enough(published, procurement_officer):
    """Sent on the 18th instead of the 16th: thirty whole days later is Saturday 21 March."""
    type(published).objects.filter(pk=published.pk).update(notice_sent_on=dt.date(2026, 2, 18))
    short, enough = DEADLINE + dt.timedelta(days=1), DEADLINE + dt.timedelta(days=4)

    with pytest.raises(Blocked) as refusal:
        drafted(fresh(published), by=procurement_officer, wanted=new_weights(published), deadline=short)

    assert guards_of(refusal) == ["rectified_deadline_leaves_the_minimum"]
    draft = drafted(fresh(published), by=procurement_officer, wanted=new_weights(published), deadline=enough)
    assert draft.new_deadline == enough


# -- comparing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "old,new,pieces",
    [
        ("a b c", "a x c", [("kept", "a "), ("gone", "b"), ("new", "x"), ("kept", " c")]),
        ("a b c", "a x y", [("kept", "a "), ("gone", "b c"), ("new", "x y")]),
        (None, "a", [("new", "a")]),
        ("a", None, [("gone", "a")]),
        (60, 50, [("gone", "60"), ("new", "50")]),
        ("a", "a", [("kept", "a")]),
        (
            "Minstens 500 000 euro.",
            "Minstens 600 000 euro.",
            [("kept", "Minstens "), ("gone", "500 000"), ("new", "600 000"), ("kept", " euro.")],
        ),
        ("a\n\nb", "a\n\nc", [("kept", "a\n\n"), ("gone", "b"), ("new", "c")]),
    ],
)
def test_two_versions_are_compared_word_by_word(old, new, pieces):
    assert compare(old, new) == pieces


def test_both_versions_can_be_read_back_from_a_comparison_of_long_texts():
    old = " ".join(f"Zin {number} blijft staan." for number in range(2000))
    new = old.replace("Zin 700 blijft", "Zin 700 verandert")

    pieces = compare(old, new)

    assert "".join(text for sort, text in pieces if sort != "new") == old
    assert "".join(text for sort, text in pieces if sort != "gone") == new
    assert [text for sort, text in pieces if sort == "new"] == ["Zin 700 verandert staan. "]
