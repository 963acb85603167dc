"""Making, submitting and withdrawing applications and offers. What they hold is sealed from the upload on."""

from functools import partial

from django.core.exceptions import PermissionDenied

from documents.envelopes import actions as envelopes
from documents.envelopes import reading
from documents.models import Envelope
from lifecycle import clock, trail
from lifecycle.steps import Blocked, action, fire, refuse_overtaken
from procurement import guards
from procurement.answers import merged
from procurement.models import Application, Offer


@action("procurement.start_application")
def start_application(procedure, *, by, participant, lots=(), declares_reserved=False):
    """Begin a draft for a participant that this person may prepare for."""
    draft = Application(
        procedure=procedure, participant=participant, started_by=by, declares_reserved=declares_reserved
    )
    _check(draft, by, guards.procedure_takes_applications, guards.applications_deadline_is_ahead)
    _check(draft, by, guards.lots_stay_within_the_limit, guards.reserved_lots_are_declared, facts={"lots": list(lots)})
    draft.envelope = _envelope(procedure, "applications", participant, by)
    draft.save()
    draft.lots.set(lots)
    trail.record(draft, "start", by=by, facts={"participant": participant, "lots": list(lots)})
    return draft


@action("procurement.start_offer")
def start_offer(application, *, by, lot):
    """Begin a draft offer of a selected candidate for one lot in the running round."""
    procedure = application.procedure
    draft = Offer(application=application, lot=lot, round=procedure.round, started_by=by)
    _check(draft, by, guards.procedure_takes_offers, guards.offers_deadline_is_ahead, guards.maker_is_selected)
    draft.envelope = _envelope(procedure, procedure.offers_phase, application.participant, by)
    draft.save()
    trail.record(draft, "start", by=by, facts={"participant": application.participant, "lot": lot})
    return draft


def _check(draft, by, *conditions, facts=None):
    if not by.has_perm("procurement.prepare_submission", draft):
        raise PermissionDenied
    if reasons := [reason for guard in conditions if (reason := guard.reason(draft, facts or {}))]:
        raise Blocked(reasons)


def _envelope(procedure, phase, participant, by) -> Envelope:
    return envelopes.start(procedure.box(phase), owner=participant.ref, by=by)


@action("procurement.write_answers")
def write_answers(draft, *, by, answers, base=None):
    """Keep the answers of a draft in its envelope; outside it stands only whether any question is still open.

    `base`: what the page remembered of the answers that it showed. Raises `procurement.answers.Clash` where somebody else
    changed the same answer meanwhile.
    """
    fresh = type(draft).objects.select_for_update().get(pk=draft.pk)
    if fresh.state != fresh.State.DRAFT:
        refuse_overtaken(fresh)
    if not by.has_perm("procurement.prepare_submission", fresh):
        raise PermissionDenied
    merge = None if base is None else partial(merged, base=base)
    envelope = envelopes.write_answers(fresh.envelope, by=by, answers=answers, merge=merge)
    if merge:
        answers = reading.read_manifest(envelope, by=by).answers
    fresh.answered = all(answers.get(question) for question in fresh.QUESTIONS)
    fresh.save()
    return fresh


def remember_late_attempt(draft, refusal, *, by):
    """A late attempt stays in the record: who and when. Its content is not taken in (act of 17 June 2016, art. 32)."""
    late = {"applications_deadline_is_ahead", "offers_deadline_is_ahead"}
    if any(reason.guard in late for reason in refusal.reasons):
        trail.record(draft, "late_attempt", by=by, facts={"at": clock.now()})


@action("procurement.submit_application", refused=remember_late_attempt)
def submit_application(application, *, by):
    """Seal and submit: one click, legally at the moment stamped on the request (act of 17 June 2016, art. 32)."""
    return _submit(application, by)


@action("procurement.submit_offer", refused=remember_late_attempt)
def submit_offer(offer, *, by):
    """Seal and submit an offer."""
    return _submit(offer, by)


def _submit(draft, by):
    submission = fire(draft, "submit", by=by)
    receipt = envelopes.seal(submission.envelope, by=by)
    trail.record(submission, "sealed", by=by, facts={"ciphertexts": [trail.Code(digest) for digest in receipt.digests]})
    return submission


@action("procurement.withdraw_application")
def withdraw_application(application, *, by):
    """Withdraw a draft or a sealed application: its key is destroyed, it is never opened."""
    return _withdraw(application, by)


@action("procurement.withdraw_offer")
def withdraw_offer(offer, *, by):
    """Withdraw a draft or a sealed offer: its key is destroyed, it is never opened."""
    return _withdraw(offer, by)


def _withdraw(submission, by):
    submission = fire(submission, "withdraw", by=by)
    envelopes.withdraw(submission.envelope, by=by)
    return submission
