"""Two rounds of questions, a confidential one that is accepted and one that is sent back; anybody reads and downloads it all."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections

from documents import keys
from documents.models import Document
from lifecycle import outbox
from lifecycle.models import Owed
from procurement.models import Question
from tests.face.test_pages import findings, open_page
from tests.people import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def visit(browser, live_server, client):
    """A page of the browser for a person; without one that of an unknown visitor."""
    opened = []

    def page_of(user=None, width=1200):
        page = open_page(browser, live_server, width)
        if user is not None:
            cookie = sign_in(type(client)(), user).cookies["sessionid"].value
            page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        opened.append(page)
        return page

    yield page_of
    for page in opened:
        page.close()


def asks(page, procedure, text, motive=""):
    page.goto(f"{procedure.get_absolute_url()}?tab=vragen")
    page.get_by_role("link", name="Een vraag stellen").click()
    page.get_by_label("Uw vraag").fill(text)
    if motive:
        page.get_by_label("Vertrouwelijk: de vraag zelf").check()
        page.get_by_label("Waarom vertrouwelijk").fill(motive)
    page.get_by_role("button", name="Vraag stellen").click()
    page.get_by_text("Uw vraag is gesteld.").wait_for()
    return Question.objects.order_by("-pk").first()


def takes(page, question, step, **fields):
    """One step on the page of a question: its button, the words that it asks, the same button again."""
    page.goto(question.get_absolute_url())
    page.get_by_role("link", name=step, exact=True).click()
    for label, text in fields.items():
        page.get_by_label(label.replace("_", " ")).fill(text)
    page.get_by_role("button", name=step).click()
    page.get_by_text(f"“{step}” is gedaan.").wait_for()


def publishes(page, procedure):
    page.goto(f"{procedure.get_absolute_url()}?tab=vragen")
    page.get_by_role("link", name="Antwoorden bekendmaken").click()
    shown = page.locator("article.answer").all_inner_texts()
    page.get_by_role("button", name="Antwoorden bekendmaken").click()
    page.get_by_text("is bekendgemaakt.").wait_for()
    return shown


def make_papers():
    """In a thread of its own: while Playwright's event loop runs in this one, pyHanko cannot start one to sign with."""

    def make(pk):
        made = outbox.deliver(pk)
        connections.close_all()
        return made

    with ThreadPoolExecutor(max_workers=1) as worker:
        for owed in list(Owed.objects.open().filter(kind="documents.render")):
            assert worker.submit(make, owed.pk).result()


def test_two_rounds_of_questions(
    visit, own_papers, published, bidder, rival, partner_org, rival_org, procurement_officer, legal_officer
):
    candidate, other = visit(bidder), visit(rival)
    officer, lawyer = visit(procurement_officer), visit(legal_officer)

    openly = asks(candidate, published, "Telt onderaanneming mee?")
    secret = asks(candidate, published, "Mag onze Zonnebloemmethode?", motive="De methode is van ons.")
    refused = asks(other, published, "Mag een perceel alleen?", motive="Liever niet openbaar.")
    takes(officer, openly, "Antwoord ontwerpen", Het_antwoord="Ja, met hun aandeel.")
    takes(officer, secret, "Vertrouwelijkheid aanvaarden", Het_antwoord_aan="Dat mag.")
    takes(officer, refused, "Terugsturen naar de vraagsteller", Waarom_de_vraag="Dit is voor iedereen van belang.")
    takes(lawyer, openly, "Antwoord goedkeuren")
    takes(lawyer, secret, "Vertrouwelijk antwoorden")
    (first,) = publishes(officer, published)
    assert "Telt onderaanneming mee?" in first

    other.goto(refused.get_absolute_url())
    assert "Dit is voor iedereen van belang." in other.content()
    takes(other, refused, "Openlijk stellen")
    takes(officer, refused, "Antwoord ontwerpen", Het_antwoord="Ja, elk perceel staat op zich.")
    takes(lawyer, refused, "Antwoord goedkeuren")
    publishes(officer, published)
    candidate.goto(secret.get_absolute_url())
    assert "Dat mag." in candidate.content()

    make_papers()
    _anybody_reads(visit, published, [bidder.name, rival.name, partner_org.name, rival_org.name])


def _anybody_reads(visit, procedure, names):
    """Everything that was published, on a phone, and the papers are there for the taking."""
    visitor = visit(width=390)
    visitor.goto(f"{procedure.get_absolute_url()}?tab=vragen")
    text = visitor.inner_text("main")
    assert ("Ja, met hun aandeel." in text, "Ja, elk perceel staat op zich." in text) == (True, True)
    assert ("Zonnebloemmethode" in text, "Dat mag." in text) == (False, False)
    assert [name for name in names if name in visitor.content()] == []
    assert findings(visitor) == []
    visitor.get_by_label("Toon vragen met de tekst").fill("perceel")
    visitor.get_by_role("button", name="Toon", exact=True).click()
    visitor.get_by_role("link", name="Vraag 2").click()
    assert visitor.locator("article.answer:target").count() == 1
    visitor.goto(f"{procedure.get_absolute_url()}?tab=documenten")
    for title in ("Nota van inlichtingen 1", "Nota van inlichtingen 2"):
        with visitor.expect_download() as started:
            visitor.get_by_role("link", name=title).click()
        document = Document.objects.get(title=title)
        assert Path(started.value.path()).read_bytes() == document.file.read_bytes()
    assert visitor.complaints == []


@pytest.fixture
def own_papers(settings, tmp_path):
    """Papers and the keys that seal them, in a folder of this story."""
    settings.MEDIA_ROOT, settings.KEY_DIR = tmp_path / "media", tmp_path / "keys"
    keys.make_keys()
