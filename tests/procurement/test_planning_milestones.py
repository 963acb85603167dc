"""Milestones of one's own, and milestones that hang on another: named, linked, moved along, taken away."""

import datetime as dt

import pytest
from django.urls import reverse

from lifecycle.steps import Blocked
from procurement import actions
from procurement.models import PlannedDate
from procurement.timetable import Link
from tests.people import sign_in
from tests.procurement.test_planning import errors, typed, url_of

D = dt.date


def test_own_milestone_is_added_moves_along_and_is_removed(client, full_draft, procurement_officer):
    sign_in(client, procurement_officer)
    page = reverse("planning-milestone-new", args=[full_draft.pk])
    link = {"link_to": "conclusion", "link_count": "5", "link_unit": "working_days", "link_side": "before"}
    values = {"title": "Bestuur beslist"} | link
    assert client.post(page, values).url == url_of(full_draft)

    row = PlannedDate.objects.get(code="eigen-1")
    # Five working days before 17 November, over Armistice Day.
    assert (row.title, row.day, row.link_days) == ("Bestuur beslist", D(2026, 11, 9), -5)
    client.post(url_of(full_draft), typed(full_draft, conclusion="24/11/2026", doe="bewaren"))
    assert PlannedDate.objects.get(code="eigen-1").day == D(2026, 11, 17)

    edit = reverse("planning-milestone", args=[full_draft.pk, "eigen-1"])
    assert client.get(edit).context["form"]["link_count"].value() == 5
    assert client.post(edit, {"verwijder": "1"}).url == url_of(full_draft)
    assert PlannedDate.objects.filter(code="eigen-1").count() == 0


def test_own_milestone_asks_a_date_or_a_link(client, full_draft, procurement_officer):
    page = reverse("planning-milestone-new", args=[full_draft.pk])
    response = sign_in(client, procurement_officer).post(page, {"title": "Bestuur beslist"})

    assert response.status_code == 422
    assert errors(response) == {"moment": ["Geef een datum, of kies waarmee de mijlpaal meeschuift."]}
    assert 'value="Bestuur beslist"' in response.text
    link = client.post(page, {"title": "Bestuur beslist", "link_to": "conclusion"})
    assert errors(link) == {"link_count": ["Geef het aantal dagen."]}


def test_link_that_makes_a_date_unlawful_is_refused(client, full_draft, procurement_officer):
    actions.plan_dates(full_draft, by=procurement_officer, changes={"dispatch": D(2026, 2, 16)})
    page = reverse("planning-milestone", args=[full_draft.pk, "applications_deadline"])
    values = {"link_to": "dispatch", "link_count": "29", "link_unit": "days", "link_side": "after"}
    response = sign_in(client, procurement_officer).post(page, values)

    assert response.status_code == 422
    assert "art. 47, derde lid" in errors(response)["__all__"][0]
    assert PlannedDate.objects.filter(code="applications_deadline").count() == 0


def test_circle_of_links_is_refused(full_draft, procurement_officer):
    actions.write_milestone(full_draft, by=procurement_officer, code="conclusion", link=Link("award_decision", 30))

    with pytest.raises(Blocked, match=r"meeschuiven|no_circle") as refused:
        actions.write_milestone(full_draft, by=procurement_officer, code="award_decision", link=Link("conclusion", -30))
    assert [reason.guard for reason in refused.value.reasons] == ["no_circle"]


def test_milestone_that_is_fixed_computed_or_unknown_has_no_page(client, full_published, procurement_officer):
    sign_in(client, procurement_officer)

    for code in ("applications_deadline", "standstill_end", "niets"):
        assert client.get(reverse("planning-milestone", args=[full_published.pk, code])).status_code == 404
    standard = reverse("planning-milestone", args=[full_published.pk, "conclusion"])
    assert client.post(standard, {"verwijder": "1"}).status_code == 404
