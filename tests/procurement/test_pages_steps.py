"""The verbs of procedures, applications, offers and lots, with the forms that ask their facts."""

import datetime as dt

import pytest
from django.urls import reverse

from procurement import actions
from procurement.forms.judging import EvaluateForm
from procurement.models import Application, Offer, Procedure
from tests.people import sign_in
from tests.procurement import story

ACT = "wet van 17 juni 2016 betreffende de concessieovereenkomsten"


def step(record, verb):
    return f"{record.get_absolute_url()}{verb}/"


@pytest.fixture
def approved(draft, procurement_officer, decision_maker, opening_officer, second_opening_officer):
    procedure = actions.submit_for_approval(draft, by=procurement_officer)
    return actions.approve(procedure, by=decision_maker)


# -- procedures ---------------------------------------------------------------------------------


def test_publishing_asks_the_notice_and_publishes(client, approved, procurement_officer):
    response = sign_in(client, procurement_officer).post(
        step(approved, "publish"),
        {"seen_state": "approved", "notice_number": " BDA-1 ", "notice_sent_on": "16/02/2026"},
    )
    procedure = Procedure.objects.get()

    assert response.url == procedure.get_absolute_url()
    assert (procedure.state, procedure.notice_number, procedure.notice_sent_on) == (
        "published",
        "BDA-1",
        dt.date(2026, 2, 16),
    )


def test_publishing_with_too_short_a_term_is_refused_next_to_the_date(client, approved, procurement_officer, clock):
    clock.travel_to(clock.at(dt.date(2026, 2, 18), 9))
    response = sign_in(client, procurement_officer).post(
        step(approved, "publish"), {"seen_state": "approved", "notice_number": "BDA-1", "notice_sent_on": "18/02/2026"}
    )

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "notice_sent_on": [
            (
                "De termijn voor aanvragen is te kort. Ze is ten vroegste za 21 mrt 2026, 0.00 u (minstens 30 dagen). "
                f"(art. 47, derde lid, {ACT}, aangenomen als eigen regel)"
            )
        ]
    }
    assert 'value="BDA-1"' in response.text


def test_publishing_a_notice_of_tomorrow_is_refused(client, approved, procurement_officer):
    response = sign_in(client, procurement_officer).post(
        step(approved, "publish"), {"seen_state": "approved", "notice_number": "BDA-1", "notice_sent_on": "17/02/2026"}
    )

    assert response.context["form"].errors == {"notice_sent_on": ["Deze dag ligt in de toekomst."]}


def test_blocked_step_shows_every_reason(client, draft, procurement_officer):
    draft.lots.all().delete()
    draft.selection_conditions.all().delete()
    response = sign_in(client, procurement_officer).post(step(draft, "submit_for_approval"), {"seen_state": "draft"})

    assert response.status_code == 409
    assert [reason.guard for reason in response.context["reasons"]] == ["has_lots", "has_selection_conditions"]
    assert "Er is nog geen perceel." in response.text


def test_verb_of_another_role_is_forbidden(client, draft, approved, decision_maker, procurement_officer, bidder):
    assert sign_in(client, decision_maker).get(step(approved, "publish")).status_code == 403
    assert sign_in(client, procurement_officer).get(step(approved, "cancel")).status_code == 403
    assert sign_in(client, bidder).get(step(approved, "publish")).status_code == 404


def test_sending_back_without_a_reason_is_refused_next_to_the_field(client, draft, procurement_officer, decision_maker):
    actions.submit_for_approval(draft, by=procurement_officer)
    sign_in(client, decision_maker)

    refused = client.post(step(draft, "return_to_draft"), {"seen_state": "in_review", "reason": "  "})
    done = client.post(step(draft, "return_to_draft"), {"seen_state": "in_review", "reason": "De raming ontbreekt."})

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["reason"]
    assert done.status_code == 302
    page = sign_in(client, procurement_officer).get(draft.get_absolute_url())
    assert "De raming ontbreekt." in page.text


def test_somebody_else_was_faster(client, draft, procurement_officer):
    actions.submit_for_approval(draft, by=procurement_officer)
    response = sign_in(client, procurement_officer).post(step(draft, "submit_for_approval"), {"seen_state": "draft"})

    assert response.status_code == 409
    assert response.context["overtaken"] is True


def test_cancelling_asks_the_reasons_that_everybody_gets(client, published, decision_maker):
    sign_in(client, decision_maker)
    response = client.post(step(published, "cancel"), {"seen_state": "published", "reason": "Het budget verviel."})

    assert response.status_code == 302
    assert Procedure.objects.get().end_reason == "Het budget verviel."


@pytest.mark.parametrize(
    ("day", "hour", "found"),
    [
        (
            "05/03/2026",
            "11.00",
            (
                "De termijn voor offertes is te kort. Ze is ten vroegste vr 6 mrt 2026, 0.00 u (minstens 17 dagen). "
                f"(art. 47, vierde en vijfde lid, {ACT}, aangenomen als eigen regel)"
            ),
        ),
        ("31/02/2026", "11.00", "Voer een geldige datum in."),
    ],
)
def test_deadline_for_offers_is_refused_next_to_the_field(
    client, published, opened_now, procurement_officer, day, hour, found
):
    story.put(published, Procedure.State.SELECTION_NOTIFIED)
    story.put(opened_now, Application.State.SELECTED)
    response = sign_in(client, procurement_officer).post(
        step(published, "invite_tenders"),
        {"seen_state": "selection_notified", "offers_deadline_0": day, "offers_deadline_1": hour},
    )

    assert response.status_code == 422
    assert response.context["form"].errors == {"offers_deadline": [found]}
    assert f'value="{day}"' in response.text


@pytest.fixture
def opened_now(submitted):
    """The application as opened on the morning of 16 February, for dates that count from then."""
    return story.put(submitted, Application.State.OPENED)


# -- applications -------------------------------------------------------------------------------


@pytest.fixture
def assessor(opened, procurement_officer):
    actions.state_interests(opened.procedure, by=procurement_officer, has_conflict=False)
    return procurement_officer


FINDING = {"seen_state": "opened", "reason_S1": "Twee referenties.", "reasons": "Voldoet."}


def test_assessment_keeps_findings_and_outcome(client, opened, assessor):
    response = sign_in(client, assessor).post(step(opened, "assess"), FINDING | {"met_S1": "yes", "outcome": "select"})
    application = Application.objects.get()
    finding = application.findings.get()

    assert response.status_code == 302
    assert (application.state, application.outcome, application.reasons) == ("assessed", "select", "Voldoet.")
    assert (finding.condition.code, finding.met, finding.reason) == ("S1", True, "Twee referenties.")


@pytest.mark.parametrize(("met", "outcome"), [("no", "select"), ("yes", "not_select")])
def test_outcome_that_contradicts_the_findings_is_refused_next_to_it(client, opened, assessor, met, outcome):
    response = sign_in(client, assessor).post(step(opened, "assess"), FINDING | {"met_S1": met, "outcome": outcome})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["outcome"]
    assert "Twee referenties." in response.text
    assert Application.objects.get().state == "opened"


def test_assessment_without_reasons_is_refused_next_to_each_field(client, opened, assessor):
    response = sign_in(client, assessor).post(step(opened, "assess"), {"seen_state": "opened"})

    assert list(response.context["form"].errors) == ["met_S1", "reason_S1", "outcome", "reasons"]


def test_incomplete_application_names_what_is_missing(client, opened, assessor):
    sign_in(client, assessor)
    response = client.post(step(opened, "find_incomplete"), {"seen_state": "opened", "reason": "De tweede referentie."})

    assert response.status_code == 302
    assert "De tweede referentie." in client.get(opened.get_absolute_url()).text


# -- offers -------------------------------------------------------------------------------------


@pytest.fixture
def offer(opened, evaluator):
    """An opened offer in evaluation, before an evaluator without an interest."""
    actions.state_interests(opened.procedure, by=evaluator, has_conflict=False)
    story.put(opened.procedure, Procedure.State.EVALUATION)
    application = story.put(opened, Application.State.SELECTED)
    return Offer.objects.create(
        application=application,
        lot=application.lots.get(),
        envelope=application.envelope,
        state=Offer.State.REGULAR,
        started_by=opened.started_by,
        submitted_by=opened.started_by,
        submitted_at=opened.submitted_at,
        capacity=100,
    )


def test_evaluation_keeps_points_and_reasons(client, offer, evaluator):
    response = sign_in(client, evaluator).post(
        step(offer, "evaluate"),
        {
            "seen_state": "regular",
            "points_1": "80,5",
            "reasons_1": "Sterk aanbod.",
            "points_2": "50",
            "reasons_2": "Eén vestiging.",
        },
    )
    fresh = Offer.objects.get()

    assert response.status_code == 302
    # 80,5 x 60 % + 50 x 40 %
    assert (fresh.state, str(fresh.score)) == ("evaluated", "68.30")
    assert [(str(each.points), each.reasons) for each in fresh.scores.all()] == [
        ("80.50", "Sterk aanbod."),
        ("50.00", "Eén vestiging."),
    ]


@pytest.mark.parametrize("points", ["101", "-1", "veel", ""])
def test_points_outside_the_scale_are_refused_next_to_the_field(client, offer, evaluator, points):
    response = sign_in(client, evaluator).post(
        step(offer, "evaluate"),
        {"seen_state": "regular", "points_1": points, "reasons_1": "a", "points_2": "50", "reasons_2": "b"},
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["points_1"]


def test_scores_are_asked_in_the_rank_of_the_criteria(offer):
    assert list(EvaluateForm(record=offer).fields) == ["points_1", "reasons_1", "points_2", "reasons_2"]


def test_evaluator_without_a_statement_finds_no_offer(client, offer, second_opening_officer, auditor):
    assert sign_in(client, auditor).get(offer.get_absolute_url()).status_code == 404


def test_irregular_offer_names_the_requirement(client, offer, evaluator):
    story.put(offer, Offer.State.OPENED)
    response = sign_in(client, evaluator).post(
        step(offer, "declare_irregular"), {"seen_state": "opened", "reason": "Geen vestiging in het gebied."}
    )

    assert response.status_code == 302
    assert Offer.objects.get().judgement == "Geen vestiging in het gebied."


# -- lots ---------------------------------------------------------------------------------------


@pytest.fixture
def standing_still(offer, decision_maker, clock):
    """The lot of the offer, told today."""
    story.put(offer, Offer.State.AWARDED)
    return story.put(offer.lot, "standstill", decided_by=decision_maker, decided_at=clock.now())


def test_suspension_request_asks_its_date(client, standing_still, legal_officer):
    sign_in(client, legal_officer)
    url = step(standing_still, "record_suspension_request")
    future = client.post(url, {"seen_state": "standstill", "filed_on": "31/12/2026"})

    assert future.context["form"].errors == {"filed_on": ["Deze dag ligt in de toekomst."]}
    assert client.post(url, {"seen_state": "standstill", "filed_on": "19/03/2026"}).status_code == 302
    page = client.get(standing_still.get_absolute_url())
    assert page.context["waiting"][0]["who"] == "de Raad van State"


def test_who_stated_an_interest_decides_no_award(client, offer, decision_maker):
    lot = story.put(offer.lot, "award_proposed")
    before = sign_in(client, decision_maker).get(step(lot, "decide_award")).status_code
    actions.state_interests(lot.procedure, by=decision_maker, has_conflict=True)

    assert (before, client.get(step(lot, "decide_award")).status_code) == (200, 403)


def test_registry_check_is_recorded_by_a_lawyer(client, standing_still, legal_officer, procurement_officer, clock):
    url = reverse("lot-registry-check", args=[standing_still.pk])

    assert sign_in(client, procurement_officer).post(url).status_code == 403
    assert sign_in(client, legal_officer).get(url).status_code == 200
    assert client.post(url).url == standing_still.get_absolute_url()
    assert type(standing_still).objects.get(pk=standing_still.pk).registry_checked_at == clock.now()


def test_registry_is_not_checked_before_the_decision_was_told(client, offer, legal_officer):
    response = sign_in(client, legal_officer).post(reverse("lot-registry-check", args=[offer.lot_id]))

    assert response.status_code == 409
    assert "nog niet meegedeeld" in response.text


def test_lot_page_shows_ranking_only_to_who_may_see_it(client, offer, evaluator, procurement_officer, bidder, rival):
    url = offer.lot.get_absolute_url()

    assert list(sign_in(client, evaluator).get(url).context["offers"]) == [offer]
    assert list(sign_in(client, procurement_officer).get(url).context["offers"]) == []
    assert list(sign_in(client, bidder).get(url).context["offers"]) == [offer]
    assert list(sign_in(client, rival).get(url).context["offers"]) == []
    client.logout()
    page = client.get(url)
    assert page.status_code == 200
    assert [name for name in ("steps", "awards", "letters", "told") if name in page.context] == []


def test_lot_of_a_draft_is_missing_for_the_public(client, draft, bidder):
    url = draft.lots.first().get_absolute_url()

    assert client.get(url).status_code == 404
    assert sign_in(client, bidder).get(url).status_code == 404
