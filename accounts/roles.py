"""The staff roles and the permissions of each: this file is the access policy of the authority's own people.

No role both prepares and decides. What further depends on the record (four eyes, interests, own organisation) stands in
`rules.py` of each app.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# What prepares and what decides: one role never holds one of each. That two people hold two roles is for the records:
# whoever prepared this one does not decide on it (`rules.py` of each app).
PREPARING = frozenset(
    {
        "procurement.edit_procedure",
        "procurement.submit_procedure",
        "procurement.draft_addendum",
        "procurement.assess_application",
        "procurement.evaluate_offer",
        "procurement.lead_evaluation",
        "procurement.propose_award",
        "admission.manage_call",
        "admission.assess_application",
        "contracts.prepare_contract",
    }
)
DECIDING = frozenset(
    {
        "procurement.approve_procedure",
        "procurement.decide_selection",
        "procurement.decide_award",
        "procurement.cancel_procedure",
        "admission.approve_call",
        "admission.decide_application",
        "admission.decide_measure",
        "contracts.countersign_contract",
    }
)


@dataclass(frozen=True)
class Role:
    code: str
    label: str
    description: str
    permissions: frozenset[str]

    def __post_init__(self):
        if self.permissions & PREPARING and self.permissions & DECIDING:
            raise ValueError(f"The role {self.code} prepares and decides.")


_READING = frozenset(
    {
        "procurement.view_internal_procedure",
        "procurement.view_questions",
        "admission.view_internal_call",
        "admission.view_applications",
        "contracts.view_contract",
        "documents.view_document",
        "partners.view_organisation",
        "lifecycle.view_trail",
    }
)

_ALL = (
    Role(
        "procurement_officer",
        _("Aankoper"),
        _("Bereidt procedures en oproepen voor, voert ze en deelt beslissingen mee."),
        _READING
        | {
            "procurement.edit_procedure",
            "procurement.name_team",
            "procurement.submit_procedure",
            "procurement.publish_procedure",
            "procurement.answer_question",
            "procurement.check_answer",
            "procurement.publish_answers",
            "procurement.draft_addendum",
            "procurement.extend_deadline",
            "procurement.record_outage",
            "procurement.confirm_outage",
            "procurement.view_submissions",
            "procurement.assess_application",
            "procurement.notify_candidates",
            "procurement.invite_tenders",
            "procurement.propose_award",
            "procurement.notify_award",
            "procurement.archive_procedure",
            "procurement.state_interests",
            "procurement.record_notice",
            "documents.register_sending",
            "documents.propose_correction",
            "documents.confirm_correction",
            "admission.manage_call",
            "admission.check_completeness",
            "partners.confirm_organisation",
            "catalogue.manage_catalogue",
            "accounts.use_admin",
        },
    ),
    Role(
        "legal_officer",
        _("Jurist"),
        _("Beheert sjablonen, wettelijke waarden en contracten en tekent procedures voor de rechter op."),
        _READING
        | {
            "procurement.record_proceedings",
            "procurement.check_answer",
            "procurement.record_outside_approval",
            "procurement.sign_off_award_value",
            "procurement.state_interests",
            "lifecycle.grant_override",
            "procurement.confirm_notice_subtype",
            "procurement.record_notice",
            "documents.propose_correction",
            "documents.confirm_correction",
            "documents.note_finding",
            "procurement.publish_addendum",
            "procurement.extend_deadline",
            "procurement.confirm_outage",
            "documents.edit_template",
            "documents.approve_template",
            "documents.register_sending",
            "admission.sign_checklist",
            "contracts.prepare_contract",
            "contracts.manage_contract",
            "lifecycle.propose_value",
            "lifecycle.approve_value",
        },
    ),
    Role(
        "evaluator",
        _("Beoordelaar"),
        _("Beoordeelt offertes en toelatingsvoorwaarden na een belangenverklaring."),
        frozenset(
            {
                "procurement.view_internal_procedure",
                "procurement.view_submissions",
                "procurement.evaluate_offer",
                "procurement.lead_evaluation",
                "procurement.state_interests",
                "admission.view_internal_call",
                "admission.view_applications",
                "admission.assess_application",
            }
        ),
    ),
    Role(
        "opening_officer",
        _("Openingsverantwoordelijke"),
        _("Heft samen met een tweede de verzegeling op en opent."),
        frozenset(
            {
                "procurement.view_internal_procedure",
                "procurement.view_submissions",
                "procurement.open_submissions",
                "procurement.state_interests",
                "documents.release_box",
            }
        ),
    ),
    Role(
        "decision_maker",
        _("Beslissingsnemer"),
        _("Keurt goed, selecteert, gunt en laat toe; bereidt niets zelf voor."),
        _READING
        | {
            "procurement.approve_procedure",
            "procurement.view_submissions",
            "procurement.decide_selection",
            "procurement.decide_award",
            "procurement.cancel_procedure",
            "procurement.publish_addendum",
            "procurement.state_interests",
            "lifecycle.grant_override",
            "documents.close_box",
            "admission.approve_call",
            "admission.decide_application",
            "admission.decide_measure",
            "contracts.countersign_contract",
        },
    ),
    Role(
        "contract_manager",
        _("Contractbeheerder"),
        _("Volgt contracten op tijdens hun looptijd."),
        frozenset(
            {
                "procurement.view_internal_procedure",
                "admission.view_internal_call",
                "admission.view_applications",
                "admission.follow_admission",
                "contracts.view_contract",
                "contracts.manage_contract",
                "documents.view_document",
                "partners.view_organisation",
            }
        ),
    ),
    Role("auditor", _("Auditor"), _("Leest alles wat geopend is, en het verloop."), _READING),
    Role(
        "administrator",
        _("Beheerder"),
        _("Kent rollen toe en beheert referentiegegevens; ziet geen inhoud van dossiers."),
        frozenset(
            {
                "accounts.grant_role",
                "accounts.use_admin",
                "catalogue.manage_catalogue",
                "procurement.record_outage",
                "procurement.confirm_outage",
            }
        ),
    ),
)

ROLES = {role.code: role for role in _ALL}
