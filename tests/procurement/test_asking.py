"""What is asked: limits on lots, reserved ones, sub-criteria, exclusion grounds; and how a draft writes them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from documents.envelopes.actions import make_box
from lifecycle import clock as legal_clock
from lifecycle.models import Entry
from lifecycle.steps import Blocked
from procurement import actions, contexts, guards
from procurement.actions.drafting import choose_exclusions, choose_lots
from procurement.forms.asking import ExclusionForm, SubCriterionForm
from procurement.forms.procedures import ProcedureForm
from procurement.models import (
    Award,
    AwardCriterion,
    ExclusionChoice,
    ExclusionGround,
    Lot,
    Offer,
    Procedure,
    SelectionCondition,
    SubCriterion,
)
from tests.people import sign_in
from tests.procurement import story
from tests.procurement.test_forms_procedure import WRITTEN


def limited(procedure, **limits):
    Procedure.objects.filter(pk=procedure.pk).update(**limits)
    return Procedure.objects.get(pk=procedure.pk)


# -- limits -----------------------------------------------------------------------------------------


def test_limits_are_refused_when_more_is_awarded_than_asked(clock, db):
    form = ProcedureForm(WRITTEN | {"max_lots_applied": "2", "max_lots_awarded": "3"})

    assert form.errors["max_lots_awarded"][0] == (
        "Er kunnen niet meer percelen gegund worden dan waarvoor een kandidaat mag indienen. "
        "(het bekendgemaakte verloop van de procedure)"
    )
    assert list(ProcedureForm(WRITTEN | {"max_lots_applied": "0"}).errors) == ["max_lots_applied"]


@pytest.mark.parametrize("limits", [{"max_lots_applied": 0}, {"max_lots_applied": 1, "max_lots_awarded": 2}])
def test_database_refuses_limits_that_contradict(draft, limits):
    with pytest.raises(IntegrityError), transaction.atomic():
        limited(draft, **limits)


def test_more_lots_than_the_limit_are_refused_next_to_the_lots(client, published, partner_org, bidder):
    procedure = limited(published, max_lots_applied=1)
    lots = [lot.pk for lot in procedure.lots.all()]
    url = reverse("application-start", args=[procedure.pk])
    response = sign_in(client, bidder).post(url, {"party": f"organisation-{partner_org.pk}", "lots": lots})

    assert response.status_code == 422
    assert response.context["form"].errors["lots"][0] == (
        "Dit zijn meer percelen dan waarvoor één kandidaat een aanvraag mag indienen. Hoogstens 1; u koos er 2. "
        "(het bekendgemaakte verloop van de procedure)"
    )
    assert procedure.applications.count() == 0


def test_more_lots_than_the_limit_are_refused_whichever_way_they_come(application, bidder):
    limited(application.procedure, max_lots_applied=1)
    lots = list(application.procedure.lots.all())

    with pytest.raises(Blocked) as refusal:
        choose_lots(application, by=bidder, lots=lots)
    assert [reason.guard for reason in refusal.value.reasons] == ["lots_stay_within_the_limit"]
    application.lots.set(lots)
    with pytest.raises(Blocked) as refusal:
        actions.submit_application(application, by=bidder)
    assert "lots_stay_within_the_limit" in [reason.guard for reason in refusal.value.reasons]


def test_tenderer_with_as_many_lots_as_it_may_have_blocks_the_next_proposal(opened, published):
    procedure = limited(published, max_lots_awarded=1)
    first, second = procedure.lots.order_by("number")
    offers = [offer_for(opened, lot) for lot in (first, second)]
    Award.objects.create(lot=first, offer=offers[0], rank=1)
    story.put(first, Lot.State.AWARD_PROPOSED)

    reason = guards.tenderers_stay_within_their_lots.reason(second, {})

    assert reason.sentence == (
        "Een inschrijver zou meer percelen krijgen dan het bekendgemaakte maximum. Voorbeeldpartner Alfa vzw: hoogstens 1. "
        "Stuur het voorstel voor een ander perceel terug of gun dit perceel niet."
    )
    story.put(first, Lot.State.NOT_AWARDED)
    assert guards.tenderers_stay_within_their_lots.reason(second, {}) is None
    limited(procedure, max_lots_awarded=2)
    story.put(first, Lot.State.AWARD_DECIDED)
    assert guards.tenderers_stay_within_their_lots.reason(Lot.objects.get(pk=second.pk), {}) is None


def offer_for(application, lot):
    """An evaluated offer, without its files."""
    procedure, maker = application.procedure, application.started_by
    opens_at = legal_clock.now() + dt.timedelta(days=1)
    phase = f"lot-{lot.pk}"
    box = make_box(subject=procedure.ref, dossier=procedure.dossier, phase=phase, opens_at=opens_at, by=maker)
    envelope = story.put(application.envelope, application.envelope.state)
    envelope = type(envelope)(
        **{
            field.attname: getattr(envelope, field.attname)
            for field in envelope._meta.concrete_fields
            if field.attname not in {"id", "uid", "box_id"}
        }
        | {"box_id": box.pk}
    )
    envelope.save()
    offer = Offer.objects.create(application=application, lot=lot, round=1, envelope=envelope, started_by=maker)
    return story.put(offer, "evaluated", score=80)


# -- reserved lots ----------------------------------------------------------------------------------


def test_reserved_lot_asks_its_declaration_next_to_the_field(client, published, partner_org, bidder):
    lot = published.lots.first()
    Lot.objects.filter(pk=lot.pk).update(is_reserved=True)
    url = reverse("application-start", args=[published.pk])
    typed = {"party": f"organisation-{partner_org.pk}", "lots": [lot.pk]}
    response = sign_in(client, bidder).post(url, typed)

    assert response.status_code == 422
    assert response.context["form"].errors["declares_reserved"][0] == (
        "Een voorbehouden perceel vraagt de verklaring dat u een beschutte werkplaats bent of genoeg doelgroepwerkers hebt. "
        "Voorbehouden: perceel 1 (minstens 30 % doelgroepwerkers). "
        "(art. 33, wet van 17 juni 2016 betreffende de concessieovereenkomsten)"
    )
    assert "Perceel 1: Basisaanbod, Antwerpen (voorbehouden)" in response.text
    assert client.post(url, typed | {"declares_reserved": "on"}).status_code == 302
    assert published.applications.get().declares_reserved is True


def test_declaration_that_is_taken_back_refuses_the_reserved_lot(application, bidder):
    lot = application.procedure.lots.first()
    Lot.objects.filter(pk=lot.pk).update(is_reserved=True)
    lots = [Lot.objects.get(pk=lot.pk)]

    application = choose_lots(application, by=bidder, lots=lots, declares_reserved=True)
    assert application.declares_reserved is True
    with pytest.raises(Blocked) as refusal:
        choose_lots(application, by=bidder, lots=lots, declares_reserved=False)
    assert [reason.guard for reason in refusal.value.reasons] == ["reserved_lots_are_declared"]


def test_limits_and_reserved_lots_are_public(client, published):
    limited(published, max_lots_applied=2, max_lots_awarded=1)
    Lot.objects.filter(pk=published.lots.first().pk).update(is_reserved=True)
    page = client.get(published.get_absolute_url()).text

    assert "Aantal percelen waarvoor een kandidaat een aanvraag kan indienen: hoogstens 2." in page
    assert "Aantal percelen dat een inschrijver kan krijgen: hoogstens 1." in page
    assert "minstens 30 % werknemers" in page
    context = contexts.selection_guide(Procedure.objects.get(pk=published.pk))
    assert (context["limits"], context["reserved_percent"]) == ({"applied": 2, "awarded": 1}, 30)
    assert [lot["reserved"] for lot in context["lots"]] == [True, False]


def test_lots_lie_in_areas_with_nuts_3_codes(draft):
    assert [lot.area.nuts3 for lot in draft.lots.order_by("number")] == [
        ["BE211", "BE212", "BE213"],
        ["BE241", "BE242"],
    ]


# -- sub-criteria -----------------------------------------------------------------------------------


def sub_criterion(criterion, rank=1, weight=None):
    return SubCriterion.objects.create(
        criterion=criterion, rank=rank, title_nl=f"Deel {rank}", text_nl="Een deel.", weight=weight
    )


def typed(criterion, **values):
    return {"criterion": criterion.pk, "rank": 1, "title_nl": "Maatwerk", "text_nl": "Hoe.", "weight": "60"} | values


@pytest.mark.parametrize(
    "weights,expected",
    [
        ([60], True),
        ([40, 20], True),
        ([30, 30], True),
        ([None, None], True),
        ([40, 10], False),
        ([20, 40], False),
        ([40, None], False),
    ],
)
def test_weights_of_sub_criteria_are_those_of_their_criterion(draft, weights, expected):
    criterion = draft.award_criteria.get(rank=1)
    for rank, weight in enumerate(weights, start=1):
        sub_criterion(criterion, rank, weight)

    reason = guards.sub_criteria_add_up.reason(draft, {})

    assert (reason is None) is expected
    if reason:
        assert reason.sentence.endswith("Het gaat om: 1. Kwaliteit van het aanbod.")


def test_gap_in_the_ranks_of_sub_criteria_blocks_the_submission(draft, procurement_officer):
    sub_criterion(draft.award_criteria.get(rank=2), rank=2)

    with pytest.raises(Blocked) as refusal:
        actions.submit_for_approval(draft, by=procurement_officer)
    assert [reason.guard for reason in refusal.value.reasons] == ["sub_criteria_add_up"]


def test_weight_that_cannot_become_right_is_refused_next_to_the_field(draft):
    criterion = draft.award_criteria.get(rank=1)

    def error(**values):
        form = SubCriterionForm(typed(criterion, **values), procedure=draft)
        return form.errors.get("weight", form.errors.get("rank", [""]))[0].partition(" (")[0]

    assert error() == ""
    assert error(weight="61") == "De subcriteria wegen dan samen meer dan hun criterium."
    sub_criterion(criterion, rank=1, weight=20)
    assert error(weight="") == "De andere subcriteria van dit criterium hebben een gewicht."
    assert error(weight="10") == "Dit criterium heeft al een subcriterium met deze rang."
    assert (
        error(rank=2, weight="30") == "Het gewicht daalt met de rang: een lagere rang weegt niet meer dan een hogere."
    )
    assert error(rank=2, weight="20") == ""
    AwardCriterion.objects.filter(pk=criterion.pk).update(weight=None)
    assert error(rank=2, weight="20") == "Dit criterium heeft zelf geen gewicht: zijn subcriteria ook niet."


def test_sub_criteria_belong_to_the_criteria_that_are_fixed(client, draft, procurement_officer):
    before, content = draft.award_criteria.digest(), draft.content_digest()
    url = reverse("procedure-sub-criteria", args=[draft.pk])
    values = typed(draft.award_criteria.get(rank=1))
    response = sign_in(client, procurement_officer).post(url, values)

    assert response.url == url
    assert draft.award_criteria.digest() != before
    assert Procedure.objects.get(pk=draft.pk).content_digest() != content
    page = client.get(draft.get_absolute_url() + "?tab=voorwaarden").text
    assert "1.1 Maatwerk" in page
    criterion = contexts.selection_guide(story.put(draft, "published", published_at=story.DEADLINE))["award_criteria"][
        0
    ]
    assert criterion["parts"] == [{"rank": "1.1", "title": "Maatwerk", "description": "Hoe.", "weight": 60}]


def test_criterion_goes_with_its_parts(client, draft, procurement_officer):
    criterion = draft.award_criteria.get(rank=1)
    sub_criterion(criterion)
    sign_in(client, procurement_officer).post(
        reverse("procedure-criteria", args=[draft.pk]), {"verwijder": criterion.pk}
    )

    assert SubCriterion.objects.count() == 0


@pytest.mark.parametrize("empty", ["title_nl", "evidence_nl"])
def test_selection_condition_without_its_evidence_is_refused_by_the_database(draft, empty):
    values = {"code": "S9", "title_nl": "Omzet", "text_nl": "Een omzet.", "evidence_nl": "Jaarrekening."}

    with pytest.raises(IntegrityError), transaction.atomic():
        SelectionCondition.objects.create(procedure=draft, **values | {empty: ""})


# -- exclusion grounds ------------------------------------------------------------------------------


def test_grounds_of_the_law_are_there_with_their_article_and_years(draft, clock):
    applied = ExclusionGround.objects.applied_to(draft, on=clock.today())

    assert len(applied) == 18
    assert [each.ground.article for each in applied if each.ground.mandatory] == [
        *(f"art. 50, {number}°" for number in range(1, 8)),
        "art. 51",
        "art. 51",
    ]
    assert {each.ground.article: each.years for each in applied}["art. 52, 3°"] == 3
    assert {each.years for each in applied if each.ground.code.startswith("50")} == {5}
    assert {each.years for each in applied if each.ground.code.startswith("51")} == {None}
    assert "52-10" not in [each.ground.code for each in applied]


def test_optional_ground_is_left_out_and_a_mandatory_one_never(draft, procurement_officer):
    before = draft.content_digest()
    fraud, fault = ExclusionGround.objects.get(code="50-3"), ExclusionGround.objects.get(code="52-3")
    choices = [ExclusionChoice(procedure=draft, ground=ground, applies=False) for ground in (fraud, fault)]
    choose_exclusions(draft, by=procurement_officer, choices=choices)
    codes = [each.ground.code for each in ExclusionGround.objects.applied_to(draft)]

    assert ("50-3" in codes, "52-3" in codes) == (True, False)
    assert Procedure.objects.get(pk=draft.pk).content_digest() != before
    assert Entry.objects.latest("pk").verb == "edit"


def test_page_of_the_grounds_keeps_only_what_departs_from_the_rule(client, draft, procurement_officer):
    url = reverse("procedure-exclusions", args=[draft.pk])
    form = ExclusionForm(procedure=draft)
    answers = {name: form[name].initial for name in form.fields if form[name].initial not in (False, None)}
    del answers["applies_52-3"]
    answers["evidence_51-tax"] = "Attest van de FOD Financiën."
    response = sign_in(client, procurement_officer).post(url, answers)

    assert response.url == draft.get_absolute_url() + "?tab=voorwaarden"
    kept = draft.exclusion_choices.values_list("ground__code", "applies", "evidence_nl")
    assert list(kept) == [("51-tax", True, "Attest van de FOD Financiën."), ("52-3", False, "")]
    page = client.get(response.url).text
    assert "Attest van de FOD Financiën." in page
    assert "Ernstige beroepsfout" not in page


def test_exclusion_grounds_are_chosen_by_who_writes_the_draft(draft, legal_officer):
    with pytest.raises(PermissionDenied):
        choose_exclusions(draft, by=legal_officer, choices=[])


def test_page_of_the_terms_is_public_and_says_what_is_provisional(client, published):
    page = client.get(published.get_absolute_url() + "?tab=voorwaarden").text

    assert (
        "Een verklaring op erewoord geldt als voorlopig bewijs dat aan de voorwaarden is voldaan (art. 48, § 2)."
        in page
    )
    assert "Omkoping" in page
    assert "verplicht, 5 jaar" in page
