"""Invited by mail without an account, to acting for an organisation; and a second claimant of a number that exists."""

import re
from urllib.parse import urlsplit

import pytest

from lifecycle import outbox
from lifecycle.models import Owed
from partners.models import Membership
from tests.face.test_pages import findings, open_page
from tests.journeys.visits import visit
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEW = "noor.nieuw@voorbeeld.example"


def send_what_is_owed():
    for owed in Owed.objects.open().filter(kind__startswith="partners."):
        assert outbox.deliver(owed.pk)


def link_in(mail, path):
    """The address in the newest mail that has this path, without the name of the site."""
    (found,) = re.findall(rf"https?://\S*{path}\S*", mail.body)
    return urlsplit(found).path


def looks_right(page):
    """No finding on a desk and on a phone, and nothing to complain of."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert findings(page) == []
    assert page.complaints == []


def invites(page, organisation):
    page.goto(organisation.get_absolute_url())
    page.get_by_role("link", name="Collega uitnodigen").click()
    page.get_by_label("E-mailadres van uw collega").fill(NEW)
    page.get_by_label("Mag ondertekenen").check()
    page.get_by_label("Ondertekent tot en met, in euro").fill("50.000")
    looks_right(page)
    page.get_by_role("button", name="Uitnodiging versturen").click()
    page.get_by_text(f"De uitnodiging vertrekt naar {NEW}.").wait_for()
    looks_right(page)


def signs_up(page, mailoutbox):
    page.get_by_role("link", name="Account maken").click()
    page.get_by_label("Naam").fill("Noor Nieuw")
    page.get_by_label("E-mailadres").fill(NEW)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="Account maken").click()
    page.get_by_role("heading", level=1).wait_for()
    page.goto(link_in(mailoutbox[-1], "/account/confirm-email/"))
    page.get_by_role("button", name="Ja, dit is mijn adres").click()
    page.get_by_label("E-mailadres").fill(NEW)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()


def test_a_colleague_without_an_account_is_invited_and_signs(
    browser, live_server, client, clock, mailoutbox, bidder, partner_org
):
    owner = visit(browser, live_server, client, bidder)
    invites(owner, partner_org)
    send_what_is_owed()

    colleague = open_page(browser, live_server, 1280)
    colleague.goto(link_in(mailoutbox[-1], "/uitnodiging/"))
    looks_right(colleague)
    signs_up(colleague, mailoutbox)
    colleague.get_by_role("button", name="Uitnodiging aanvaarden").wait_for()
    looks_right(colleague)
    colleague.get_by_role("button", name="Uitnodiging aanvaarden").click()
    colleague.get_by_text(f"U handelt voortaan voor {partner_org}.").wait_for()
    looks_right(colleague)

    owner.reload()
    owner.locator("tr", has_text="Noor Nieuw").get_by_role("link", name="Bevoegdheden").click()
    looks_right(owner)
    owner.get_by_label("Mag ondertekenen").uncheck()
    owner.get_by_label("Ondertekent tot en met, in euro").fill("")
    owner.get_by_role("button", name="Wijzigen").click()
    owner.get_by_text("De bevoegdheden zijn gewijzigd.").wait_for()
    held = Membership.objects.filter(user__email=NEW).order_by("since")
    assert [(each.may_sign, each.until is None) for each in held] == [(True, False), (False, True)]


def test_a_second_claimant_asks_and_a_colleague_decides(
    browser, live_server, client, clock, mailoutbox, bidder, stranger, partner_org
):
    claimant = visit(browser, live_server, client, stranger)
    claimant.goto("/partners/aanmelden/")
    claimant.get_by_label("Ondernemingsnummer").fill(partner_org.written_number)
    claimant.get_by_role("button", name="Organisatie aanmelden").click()
    claimant.get_by_role("link", name="Toegang vragen").click()
    claimant.get_by_label("Wie u bent in de organisatie").fill("De nieuwe directeur.")
    looks_right(claimant)
    claimant.get_by_role("button", name="Toegang vragen").click()
    claimant.get_by_text("Uw vraag is gesteld.").wait_for()
    send_what_is_owed()

    decider = visit(browser, live_server, client, bidder)
    decider.goto("/")
    decider.get_by_role("link", name="Bekijk").first.click()
    assert "De nieuwe directeur." in decider.inner_text("main")
    looks_right(decider)
    decider.get_by_role("button", name="Toegang geven").click()
    decider.get_by_text(f"{stranger} handelt voortaan mee.").wait_for()
    send_what_is_owed()

    claimant.goto(link_in(mailoutbox[-1], "/partners/"))
    assert claimant.get_by_role("heading", level=1).inner_text() == partner_org.name
    looks_right(claimant)
