"""An officer plans a procedure in a real browser: moves the dispatch, sees what moves, is refused for each unlawful date with its
article, corrects, and keeps; and a colleague without scripts does the same.
"""

import datetime as dt

import pytest

from lifecycle import clock as legal_clock
from lifecycle.models import Entry
from procurement import actions
from procurement.models import Procedure
from procurement.timetable import Link
from tests.face.test_pages import findings, open_page
from tests.people import sign_in
from tests.procurement import story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What is typed, and the article of the refusal that then stands next to the field.
UNLAWFUL = {
    "id_applications_answers": ("19/03/2026", "art. 45, derde lid"),
    "id_applications_opening_0": ("18/03/2026", "art. 32"),
    "id_invitation": ("20/05/2026", "art. 7, § 1"),
    "id_conclusion": ("16/11/2026", "art. 11"),
    "id_term_end": ("01/01/2032", "art. 37"),
}


@pytest.fixture
def planned(clock, procurement_officer):
    """A draft under the full regime, in which the opening hangs on the deadline."""
    procedure = story.make_procedure(regime=Procedure.Regime.FULL)
    changes = {"dispatch": dt.date(2026, 2, 16), "selection_letters": dt.date(2026, 5, 22)}
    actions.plan_dates(procedure, by=procurement_officer, changes=changes | {"award_letters": dt.date(2026, 10, 30)})
    actions.write_milestone(
        procedure, by=procurement_officer, code="selection_decision", link=Link("applications_deadline", 30)
    )
    return procedure


def open_planning(browser, live_server, client, procedure, officer, **options):
    page = open_page(browser, live_server, 1280, **options)
    sign_in(client, officer)
    page.context.add_cookies(
        [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()]
    )
    page.goto(f"/procedures/{procedure.pk}/planning/")
    return page


def error_at(page, field):
    return page.locator(f"#{field}_error").inner_text()


def test_officer_moves_the_dispatch_is_refused_corrects_and_keeps(
    browser, live_server, client, planned, procurement_officer
):
    page = open_planning(browser, live_server, client, planned, procurement_officer)
    assert findings(page) == []

    # The dispatch moves: the deadline becomes too short, before anything is kept.
    page.fill("#id_dispatch", "20/02/2026")
    page.get_by_role("button", name="Bekijk wat dit verandert").first.click()
    page.wait_for_selector("#gevolgen")
    assert "art. 47, derde lid" in error_at(page, "id_applications_deadline")
    assert "di 24 mrt 2026" in error_at(page, "id_applications_deadline")
    assert Procedure.objects.get().applications_deadline == story.DEADLINE

    # One click puts the deadline right, at the hour that it had, and the decision moves along.
    page.locator("button[name=wettig][value=applications_deadline]").click()
    page.wait_for_selector("#id_applications_deadline_0[value='24/03/2026']")
    assert page.input_value("#id_applications_deadline_1") == "12.00"
    assert (
        "Selectiebeslissing: za 18 apr 2026 → do 23 apr 2026"
        in page.locator(".panel", has_text="Schuift mee").inner_text()
    )

    # Every other unlawful date is refused with its article; what was typed stays.
    for field, (value, _article) in UNLAWFUL.items():
        page.fill(f"#{field}", value)
    page.get_by_role("button", name="Planning bewaren").click()
    page.wait_for_selector(".govuk-error-summary")
    for field, (value, article) in UNLAWFUL.items():
        assert page.input_value(f"#{field}") == value
        assert article in error_at(page, field.removesuffix("_0"))
    assert findings(page) == []
    assert Entry.objects.filter(verb="plan").count() == 1 + 1

    # Corrected, it is kept.
    right = ["17/03/2026", "24/03/2026", "22/05/2026", "17/11/2026", "31/12/2031"]
    for field, value in zip(UNLAWFUL, right, strict=True):
        page.fill(f"#{field}", value)
    page.get_by_role("button", name="Planning bewaren").click()
    page.get_by_text("De planning is bewaard.").wait_for()

    kept = Procedure.objects.get()
    assert kept.applications_deadline == legal_clock.at(dt.date(2026, 3, 24), 12)
    assert (kept.invitation_planned_on, kept.conclusion_planned_on) == (dt.date(2026, 5, 22), dt.date(2026, 11, 17))
    assert kept.planned_dates.get(code="selection_decision").day == dt.date(2026, 4, 23)
    assert page.complaints == []
    page.close()


def test_planning_works_without_scripts(browser, live_server, client, planned, procurement_officer):
    page = open_planning(browser, live_server, client, planned, procurement_officer, java_script_enabled=False)
    page.fill("#id_dispatch", "20/02/2026")
    page.get_by_role("button", name="Bekijk wat dit verandert").first.click()

    assert page.locator("#gevolgen").inner_text() == "Wat dit verandert"
    assert "art. 47, derde lid" in error_at(page, "id_applications_deadline")
    assert page.input_value("#id_dispatch") == "20/02/2026"
    page.close()
