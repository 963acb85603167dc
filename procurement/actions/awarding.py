"""Each lot for itself: proposal, decision, letters, standstill, and what may come in between."""

from django.core.exceptions import PermissionDenied

from documents.actions import owe_letter, request_document
from lifecycle import clock, trail
from lifecycle.steps import Blocked, action, fire
from partners.addresses import addressee
from procurement import contexts, guards
from procurement.models import Award


@action("procurement.propose_award")
def propose_award(lot, *, by):
    """Propose the best ranked regular offers, up to the announced number of concessionaires of this lot."""
    ranked = lot.ranked_offers()
    lot = fire(lot, "propose_award", by=by)
    for rank, offer in enumerate(ranked[: lot.max_concessionaires], start=1):
        Award.objects.create(lot=lot, offer=offer, rank=rank)
    return lot


@action("procurement.return_proposal")
def return_proposal(lot, *, by, reason):
    """Send the proposal back: the evaluation of this lot is taken up again."""
    lot = fire(lot, "return_proposal", by=by, reason=reason)
    lot.awards.all().delete()
    return lot


@action("procurement.decide_award")
def decide_award(lot, *, by):
    """Award the lot and make the reasoned decision (act of 17 June 2013, arts 4/1 and 5/1)."""
    lot = fire(lot, "decide_award", by=by)
    awarded = {award.offer_id for award in lot.awards.all()}
    for offer in lot.offers_in_play().order_by("pk"):
        fire(offer, "award" if offer.pk in awarded else "not_award", by=by)
    lot.awards.update(decided_at=lot.decided_at)
    request_document(kind="award_decision", subject=lot, context=contexts.award_decision(lot), by=by)
    return lot


@action("procurement.decline_award")
def decline_award(lot, *, by, reason):
    """End the lot without award, with reasons, and tell every tenderer."""
    lot = fire(lot, "decline_award", by=by, reason=reason)
    lot.awards.all().delete()
    for offer in lot.offers_in_play().order_by("pk"):
        fire(offer, "not_award", by=by)
    request_document(kind="award_decision", subject=lot, context=contexts.award_decision(lot), by=by)
    _owe_letters(lot, by)
    return lot


@action("procurement.notify_award")
def notify_award(lot, *, by):
    """Owe each tenderer its letter; the standstill runs from the last sending (act of 17 June 2013, arts 8 to 11)."""
    lot = fire(lot, "notify_award", by=by)
    _owe_letters(lot, by)
    return lot


def _owe_letters(lot, by):
    """The chosen and the not chosen get the whole reasoned decision, whose offer was irregular the extract about it.

    Act of 17 June 2013, art. 8, § 1.
    """
    decision = lot.documents_of("award_decision").order_by("-pk").first()
    for offer in lot.offers_in_play().select_related("application__participant").order_by("pk"):
        kind = "award_letter" if offer.state == "awarded" else "non_award_letter"
        document = request_document(
            kind=kind,
            subject=lot,
            context=contexts.award_letter(offer),
            by=by,
            addressee=offer.participant.ref,
        )
        owe_letter(
            document=document,
            enclosed=None if offer.score is None else decision,
            subject=lot,
            reason=kind,
            by=by,
            **addressee(offer.participant),
        )


@action("procurement.check_registry")
def check_registry(lot, *, by):
    """Record that the registry of the Council of State was checked for a suspension request: now, by this person."""
    if not by.has_perm("procurement.record_proceedings", lot):
        raise PermissionDenied
    if reason := guards.lot_stands_still.reason(lot, {}):
        raise Blocked([reason], lot)
    lot.registry_checked_at = clock.now()
    lot.save()
    trail.record(lot, "check_registry", by=by, facts={"checked_at": lot.registry_checked_at})
    return lot


@action("procurement.retract_award")
def retract_award(lot, *, by, reason):
    """Withdraw a suspended award, tell every tenderer, and take the evaluation of this lot up again."""
    lot = fire(lot, "retract_award", by=by, reason=reason)
    _tell_the_end(lot, "award_retraction", by)
    lot.awards.all().delete()
    for offer in lot.offers_in_play().filter(state__in=["awarded", "not_awarded"]).order_by("pk"):
        fire(offer, "reopen", by=by)
    return lot


@action("procurement.renounce")
def renounce(lot, *, by, reason):
    """Give up concluding the lot, with reasons told to every tenderer (acts of 17 June 2016, art. 56, and 2013, art. 9)."""
    lot = fire(lot, "renounce", by=by, reason=reason)
    _tell_the_end(lot, "renunciation", by)
    return lot


def _tell_the_end(lot, kind, by):
    """The reasoned decision itself goes to each tenderer, by both ways (act of 17 June 2013, arts 9 and 9/1)."""
    document = request_document(kind=kind, subject=lot, context=contexts.end_of_lot(lot, by), by=by)
    for offer in lot.offers_in_play().select_related("application__participant__lead").order_by("pk"):
        owe_letter(document=document, subject=lot, reason=kind, by=by, **addressee(offer.participant))
