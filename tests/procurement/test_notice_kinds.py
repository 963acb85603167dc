"""Which form of the standard goes with which notice, when there is a result to tell, and that a dispatch lies behind us."""

import datetime as dt

import pytest
from django.urls import reverse

from lifecycle import clock
from lifecycle.models import Entry
from lifecycle.steps import Blocked
from procurement import actions
from procurement.models import Notice, SubtypeChoice
from tests.people import sign_in
from tests.procurement.story import put

TODAY = dt.date(2026, 2, 16)


def guards_of(refusal):
    return [reason.guard for reason in refusal.value.reasons]


def record(procedure, by, **facts):
    given = {"kind": "change", "subtype": "14", "number": "BDA-2", "sent_on": TODAY}
    return actions.record_notice(procedure, by=by, **given | facts)


@pytest.mark.parametrize(
    "kind,subtype,fits",
    [
        ("change", "14", True),
        ("change", "19", True),
        ("change", "32", False),
        ("ex_ante", "28", True),
        ("ex_ante", "14", False),
        ("modification", "40", True),
        ("modification", "35", False),
    ],
)
def test_each_kind_has_its_forms(published, procurement_officer, kind, subtype, fits):
    if fits:
        assert record(published, procurement_officer, kind=kind, subtype=subtype).subtype == subtype
        return
    with pytest.raises(Blocked) as refusal:
        record(published, procurement_officer, kind=kind, subtype=subtype)
    assert guards_of(refusal) == ["notice_fits_its_subtype"]


def test_there_is_no_result_before_one_lot_has_one(published, procurement_officer):
    with pytest.raises(Blocked) as refusal:
        record(published, procurement_officer, kind="award", subtype="35")
    assert guards_of(refusal) == ["result_is_known"]

    put(published.lots.first(), "not_awarded")

    assert record(published, procurement_officer, kind="award", subtype="35").kind == "award"


def test_the_page_refuses_next_to_the_field_and_keeps_what_was_typed(client, published, procurement_officer):
    sign_in(client, procurement_officer)
    facts = {"kind": "award", "subtype": "14", "number": "BDA-77", "sent_on": "16/02/2026"}

    page = client.post(reverse("notice-new", args=[published.pk]), facts)

    assert page.status_code == 422
    assert sorted(page.context["form"].errors) == ["kind", "subtype"]
    assert 'value="BDA-77"' in page.text


def test_another_subtype_than_the_regime_says_needs_its_reason(client, published, legal_officer):
    sign_in(client, legal_officer)
    url = reverse("notice-subtype", args=[published.pk])

    refused = client.post(url, {"subtype": "19"})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["reason"]
    assert SubtypeChoice.of(published) is None

    done = client.post(url, {"subtype": "19", "reason": "Ook de gewone aankondiging is toegelaten."})
    assert done.status_code == 302
    assert SubtypeChoice.of(published).subtype == "19"
    assert Entry.objects.get(verb="confirm_notice_subtype").facts == {
        "subtype": "19",
        "reason": "sha256:89534b7d946478cc4f9721e381651fdc24eac0666be6ad0f26459e2cbbcf077b",
    }


@pytest.mark.parametrize("hour,refused", [(8, False), (23, True)])
def test_a_dispatch_later_today_is_not_recorded(draft, publish, procurement_officer, hour, refused):
    """It is ten in the morning."""
    clock.travel_to(clock.at(TODAY, 10))
    published = publish(draft)
    hour = dt.time(hour, 59)
    if not refused:
        assert record(published, procurement_officer, hour=hour).dispatched == clock.at(TODAY, 8, 59)
        return
    with pytest.raises(Blocked) as refusal:
        record(published, procurement_officer, hour=hour)
    assert guards_of(refusal) == ["dispatch_is_past"]


def test_the_page_of_publishing_refuses_an_hour_that_is_still_to_come(
    client, draft, procurement_officer, decision_maker, opening_officer, second_opening_officer
):
    clock.travel_to(clock.at(TODAY, 10))
    procedure = actions.approve(actions.submit_for_approval(draft, by=procurement_officer), by=decision_maker)
    sign_in(client, procurement_officer)
    facts = {"seen_state": "approved", "notice_number": "BDA-1", "notice_sent_on": "16/02/2026"}

    page = client.post(f"{procedure.get_absolute_url()}publish/", facts | {"notice_hour": "23.59"})

    assert page.status_code == 422
    assert page.context["form"].errors == {"notice_hour": ["De verzending ligt in de toekomst."]}
    assert not Notice.objects.exists()


def test_a_correction_to_a_day_before_the_approval_says_so(published, procurement_officer):
    from documents.correcting import differences_of

    correction = actions.propose_dispatch(
        Notice.objects.get(), by=procurement_officer, number="BDA-1", sent_on=dt.date(2026, 2, 13), reason="Zie bewijs."
    )

    found = {each.what: each for each in differences_of(correction)}
    assert (found["Verzonden na de goedkeuring"].before, found["Verzonden na de goedkeuring"].after) == ("ja", "nee")
    assert found["Verzonden na de goedkeuring"].finding == (
        "De aankondiging kan niet vóór de goedkeuring verzonden zijn: de termijn loopt vanaf die verzending."
    )
