"""Who may do what: person by person, and the lists they see agree with the permissions they hold."""

import pytest
from django.contrib.auth.models import AnonymousUser

from admission import actions
from admission.models import Admission, AdmissionApplication, Call, ConditionsVersion
from lifecycle.steps import fire
from tests.admission import world
from tests.people import make_user

STAFF = ("officer", "lawyer", "assessor", "decider", "manager", "auditor")
PEOPLE = (*STAFF, "administrator", "signer", "rival", "stranger")


@pytest.fixture
def people(
    officer, lawyer, assessor, decider, manager, auditor, administrator, signer, rival, stranger, taalbrug, woordwijs
):
    everybody = [officer, lawyer, assessor, decider, manager, auditor, administrator, signer, rival, stranger]
    return dict(zip(PEOPLE, everybody, strict=True))


def allowed_to(permission, record, people):
    return {name for name, user in people.items() if user.has_perm(permission, record)}


def test_a_call_is_prepared_checked_and_approved_by_different_people(people, officer, clock):
    call = fire(world.draft_call(officer), "submit_for_review", by=officer)

    assert allowed_to("admission.manage_call", call, people) == {"officer"}
    assert allowed_to("admission.sign_checklist", call, people) == {"lawyer"}
    assert allowed_to("admission.approve_call", call, people) == {"decider"}
    assert allowed_to("admission.view_call", call, people) == set(STAFF)


def test_nobody_approves_or_checks_what_they_submitted_themselves(clock):
    both = make_user("Twee Petten", "procurement_officer", "decision_maker", "legal_officer")
    call = fire(world.draft_call(both), "submit_for_review", by=both)

    assert not both.has_perm("admission.approve_call", call)
    assert not both.has_perm("admission.sign_checklist", call)


def test_who_signed_the_checklist_does_not_approve(officer, clock):
    from admission.checklist import ITEMS

    both = make_user("Twee Petten", "decision_maker", "legal_officer")
    call = fire(world.draft_call(officer), "submit_for_review", by=officer)
    assert both.has_perm("admission.approve_call", call)

    call = fire(call, "sign_checklist", by=both, items=list(ITEMS))

    assert not both.has_perm("admission.approve_call", call)


def test_a_draft_application_is_its_applicants_own(people, call, signer, taalbrug):
    draft = actions.start_application(call, by=signer, participant=taalbrug[0])

    for permission in ("view_application", "prepare_application", "sign_application"):
        assert allowed_to(f"admission.{permission}", draft, people) == {"signer"}
    for permission in ("check_completeness", "assess_application", "decide_application"):
        assert allowed_to(f"admission.{permission}", draft, people) == set()


def test_a_submitted_application_is_assessed_and_decided_by_different_people(people, submitted):
    assert allowed_to("admission.view_application", submitted, people) == {*STAFF, "signer"}
    assert allowed_to("admission.check_completeness", submitted, people) == {"officer"}
    assert allowed_to("admission.assess_application", submitted, people) == {"assessor"}
    assert allowed_to("admission.decide_application", submitted, people) == {"decider"}


def test_who_assessed_does_not_decide(assessing, clock):
    both = make_user("Twee Petten", "evaluator", "decision_maker")
    assert both.has_perm("admission.decide_application", assessing)

    actions.assess(assessing, by=both, results=world.results(), no_interest=True)

    assert not both.has_perm("admission.decide_application", assessing)


def test_staff_of_the_applicant_do_not_judge_it(assessing, taalbrug, assessor, decider, officer):
    from tests.people import make_member

    for user in (assessor, decider, officer):
        make_member(taalbrug[0].lead, user)

    assert not assessor.has_perm("admission.assess_application", assessing)
    assert not decider.has_perm("admission.decide_application", assessing)
    assert not officer.has_perm("admission.check_completeness", assessing)


def test_an_admission_is_followed_and_measured_by_different_people(people, assessing, assessor, decider):
    actions.assess(assessing, by=assessor, results=world.results(), no_interest=True)
    admission = actions.admit(assessing, by=decider)

    assert allowed_to("admission.view_admission", admission, people) == {*STAFF, "signer"}
    assert allowed_to("admission.follow_admission", admission, people) == {"manager"}
    assert allowed_to("admission.decide_measure", admission, people) == {"decider"}
    assert allowed_to("admission.sign_for_admission", admission, people) == {"signer"}


def test_lists_and_permissions_agree_for_everybody(
    people, call, officer, assessor, decider, rival, signer, taalbrug, woordwijs
):
    """The querysets that the pages use show exactly what the permissions allow."""
    world.draft_call(officer, number="OH-2026-09")
    actions.draft_version(call, by=officer)
    actions.start_application(call, by=rival, participant=woordwijs[0])
    application = world.in_assessment(call, signer, *taalbrug, checker=officer)
    actions.assess(application, by=assessor, results=world.results(), no_interest=True)
    actions.admit(application, by=decider)
    views = {
        Call: "view_call",
        ConditionsVersion: "view_conditions",
        AdmissionApplication: "view_application",
        Admission: "view_admission",
    }
    for model, permission in views.items():
        everything = list(model.objects.all())
        assert everything
        for user in people.values():
            visible = set(model.objects.visible_to(user))
            assert visible == {each for each in everything if user.has_perm(f"admission.{permission}", each)}


def test_nobody_is_anybody_without_signing_in(call, submitted):
    nobody = AnonymousUser()

    assert list(Call.objects.visible_to(nobody)) == [call]
    assert list(AdmissionApplication.objects.visible_to(nobody)) == []
    assert list(Admission.objects.visible_to(nobody)) == []
