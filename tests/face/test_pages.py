"""Every sample page and every page of one's account in a real browser: no axe finding, no overflow, no blocked script."""

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe

SAMPLES = [
    "/voorbeeld/zaak/",
    "/voorbeeld/looptijd/",
    "/voorbeeld/lijst/",
    "/voorbeeld/lijst/?text=niets",
    "/voorbeeld/stap/",
    "/voorbeeld/geblokkeerd/",
    "/voorbeeld/geweigerd/",
    "/voorbeeld/start/",
    "/voorbeeld/kandidaat/",
    "/voorbeeld/publiek/",
    "/voorbeeld/verboden/",
    "/voorbeeld/kapot/",
    "/voorbeeld/nergens/",
    "/toegankelijkheid/",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/confirm-email/",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = [360, 1280]

pytestmark = pytest.mark.browser


def findings(page):
    """What axe finds on the page as it stands, and whether it is wider than the window."""
    found = [
        (violation["id"], [node["target"] for node in violation["nodes"]])
        for violation in Axe().run(page, options=RULES).response["violations"]
    ]
    too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, *([("too wide", too_wide)] if too_wide > 0 else [])]


def open_page(browser, live_server, width, **options):
    """A page that remembers what the browser complained about, refused statuses aside."""
    options = {"base_url": live_server.url, "viewport": {"width": width, "height": 900}, "locale": "nl-BE"} | options
    page = browser.new_page(**options)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            page.complaints.append(message.text)
            if message.type in {"error", "warning"} and "server responded with a status" not in message.text
            else None
        ),
    )
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_sample_pages_have_no_findings(browser, live_server, site, width):
    page = open_page(browser, live_server, width)

    found = {}
    for address in SAMPLES:
        page.goto(address)
        found[address] = findings(page)

    assert found == {address: [] for address in SAMPLES}
    assert page.complaints == []
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_account_pages_have_no_findings(browser, live_server, site, somebody, width):
    EmailAddress.objects.create(user=somebody, email=somebody.email, verified=True, primary=True)
    page = open_page(browser, live_server, width)
    page.goto("/account/login/?next=/account/2fa/")
    page.get_by_label("E-mailadres").fill(somebody.email)
    page.get_by_label("Wachtwoord", exact=True).fill("een lang wachtwoord")
    page.get_by_role("button", name="Aanmelden").click()
    page.wait_for_url("**/account/2fa/")

    found = {"/account/2fa/": findings(page)}
    for address in ("/account/2fa/totp/activate/", "/account/password/change/", "/account/email/", "/account/logout/"):
        page.goto(address)
        found[address] = findings(page)

    assert [finding for each in found.values() for finding in each] == []
    assert page.complaints == []
    page.close()


def test_form_with_errors_keeps_what_was_typed_and_leads_to_each_field(browser, live_server, site):
    page = open_page(browser, live_server, 360)
    page.goto("/voorbeeld/stap/")
    page.get_by_label("Datum").fill("morgen")
    page.get_by_role("button", name="Gunningsbeslissing meedelen").click()
    page.wait_for_selector(".govuk-error-summary")

    assert page.get_by_label("Datum").input_value() == "morgen"
    assert findings(page) == []
    page.get_by_role("link", name="Hoe verstuurd:").click()
    assert page.evaluate("document.activeElement.id") == "id_how_0"
    assert page.get_by_label("Datum").get_attribute("aria-describedby") == "id_day_helptext id_day_error"
    page.close()


def test_list_is_filtered_without_a_button_and_without_scripts(browser, live_server, site):
    scripted = open_page(browser, live_server, 1280)
    scripted.goto("/voorbeeld/lijst/")
    scripted.get_by_label("en tekst").fill("niets")
    scripted.get_by_label("met toestand").focus()
    scripted.wait_for_selector(".empty")

    assert scripted.url.endswith("/voorbeeld/lijst/?state=&text=niets")
    assert scripted.complaints == []
    scripted.close()

    plain = open_page(browser, live_server, 360, java_script_enabled=False)
    plain.goto("/voorbeeld/lijst/")
    plain.get_by_label("en tekst").fill("niets")
    plain.get_by_role("button", name="Toon").click()

    assert plain.locator(".empty").inner_text().splitlines()[0] == "Er is nog geen procedure."
    plain.close()


def test_language_switch_changes_the_page_and_its_language(browser, live_server, site):
    page = open_page(browser, live_server, 360)
    page.goto("/voorbeeld/lijst/?state=p")

    page.get_by_role("button", name="English").click()

    assert page.url.endswith("/voorbeeld/lijst/?state=p")
    assert page.locator("html").get_attribute("lang") == "en"
    page.close()


def test_timeline_is_drawn_when_wide_and_listed_when_narrow(browser, live_server, site):
    page = open_page(browser, live_server, 1280)
    page.goto("/voorbeeld/zaak/")
    assert (page.locator(".timeline__svg").is_visible(), page.locator(".upright").is_visible()) == (True, False)

    page.set_viewport_size({"width": 360, "height": 900})

    assert (page.locator(".timeline__svg").is_visible(), page.locator(".upright").is_visible()) == (False, True)
    page.close()


def test_drawn_labels_never_touch_each_other(browser, live_server, site):
    page = open_page(browser, live_server, 960)
    for address in ("/voorbeeld/zaak/", "/voorbeeld/looptijd/"):
        page.goto(address)
        boxes = page.evaluate(
            "[...document.querySelectorAll('.tl-mark')].map(mark => mark.getBoundingClientRect().toJSON())"
        )

        touching = [
            (one, other)
            for number, one in enumerate(boxes)
            for other in boxes[number + 1 :]
            if one["left"] < other["right"]
            and other["left"] < one["right"]
            and one["top"] < other["bottom"]
            and other["top"] < one["bottom"]
        ]
        assert touching == []
        assert min(box["left"] for box in boxes) >= 0
        assert max(box["right"] for box in boxes) <= 960
    page.close()
