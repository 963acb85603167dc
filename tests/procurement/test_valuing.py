"""What a concession is worth: the seven components, the threshold of its day, and 120 % at the award."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lifecycle.models import Entry
from lifecycle.steps import Blocked
from procurement import actions, guards
from procurement.models import AwardValue, Procedure, ValueEstimate
from procurement.models.estimates import COMPONENTS
from procurement.thresholds import compare
from tests.people import sign_in
from tests.procurement import story

ACT = "wet van 17 juni 2016 betreffende de concessieovereenkomsten"
TYPED = {
    "options": "0",
    "user_fees": "1.000.000,50",
    "authority_payments": "30.000.000",
    "subsidies": "0",
    "asset_sales": "0",
    "supplies": "250000",
    "prizes": "0",
    "method": "Trajecten maal de gemiddelde vergoeding.",
}


def estimate_url(procedure):
    return reverse("procedure-estimate", args=[procedure.pk])


# -- the estimate -----------------------------------------------------------------------------------


def test_the_total_of_the_components_is_the_value_of_the_procedure(client, draft, procurement_officer):
    response = sign_in(client, procurement_officer).post(estimate_url(draft), TYPED)
    procedure = Procedure.objects.get()

    assert response.url == estimate_url(draft)
    assert procedure.estimate.total == procedure.estimated_value == Decimal("31250000.50")
    assert procedure.value_method == "Trajecten maal de gemiddelde vergoeding."
    assert Entry.objects.get(verb="estimate").facts["total"] == "31250000.50"


@pytest.mark.parametrize(("number", "name"), list(enumerate(COMPONENTS, start=1)))
def test_a_component_without_an_answer_is_refused_with_its_article(client, draft, procurement_officer, number, name):
    response = sign_in(client, procurement_officer).post(estimate_url(draft), TYPED | {name: ""})

    assert response.status_code == 422
    assert response.context["form"].errors == {
        name: [f"Vul een bedrag in, 0 als dit onderdeel niet voorkomt. (art. 35, vierde lid, {number}°, {ACT})"]
    }
    if name != "user_fees":
        assert 'value="1.000.000,50"' in response.text


def test_less_than_the_lots_together_is_refused(client, draft, procurement_officer):
    typed = TYPED | {"authority_payments": "3.000.000", "user_fees": "0"}
    response = sign_in(client, procurement_officer).post(estimate_url(draft), typed)

    assert response.context["form"].non_field_errors() == [
        f"De percelen samen zijn meer waard dan dit totaal. (art. 36, {ACT})"
    ]


def test_nothing_at_all_is_no_estimate(client, draft, procurement_officer):
    draft.lots.all().delete()
    typed = TYPED | dict.fromkeys(COMPONENTS, "0")
    response = sign_in(client, procurement_officer).post(estimate_url(draft), typed)

    assert response.context["form"].errors == {
        "authority_payments": [f"De geraamde waarde is groter dan nul. (art. 35, {ACT})"]
    }


def test_submitting_without_the_components_is_refused(draft, procurement_officer):
    ValueEstimate.objects.all().delete()

    with pytest.raises(Blocked) as refusal:
        actions.submit_for_approval(Procedure.objects.get(), by=procurement_officer)
    assert [reason.guard for reason in refusal.value.reasons] == ["value_is_estimated"]


def test_a_value_that_is_not_the_total_is_no_estimate(draft):
    draft.estimated_value += 1

    assert guards.value_is_estimated.reason(draft, {}).guard == "value_is_estimated"


def test_the_estimate_is_frozen_once_it_was_handed_over(client, published, procurement_officer):
    sign_in(client, procurement_officer)

    assert client.get(estimate_url(published)).context["form"] is None
    assert client.post(estimate_url(published), TYPED).status_code == 409
    assert Procedure.objects.get().estimated_value == Decimal("40000000.00")


def test_the_database_refuses_a_negative_component(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueEstimate.objects.update(prizes=-1)


# -- the threshold ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "year,threshold",
    [
        (2018, 5_548_000),
        (2019, 5_548_000),
        (2020, 5_350_000),
        (2021, 5_350_000),
        (2022, 5_382_000),
        (2023, 5_382_000),
        (2024, 5_538_000),
        (2025, 5_538_000),
        (2026, 5_404_000),
        (2027, 5_404_000),
    ],
)
@pytest.mark.parametrize("day", [(1, 1), (12, 31)])
def test_the_threshold_is_that_of_the_year_and_at_it_the_act_applies(db, year, threshold, day):
    at, below = (
        compare(Procedure(estimated_value=Decimal(value), notice_sent_on=dt.date(year, *day)))
        for value in (threshold, threshold - Decimal("0.01"))
    )

    assert (at.threshold.value, at.threshold.certain) == (Decimal(threshold), True)
    assert (at.applies, below.applies) == (True, False)


def test_the_page_says_whether_the_act_applies(client, draft, procurement_officer):
    sign_in(client, procurement_officer)
    assert "De wet van 17 juni 2016 is van toepassing." in client.get(estimate_url(draft)).text

    draft.estimated_value = Decimal(5_403_999)
    draft.save()
    text = client.get(estimate_url(draft)).text
    assert "De wet van 17 juni 2016 is niet van toepassing." in text
    assert "gedelegeerde verordening (EU) 2025/2151" in text


# -- the value at award -------------------------------------------------------------------------------


@pytest.fixture
def lot(draft, procurement_officer, legal_officer):
    """A lot of a procedure in evaluation: estimated at 2.5 million, so the limit is 3 million."""
    for person in (procurement_officer, legal_officer):
        actions.state_interests(draft, by=person, has_conflict=False)
    return story.put(draft, "evaluation").lots.first()


def reasons(lot):
    asked = (guards.award_value_is_recorded, guards.award_value_is_within_the_estimate)
    fresh = type(lot).objects.get(pk=lot.pk)
    return [reason.guard for guard in asked if (reason := guard.reason(fresh, {}))]


@pytest.mark.parametrize(
    "value,unmet",
    [
        ("2500000.00", []),
        ("3000000.00", []),
        ("3000000.01", ["award_value_is_within_the_estimate"]),
        ("9000000.00", ["award_value_is_within_the_estimate"]),
    ],
)
def test_exactly_120_percent_passes_and_a_cent_more_does_not(lot, procurement_officer, value, unmet):
    assert reasons(lot) == ["award_value_is_recorded"]

    story.record_award_value(lot, by=procurement_officer, value=Decimal(value))
    assert reasons(lot) == unmet


def test_a_value_of_the_whole_counts_for_every_lot_without_its_own(lot, procurement_officer):
    actions.record_award_value(lot.procedure, by=procurement_officer, value=Decimal("48000000.01"), method="Opgeteld.")
    assert reasons(lot) == ["award_value_is_within_the_estimate"]

    story.record_award_value(lot, by=procurement_officer)
    assert reasons(lot) == []
    assert reasons(lot.procedure.lots.last()) == ["award_value_is_within_the_estimate"]


def test_a_legal_officer_signs_off_with_a_reason(client, lot, procurement_officer, legal_officer):
    made = story.record_award_value(lot, by=procurement_officer, value=Decimal(4_000_000))
    url = reverse("award-value-sign-off", args=[made.pk])
    assert sign_in(client, procurement_officer).post(url, {"reason": "Mag."}).status_code == 403

    sign_in(client, legal_officer)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "De drempel was al overschreden."}).url == lot.get_absolute_url()
    assert reasons(lot) == []
    assert client.get(url).status_code == 409


def test_recording_again_asks_a_new_sign_off(lot, procurement_officer, legal_officer):
    made = story.record_award_value(lot, by=procurement_officer, value=Decimal(4_000_000))
    actions.sign_off_award_value(made, by=legal_officer, reason="De drempel was al overschreden.")
    assert reasons(lot) == []

    story.record_award_value(lot, by=procurement_officer, value=Decimal(4_000_001))
    assert reasons(lot) == ["award_value_is_within_the_estimate"]
    assert AwardValue.objects.count() == 1


def test_the_value_is_recorded_on_the_page_of_the_lot(client, lot, procurement_officer):
    url = reverse("lot-award-value", args=[lot.pk])
    sign_in(client, procurement_officer)
    assert url in client.get(lot.get_absolute_url()).text
    assert client.post(url, {"value": "veel", "method": "x"}).status_code == 422
    client.post(url, {"value": "3.000.000,01", "method": "De offertes, opgeteld."})

    assert "Boven de grens: wacht op een jurist." in client.get(lot.get_absolute_url()).text


def test_nothing_is_recorded_before_the_evaluation_or_after_the_decision(lot, procurement_officer):
    decided = story.put(lot, "award_decided")
    with pytest.raises(Blocked) as refusal:
        story.record_award_value(decided, by=procurement_officer)
    assert [reason.guard for reason in refusal.value.reasons] == ["award_is_undecided"]

    early = story.put(story.put(lot, "open").procedure, "tendering")
    with pytest.raises(Blocked):
        actions.record_award_value(early, by=procurement_officer, value=Decimal(1), method="Te vroeg.")


def test_the_database_lets_nobody_sign_off_alone(lot, procurement_officer):
    made = story.record_award_value(lot, by=procurement_officer, value=Decimal(4_000_000))
    made.signed_off_by, made.signed_off_at, made.sign_off_reason = procurement_officer, made.recorded_at, "Mag."

    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()
