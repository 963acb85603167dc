"""The numbers of the law: proposed by one legal officer, approved by another, never written over."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from lifecycle import reference, timelimits, trail
from lifecycle.actions import approve_value, correct_value, propose_value
from lifecycle.models import Entry, LegalValue
from lifecycle.steps import Blocked, fire
from tests.people import sign_in

KEY = "concession-threshold-eur"
NEW_YEAR = dt.date(2028, 1, 1)


@pytest.fixture
def threshold(clock):
    return LegalValue.objects.get(key=KEY, valid_from=dt.date(2026, 1, 1))


def proposed(like, by, **content):
    given = {"value": Decimal(5_600_000), "valid_from": NEW_YEAR, "source": "verordening (EU) 2027/1", "certain": True}
    return propose_value(like, by=by, **(given | content))


def on(day):
    return timelimits.value(KEY, on=day)


def test_a_threshold_from_2028_changes_the_reading_from_that_day_only(threshold, legal_officer, second_legal_officer):
    value = proposed(threshold, legal_officer)
    before = on(NEW_YEAR)
    approve_value(value, by=second_legal_officer)

    assert before == Decimal(5_404_000)
    assert on(dt.date(2027, 12, 31)) == Decimal(5_404_000)
    assert on(NEW_YEAR) == Decimal(5_600_000)


def test_who_proposed_a_value_does_not_approve_it(threshold, legal_officer):
    value = proposed(threshold, legal_officer)

    with pytest.raises(PermissionDenied):
        approve_value(value, by=legal_officer)
    assert on(NEW_YEAR) == Decimal(5_404_000)


@pytest.mark.parametrize("who", ["procurement_officer", "decision_maker", "administrator", "auditor"])
def test_only_a_legal_officer_proposes(threshold, who, request):
    with pytest.raises(PermissionDenied):
        proposed(threshold, request.getfixturevalue(who))


def test_a_rejected_proposal_counts_for_nothing_and_stays_readable(threshold, legal_officer, second_legal_officer):
    value = fire(proposed(threshold, legal_officer), "reject", by=second_legal_officer, reason="Verkeerde verordening.")

    assert (value.state, value.refusal, on(NEW_YEAR)) == ("rejected", "Verkeerde verordening.", Decimal(5_404_000))


def test_a_correction_takes_the_place_of_the_wrong_row(threshold, legal_officer, second_legal_officer):
    correction = correct_value(
        threshold,
        by=second_legal_officer,
        value=Decimal(5_405_000),
        valid_from=threshold.valid_from,
        source=threshold.source,
        certain=True,
        reason="Tikfout.",
    )
    approve_value(correction, by=legal_officer)
    wrong = LegalValue.objects.get(pk=threshold.pk)

    assert on(dt.date(2026, 6, 1)) == Decimal(5_405_000)
    assert (wrong.state, wrong.value) == ("superseded", Decimal(5_404_000))
    reference.load()
    assert LegalValue.objects.filter(key=KEY, valid_from=threshold.valid_from).count() == 2


def test_two_values_for_one_day_are_refused_with_the_reason(threshold, legal_officer, second_legal_officer):
    first, second = proposed(threshold, legal_officer), proposed(threshold, legal_officer, value=Decimal(1))
    approve_value(first, by=second_legal_officer)

    with pytest.raises(Blocked) as refusal:
        approve_value(second, by=second_legal_officer)
    assert [reason.guard for reason in refusal.value.reasons] == ["day_is_free"]


def test_two_corrections_of_one_row_are_refused(threshold, legal_officer, second_legal_officer):
    content = {"valid_from": threshold.valid_from, "source": "bron", "certain": True, "reason": "Tikfout."}
    first = correct_value(threshold, by=legal_officer, value=Decimal(1), **content)
    second = correct_value(threshold, by=legal_officer, value=Decimal(2), **content)
    approve_value(first, by=second_legal_officer)

    with pytest.raises(Blocked):
        approve_value(second, by=second_legal_officer)
    assert on(dt.date(2026, 6, 1)) == Decimal(1)


def test_a_correction_of_a_row_that_does_not_count_is_refused(threshold, legal_officer):
    value = proposed(threshold, legal_officer)

    with pytest.raises(Blocked) as refusal:
        correct_value(
            value, by=legal_officer, value=Decimal(1), valid_from=NEW_YEAR, source="x", certain=True, reason="Fout."
        )
    assert [reason.guard for reason in refusal.value.reasons] == ["row_counts"]


def test_a_row_never_changes(threshold):
    threshold.value = Decimal(1)

    with pytest.raises(TypeError, match="never changes"):
        threshold.save()
    with pytest.raises(TypeError, match="never changes"):
        LegalValue.objects.filter(key=KEY).update(value=1)
    with pytest.raises(TypeError, match="never deleted"):
        LegalValue.objects.filter(key=KEY).delete()
    with pytest.raises(TypeError, match="never deleted"):
        LegalValue.objects.get(pk=threshold.pk).delete()


def test_the_database_refuses_two_values_for_one_day_and_one_person_for_two(threshold, legal_officer, clock):
    same = {"key": KEY, "valid_from": threshold.valid_from, "unit": "EUR", "meaning": "x", "source": "x"}
    for more in (
        {"state": "approved"},
        {"proposed_by": legal_officer, "decided_by": legal_officer, "decided_at": clock.now()},
        {"source": ""},
        {"proposed_by": legal_officer, "state": "approved", "valid_from": NEW_YEAR},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LegalValue.objects.create(**(same | {"value": 1} | more))


def test_every_step_is_in_the_dossier_of_the_numbers(threshold, legal_officer, second_legal_officer):
    approve_value(proposed(threshold, legal_officer), by=second_legal_officer)
    entries = Entry.objects.filter(dossier=LegalValue.DOSSIER)

    assert list(entries.values_list("verb", "actor")) == [
        ("propose", f"user:{legal_officer.pk}"),
        ("approve", f"user:{second_legal_officer.pk}"),
    ]
    assert entries.first().facts["value"] == "5600000"
    assert list(trail.verify()) == []


# -- pages --------------------------------------------------------------------------------------

ANSWERS = {
    "key": KEY,
    "value": "5.600.000",
    "valid_from": "01/01/2028",
    "source": "verordening (EU) 2027/1",
    "certain": "yes",
}


def test_the_page_proposes_and_shows_who_may_approve(client, threshold, legal_officer, second_legal_officer):
    response = sign_in(client, legal_officer).post(reverse("legal-value-new"), ANSWERS)
    value = LegalValue.objects.get(valid_from=NEW_YEAR)

    assert response.url == value.get_absolute_url()
    assert (value.value, value.state) == (Decimal(5_600_000), "proposed")
    assert [step.verb for step in client.get(response.url).context["steps"]] == []
    assert client.get(f"{response.url}approve/").status_code == 403
    sign_in(client, second_legal_officer)
    assert [step.verb for step in client.get(response.url).context["steps"]] == ["approve", "reject"]
    client.post(f"{response.url}approve/", {"seen_state": "proposed"})
    assert LegalValue.objects.get(pk=value.pk).state == "approved"


def test_a_day_that_is_over_is_asked_twice(client, threshold, legal_officer):
    past = ANSWERS | {"valid_from": "15/02/2026"}
    refused = sign_in(client, legal_officer).post(reverse("legal-value-new"), past)

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["valid_from"]
    assert 'value="5.600.000"' in refused.text
    assert client.post(reverse("legal-value-new"), past | {"past_is_meant": "on"}).status_code == 302


def test_a_value_without_a_source_or_for_a_day_that_is_taken_is_refused(client, threshold, legal_officer):
    taken = ANSWERS | {"source": " ", "valid_from": "01/01/2026", "past_is_meant": "on"}
    response = sign_in(client, legal_officer).post(reverse("legal-value-new"), taken)

    assert sorted(response.context["form"].errors) == ["source", "valid_from"]


def test_the_list_shows_what_is_in_force_today(client, threshold, auditor):
    groups = sign_in(client, auditor).get(reverse("legal-values")).context["groups"]
    present = {group["key"]: group["present"].amount for group in groups}

    assert present[KEY] == "5.404.000 EUR"
    assert present["standstill-days"] == "15 dagen"
