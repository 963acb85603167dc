"""A visitor follows a procedure by mail and leaves again; a partner's mail comes back and somebody reaches it otherwise."""

import re

import pytest

from documents import bounces
from documents.models import Delivery
from lifecycle import outbox
from lifecycle.models import Owed
from procurement.audience import tell_everybody
from tests.face.test_pages import findings, open_page
from tests.mailbox import report
from tests.people import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
READER, PARTNER = "lezer@voorbeeld.example", "post@voorbeeldpartner.example"
TITLE = re.compile("de leidraad is verbeterd")


def deliver(*kinds):
    """The worker, for mails only: documents take their time elsewhere."""
    for owed in Owed.objects.open().filter(kind__in=kinds):
        assert outbox.deliver(owed.pk)


def link_in(received, part, live_server):
    return live_server.url + re.search(rf"http://localhost:8000(\S*{part}\S*)", received.text).group(1)


def signed_in(page, client, user, live_server):
    cookie = sign_in(client, user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def subscribes(page, procedure, mail_server, live_server):
    """A visitor leaves an address, after a typing error, and confirms from the mail."""
    page.goto(procedure.get_absolute_url())
    page.get_by_label("E-mailadres").fill("lezer@voorbeeld")
    page.get_by_role("button", name="Abonneren").click()
    assert "Dit is geen e-mailadres" in page.content()
    assert page.get_by_label("E-mailadres").input_value() == "lezer@voorbeeld"
    assert findings(page) == []
    page.get_by_label("E-mailadres").fill(READER)
    page.get_by_role("button", name="Abonneren").click()
    assert f"Kijk in de mailbox van {READER}" in page.content()
    deliver("procurement.mail_subscription")
    (asked,) = mail_server.received
    page.goto(link_in(asked, "bevestigen", live_server))
    page.get_by_role("button", name="Bevestigen").click()
    assert "Uw abonnement is bevestigd" in page.content()


def reads(page, bidder):
    """The partner reads the message in the portal, which tells so, and that its mail came back."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("Berichten")).click()
    assert "De mail kwam terug" in page.content()
    assert findings(page) == []
    page.get_by_role("link", name=TITLE).click()
    assert "Perceel 2 verviel." in page.content()
    assert Delivery.objects.exclude(recipient="").get().read_by == bidder


def handles(page):
    """An officer finds the task, without a name before the opening, and says what was done."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("1 mail kwam terug")).click()
    assert "blijft geheim zolang niets geopend is" in page.content()
    assert "Alfa" not in page.inner_text("main")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Afgehandeld").click()
    assert "Zeg kort wat u gedaan hebt" in page.content()
    page.get_by_label("anders meegedeeld").check()
    page.get_by_label("Toelichting").fill("Gelezen in het portaal.")
    page.get_by_role("button", name="Afgehandeld").click()
    assert "Afgehandeld" in page.inner_text("main table")
    assert findings(page) == []


def test_everything_sent_is_proved(
    browser, live_server, client, mail_server, submitted, published, procurement_officer, bidder
):
    page = open_page(browser, live_server, 1200)
    subscribes(page, published, mail_server, live_server)

    tell_everybody(
        published, reason="test", title="de leidraad is verbeterd", body="Perceel 2 verviel.", by=procurement_officer
    )
    deliver("documents.send_message")
    news = {one.to[0]: one for one in mail_server.received[1:]}
    assert set(news) == {READER, PARTNER}
    assert "Perceel 2 verviel." in news[READER].text

    assert bounces.receive(report(news[PARTNER].sender)) == 1
    signed_in(page, client, bidder, live_server)
    reads(page, bidder)
    page.context.clear_cookies()
    signed_in(page, type(client)(), procurement_officer, live_server)
    handles(page)

    page.context.clear_cookies()
    page.goto(link_in(news[READER], "beeindigen", live_server))
    page.get_by_role("button", name="Beëindigen").click()
    assert "Uw abonnement is beëindigd" in page.content()
    later = tell_everybody(published, reason="test", title="nog iets", body="Nieuws.", by=procurement_officer)
    assert later.deliveries.filter(recipient="").count() == 0
    assert page.complaints == []
    page.close()
