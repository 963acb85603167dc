"""Who may do what in a concession procedure. No deadlines here: those are guards."""

import rules

from accounts.rules import may


def _procedure(record):
    return getattr(record, "procedure", record)


@rules.predicate
def is_public(user, procedure):
    return procedure is not None and procedure.is_public


@rules.predicate
def submitted_it(user, procedure):
    return procedure is not None and procedure.submitted_by_id == user.pk


@rules.predicate
def proposed_it(user, record):
    """Proposed the award of this lot, or of the lot of this offer."""
    return getattr(getattr(record, "lot", record), "proposed_by_id", None) == user.pk


@rules.predicate
def assessed_it(user, record):
    """Prepared (part of) the selection: who assessed an application does not decide on it."""
    if record is None:
        return False
    if hasattr(record, "assessed_by_id"):
        return record.assessed_by_id == user.pk
    return record.applications.filter(assessed_by=user).exists()


@rules.predicate
def evaluated_it(user, record):
    """Evaluated an offer of this lot, or this offer."""
    if hasattr(record, "evaluated_by_id"):
        return record.evaluated_by_id == user.pk
    return hasattr(record, "offers") and record.offers.filter(evaluated_by=user).exists()


@rules.predicate
def stated_no_conflict(user, record):
    """Stated to have no interest in this procedure (act of 17 June 2016, art. 26)."""
    if record is None:
        return False
    return _procedure(record).interest_statements.filter(user=user, has_conflict=False).exists()


@rules.predicate
def may_sign_for_its_maker(user, record):
    return record is not None and record.participant.signed_by(user)


@rules.predicate
def may_prepare_for_its_maker(user, record):
    return record is not None and record.participant.prepared_by(user)


@rules.predicate
def belongs_to_its_maker(user, record):
    return record is not None and record.participant.has_member(user)


@rules.predicate
def is_opened(user, record):
    return record is not None and record.state in record.OPENED_STATES


@rules.predicate
def drafted_it(user, record):
    """Drafted this addendum; a procedure itself is nobody's draft."""
    return getattr(record, "drafted_by_id", None) == user.pk


@rules.predicate
def recorded_it(user, record):
    """Recorded this outage; a procedure that it touched is nobody's record."""
    return getattr(record, "recorded_by_id", None) == user.pk


view_internal = may("procurement.view_internal_procedure")
sees_submissions = may("procurement.view_submissions") & stated_no_conflict & is_opened

for code, predicate in {
    "procurement.view_internal_procedure": view_internal,
    "procurement.view_procedure": is_public | view_internal,
    "procurement.edit_procedure": may("procurement.edit_procedure"),
    "procurement.submit_procedure": may("procurement.submit_procedure"),
    "procurement.approve_procedure": may("procurement.approve_procedure") & ~submitted_it,
    "procurement.publish_procedure": may("procurement.publish_procedure"),
    "procurement.open_submissions": may("procurement.open_submissions") & stated_no_conflict,
    "procurement.assess_application": may("procurement.assess_application") & stated_no_conflict,
    "procurement.decide_selection": may("procurement.decide_selection") & stated_no_conflict & ~assessed_it,
    "procurement.notify_candidates": may("procurement.notify_candidates"),
    "procurement.invite_tenders": may("procurement.invite_tenders"),
    "procurement.lead_evaluation": may("procurement.lead_evaluation") & stated_no_conflict,
    "procurement.evaluate_offer": may("procurement.evaluate_offer") & stated_no_conflict,
    "procurement.propose_award": may("procurement.propose_award") & stated_no_conflict,
    "procurement.decide_award": may("procurement.decide_award") & ~proposed_it & ~evaluated_it,
    "procurement.notify_award": may("procurement.notify_award"),
    "procurement.record_proceedings": may("procurement.record_proceedings"),
    "procurement.cancel_procedure": may("procurement.cancel_procedure") & ~submitted_it,
    "procurement.abandon_procedure": may("procurement.edit_procedure"),
    "procurement.draft_addendum": may("procurement.draft_addendum"),
    "procurement.publish_addendum": may("procurement.publish_addendum") & ~drafted_it,
    "procurement.drop_addendum": may("procurement.draft_addendum") | may("procurement.publish_addendum"),
    "procurement.extend_deadline": may("procurement.extend_deadline"),
    "procurement.publish_extension": may("procurement.extend_deadline") | may("procurement.confirm_outage"),
    "procurement.record_outage": may("procurement.record_outage"),
    "procurement.confirm_outage": may("procurement.confirm_outage") & ~recorded_it,
    "procurement.view_outages": may("procurement.record_outage") | may("procurement.confirm_outage"),
    "procurement.close_submission": may("procurement.cancel_procedure"),
    "procurement.archive_procedure": may("procurement.archive_procedure"),
    "procurement.state_interests": may("procurement.state_interests"),
    "procurement.view_submissions": may("procurement.view_submissions"),
    "procurement.view_application": belongs_to_its_maker | sees_submissions,
    "procurement.view_offer": belongs_to_its_maker | sees_submissions,
    "procurement.prepare_submission": may_prepare_for_its_maker,
    "procurement.sign_submission": may_sign_for_its_maker,
}.items():
    rules.add_perm(code, predicate)
