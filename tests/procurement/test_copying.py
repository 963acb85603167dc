"""A new procedure from an earlier one: everything that was written, nothing that happened."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from lifecycle.models import Entry
from procurement import actions
from procurement.actions.copying import PARTS, written
from procurement.models import ExclusionChoice, ExclusionGround, Lot, Procedure, SubCriterion, TeamMember
from tests.people import sign_in
from tests.procurement.test_asking import limited

KEPT = ["title_nl", "title_en", "subject_nl", "regime", "cpv", "estimated_value", "value_method", "operating_risk_memo"]


@pytest.fixture
def source(published, procurement_officer):
    """Published, with one of everything that a copy takes over and of what it leaves."""
    SubCriterion.objects.create(
        criterion=published.award_criteria.get(rank=1), rank=1, title_nl="Maatwerk", text_nl="Hoe.", weight=60
    )
    ground = ExclusionGround.objects.get(code="52-3")
    ExclusionChoice.objects.create(procedure=published, ground=ground, applies=False)
    Lot.objects.filter(pk=published.lots.first().pk).update(is_reserved=True)
    actions.state_interests(published, by=procurement_officer, has_conflict=False)
    actions.join_team(
        TeamMember(procedure=published, user=procurement_officer, role="officer", since=dt.date(2026, 2, 16)),
        by=procurement_officer,
    )
    return limited(published, max_lots_applied=2, max_lots_awarded=1)


def copy_of(source, *, by, number="2026-050"):
    return Procedure.objects.get(pk=actions.copy_procedure(source, by=by, number=number).pk)


def test_copy_has_what_was_written(source, procurement_officer):
    copy = copy_of(source, by=procurement_officer)

    assert (copy.state, copy.number, copy.copied_from) == ("draft", "2026-050", source)
    assert [getattr(copy, name) for name in KEPT] == [getattr(source, name) for name in KEPT]
    assert (copy.max_lots_applied, copy.max_lots_awarded) == (2, 1)
    lots = [
        list(
            each.lots.values_list("number", "product", "area", "max_concessionaires", "estimated_value", "is_reserved")
        )
        for each in (source, copy)
    ]
    assert lots[0] == lots[1]
    assert copy.award_criteria.digest() == source.award_criteria.digest()
    assert copy.selection_conditions.digest() == source.selection_conditions.digest()
    assert list(copy.exclusion_choices.values_list("ground__code", "applies")) == [("52-3", False)]


def test_copy_has_nothing_that_happened(source, procurement_officer):
    copy = copy_of(source, by=procurement_officer)

    assert (copy.notice_number, copy.notice_sent_on, copy.published_at, copy.approved_digest) == ("", None, None, "")
    assert (copy.submitted_by, copy.approved_by, copy.approved_at) == (None, None, None)
    assert (copy.team.count(), copy.interest_statements.count(), copy.applications.count()) == (0, 0, 0)
    assert set(copy.lots.values_list("state", flat=True)) == {"open"}


def test_dates_that_are_past_are_left_and_a_term_that_began_moves_on(clock, source, procurement_officer):
    ahead = copy_of(source, by=procurement_officer)
    assert (ahead.applications_deadline, ahead.term_start) == (source.applications_deadline, dt.date(2027, 1, 1))

    clock.travel_to(clock.at(dt.date(2026, 11, 28), 9))
    copy = copy_of(source, by=procurement_officer, number="2026-051")
    assert (copy.applications_deadline, copy.award_planned_on, copy.conclusion_planned_on) == (None, None, None)

    clock.travel_to(clock.at(dt.date(2032, 3, 1), 9))
    copy = copy_of(source, by=procurement_officer, number="2032-001")
    assert (copy.term_start, copy.term_end) == (dt.date(2033, 1, 1), dt.date(2037, 12, 31))


def test_both_chains_know_of_the_copy(source, procurement_officer):
    copy = copy_of(source, by=procurement_officer)
    entries = Entry.objects.order_by("-pk")[:2]

    assert [(entry.subject, entry.verb) for entry in entries] == [(source.ref, "copy"), (copy.ref, "create")]
    assert entries[0].facts == {"copy": copy.ref}
    assert entries[1].facts == {"copied_from": source.ref, "content": copy.content_digest()}


def test_every_column_is_copied_unless_it_says_what_happened(source):
    left = {field.name for field in Procedure._meta.concrete_fields} - set(written(source))

    assert {"state", "round", "copied_from", "notice_number", "approved_by", "approved_digest", "published_at"} <= left
    assert left & {"title_nl", "cpv", "estimated_value", "max_lots_applied", "recoupment_justification"} == set()
    assert set(PARTS) >= {"lots", "award_criteria", "selection_conditions", "exclusion_choices"}


def test_only_who_writes_procedures_copies(source, decision_maker):
    with pytest.raises(PermissionDenied):
        copy_of(source, by=decision_maker)


def test_pages_lead_from_the_source_to_what_is_missing(client, clock, source, procurement_officer):
    clock.travel_to(clock.at(dt.date(2026, 11, 28), 9))
    sign_in(client, procurement_officer)
    url = reverse("procedure-copy", args=[source.pk])
    assert url in client.get(source.get_absolute_url()).text
    assert url in client.get(reverse("procedure-list")).text
    assert client.get(url).context["form"]["number"].value() == "2026-002"

    taken = client.post(url, {"number": source.number})
    assert (taken.status_code, taken.context["form"].errors["number"]) == (
        422,
        ["Er is al een procedure met dit nummer."],
    )
    response = client.post(url, {"number": "2026-002"})
    copy = Procedure.objects.get(number="2026-002")
    assert response.url == reverse("procedure-missing", args=[copy.pk])
    page = client.get(response.url).text
    assert "De uiterste datum voor aanvragen ontbreekt of ligt in het verleden." in page
    assert source.get_absolute_url() in page
