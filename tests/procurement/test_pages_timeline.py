"""The drawn timeline: which dates bind, which are indicative, and from when to when a lot stands still."""

import datetime as dt

import pytest

from documents.models import Document, Letter, TemplateVersion
from lifecycle import clock as legal_clock
from procurement.milestones import milestones_of, next_of, standstills, timeline_of
from procurement.models import Procedure
from procurement.waiting import waiting_of_lot
from tests.procurement import story

ACT = "wet van 17 juni 2016 betreffende de concessieovereenkomsten"
REMEDIES = "wet van 17 juni 2013 betreffende de motivering, de informatie en de rechtsmiddelen"
SENT = legal_clock.at(dt.date(2026, 10, 30), 10)


def drawn(procedure):
    return [(each.label, each.moment, each.binding) for each in milestones_of(procedure)]


def test_planned_dates_of_a_draft_are_indicative(draft):
    assert drawn(draft) == [
        ("Aanvragen", story.DEADLINE, False),
        ("Gunning", dt.date(2026, 10, 30), False),
        ("Sluiting", dt.date(2026, 11, 17), False),
        ("Start", dt.date(2027, 1, 1), False),
        ("Einde", dt.date(2031, 12, 31), False),
    ]


def test_dates_bind_by_their_publication(published):
    assert drawn(published) == [
        ("Selectieleidraad", dt.date(2026, 2, 16), True),
        ("Aanvragen", story.DEADLINE, True),
        ("Gunning", dt.date(2026, 10, 30), False),
        ("Sluiting", dt.date(2026, 11, 17), False),
        ("Start", dt.date(2027, 1, 1), True),
        ("Einde", dt.date(2031, 12, 31), True),
    ]


def test_each_date_has_its_ground(published):
    assert {each.label: each.ground for each in milestones_of(published)} == {
        "Selectieleidraad": f"art. 42, {ACT}",
        "Aanvragen": f"art. 47, derde lid, {ACT}",
        "Gunning": f"art. 4/1, {REMEDIES}",
        "Sluiting": f"art. 56, {ACT}",
        "Start": f"art. 37, {ACT}",
        "Einde": f"art. 37, {ACT}",
    }


def test_end_of_the_term_is_drawn_once_the_term_runs(published, clock):
    assert "Einde" not in [each.label for each in timeline_of(published).milestones]

    clock.travel_to(clock.at(dt.date(2027, 1, 1)))

    assert "Einde" in [each.label for each in timeline_of(published).milestones]


def test_next_date_is_the_first_one_ahead(published, clock):
    assert next_of(published).label == "Aanvragen"
    clock.travel_to(story.DEADLINE)
    assert next_of(published).label == "Gunning"


def test_what_ended_has_no_next_date(published):
    assert next_of(story.put(published, Procedure.State.CANCELLED)) is None


# -- standing still -----------------------------------------------------------------------------


@pytest.fixture
def lots(published, decision_maker, clock):
    """Two lots whose decision was told on 30 October, one letter each, of which the second lacks its registered sending."""
    clock.travel_to(SENT)
    told = []
    for lot in published.lots.all():
        fresh = story.put(lot, "standstill", decided_by=decision_maker, decided_at=SENT)
        make_letter(fresh, registered=fresh.number == 1)
        told.append(fresh)
    return told


def make_letter(lot, *, registered):
    document = Document.objects.create(
        kind="award_letter",
        number=f"2026-001-BRF-{lot.number}",
        running=100 + lot.number,
        title="Brief",
        template_version=TemplateVersion.objects.first(),
        context={},
        context_digest="0" * 64,
        dossier=lot.dossier,
        subject=lot.ref,
        requested_at=SENT,
    )
    letter = Letter(
        document=document, subject=lot.ref, reason="award_letter", name="Alfa", email="a@b.example", owed_at=SENT
    )
    letter.electronic_sent_at, letter.message_id, letter.sent_sha256 = SENT, "<1@b.example>", "0" * 64
    if registered:
        letter.registered_sent_at = letter.registered_recorded_at = SENT
        letter.registered_number, letter.registered_by = "RR 1", lot.decided_by
    letter.save()


def test_standstill_is_drawn_for_the_lot_whose_letters_are_sent(lots):
    spans = standstills(lots)

    assert [(span.label, span.first, span.last, span.ground) for span in spans] == [
        ("Wachttermijn perceel 1", dt.date(2026, 10, 31), dt.date(2026, 11, 16), f"art. 11, {REMEDIES}")
    ]


def test_each_lot_says_what_it_waits_for(lots):
    first, second = (waiting_of_lot(lot, list(lot.letters)) for lot in lots)

    assert [(wait["what"], wait.get("until")) for wait in first] == [("wachttermijn", dt.date(2026, 11, 16))]
    assert [wait["what"] for wait in second] == ["1 brief zonder verzendbewijs"]


def test_after_the_standstill_the_registry_is_waited_for_until_it_is_checked(lots, clock):
    lot = lots[0]
    clock.travel_to(clock.at(dt.date(2026, 11, 17)))

    assert [wait["who"] for wait in waiting_of_lot(lot, list(lot.letters))] == ["een jurist"]
    lot.registry_checked_at = clock.now()
    assert waiting_of_lot(lot, list(lot.letters)) == []


def test_lot_page_counts_down_and_asks_the_missing_proof(client, lots, procurement_officer):
    from tests.people import sign_in

    sign_in(client, procurement_officer)
    first, second = (client.get(lot.get_absolute_url()) for lot in lots)

    assert first.context["standstill"]["last_day"] == dt.date(2026, 11, 16)
    assert "ma 16 nov 2026, 24.00 u" in first.text
    assert second.context["standstill"] is None
    assert "Bewijs toevoegen" in second.text
    assert "Bewijs toevoegen" not in first.text
