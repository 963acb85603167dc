"""Which rules bind a procedure, and what a guard rests on in each regime."""

import datetime as dt

import pytest
from django.urls import reverse

from lifecycle import steps
from lifecycle.grounds import GroundKind
from lifecycle.models import Entry, PolicyOverride
from lifecycle.steps import Blocked
from procurement import actions, guards, own_rules
from procurement.contexts import selection_guide
from procurement.models import Procedure
from tests.people import LONG_AGO, sign_in
from tests.procurement import story

ACT = "wet van 17 juni 2016 betreffende de concessieovereenkomsten"


def regimes():
    """A procedure of the full regime, one that adopted every rule, one that adopted none."""
    return (
        Procedure(regime="full_title_4", own_rules=[]),
        Procedure(regime="light_art_34"),
        Procedure(regime="light_art_34", own_rules=[]),
    )


@pytest.mark.parametrize("code", own_rules.RULES)
def test_a_rule_is_law_in_the_full_regime_a_published_rule_once_adopted_and_a_policy_otherwise(code):
    grounds = [own_rules.ground_of(procedure, code) for procedure in regimes()]

    assert [ground.kind for ground in grounds] == [GroundKind.LAW, GroundKind.PUBLISHED_RULE, GroundKind.POLICY]
    assert [ground.blocks for ground in grounds] == [True, True, False]
    assert all(str(ground).startswith("art. ") for ground in grounds)


def test_a_light_procedure_adopts_every_rule_unless_it_says_otherwise():
    assert Procedure(regime="light_art_34").own_rules == [
        "minimum-periods",
        "selection",
        "documents",
        "information",
        "standstill",
    ]


def test_the_announced_course_binds_in_either_regime(clock):
    reasons = [guards.new_deadline_is_ahead.reason(each, {"offers_deadline": LONG_AGO}) for each in regimes()]

    assert [reason.ground.kind for reason in reasons] == [
        GroundKind.LAW,
        GroundKind.PUBLISHED_RULE,
        GroundKind.PUBLISHED_RULE,
    ]


# -- a minimum that the authority did not adopt ---------------------------------------------------


@pytest.fixture
def free(clock, procurement_officer, decision_maker, opening_officer, second_opening_officer):
    """An approved light procedure that adopted nothing, with a deadline that is short of the minimum."""
    procedure = story.make_procedure(own_rules=[], applications_deadline=clock.at(dt.date(2026, 3, 10), 12))
    procedure = actions.submit_for_approval(procedure, by=procurement_officer)
    return actions.approve(procedure, by=decision_maker)


NOTICE = {"seen_state": "approved", "notice_number": "BDA-1", "notice_sent_on": "16/02/2026"}


def test_a_policy_stands_in_the_way_until_a_second_person_sets_it_aside(
    client, free, procurement_officer, decision_maker, legal_officer
):
    url = f"{free.get_absolute_url()}publish/"
    page = sign_in(client, procurement_officer).post(url, NOTICE)
    assert page.status_code == 409
    assert "De termijn voor aanvragen is te kort." in page.text
    assert "een tweede persoon kan dit met een reden opzijzetten" in page.text

    guard = "applications_deadline_leaves_the_minimum"
    assert client.post(url, {"override": guard, f"{guard}-reason": " "}).status_code == 422
    asked = client.post(url, {"override": guard, f"{guard}-reason": "De markt is al maanden op de hoogte."})
    override = PolicyOverride.objects.get()
    assert asked.url == reverse("policy-override", args=[override.pk])
    assert client.post(asked.url, {"decision": "grant"}).status_code == 403
    assert client.post(url, NOTICE).status_code == 409

    granted = sign_in(client, legal_officer).post(asked.url, {"decision": "grant"})
    assert granted.url == free.get_absolute_url()
    assert sign_in(client, procurement_officer).post(url, NOTICE).url == free.get_absolute_url()

    published = Entry.objects.get(verb="publish", subject=free.ref)
    assert published.facts["overridden"] == [guard]
    told = Entry.objects.filter(verb__in=["ask_override", "grant_override"]).values_list("verb", "facts__rule")
    assert list(told) == [("ask_override", guard), ("grant_override", guard)]


def test_a_refused_override_leaves_the_rule_and_can_be_asked_again(client, free, procurement_officer, legal_officer):
    url, guard = f"{free.get_absolute_url()}publish/", "applications_deadline_leaves_the_minimum"
    asked = sign_in(client, procurement_officer).post(url, {"override": guard, f"{guard}-reason": "Daarom."})
    sign_in(client, legal_officer).post(asked.url, {"decision": "refuse"})

    assert PolicyOverride.objects.count() == 0
    assert Entry.objects.filter(verb="refuse_override").count() == 1
    assert sign_in(client, procurement_officer).post(url, NOTICE).status_code == 409


def test_a_published_rule_is_not_asked_to_be_set_aside(client, free, procurement_officer):
    url = f"{free.get_absolute_url()}publish/"
    Procedure.objects.filter(pk=free.pk).update(own_rules=own_rules.every_code())
    page = sign_in(client, procurement_officer).post(url, {"override": "opening_officers_can_open"})

    assert page.status_code == 422
    with pytest.raises(Blocked):
        actions.publish(
            Procedure.objects.get(), by=procurement_officer, notice_number="B", notice_sent_on=dt.date(2026, 2, 16)
        )


def test_the_standstill_is_a_practice_where_it_was_not_adopted(clock, draft, legal_officer):
    lot = story.put(draft.lots.first(), "standstill")
    reason = guards.standstill_is_over.reason(lot, {})
    assert reason.ground.kind == GroundKind.PUBLISHED_RULE

    draft.own_rules = ["minimum-periods"]
    draft.save()
    lot = type(lot).objects.get(pk=lot.pk)
    assert guards.standstill_is_over.reason(lot, {}).ground.kind == GroundKind.POLICY
    # Its end was established with a second person: the conclusion does not ask it again.
    lot = story.put(lot, "ready_to_conclude")
    assert guards.standstill_is_over.reason(lot, {}) is None
    assert guards.registry_is_checked_after_the_standstill.reason(lot, {}) is None


# -- what people read -----------------------------------------------------------------------------


def test_the_guide_names_the_rules_that_bind(clock, published):
    context = selection_guide(published)

    assert [rule["label"] for rule in context["own_rules"]] == [
        "Minimumtermijnen",
        "Selectie",
        "Concessiedocumenten",
        "Inlichtingen",
        "Wachttermijn",
    ]
    assert context["standstill"] == {"days": 15, "voluntary": True, "committed": True}


def test_the_guide_promises_no_standstill_that_was_not_adopted(clock, published):
    published.own_rules = []

    context = selection_guide(published)
    assert (context["own_rules"], context["standstill"]["committed"]) == ([], False)


def test_the_page_shows_the_rules_with_their_ground(client, published):
    text = client.get(published.get_absolute_url(), {"tab": "voorwaarden"}).text

    assert f"art. 47, {ACT}, aangenomen als eigen regel" in text
    assert text.count("bekendgemaakte regel") >= 5


def test_steps_of_a_light_procedure_show_what_can_be_set_aside(free, procurement_officer):
    (publish,) = [step for step in steps.steps(free, procurement_officer) if step.verb == "publish"]

    assert [reason.guard for reason in publish.reasons] == ["applications_deadline_leaves_the_minimum"]
