"""Every page of the house, with a record of everything on it, in a real browser: no axe finding, no overflow, no complaint.

The addresses are those of the sweep over who gets in where; each is opened at both widths, by the one outsider who owns what it
is about or else by the first member of staff who gets in; the pages of records by both.
"""

import pytest

from tests.face.test_pages import WIDTHS, findings, open_page
from tests.people import sign_in
from tests.sweeps.test_urls import PEOPLE, address, lines

pytestmark = pytest.mark.browser

OUTSIDE = PEOPLE[:4]
# What staff see of these differs from what their owner sees.
TWO_SIDED = {
    "home",
    "procedure",
    "lot",
    "application",
    "question",
    "offer",
    "call",
    "admission-application",
    "admission",
    "contract",
    "amendment",
    "organisation",
    "documents:documents",
    "documents:document",
    "documents:messages",
    "documents:message",
    "application-received",
}
# Files, redirects and answers for machines are no pages.
NO_PAGES = "health- document-download evidence signed-copy contract-final -file -calendar approval-minutes notice-proof".split()
# The tabs of a procedure, which is the page with most on it.
TABS = (
    "documenten vragen voorwaarden planning aankondigingen waarde goedkeuring deelnemen aanvragen offertes berichten "
    "verloop"
).split()
SECTIONS = ["", *(f"?tab={tab}" for tab in TABS)]


def visits():
    """Who opens which line of the table: (person, name of the address, record, verb)."""
    for name, key, verb, *answers in lines():
        if any(part in name for part in NO_PAGES):
            continue
        admitted = [person for person, answer in zip(PEOPLE, answers, strict=True) if answer in {"+", "!"}]
        outside = [person for person in admitted if person in OUTSIDE][-1:]
        staff = [person for person in admitted if person not in OUTSIDE][:1]
        for person in outside + staff if name in TWO_SIDED else (outside or staff):
            yield person, name, key, verb


@pytest.fixture
def pages(browser, live_server, house, client):
    """A browser page for each person, signed in; made when first asked for."""
    opened = {}

    def page_of(person):
        if person not in opened:
            page = opened[person] = open_page(browser, live_server, WIDTHS[-1])
            if person != "anonymous":
                visitor = sign_in(type(client)(), house.person(person))
                cookies = [
                    {"name": name, "value": morsel.value, "url": live_server.url}
                    for name, morsel in visitor.cookies.items()
                ]
                page.context.add_cookies(cookies)
        return opened[person]

    yield page_of
    for page in opened.values():
        page.close()


def test_no_page_of_the_house_has_findings(pages, house):
    found, complaints = {}, {}
    for person, name, key, verb in visits():
        page = pages(person)
        for section in SECTIONS if name == "procedure" else [""]:
            url = address(name, house, key, verb) + section
            page.goto(url)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if findings_here := findings(page):
                    found[person, url, width] = findings_here
            if page.complaints:
                complaints[person, url] = list(page.complaints)
                page.complaints.clear()

    assert (found, complaints) == ({}, {})
