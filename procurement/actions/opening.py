"""Opening sealed submissions after the deadline, once two officers released the box together."""

from documents.actions import request_document
from documents.envelopes import actions as envelopes
from documents.envelopes import reading
from lifecycle.steps import action, fire
from procurement import contexts
from procurement.models import Offer


@action("procurement.open_applications")
def open_applications(procedure, *, by):
    """Open every submitted application and make the record of opening (act of 17 June 2016, art. 32)."""
    # The procedure first: its guards count what was submitted, and it is locked before its parts.
    procedure = fire(procedure, "open_applications", by=by)
    submitted = procedure.applications.submitted().order_by("submitted_at", "pk")
    opened = [_open(application, by) for application in submitted]
    _record_of_opening(procedure, "applications", opened, by)
    return procedure


@action("procurement.open_tenders")
def open_tenders(procedure, *, by):
    """Open every offer of the running round and make the record of opening."""
    verb = "open_tenders" if procedure.state == procedure.State.TENDERS_CLOSED else "open_best_and_final"
    procedure = fire(procedure, verb, by=by)
    offers = Offer.objects.filter(lot__procedure=procedure, round=procedure.round).submitted()
    opened = [_open(offer, by) for offer in offers.order_by("submitted_at", "pk")]
    _record_of_opening(procedure, procedure.offers_phase, opened, by)
    return procedure


def _open(submission, by):
    envelope = envelopes.open_envelope(submission.envelope, by=by)
    facts = {}
    if isinstance(submission, Offer) and envelope.is_readable:
        facts["capacity"] = reading.answers(envelope, by=by).get("capacity")
    return fire(submission, "open", by=by, **facts)


def _record_of_opening(procedure, phase, opened, by):
    context = contexts.opening_record(procedure, phase, opened, by=by)
    return request_document(kind="opening_record", subject=procedure, context=context, by=by)
