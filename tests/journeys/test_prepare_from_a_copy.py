"""An officer prepares a procedure from an earlier one, in a real browser, up to handing it over."""

import datetime as dt

import pytest

from lifecycle import clock as legal_clock
from procurement.models import Procedure, SubCriterion, TeamMember
from tests.face.test_pages import findings, open_page
from tests.people import make_user, sign_in
from tests.procurement import story

pytestmark = pytest.mark.browser


@pytest.fixture
def officers(clock, procurement_officer):
    return procurement_officer, make_user("Ama Aankoper", "procurement_officer")


@pytest.fixture
def page(browser, live_server, client, officers):
    """The desk of the first officer."""
    visitor = sign_in(client, officers[0])
    opened = open_page(browser, live_server, 1280)
    cookies = [
        {"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in visitor.cookies.items()
    ]
    opened.context.add_cookies(cookies)
    yield opened
    opened.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def make_the_copy(page, source):
    page.goto(source.get_absolute_url())
    page.get_by_role("link", name="Kopiëren", exact=True).click()
    press(page, "Kopie maken")
    copy = Procedure.objects.get(copied_from=source)
    assert page.url.endswith(f"/procedures/{copy.pk}/nog-in-te-vullen/")
    assert page.get_by_text("De uiterste datum voor aanvragen ontbreekt of ligt in het verleden.").is_visible()
    return copy


def ask_a_sub_criterion(page, copy):
    """Sixty is what the criterion weighs: seventy is refused, and what was typed stays."""
    page.goto(f"/procedures/{copy.pk}/subcriteria/")
    page.get_by_label("Criterium", exact=True).select_option(label="1. Kwaliteit van het aanbod")
    page.get_by_label("Rang").fill("1")
    page.get_by_label("Subcriterium", exact=True).fill("Maatwerk")
    page.get_by_label("Wat beoordeeld wordt").fill("Hoe het traject op elke klant wordt afgestemd.")
    page.get_by_label("Gewicht").fill("70")
    press(page, "Subcriterium toevoegen")
    page.wait_for_selector(".govuk-error-message")
    assert "De subcriteria wegen dan samen meer dan hun criterium. (art. 55, § 3" in page.content()
    assert page.get_by_label("Subcriterium", exact=True).input_value() == "Maatwerk"
    assert findings(page) == []
    page.get_by_label("Gewicht").fill("60")
    press(page, "Subcriterium toevoegen")
    page.get_by_role("rowheader", name="1.1 Maatwerk").wait_for()
    assert SubCriterion.objects.get(criterion__procedure=copy).weight == 60


def name_the_team(page, copy, officers):
    first, second = officers
    page.goto(f"/procedures/{copy.pk}/team/")
    page.get_by_label("Rol").select_option(label="Aankoper")
    page.get_by_label("Persoon").select_option(label=first.name)
    press(page, "Aanwijzen")
    page.get_by_label("Rol").select_option(label="Aankoper")
    page.get_by_label("Persoon").select_option(label=second.name)
    page.get_by_label("Vervangt").select_option(label=f"{first.name}, Aankoper")
    press(page, "Aanwijzen")
    assert "Een vervanging heeft een einde." in page.content()
    page.get_by_label("Tot en met").fill("31/03/2027")
    press(page, "Aanwijzen")
    assert f"Nog geen verklaring van: {second.name}, {first.name}." in page.content()
    assert findings(page) == []
    deputy = TeamMember.objects.get(replaces__isnull=False)
    assert (deputy.user, deputy.until) == (second, dt.date(2027, 3, 31))


def fill_in_the_deadline(page, copy):
    page.goto(f"/procedures/{copy.pk}/bewerken/")
    page.locator("#id_applications_deadline_0").fill("29/03/2027")
    page.locator("#id_applications_deadline_1").fill("12.00")
    press(page, "Ontwerp bewaren")


def hand_over(page, copy):
    page.goto(f"/procedures/{copy.pk}/nog-in-te-vullen/")
    assert page.get_by_text("Niets staat in de weg: het ontwerp kan ter goedkeuring worden voorgelegd.").is_visible()
    assert findings(page) == []
    page.goto(f"/procedures/{copy.pk}/submit_for_approval/")
    press(page, "Ter goedkeuring voorleggen")
    assert Procedure.objects.get(pk=copy.pk).state == "in_review"


@pytest.mark.django_db(transaction=True)
def test_a_copy_becomes_complete_and_is_handed_over(page, officers):
    source = story.make_procedure(term_start=dt.date(2028, 1, 1), term_end=dt.date(2032, 12, 31))
    legal_clock.travel_to(legal_clock.at(dt.date(2026, 12, 1), 9))

    copy = make_the_copy(page, source)
    ask_a_sub_criterion(page, copy)
    name_the_team(page, copy, officers)
    fill_in_the_deadline(page, copy)
    hand_over(page, copy)

    assert page.complaints == []
