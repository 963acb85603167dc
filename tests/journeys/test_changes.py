"""What was published changes, in a real browser: a rectification that extends, an outage on the last hour, a withdrawal."""

import pytest

from lifecycle import clock
from procurement.models import Application, Procedure
from tests.face.test_pages import open_page
from tests.people import sign_in
from tests.procurement.changes import at_noon
from tests.procurement.conftest import draft, published, submitted  # noqa: F401 -- fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE = 1280
# Milliseconds: a busy machine is no failure.
PATIENCE = 120_000


@pytest.fixture
def visit(browser, live_server, client):
    """A page of the browser for each person, signed in."""
    opened = []

    def page_of(person=None):
        page = open_page(browser, live_server, WIDE)
        page.set_default_timeout(PATIENCE)
        opened.append(page)
        if person is not None:
            visitor = sign_in(type(client)(), person)
            page.context.add_cookies(
                [{"name": name, "value": each.value, "url": live_server.url} for name, each in visitor.cookies.items()]
            )
        return page

    yield page_of
    complaints = [complaint for page in opened for complaint in page.complaints]
    for page in opened:
        page.close()
    assert complaints == []


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def test_a_rectification_that_extends(submitted, published, visit, procurement_officer, legal_officer, bidder):  # noqa: F811 -- fixtures
    """Drafted too late, refused, drafted with more time, published by a second person, confirmed by who had submitted."""
    clock.travel_to(at_noon(-3 * 24 * 3600))
    officer = visit(procurement_officer)
    officer.goto(f"{published.get_absolute_url()}?tab=wijzigingen")
    follow(officer, "Rectificatie opstellen")
    officer.get_by_label("Titel van het addendum").fill("Gewichten van de criteria")
    officer.get_by_label("Reden", exact=True).fill("De gewichten waren omgewisseld.")
    officer.get_by_text("Gunningscriteria", exact=True).click()
    weights = officer.get_by_label(": Gewicht")
    weights.nth(0).fill("55")
    weights.nth(1).fill("45")
    press(officer, "Ontwerp bewaren")
    assert "blijven minstens 10 volle dagen" in officer.get_by_role("alert").inner_text()
    assert weights.nth(0).input_value() == "55"
    officer.get_by_label("Dag", exact=True).fill("27/03/2026")
    officer.get_by_label("Uur").fill("12.00")
    press(officer, "Ontwerp bewaren")
    address = officer.url
    assert "/addenda/" in address
    assert Procedure.objects.get().applications_deadline == at_noon()

    lawyer = visit(legal_officer)
    lawyer.goto(address)
    follow(lawyer, "Addendum bekendmaken")
    press(lawyer, "Addendum bekendmaken")

    reader = visit()
    reader.goto(f"{published.get_absolute_url()}?tab=wijzigingen")
    follow(reader, "Addendum 1: Gewichten van de criteria")
    assert [reader.locator("td del").nth(number).inner_text().split()[-1] for number in (0, 1)] == ["60", "40"]
    assert [reader.locator("td ins").nth(number).inner_text().split()[-1] for number in (0, 1)] == ["55", "45"]
    assert "27 mrt 2026" in reader.locator("main").inner_text()

    maker = visit(bidder)
    maker.goto(submitted.get_absolute_url())
    press(maker, "Bevestigen zoals ze is")
    assert "Bevestigd na addendum 1" in maker.locator("main").inner_text()
    assert Application.objects.get().confirmed_addendum == 1


def test_an_outage_on_the_last_hour(submitted, published, visit, administrator, procurement_officer, bidder):  # noqa: F811 -- fixtures
    """Recorded by the administrator while it lasts, ended, confirmed by an officer just after the closing minute."""
    clock.travel_to(at_noon(-40 * 60))
    admin = visit(administrator)
    admin.goto("/storingen/")
    follow(admin, "Storing optekenen")
    days, hours = admin.get_by_label("Dag", exact=True), admin.get_by_label("Uur")
    days.nth(0).fill("19/03/2026")
    hours.nth(0).fill("11.15")
    admin.get_by_label("wat er niet werkte").fill("Opladen gaf een foutmelding.")
    press(admin, "Storing optekenen")
    clock.travel_to(at_noon(-5 * 60))
    follow(admin, "Einde optekenen")
    admin.get_by_label("Dag", exact=True).fill("19/03/2026")
    admin.get_by_label("Uur").fill("11.45")
    press(admin, "Einde optekenen")
    address = admin.url

    clock.travel_to(at_noon(60))
    officer = visit(procurement_officer)
    officer.goto(address)
    follow(officer, "Storing bevestigen")
    press(officer, "Storing bevestigen")

    # Twelve o'clock and a minute, half an hour and four hours: up to five o'clock.
    reader = visit()
    reader.goto("/storingen/")
    follow(reader, "19 mrt 2026, 11.15 u")
    assert "19 mrt 2026, 17.00 u" in reader.get_by_role("table").inner_text()
    assert Procedure.objects.get().state == "published"
    maker = visit(bidder)
    maker.goto(f"{submitted.get_absolute_url()}withdraw/")
    press(maker, "Intrekken")
    assert Application.objects.get().state == "withdrawn"


def test_a_withdrawal(submitted, published, visit, decision_maker, bidder):  # noqa: F811 -- fixtures
    """With reasons; what was sealed is never opened, and who submitted reads that on its page."""
    decider = visit(decision_maker)
    decider.goto(f"{published.get_absolute_url()}cancel/")
    decider.get_by_label("Motivering van de stopzetting").fill("De behoefte is vervallen.")
    press(decider, "Stopzetten")
    assert "Stopgezet" in decider.locator(".record-header").inner_text()

    maker = visit(bidder)
    maker.goto(submitted.get_absolute_url())
    text = maker.locator("main").inner_text()
    assert "Gesloten zonder opening" in text
    assert "Ontvangstbewijs" in text
    reader = visit()
    reader.goto(published.get_absolute_url())
    assert "De behoefte is vervallen." in reader.locator("main").inner_text()
