"""Preparing and publishing a procedure, and ending it early."""

import datetime as dt

from documents.actions import owe_letter, request_document
from documents.envelopes.actions import close, make_box
from documents.models import SealingBox
from lifecycle import clock, trail
from lifecycle.steps import Blocked, action, fire
from partners.addresses import addressee
from procurement import contexts, guards
from procurement.actions.noticing import write_call
from procurement.audience import tell_everybody
from procurement.models import Application, InterestStatement, Offer, Procedure


@action("procurement.submit_for_approval")
def submit_for_approval(procedure, *, by):
    """Hand the procedure to the decision maker and fix by digest what is handed over."""
    digest = Procedure.objects.select_for_update().get(pk=procedure.pk).content_digest()
    return fire(procedure, "submit_for_approval", by=by, approved_digest=trail.Code(digest))


@action("procurement.publish")
def publish(procedure, *, by, notice_number, notice_sent_on, notice_hour=None, proof=None):
    """Publish the selection guide and open the sealed box for applications (acts of 17 June 2016, arts 42, 45).

    The notice was dispatched outside the system: with it, its number, its moment and its proof are recorded.
    """
    procedure = fire(procedure, "publish", by=by, notice_number=notice_number, notice_sent_on=notice_sent_on)
    write_call(procedure, by=by, number=notice_number, sent_on=notice_sent_on, hour=notice_hour, proof=proof)
    seal_until(procedure, "applications", procedure.applications_deadline, by=by)
    request_document(
        kind="selection_guide", subject=procedure, context=contexts.selection_guide(procedure), by=by, public=True
    )
    return procedure


def seal_until(procedure, phase, deadline, *, by):
    """Make the box that seals a phase: it can be released from the second after the deadline."""
    return make_box(
        subject=procedure.ref,
        dossier=procedure.dossier,
        phase=phase,
        opens_at=deadline + dt.timedelta(seconds=1),
        by=by,
    )


@action("procurement.state_interests")
def state_interests(procedure, *, by, has_conflict):
    """Record a person's own conflict-of-interest statement (act of 17 June 2016, art. 26).

    An interest that was stated cannot be taken back by oneself: `Blocked`.
    """
    if reason := guards.no_interest_was_stated.reason(procedure, {"by": by, "has_conflict": has_conflict}):
        raise Blocked([reason], procedure)
    statement, _created = InterestStatement.objects.update_or_create(
        procedure=procedure, user=by, defaults={"has_conflict": has_conflict, "stated_at": clock.now()}
    )
    trail.record(procedure, "state_interests", by=by, facts={"has_conflict": has_conflict})
    return statement


@action("procurement.cancel")
def cancel(procedure, *, by, reason):
    """End the procedure with reasons, and tell everyone (act of 17 June 2013, art. 9): a letter to who submitted, word to all
    who are known. What is still sealed stays so for good."""
    procedure = fire(procedure, "cancel", by=by, reason=reason)
    submitters = _who_submitted(procedure)
    # Submissions before their box, as whoever is submitting locks them.
    for submission in _unopened(procedure):
        fire(submission, "close_unopened", by=by)
    for box in SealingBox.objects.filter(subject=procedure.ref).order_by("pk"):
        close(box, by=by)
    document = request_document(
        kind="cancellation_decision", subject=procedure, context=contexts.cancellation(procedure), by=by, public=True
    )
    for participant in submitters:
        owe_letter(document=document, subject=procedure, reason="cancelled", by=by, **addressee(participant))
    title, body = contexts.news_of_cancellation(procedure)
    tell_everybody(procedure, reason="cancelled", title=title, body=body, by=by, document=document, tab="documenten")
    return procedure


def _unopened(procedure):
    states = [Application.State.DRAFT, Application.State.SUBMITTED]
    yield from procedure.applications.filter(state__in=states).order_by("pk")
    yield from Offer.objects.filter(lot__procedure=procedure, state__in=states).order_by("pk")


def _who_submitted(procedure):
    states = [Application.State.DRAFT, Application.State.WITHDRAWN]
    found = {app.participant for app in procedure.applications.exclude(state__in=states).select_related("participant")}
    offers = Offer.objects.filter(lot__procedure=procedure).exclude(state__in=states)
    return sorted(found | {offer.participant for offer in offers}, key=lambda participant: participant.pk)
