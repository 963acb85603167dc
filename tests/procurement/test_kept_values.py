"""A procedure keeps the numbers of the law that were in force at its publication: a later change of the table moves nothing."""

import datetime as dt
from decimal import Decimal

import pytest

from lifecycle import timelimits
from lifecycle.models import LegalValue
from procurement import guards
from procurement.models import Lot, Procedure
from procurement.planning import terms_of, timetable_of
from tests.procurement import story
from tests.procurement.test_pages_timeline import SENT, make_letter

KEYS = {"applications-minimum-days", "offers-minimum-days", "standstill-days", "information-before-deadline-days"}


def change(key, days, *, valid_from=dt.date(2026, 3, 1), state="approved"):
    LegalValue.objects.create(
        key=key,
        valid_from=valid_from,
        value=days,
        unit="dagen",
        meaning="gewijzigd",
        source="gewijzigde wet",
        state=state,
    )


@pytest.fixture
def changed(published):
    """The law changes after the publication, with effect from before the dates that depend on it."""
    for key in KEYS:
        change(key, 90)
    return Procedure.objects.get(pk=published.pk)


def test_values_are_kept_with_their_source(published):
    kept = published.legal_values["applications-minimum-days"]

    assert kept == {
        "value": "30",
        "unit": "dagen",
        "valid_from": "2017-06-30",
        "source": "wet van 17 juni 2016 betreffende de concessieovereenkomsten, art. 47, derde lid",
    }
    assert published.legal_values["concession-threshold-eur"]["value"] == "5404000"
    assert set(published.legal_values) >= KEYS


def test_values_are_those_of_the_day_on_which_the_notice_was_sent(draft):
    change("applications-minimum-days", 45, valid_from=dt.date(2026, 2, 10))

    assert timelimits.in_force(on=dt.date(2026, 2, 9))["applications-minimum-days"]["value"] == "30"
    assert timelimits.in_force(on=dt.date(2026, 2, 10))["applications-minimum-days"]["value"] == "45"


def test_what_nobody_approved_is_not_kept(draft):
    change("applications-minimum-days", 45, valid_from=dt.date(2026, 2, 10), state="proposed")

    assert timelimits.in_force(on=dt.date(2026, 2, 16))["applications-minimum-days"]["value"] == "30"


def test_draft_follows_the_table(draft, clock):
    assert draft.legal_days("applications-minimum-days") == 30
    change("applications-minimum-days", 90)
    clock.travel_to(clock.at(dt.date(2026, 3, 2), 9))

    assert draft.legal_days("applications-minimum-days") == 90
    assert terms_of(draft).days["applications-minimum-days"] == 90


def test_published_procedure_keeps_its_own(changed, clock):
    clock.travel_to(clock.at(dt.date(2026, 3, 2), 9))

    assert timelimits.days("applications-minimum-days") == 90
    assert changed.legal_days("applications-minimum-days") == 30
    assert changed.legal_value("concession-threshold-eur") == Decimal(5404000)
    assert terms_of(changed).days["standstill-days"] == 15


def test_minimum_for_offers_does_not_move(changed, clock):
    clock.travel_to(clock.at(dt.date(2026, 5, 22), 9))
    # Seventeen days electronically from 22 May: from 9 June on.
    facts = {"offers_deadline": clock.at(dt.date(2026, 6, 9))}

    assert guards.offers_deadline_leaves_the_minimum.reason(changed, facts) is None


def test_standstill_does_not_move(changed, decision_maker, clock):
    clock.travel_to(SENT)
    lot = story.put(changed.lots.first(), Lot.State.STANDSTILL, decided_by=decision_maker, decided_at=SENT)
    make_letter(lot, registered=True)

    assert lot.standstill_last_day == dt.date(2026, 11, 16)


def test_dates_of_the_timetable_do_not_move(changed, clock):
    clock.travel_to(clock.at(dt.date(2026, 3, 2), 9))
    lines = timetable_of(changed)

    assert lines["applications_deadline"].earliest.at == clock.at(dt.date(2026, 3, 19))
    assert lines["applications_deadline"].findings == ()
