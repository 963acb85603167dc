"""Who may do what in a concession procedure. No deadlines here: those are guards."""

import rules

from accounts.rules import may
from lifecycle import clock


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
def stated_a_conflict(user, record):
    """Stated an interest in this procedure: decides nothing in it (act of 17 June 2016, art. 26)."""
    if record is None:
        return False
    return _procedure(record).interest_statements.filter(user=user, has_conflict=True).exists()


def on_team(role, *others):
    """Belongs to the team of this procedure in this role, when anybody is named for it; else nobody is left out.

    A deputy counts within the dates, and nobody who stated a conflict. `others`: roles that may do its steps as well.
    Without a record (a list, a new procedure) there is no team yet.
    """

    def is_named(user, record):
        procedure = _procedure(record)
        if procedure is None or not procedure.has_team:
            return True
        rows = list(procedure.team.filter(role__in=[role, *others]).values_list("role", "user", "since", "until"))
        if not any(named == role for named, *_rest in rows):
            return True
        today = clock.today()
        now = {person for _role, person, since, until in rows if since <= today and (until is None or until >= today)}
        return user.pk in now and not procedure.interest_statements.filter(user=user, has_conflict=True).exists()

    return rules.Predicate(is_named, name=f"on_team:{role}")


officer, legal, opener, decider = on_team("officer"), on_team("legal"), on_team("opener"), on_team("decider")
chair, evaluator = on_team("chair"), on_team("evaluator", "chair")
# Verbs that two roles share: each is held to the team of its own role, known by a permission that it alone has.
as_officer = may("procurement.edit_procedure") & officer
as_legal = may("procurement.record_proceedings") & legal
as_decider = may("procurement.approve_procedure") & decider


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
def asks_for_their_organisation(user, question):
    """Belongs to the organisation that asks, and may prepare for it."""
    if question is None:
        return False
    members = question.asker.organisation.memberships.current()
    return members.filter(user=user, may_prepare=True).exists()


@rules.predicate
def answered_it(user, question):
    return question is not None and question.answered_by_id == user.pk


@rules.predicate
def is_opened(user, record):
    return record is not None and record.state in record.OPENED_STATES


@rules.predicate
def drafted_it(user, record):
    """Drafted this addendum; a procedure itself is nobody's draft."""
    return getattr(record, "drafted_by_id", None) == user.pk


@rules.predicate
def recorded_it(user, record):
    """Recorded this value at award or this outage: a second person decides on it."""
    return getattr(record, "recorded_by_id", None) == user.pk


view_internal = may("procurement.view_internal_procedure")
sees_submissions = may("procurement.view_submissions") & stated_no_conflict & is_opened

for code, predicate in {
    "procurement.view_internal_procedure": view_internal,
    "procurement.view_procedure": is_public | view_internal,
    "procurement.edit_procedure": may("procurement.edit_procedure") & officer,
    "procurement.submit_procedure": may("procurement.submit_procedure") & officer,
    "procurement.approve_procedure": may("procurement.approve_procedure") & decider & ~submitted_it,
    "procurement.publish_procedure": may("procurement.publish_procedure") & officer,
    "procurement.open_submissions": may("procurement.open_submissions") & opener & stated_no_conflict,
    "procurement.assess_application": may("procurement.assess_application") & officer & stated_no_conflict,
    "procurement.decide_selection": may("procurement.decide_selection") & decider & stated_no_conflict & ~assessed_it,
    "procurement.notify_candidates": may("procurement.notify_candidates") & officer,
    "procurement.invite_tenders": may("procurement.invite_tenders") & officer,
    "procurement.lead_evaluation": may("procurement.lead_evaluation") & chair & stated_no_conflict,
    "procurement.evaluate_offer": may("procurement.evaluate_offer") & evaluator & stated_no_conflict,
    "procurement.propose_award": may("procurement.propose_award") & officer & stated_no_conflict,
    "procurement.decide_award": may("procurement.decide_award")
    & decider
    & ~stated_a_conflict
    & ~proposed_it
    & ~evaluated_it,
    "procurement.notify_award": may("procurement.notify_award") & officer,
    "procurement.record_proceedings": may("procurement.record_proceedings") & legal,
    "procurement.cancel_procedure": may("procurement.cancel_procedure") & decider & ~submitted_it,
    "procurement.archive_procedure": may("procurement.archive_procedure") & officer,
    "procurement.name_team": may("procurement.name_team"),
    "procurement.view_team": may("lifecycle.view_trail"),
    "procurement.view_preparation_log": may("lifecycle.view_trail"),
    "procurement.keep_preparation_log": may("procurement.edit_procedure") & officer,
    "procurement.view_questions": may("procurement.view_questions"),
    "procurement.ask_question": asks_for_their_organisation,
    "procurement.answer_question": may("procurement.answer_question") & officer,
    "procurement.check_answer": may("procurement.check_answer") & (as_officer | as_legal) & ~answered_it,
    "procurement.publish_answers": may("procurement.publish_answers") & officer,
    "procurement.record_outside_approval": may("procurement.record_outside_approval") & legal & ~submitted_it,
    "procurement.record_award_value": may("procurement.propose_award") & officer & stated_no_conflict,
    "procurement.sign_off_award_value": may("procurement.sign_off_award_value")
    & legal
    & stated_no_conflict
    & ~recorded_it,
    "procurement.view_award_value": view_internal & stated_no_conflict,
    "procurement.confirm_notice_subtype": may("procurement.confirm_notice_subtype") & legal,
    "procurement.record_notice": may("procurement.record_notice") & (as_officer | as_legal),
    "procurement.abandon_procedure": may("procurement.edit_procedure") & officer,
    "procurement.draft_addendum": may("procurement.draft_addendum") & officer,
    "procurement.publish_addendum": may("procurement.publish_addendum") & (as_legal | as_decider) & ~drafted_it,
    "procurement.drop_addendum": (may("procurement.draft_addendum") & officer)
    | (may("procurement.publish_addendum") & (as_legal | as_decider)),
    "procurement.extend_deadline": may("procurement.extend_deadline") & (as_officer | as_legal),
    "procurement.publish_extension": may("procurement.extend_deadline") | may("procurement.confirm_outage"),
    "procurement.record_outage": may("procurement.record_outage"),
    "procurement.confirm_outage": may("procurement.confirm_outage") & ~recorded_it,
    "procurement.view_outages": may("procurement.record_outage") | may("procurement.confirm_outage"),
    "procurement.close_submission": may("procurement.cancel_procedure"),
    "procurement.state_interests": may("procurement.state_interests"),
    "procurement.view_submissions": may("procurement.view_submissions"),
    "procurement.view_application": belongs_to_its_maker | sees_submissions,
    "procurement.view_offer": belongs_to_its_maker | sees_submissions,
    "procurement.prepare_submission": may_prepare_for_its_maker,
    "procurement.sign_submission": may_sign_for_its_maker,
}.items():
    rules.add_perm(code, predicate)
