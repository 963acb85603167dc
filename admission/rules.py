"""Who may do what in an Open House scheme. No deadlines here: those are guards."""

import rules

from accounts.rules import may


@rules.predicate
def is_public(user, record):
    return record is not None and record.is_public


@rules.predicate
def is_published(user, version):
    return version is not None and version.is_published


@rules.predicate
def submitted_it(user, call):
    return call is not None and call.submitted_by_id == user.pk


@rules.predicate
def signed_its_checklist(user, call):
    return call is not None and call.checklist_signed_by_id == user.pk


@rules.predicate
def drafted_it(user, version):
    return version is not None and version.drafted_by_id == user.pk


@rules.predicate
def belongs_to_it(user, record):
    """A person of the applicant or partner itself."""
    return record is not None and record.participant.has_member(user)


@rules.predicate
def may_prepare_for_it(user, record):
    return record is not None and record.participant.prepared_by(user)


@rules.predicate
def may_sign_for_it(user, record):
    return record is not None and record.participant.signed_by(user)


@rules.predicate
def was_submitted(user, application):
    """Drafts are the applicant's own."""
    return application is not None and application.submitted_at is not None


@rules.predicate
def assessed_it(user, application):
    """Gave a result on one of its conditions: one assesses, another decides."""
    return application is not None and application.results.filter(assessor=user).exists()


@rules.predicate
def announced_it(user, admission):
    """Announced the measure: somebody else decides on it."""
    return admission is not None and admission.measure_announced_by_id == user.pk


view_internal_call = may("admission.view_internal_call")
sees_submitted = may("admission.view_applications") & was_submitted

for code, predicate in {
    "admission.view_internal_call": view_internal_call,
    "admission.view_applications": may("admission.view_applications"),
    "admission.view_call": is_public | view_internal_call,
    "admission.view_conditions": is_published | view_internal_call,
    "admission.manage_call": may("admission.manage_call"),
    "admission.return_call": may("admission.manage_call")
    | may("admission.sign_checklist")
    | may("admission.approve_call"),
    "admission.sign_checklist": may("admission.sign_checklist") & ~submitted_it,
    "admission.approve_call": may("admission.approve_call") & ~submitted_it & ~signed_its_checklist,
    "admission.approve_conditions": may("admission.approve_call") & ~drafted_it,
    "admission.publish_call": may("admission.manage_call"),
    "admission.prepare_application": may_prepare_for_it,
    "admission.sign_application": may_sign_for_it,
    "admission.view_application": belongs_to_it | sees_submitted,
    "admission.check_completeness": may("admission.check_completeness") & was_submitted & ~belongs_to_it,
    "admission.assess_application": may("admission.assess_application") & was_submitted & ~belongs_to_it,
    "admission.decide_application": may("admission.decide_application") & was_submitted & ~belongs_to_it & ~assessed_it,
    "admission.view_admissions": may("admission.view_applications"),
    "admission.view_admission": belongs_to_it | may("admission.view_applications"),
    "admission.sign_for_admission": may_sign_for_it,
    "admission.follow_admission": may("admission.follow_admission") & ~belongs_to_it,
    "admission.decide_measure": may("admission.decide_measure") & ~belongs_to_it & ~announced_it,
}.items():
    rules.add_perm(code, predicate)
