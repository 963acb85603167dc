"""The lifecycles as tables: changing the law shows as a line here."""

import pytest
from django.apps import apps
from django.utils import translation

from admission.models import Admission, AdmissionApplication, Call, ConditionsVersion
from lifecycle import steps
from lifecycle.guards import Guard

TABLES = {
    Call: {
        ("draft", "submit_for_review", "in_review"),
        ("in_review", "return_to_draft", "draft"),
        ("approved", "return_to_draft", "draft"),
        ("in_review", "sign_checklist", "in_review"),
        ("in_review", "approve", "approved"),
        ("approved", "publish", "published"),
        ("published", "pause", "paused"),
        ("paused", "resume", "published"),
        ("published", "announce_closing", "closing_announced"),
        ("published", "close", "closed"),
        ("paused", "close", "closed"),
        ("closing_announced", "close", "closed"),
        ("closed", "end", "ended"),
    },
    ConditionsVersion: {
        ("draft", "publish_with_call", "published"),
        ("draft", "approve", "approved"),
        ("approved", "return_to_draft", "draft"),
        ("approved", "publish", "published"),
    },
    AdmissionApplication: {
        ("draft", "submit", "submitted"),
        ("submitted", "find_complete", "in_assessment"),
        ("completed", "find_complete", "in_assessment"),
        ("submitted", "request_completion", "incomplete"),
        ("incomplete", "complete", "completed"),
        ("incomplete", "proceed_without_completion", "in_assessment"),
        ("in_assessment", "assess", "in_assessment"),
        ("heard", "reassess", "heard"),
        ("in_assessment", "admit", "admitted"),
        ("heard", "admit", "admitted"),
        ("in_assessment", "intend_refusal", "refusal_intended"),
        ("refusal_intended", "be_heard", "heard"),
        ("refusal_intended", "refuse", "refused"),
        ("heard", "refuse", "refused"),
        ("draft", "withdraw", "withdrawn"),
        ("submitted", "withdraw", "withdrawn"),
        ("incomplete", "withdraw", "withdrawn"),
        ("completed", "withdraw", "withdrawn"),
        ("in_assessment", "withdraw", "withdrawn"),
        ("refusal_intended", "withdraw", "withdrawn"),
        ("heard", "withdraw", "withdrawn"),
    },
    Admission: {
        ("active", "begin_re_verification", "re_verification"),
        ("re_verification", "confirm_re_verification", "active"),
        ("active", "confirm_conditions", "active"),
        ("active", "announce_measure", "active"),
        ("suspended", "announce_measure", "suspended"),
        ("re_verification", "announce_measure", "re_verification"),
        ("active", "suspend", "suspended"),
        ("re_verification", "suspend", "suspended"),
        ("suspended", "resume", "active"),
        ("active", "withdraw", "withdrawn_by_vdab"),
        ("suspended", "withdraw", "withdrawn_by_vdab"),
        ("re_verification", "withdraw", "withdrawn_by_vdab"),
        ("active", "end_by_partner", "ended_by_partner"),
        ("suspended", "end_by_partner", "ended_by_partner"),
        ("re_verification", "end_by_partner", "ended_by_partner"),
        ("active", "lapse", "lapsed"),
        ("suspended", "lapse", "lapsed"),
        ("re_verification", "lapse", "lapsed"),
    },
}
# What would make the authority choose: no field may be called anything like it (OH-02, OH-04).
FORBIDDEN = (
    "score",
    "rank",
    "weight",
    "max",
    "quota",
    "points",
    "merit",
    "limit",
    "cap",
    "priority",
    "order",
    "ceiling",
)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_a_lifecycle_is_exactly_this_table(model):
    declared = [(each.source, each.name, each.target) for each in steps.transitions(model)]

    assert sorted(declared) == sorted(TABLES[model])


def _transitions():
    for model in TABLES:
        for each in steps.transitions(model):
            yield pytest.param(each, id=f"{model.__name__}.{each.name}-{each.source}")


@pytest.mark.parametrize("transition", list(_transitions()))
def test_every_transition_names_its_permission_label_and_reasoned_guards(transition):
    assert transition.permission.permission.startswith("admission.")
    with translation.override("nl"):
        assert str(transition.custom["label"])
    assert all(isinstance(each, Guard) and str(each.sentence) and str(each.ground) for each in transition.conditions)


def test_no_field_can_hold_a_score_a_rank_or_a_maximum():
    found = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("admission").get_models()
        for field in model._meta.get_fields()
        for word in field.name.split("_")
        if word in FORBIDDEN
    ]

    assert found == []


def test_no_model_is_ordered_by_what_was_found_about_an_applicant():
    results = {"results", "met", "decision", "decided_at", "state"}
    for model in apps.get_app_config("admission").get_models():
        names = {str(name).lstrip("-").split("__")[0] for name in model._meta.ordering}
        assert not names & results


def test_a_condition_result_is_met_or_not_met():
    field = apps.get_model("admission", "ConditionResult")._meta.get_field("met")

    assert (field.get_internal_type(), field.null) == ("BooleanField", False)
