"""The access policy, as a table: who may what is one diff."""

import pytest

from accounts.roles import DECIDING, PREPARING, ROLES, Role
from accounts.rules import may

READING = [
    "admission.view_applications",
    "admission.view_internal_call",
    "contracts.view_contract",
    "documents.view_document",
    "lifecycle.view_trail",
    "partners.view_organisation",
    "procurement.view_internal_procedure",
]
POLICY = {
    "procurement_officer": [
        *READING,
        "accounts.use_admin",
        "admission.check_completeness",
        "admission.manage_call",
        "catalogue.manage_catalogue",
        "documents.confirm_correction",
        "documents.propose_correction",
        "documents.register_sending",
        "partners.confirm_organisation",
        "procurement.answer_question",
        "procurement.archive_procedure",
        "procurement.assess_application",
        "procurement.check_answer",
        "procurement.confirm_outage",
        "procurement.draft_addendum",
        "procurement.edit_procedure",
        "procurement.extend_deadline",
        "procurement.invite_tenders",
        "procurement.name_team",
        "procurement.notify_award",
        "procurement.notify_candidates",
        "procurement.propose_award",
        "procurement.publish_answers",
        "procurement.publish_procedure",
        "procurement.record_notice",
        "procurement.record_outage",
        "procurement.state_interests",
        "procurement.submit_procedure",
        "procurement.view_questions",
        "procurement.view_submissions",
    ],
    "legal_officer": [
        *READING,
        "admission.sign_checklist",
        "contracts.manage_contract",
        "contracts.prepare_contract",
        "documents.approve_template",
        "documents.confirm_correction",
        "documents.edit_template",
        "documents.note_finding",
        "documents.propose_correction",
        "documents.register_sending",
        "lifecycle.approve_value",
        "lifecycle.grant_override",
        "lifecycle.propose_value",
        "procurement.check_answer",
        "procurement.confirm_notice_subtype",
        "procurement.confirm_outage",
        "procurement.extend_deadline",
        "procurement.publish_addendum",
        "procurement.record_notice",
        "procurement.record_outside_approval",
        "procurement.record_proceedings",
        "procurement.sign_off_award_value",
        "procurement.state_interests",
        "procurement.view_questions",
    ],
    "evaluator": [
        "admission.assess_application",
        "admission.view_applications",
        "admission.view_internal_call",
        "procurement.evaluate_offer",
        "procurement.lead_evaluation",
        "procurement.state_interests",
        "procurement.view_internal_procedure",
        "procurement.view_submissions",
    ],
    "opening_officer": [
        "documents.release_box",
        "procurement.open_submissions",
        "procurement.state_interests",
        "procurement.view_internal_procedure",
        "procurement.view_submissions",
    ],
    "decision_maker": [
        *READING,
        "admission.approve_call",
        "admission.decide_application",
        "admission.decide_measure",
        "contracts.countersign_contract",
        "documents.close_box",
        "lifecycle.grant_override",
        "procurement.approve_procedure",
        "procurement.cancel_procedure",
        "procurement.decide_award",
        "procurement.decide_selection",
        "procurement.publish_addendum",
        "procurement.state_interests",
        "procurement.view_questions",
        "procurement.view_submissions",
    ],
    "contract_manager": [
        "admission.follow_admission",
        "admission.view_applications",
        "admission.view_internal_call",
        "contracts.manage_contract",
        "contracts.view_contract",
        "documents.view_document",
        "partners.view_organisation",
        "procurement.view_internal_procedure",
    ],
    "auditor": [
        *READING,
        "procurement.view_questions",
    ],
    "administrator": [
        "accounts.grant_role",
        "accounts.use_admin",
        "catalogue.manage_catalogue",
        "procurement.confirm_outage",
        "procurement.record_outage",
    ],
}


def test_the_roles_are_these_with_these_permissions():
    assert {code: sorted(role.permissions) for code, role in ROLES.items()} == {
        code: sorted(permissions) for code, permissions in POLICY.items()
    }


def test_no_role_both_prepares_and_decides():
    both = [code for code, role in ROLES.items() if role.permissions & PREPARING and role.permissions & DECIDING]

    assert both == []


def test_a_role_that_prepares_and_decides_cannot_be_declared():
    with pytest.raises(ValueError, match="The role king prepares and decides"):
        Role("king", "Koning", "", frozenset({"procurement.propose_award", "procurement.decide_award"}))


def test_what_prepares_and_what_decides_is_held_by_somebody():
    held = frozenset().union(*(role.permissions for role in ROLES.values()))

    assert (PREPARING | DECIDING) - held == frozenset()


def test_the_administrator_reads_no_dossier():
    assert sorted(ROLES["administrator"].permissions) == [
        "accounts.grant_role",
        "accounts.use_admin",
        "catalogue.manage_catalogue",
        "procurement.confirm_outage",
        "procurement.record_outage",
    ]


def test_may_holds_for_who_has_a_role_with_the_permission(decision_maker, procurement_officer, stranger):
    decides = may("procurement.decide_award")

    assert [decides(user) for user in (decision_maker, procurement_officer, stranger)] == [True, False, False]
