"""A candidate sends large files from a browser: paused, left and resumed, refused next to the file, without JavaScript."""

import hashlib
import re
from pathlib import Path

import pytest

from documents.envelopes import reading
from documents.models import Upload
from tests.face.test_pages import findings
from tests.journeys.visits import visit
from tests.procurement import story

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MEGABYTE = 1024 * 1024
LARGE = story.PDF + bytes(range(256)) * 4 * 1024 * 8  # a bit more than 8 MiB


@pytest.fixture
def large(tmp_path):
    path = tmp_path / "plan van aanpak.pdf"
    path.write_bytes(LARGE)
    return path


def slowly(page, megabytes):
    """What the line takes in a second."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    conditions = {"offline": False, "latency": 0, "downloadThroughput": -1}
    line.send("Network.emulateNetworkConditions", conditions | {"uploadThroughput": megabytes * MEGABYTE})


def offsets(page):
    """Where each request that brought something began."""
    found = []
    page.on("request", lambda request: request.method == "PATCH" and found.append(request.headers["upload-offset"]))
    return found


def reach(page, percent):
    """Until so much of the first file was sent."""
    bar = page.locator(".upload__bar")
    for _look in range(400):
        if bar.evaluate("bar => bar.value") >= percent:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"Nothing reached {percent} %.")


def kept(application, bidder):
    manifest = reading.read_manifest(application.envelope, by=bidder)
    return [(file.name, file.sha256) for file in manifest.files]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_file_that_was_paused_arrives_whole(browser, live_server, client, application, bidder, large, width):
    page = visit(browser, live_server, client, bidder, viewport={"width": width, "height": 900})
    page.goto(application.get_absolute_url())
    slowly(page, 2)
    began = offsets(page)
    page.locator("input[name=bestand]").set_input_files(large)
    told = page.locator(".upload__told")
    reach(page, 30)
    page.get_by_role("button", name="Pauzeer").click()
    assert told.inner_text() == "Gepauzeerd."
    assert findings(page) == []

    page.get_by_role("button", name="Ga verder").click()
    page.get_by_text("Versleuteld bewaard.").wait_for()
    page.get_by_role("link", name="plan van aanpak.pdf").wait_for()

    assert kept(application, bidder) == [("plan van aanpak.pdf", hashlib.sha256(LARGE).hexdigest())]
    assert began[0] == "0"
    assert len(began) >= 2
    assert all(int(offset) % MEGABYTE == 0 for offset in began)
    assert int(began[-1]) >= MEGABYTE
    assert list(Upload.objects.all()) == []
    assert "Minstens één bestand opgeladen in orde" in page.locator("#stand-deel").inner_text().replace("\n", " ")
    assert findings(page) == []
    assert page.complaints == []


def test_a_file_goes_on_after_the_page_was_left_and_a_cancelled_one_leaves_nothing(
    browser, live_server, client, application, bidder, large
):
    page = visit(browser, live_server, client, bidder)
    page.goto(application.get_absolute_url())
    slowly(page, 2)
    page.locator("input[name=bestand]").set_input_files(large)
    reach(page, 40)
    page.get_by_role("button", name="Pauzeer").click()
    page.reload()
    began = offsets(page)

    page.locator("input[name=bestand]").set_input_files(large)
    page.get_by_text("Versleuteld bewaard.").wait_for()
    assert len(began) == 1
    assert int(began[0]) >= MEGABYTE

    other = large.rename(large.with_name("ander.pdf"))
    page.reload()
    slowly(page, 1)
    page.locator("input[name=bestand]").set_input_files(other)
    reach(page, 10)
    page.get_by_role("button", name="Annuleer").click()
    page.get_by_text("Geannuleerd: er is niets van bewaard.").wait_for()
    page.wait_for_load_state("networkidle")
    assert [name for name, _digest in kept(application, bidder)] == ["plan van aanpak.pdf"]
    assert list(Upload.objects.all()) == []


def test_what_is_wrong_is_said_next_to_each_file(browser, live_server, client, application, bidder, tmp_path):
    files = {
        "goed.pdf": story.PDF,
        "leeg.pdf": b"",
        "programma.exe": b"MZ" + bytes(99),
        "vermomd.pdf": b"MZ" + bytes(99),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    page = visit(browser, live_server, client, bidder)
    page.goto(application.get_absolute_url())

    page.locator("input[name=bestand]").set_input_files([tmp_path / name for name in files])
    page.locator(".upload:is([data-state=done], [data-state=refused])").nth(3).wait_for()

    lines = page.locator(".upload").all()
    wrong_kind = "Dit soort bestand wordt niet aanvaard: gebruik pdf, docx, xlsx, odt, png of jpg."
    assert [[line.locator(f".upload__{part}").inner_text() for part in ("name", "told")] for line in lines] == [
        ["goed.pdf", "Versleuteld bewaard."],
        ["leeg.pdf", "Het bestand is leeg."],
        ["programma.exe", wrong_kind],
        ["vermomd.pdf", wrong_kind],
    ]
    assert [name for name, _digest in kept(application, bidder)] == ["goed.pdf"]
    assert findings(page) == []


def test_without_javascript_the_form_sends_them_and_says_what_it_cannot(
    browser, live_server, client, application, bidder, large
):
    page = visit(browser, live_server, client, bidder, java_script_enabled=False)
    page.goto(application.get_absolute_url())
    hint = re.sub(r"\s+", " ", page.locator("#bestand-uitleg").inner_text())
    assert hint == (
        "Elk bestand wordt versleuteld terwijl het binnenkomt. Aanvaard: pdf, docx, xlsx, odt, png of jpg, "
        "elk hoogstens 200,0 MB. "
        "Zonder JavaScript ziet u geen voortgang en begint een bestand opnieuw als de verbinding verbreekt."
    )

    page.locator("input[name=bestand]").set_input_files(Path(large))
    page.get_by_role("button", name="Opladen").click()
    page.get_by_text("Versleuteld bewaard: plan van aanpak.pdf.").wait_for()
    assert kept(application, bidder) == [("plan van aanpak.pdf", hashlib.sha256(LARGE).hexdigest())]
