"""What a corrected sending of a letter makes different for a lot and for an application."""

import datetime as dt

import pytest

from documents.correcting import confirm_correction, differences_of, propose_sending
from documents.models import Letter
from lifecycle import clock as legal_clock
from procurement.models import Lot
from tests.contracts import world
from tests.people import make_user
from tests.procurement import story

D = dt.date
LATER = legal_clock.at(D(2026, 11, 3), 10)


@pytest.fixture
def lot(clock, decision_maker):
    clock.travel_to(clock.at(D(2026, 11, 18), 9))
    return world.lot(world.procedure(decision_maker), decision_maker, number=1)


@pytest.fixture
def letter(lot, procurement_officer):
    world.letter_about(lot, "b", procurement_officer)
    letter = world.letter_about(lot, "a", procurement_officer)
    return Letter.objects.select_related("document").get(pk=letter.pk)


def correct(letter, by, sent_at=LATER):
    return propose_sending(letter, by=by, number="RW 9", sent_at=sent_at, reason="De stempel.")


def told(correction):
    return [(each.what, each.before, each.after, each.finding) for each in differences_of(correction)]


def test_a_later_sending_moves_the_standstill_of_its_lot(lot, letter, procurement_officer, legal_officer):
    correction = correct(letter, procurement_officer)

    assert told(correction) == [
        ("Laatste verzending van de brief", "vr 30 okt 2026, 9.00 u", "di 3 nov 2026, 10.00 u", ""),
        (
            "Elektronisch en aangetekend op dezelfde dag verzonden",
            "ja",
            "nee",
            "De elektronische en de aangetekende verzending gebeurden niet op dezelfde dag.",
        ),
        ("Laatste dag van de wachttermijn, perceel 1", "ma 16 nov 2026", "wo 18 nov 2026", ""),
        ("Sluiting mag vanaf, perceel 1", "di 17 nov 2026, 0.00 u", "do 19 nov 2026, 0.00 u", ""),
        ("Het nazicht bij de griffie gebeurde na de wachttermijn, perceel 1", "ja", "nee", ""),
    ]
    assert lot.standstill_last_day == D(2026, 11, 16)
    confirm_correction(correction, by=legal_officer)
    assert Lot.objects.get(pk=lot.pk).standstill_last_day == D(2026, 11, 18)


def test_a_conclusion_within_the_corrected_standstill_is_a_finding(lot, letter, procurement_officer, legal_officer):
    story.put(lot, "concluded", concluded_at=legal_clock.at(D(2026, 11, 17), 9))
    correction = confirm_correction(correct(letter, procurement_officer), by=legal_officer)
    findings = [(each["ground"], each["finding"]) for each in correction.differences if each["finding"]]

    assert correction.state == "finding"
    assert findings[-1] == (
        "art. 11, wet van 17 juni 2013 betreffende de motivering, de informatie en de rechtsmiddelen",
        "Perceel 1 is gesloten op di 17 nov 2026, 9.00 u, binnen de wachttermijn.",
    )
    assert Lot.objects.get(pk=lot.pk).state == "concluded"


def test_a_sending_that_is_not_the_last_moves_nothing(lot, letter, procurement_officer):
    earlier = legal_clock.at(D(2026, 10, 30), 8)

    assert told(correct(letter, procurement_officer, earlier)) == []


def test_a_letter_about_an_earlier_decision_moves_nothing(lot, letter, procurement_officer):
    story.put(lot, "ready_to_conclude", decided_at=legal_clock.at(D(2026, 11, 10), 9))

    assert [what for what, *_rest in told(correct(letter, procurement_officer))] == [
        "Laatste verzending van de brief",
        "Elektronisch en aangetekend op dezelfde dag verzonden",
    ]


def test_an_invitation_before_a_non_selection_letter_is_a_finding(lot, letter, procurement_officer):
    signer = make_user("Kim Kandidaat")
    candidate = world.application(lot.procedure, world.organisation("Kompas vzw", signer), signer)
    story.put(candidate, "not_selected")
    story.put(lot.procedure, "evaluation", invited_at=legal_clock.at(D(2026, 10, 30), 12))
    Letter.objects.filter(pk=letter.pk).update(subject=candidate.ref)
    moved = Letter.objects.select_related("document").get(pk=letter.pk)

    assert told(correct(moved, procurement_officer))[-1] == (
        "De brief van niet-selectie vertrok voor de uitnodigingen",
        "ja",
        "nee",
        "De uitnodigingen vertrokken voor deze brief van niet-selectie verzonden was.",
    )
