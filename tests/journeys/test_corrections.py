"""Two people in a browser: a dispatch that was recorded wrongly, and a number of the law that changes."""

import datetime as dt
from decimal import Decimal

import pytest

from documents.models import Correction
from lifecycle import timelimits
from lifecycle.models import LegalValue
from procurement import actions
from procurement.models import Notice, Procedure
from tests.journeys.visits import visit

pytestmark = pytest.mark.browser


def test_a_corrected_dispatch_with_a_second_person(
    browser, live_server, client, clock, published, procurement_officer, legal_officer
):
    clock.travel_to(clock.at(dt.date(2026, 2, 20), 9))
    officer = visit(browser, live_server, client, procurement_officer)
    officer.goto(f"{published.get_absolute_url()}?tab=aankondigingen")
    officer.get_by_role("link", name="oproep BDA-2026-000001").click()
    officer.get_by_role("link", name="De verzending verbeteren").click()
    # What stands there is filled in; a day that is still to come is refused next to its field.
    officer.get_by_label("Verzonden op").fill("21/02/2026")
    officer.get_by_label("Wat was er verkeerd").fill("Het bewijs van e-Procurement zegt 18 februari.")
    officer.get_by_role("button", name="Verbetering voorstellen").click()
    assert officer.get_by_text("De verzending ligt in de toekomst.").count() == 2
    assert officer.get_by_label("Wat was er verkeerd").input_value() == "Het bewijs van e-Procurement zegt 18 februari."
    officer.get_by_label("Verzonden op").fill("18/02/2026")
    officer.get_by_role("button", name="Verbetering voorstellen").click()
    assert officer.get_by_role("heading", name="Wat anders zou worden").is_visible()
    assert officer.get_by_role("link", name="Bevestigen").count() == 0

    jurist = visit(browser, live_server, client, legal_officer)
    jurist.goto("/")
    jurist.get_by_role("link", name="Bevestigen of afwijzen").click()
    jurist.get_by_role("link", name="Bevestigen", exact=True).click()
    moved = jurist.get_by_role("row", name="Vroegste uiterste datum voor aanvragen")
    assert "do 19 mrt 2026, 0.00 u" in moved.inner_text()
    assert "za 21 mrt 2026, 0.00 u" in moved.inner_text()
    assert jurist.get_by_text("De termijn voor aanvragen is te kort.").is_visible()
    jurist.get_by_role("button", name="Bevestigen").click()
    jurist.goto("/")
    jurist.get_by_role("link", name="Kennis nemen van de vaststelling").click()
    jurist.get_by_label("Wat u vaststelt").fill("De uiterste datum wordt verlengd.")
    jurist.get_by_role("button", name="Kennis nemen van de vaststelling").click()
    assert jurist.get_by_role("heading", name="Wat anders werd").is_visible()

    officer.goto(f"{published.get_absolute_url()}?tab=aankondigingen")
    officer.get_by_role("link", name="oproep BDA-2026-000001").click()
    entries = officer.get_by_role("listitem").filter(has_text="BDA-2026-000001")
    assert [text.split(" waarom")[0] for text in entries.all_inner_texts()][:2] == [
        "BDA-2026-000001, ma 16 feb 2026",
        "BDA-2026-000001, wo 18 feb 2026",
    ]
    assert [officer.complaints, jurist.complaints] == [[], []]
    assert Procedure.objects.get().notice_sent_on == dt.date(2026, 2, 18)
    assert Notice.objects.count() == 2
    assert Correction.objects.get().state == "noted"


def test_a_number_of_the_law_with_a_second_person(
    browser, live_server, client, clock, legal_officer, second_legal_officer
):
    first = visit(browser, live_server, client, legal_officer)
    first.goto("/wettelijke-waarden/")
    first.get_by_role("link", name="Een waarde voorstellen").click()
    first.get_by_label("Welk getal").select_option("concession-threshold-eur")
    first.get_by_label("Waarde", exact=True).fill("5.600.000")
    first.get_by_label("Geldig vanaf").fill("01/01/2028")
    first.get_by_label("Ja, nagelezen in de bron").check()
    first.get_by_role("button", name="Voorstellen").click()
    assert first.get_by_label("Waarde", exact=True).input_value() == "5.600.000"
    first.get_by_label("Bron", exact=True).fill("gedelegeerde verordening (EU) 2027/1")
    first.get_by_role("button", name="Voorstellen").click()
    assert first.get_by_role("link", name="Goedkeuren").count() == 0

    second = visit(browser, live_server, client, second_legal_officer)
    second.goto("/")
    second.get_by_role("link", name="Goedkeuren of afwijzen").click()
    second.get_by_role("link", name="Goedkeuren").click()
    second.get_by_role("button", name="Goedkeuren").click()
    second.goto("/wettelijke-waarden/")
    assert second.get_by_role("row", name="5.600.000 EUR").inner_text().startswith("Goedgekeurd")

    assert [first.complaints, second.complaints] == [[], []]
    assert timelimits.value("concession-threshold-eur", on=dt.date(2027, 12, 31)) == Decimal(5_404_000)
    assert timelimits.value("concession-threshold-eur", on=dt.date(2028, 1, 1)) == Decimal(5_600_000)
    assert LegalValue.objects.get(valid_from=dt.date(2028, 1, 1)).decided_by == second_legal_officer


def test_a_field_of_the_sheet_is_copied(browser, live_server, client, clock, draft, legal_officer):
    actions.confirm_notice_subtype(draft, by=legal_officer, subtype="14")
    page = visit(browser, live_server, client, legal_officer)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{draft.get_absolute_url()}fiche/14/")
    page.get_by_role("button", name="Kopieer LOT-0001-BT-5071").click()
    page.get_by_role("status").filter(has_text="Gekopieerd").wait_for(state="attached")

    assert page.evaluate("navigator.clipboard.readText()") == "BE211\nBE212\nBE213"
    assert page.complaints == []
