"""From a draft to its approval, in a real browser: by a second person, or by a body outside the system."""

import datetime as dt
import io

import pikepdf
import pytest
from django.urls import reverse

from lifecycle.models import LegalValue
from procurement.models import ApprovedVersion, Procedure, ValueEstimate
from tests.face.test_pages import findings, open_page
from tests.people import sign_in
from tests.procurement import story

pytestmark = pytest.mark.browser


@pytest.fixture
def at_the_desk_of(browser, live_server, client):
    """A page of the browser, signed in as somebody."""
    opened = []

    def open_for(person):
        page = open_page(browser, live_server, 1200)
        cookies = sign_in(type(client)(), person).cookies
        page.context.add_cookies(
            [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in cookies.items()]
        )
        opened.append(page)
        return page

    yield open_for
    for page in opened:
        page.close()


@pytest.fixture
def draft(clock):
    return story.make_procedure()


@pytest.fixture
def unvalued(draft):
    """The draft of the story, before anybody estimated it."""
    ValueEstimate.objects.all().delete()
    draft.estimated_value, draft.value_method = None, ""
    draft.save()
    return draft


def estimate(page, procedure):
    """One component is forgotten, refused with its article, and answered; what was typed stays."""
    page.goto(reverse("procedure-estimate", args=[procedure.pk]))
    for field in page.locator("input[inputmode=decimal]").all()[:-1]:
        field.fill("0")
    page.get_by_label("3. Betalingen en voordelen").fill("40.000.000")
    page.get_by_label("Methode van raming").fill("Verwachte trajecten maal de gemiddelde vergoeding.")
    page.get_by_role("button", name="Raming bewaren").click()
    assert "art. 35, vierde lid, 7°" in page.locator(".govuk-error-summary").inner_text()
    assert page.get_by_label("3. Betalingen en voordelen").input_value() == "40.000.000"

    page.get_by_label("7. Prijzen").fill("0")
    page.get_by_role("button", name="Raming bewaren").click()
    page.get_by_text("De wet van 17 juni 2016 is van toepassing.").wait_for()
    assert findings(page) == []


def date_wrongly(page, procedure):
    """The last new customer after the end of the concession: refused next to the field, then mended."""
    page.goto(reverse("procedure-edit", args=[procedure.pk]))
    page.get_by_label("Nieuwe klanten tot en met").fill("01/01/2032")
    page.get_by_role("button", name="Ontwerp bewaren").click()
    page.get_by_text("Kies een dag na het begin van de concessie en ten laatste op haar einde.").first.wait_for()
    page.get_by_label("Nieuwe klanten tot en met").fill("30/06/2031")
    page.get_by_role("button", name="Ontwerp bewaren").click()
    page.get_by_text("Het ontwerp is bewaard.").wait_for()


def submit(page, procedure):
    page.goto(f"{procedure.get_absolute_url()}submit_for_approval/")
    page.get_by_role("button", name="Ter goedkeuring voorleggen").click()
    page.get_by_text("“Ter goedkeuring voorleggen” is gedaan.").wait_for()


def test_a_draft_is_estimated_dated_and_approved_by_a_second_person(
    at_the_desk_of, unvalued, procurement_officer, decision_maker
):
    officer = at_the_desk_of(procurement_officer)
    officer.goto(unvalued.get_absolute_url())
    officer.get_by_text("De raming of haar methode ontbreekt.").wait_for()
    estimate(officer, unvalued)
    date_wrongly(officer, unvalued)
    submit(officer, unvalued)

    decider = at_the_desk_of(decision_maker)
    decider.goto(unvalued.get_absolute_url())
    decider.get_by_role("link", name="Goedkeuren", exact=True).click()
    decider.get_by_role("button", name="Goedkeuren").click()
    decider.get_by_text("“Goedkeuren” is gedaan.").wait_for()
    decider.goto(f"{unvalued.get_absolute_url()}?tab=goedkeuring")

    assert ApprovedVersion.objects.get().digest in decider.content()
    assert findings(decider) == []
    assert officer.complaints + decider.complaints == []


def test_above_the_delegation_a_body_approves_with_its_minutes(
    at_the_desk_of, draft, procurement_officer, decision_maker, legal_officer
):
    LegalValue.objects.create(
        key="approval-delegation-decision-maker-eur", valid_from=dt.date(2026, 2, 1), value=5_000_000, unit="EUR",
        meaning="Delegatie", source="besluit", state="approved",
    )  # fmt: skip
    submit(at_the_desk_of(procurement_officer), draft)
    decider = at_the_desk_of(decision_maker)
    decider.goto(f"{draft.get_absolute_url()}approve/")
    decider.get_by_text("De geraamde waarde gaat de delegatie van de beslissingsnemer te boven.").wait_for()

    lawyer, paper = at_the_desk_of(legal_officer), io.BytesIO()
    made = pikepdf.new()
    made.add_blank_page()
    made.save(paper)
    lawyer.goto(f"{draft.get_absolute_url()}record_outside_approval/")
    lawyer.get_by_label("Orgaan").fill("Raad van bestuur")
    lawyer.get_by_label("Datum van de beslissing").fill("17/02/2026")
    files = {"name": "notulen.pdf", "mimeType": "application/pdf", "buffer": paper.getvalue()}
    lawyer.locator("input[type=file]").set_input_files(files)
    lawyer.get_by_role("button", name="Goedkeuring door een orgaan optekenen").click()
    lawyer.get_by_text("Ze ligt in de toekomst.").first.wait_for()
    assert lawyer.get_by_label("Orgaan").input_value() == "Raad van bestuur"

    lawyer.get_by_label("Datum van de beslissing").fill("16/02/2026")
    lawyer.locator("input[type=file]").set_input_files(files)
    lawyer.get_by_role("button", name="Goedkeuring door een orgaan optekenen").click()
    lawyer.get_by_text("“Goedkeuring door een orgaan optekenen” is gedaan.").wait_for()

    version = ApprovedVersion.objects.get()
    assert (version.body, version.decided_on) == ("Raad van bestuur", dt.date(2026, 2, 16))
    assert Procedure.objects.get().state == "approved"
    lawyer.goto(f"{draft.get_absolute_url()}?tab=goedkeuring")
    with lawyer.expect_download() as download:
        lawyer.get_by_role("link", name="Notulen (PDF)").click()
    assert download.value.suggested_filename == f"{draft.number}-goedkeuring-1.pdf"
    assert findings(lawyer) == []
