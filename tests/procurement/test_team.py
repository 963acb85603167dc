"""The team of a procedure: once anybody is named for a role, only who is named does its steps."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from lifecycle import steps
from lifecycle.models import Entry
from lifecycle.steps import Blocked
from procurement import actions, guards
from procurement.models import Question, TeamMember
from tests.people import make_user, sign_in

Role = TeamMember.Role
TODAY = dt.date(2026, 2, 16)
DAY = dt.timedelta(days=1)


@pytest.fixture
def second_officer(db):
    return make_user("Ama Aankoper", "procurement_officer")


def name(procedure, user, role, *, by, since=TODAY, **fields):
    member = TeamMember(procedure=procedure, user=user, role=role, since=since, **fields)
    return actions.join_team(member, by=by)


def verbs(record, user):
    return [step.verb for step in steps.steps(record, user)]


def test_without_a_team_everybody_with_the_role_does_its_steps(draft, procurement_officer, second_officer):
    assert verbs(draft, procurement_officer) == verbs(draft, second_officer) == ["abandon", "submit_for_approval"]


def test_who_is_not_named_does_not_do_the_steps_of_that_role(
    draft, procurement_officer, second_officer, decision_maker
):
    name(draft, procurement_officer, Role.OFFICER, by=second_officer)

    assert verbs(draft, procurement_officer) == ["abandon", "submit_for_approval"]
    assert verbs(draft, second_officer) == []
    with pytest.raises(PermissionDenied):
        actions.submit_for_approval(draft, by=second_officer)
    draft = actions.submit_for_approval(draft, by=procurement_officer)
    assert actions.approve(draft, by=decision_maker).state == "approved"


def test_deputy_stands_in_within_the_dates_alone(clock, draft, procurement_officer, second_officer):
    member = name(draft, procurement_officer, Role.OFFICER, by=procurement_officer)
    name(
        draft,
        second_officer,
        Role.OFFICER,
        by=procurement_officer,
        since=TODAY + 2 * DAY,
        until=TODAY + 4 * DAY,
        replaces=member,
    )
    found = []
    for day in range(6):
        clock.travel_to(clock.at(TODAY + day * DAY, 9))
        found.append(second_officer.has_perm("procurement.edit_procedure", draft))

    assert found == [False, False, True, True, True, False]
    assert procurement_officer.has_perm("procurement.edit_procedure", draft)


def test_a_role_that_was_named_does_not_fall_back_to_everybody(clock, draft, procurement_officer, second_officer):
    name(draft, procurement_officer, Role.OFFICER, by=procurement_officer, until=TODAY)
    clock.travel_to(clock.at(TODAY + DAY, 9))

    assert not procurement_officer.has_perm("procurement.edit_procedure", draft)
    assert not second_officer.has_perm("procurement.edit_procedure", draft)
    assert second_officer.has_perm("procurement.name_team", draft)
    assert second_officer.has_perm("procurement.edit_procedure")


OF_OFFICERS = [
    "answer_question",
    "publish_answers",
    "draft_addendum",
    "check_answer",
    "record_notice",
    "extend_deadline",
]
OF_LEGAL = ["check_answer", "record_notice", "extend_deadline", "publish_addendum"]


def test_verbs_that_two_roles_share_are_held_to_the_team_of_each(
    draft, procurement_officer, second_officer, legal_officer, decision_maker
):
    other_legal, other_decider = make_user("Lien Jurist", "legal_officer"), make_user("Bo Beslist", "decision_maker")

    def refused(user, verbs):
        records = {"check_answer": Question(procedure=draft)}
        return [verb for verb in verbs if not user.has_perm(f"procurement.{verb}", records.get(verb, draft))]

    name(draft, procurement_officer, Role.OFFICER, by=second_officer)
    assert refused(procurement_officer, OF_OFFICERS) == []
    assert refused(second_officer, OF_OFFICERS) == OF_OFFICERS
    assert refused(legal_officer, OF_LEGAL) == []

    name(draft, legal_officer, Role.LEGAL, by=procurement_officer)
    assert refused(legal_officer, OF_LEGAL) == []
    assert refused(other_legal, OF_LEGAL) == OF_LEGAL
    assert refused(other_decider, ["publish_addendum"]) == []

    name(draft, decision_maker, Role.DECIDER, by=procurement_officer)
    assert refused(decision_maker, ["publish_addendum"]) == []
    assert refused(other_decider, ["publish_addendum"]) == ["publish_addendum"]


def test_chair_leads_and_evaluates(draft, procurement_officer, evaluator):
    chair, other = make_user("Cas Voorzitter", "evaluator"), make_user("Bas Beoordelaar", "evaluator")
    name(draft, evaluator, Role.EVALUATOR, by=procurement_officer)
    name(draft, chair, Role.CHAIR, by=procurement_officer)
    for person in (evaluator, chair, other):
        actions.state_interests(draft, by=person, has_conflict=False)

    def allowed(permission):
        return [person.has_perm(permission, draft) for person in (evaluator, chair, other)]

    assert allowed("procurement.evaluate_offer") == [True, True, False]
    assert allowed("procurement.lead_evaluation") == [False, True, False]


def test_two_opening_officers_are_those_of_the_team(
    draft, procurement_officer, opening_officer, second_opening_officer
):
    assert guards.opening_officers_can_open.reason(draft, {}) is None
    name(draft, opening_officer, Role.OPENER, by=procurement_officer)
    assert guards.opening_officers_can_open.reason(draft, {}) is not None
    name(draft, second_opening_officer, Role.OPENER, by=procurement_officer)
    assert guards.opening_officers_can_open.reason(draft, {}) is None


def test_who_stated_an_interest_is_not_named(client, draft, procurement_officer, evaluator):
    actions.state_interests(draft, by=evaluator, has_conflict=True)

    with pytest.raises(Blocked) as refusal:
        name(draft, evaluator, Role.EVALUATOR, by=procurement_officer)
    assert [reason.guard for reason in refusal.value.reasons] == ["no_conflict_was_stated"]
    response = sign_in(client, procurement_officer).post(
        reverse("procedure-team", args=[draft.pk]), typed(evaluator, Role.EVALUATOR)
    )
    assert response.status_code == 422
    assert response.context["form"].errors["user"][0].startswith("Deze persoon verklaarde een belang in deze procedure")
    assert draft.team.count() == 0


def test_who_states_an_interest_later_does_no_step_any_more(draft, procurement_officer, second_officer):
    name(draft, procurement_officer, Role.OFFICER, by=second_officer)
    actions.state_interests(draft, by=procurement_officer, has_conflict=True)

    assert not procurement_officer.has_perm("procurement.edit_procedure", draft)


def test_team_is_named_by_officers(draft, evaluator, decision_maker):
    with pytest.raises(PermissionDenied):
        name(draft, evaluator, Role.EVALUATOR, by=decision_maker)


def test_ending_a_membership_ends_its_deputies_and_takes_off_who_never_began(
    clock, draft, procurement_officer, second_officer
):
    member = name(draft, procurement_officer, Role.OFFICER, by=procurement_officer, since=TODAY - 9 * DAY)
    name(draft, second_officer, Role.OFFICER, by=procurement_officer, until=TODAY + 9 * DAY, replaces=member)

    actions.leave_team(TeamMember.objects.get(pk=member.pk), by=second_officer)

    assert list(draft.team.values_list("user", "until")) == [(procurement_officer.pk, TODAY - DAY)]
    assert Entry.objects.latest("pk").verb == "leave_team"


def test_trail_names_people_by_number(draft, procurement_officer, evaluator):
    name(draft, evaluator, Role.EVALUATOR, by=procurement_officer)
    entry = Entry.objects.latest("pk")

    assert (entry.verb, entry.facts) == (
        "join_team",
        {"person": f"accounts.user:{evaluator.pk}", "team_role": "evaluator", "since": "2026-02-16"},
    )


@pytest.mark.parametrize("fields", [{"until": TODAY - DAY}, {"role": "chef"}])
def test_database_refuses_a_member_that_cannot_be(draft, evaluator, fields):
    values = {"role": Role.EVALUATOR, "since": TODAY, "named_by": evaluator, "named_at": draft.applications_deadline}

    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMember.objects.create(procedure=draft, user=evaluator, **values | fields)


def typed(user, role, **values):
    return {"user": user.pk, "role": role.value, "since": "16/02/2026", "until": "", "replaces": ""} | values


def test_page_says_who_has_to_state_yet(client, draft, procurement_officer, evaluator, decision_maker, opening_officer):
    url = reverse("procedure-team", args=[draft.pk])
    sign_in(client, procurement_officer)
    assert client.post(url, typed(evaluator, Role.EVALUATOR)).url == url
    actions.state_interests(draft, by=procurement_officer, has_conflict=True)

    page = client.get(url).text
    assert "Nog geen verklaring van: Bo Beoordelaar." in page
    assert "Belang gemeld" in page
    assert "Iemand aanwijzen" in page
    assert "Iemand aanwijzen" not in sign_in(client, decision_maker).get(url).text
    assert client.post(url, typed(evaluator, Role.CHAIR)).status_code == 403
    assert sign_in(client, opening_officer).get(url).status_code == 403


@pytest.mark.parametrize(
    "values,field,sentence",
    [
        ({"role": "decider"}, "user", "Deze persoon heeft niet de personeelsrol die bij deze taak hoort."),
        ({"since": "10/02/2026"}, "user", "Deze persoon heeft die rol al in deze periode."),
        ({"since": "17/02/2026", "until": "16/02/2026"}, "until", "Het einde ligt voor het begin."),
    ],
)
def test_wrong_member_is_refused_next_to_the_field(
    client, draft, procurement_officer, evaluator, values, field, sentence
):
    name(draft, evaluator, Role.EVALUATOR, by=procurement_officer)
    response = sign_in(client, procurement_officer).post(
        reverse("procedure-team", args=[draft.pk]), typed(evaluator, Role.EVALUATOR) | values
    )

    assert response.status_code == 422
    assert response.context["form"].errors[field][0].startswith(sentence)


def test_deputy_without_an_end_is_refused(client, draft, procurement_officer, second_officer, evaluator):
    member = name(draft, procurement_officer, Role.OFFICER, by=procurement_officer)
    values = typed(second_officer, Role.OFFICER, replaces=member.pk)
    response = sign_in(client, procurement_officer).post(reverse("procedure-team", args=[draft.pk]), values)

    assert response.context["form"].errors["until"][0].startswith("Een vervanging heeft een einde.")
