"""What the award decision of a lot speaks of, the letters to tenderers, and the decision to stop."""

from documents.wording import in_dutch
from lifecycle import clock
from lifecycle.models import Entry
from procurement.contexts.shared import (
    announced_standstill,
    letter,
    lot_data,
    opened_on,
    procedure_data,
    remedies,
    signatory,
    standstill,
)
from procurement.models import Offer


@in_dutch
def award_decision(lot):
    offers = _offers(lot)
    return {
        "procedure": procedure_data(lot.procedure),
        "lot": lot_data(lot),
        "decided_on": clock.local_date(lot.decided_at),
        "decided_by": f"{lot.decided_by.name}, beslissingsnemer",
        "opened_on": opened_on(lot.procedure, "open_tenders", "open_best_and_final"),
        "partners": lot.max_concessionaires,
        "criteria": [
            {"rank": each.rank, "title": each.title_nl, "weight": each.weight}
            for each in lot.procedure.award_criteria.all()
        ],
        "offers": [_judged(offer, lot) for offer in offers],
        "standstill": announced_standstill(lot.procedure),
        "remedies": remedies(lot.procedure),
        "signatory": signatory(lot.decided_by, "beslissingsnemer"),
    }


def _offers(lot):
    offers = lot.offers_in_play().select_related("application__participant__lead").prefetch_related("scores__criterion")
    return sorted(offers, key=lambda offer: (-(offer.score or -1), offer.pk))


def _judged(offer, lot):
    awarded = offer.state == Offer.State.AWARDED
    return {
        "tenderer": offer.participant.name,
        "enterprise_number": offer.participant.lead.written_number,
        "outcome": "gegund" if awarded else "niet gegund" if offer.score is not None else "onregelmatig",
        "appraisals": [
            {"criterion": each.criterion.title_nl, "score": _points(each), "reasons": each.reasons}
            for each in offer.scores.all()
        ],
        "conclusion": _conclusion(offer, lot),
        "capacity": _capacity(offer) if awarded else None,
    }


def _points(score):
    weight = score.criterion.weight
    if weight is None:
        return f"{score.points:.0f} / 100"
    return f"{score.points * weight / 100:.1f} / {weight}".replace(".", ",")


def _capacity(offer):
    return f"{offer.capacity} trajecten per jaar" if offer.capacity else None


def _conclusion(offer, lot):
    if offer.score is None:
        return offer.judgement or lot.end_reason
    total = f"{offer.score}".replace(".", ",")
    if offer.state == Offer.State.AWARDED:
        return f"Regelmatige offerte met {total} punten op 100, bij de hoogst gerangschikte voor dit perceel."
    if lot.end_reason and not lot.awards.exists():
        return lot.end_reason
    return f"Regelmatige offerte met {total} punten op 100, lager gerangschikt dan de gekozen offertes."


@in_dutch
def award_letter(offer):
    lot = offer.lot
    procedure = lot.procedure
    decision = lot.documents_of("award_decision").order_by("-pk").first()
    common = {
        "decided_on": clock.local_date(lot.decided_at),
        "decided_by": lot.decided_by,
        "lot": lot_data(lot),
        "decision": decision.number if decision else "",
        "standstill": standstill(procedure, clock.today()),
        "remedies": remedies(procedure),
    }
    if offer.state == Offer.State.AWARDED:
        return letter(procedure, offer.participant, capacity=_capacity(offer), starts_on=procedure.term_start, **common)
    chosen = [each for each in _offers(lot) if each.state == Offer.State.AWARDED]
    return letter(
        procedure,
        offer.participant,
        irregular=offer.score is None,
        reasons=_conclusion(offer, lot),
        comparison=_comparison(offer, chosen),
        chosen=[{"name": each.participant.name, "advantages": _advantages(each)} for each in chosen],
        **common,
    )


def _comparison(offer, chosen):
    """Criterion by criterion: this offer's appraisal beside those of the chosen ones (act of 17 June 2013, art. 8)."""
    theirs = {}
    for each in chosen:
        for score in each.scores.all():
            theirs.setdefault(score.criterion_id, []).append(
                f"{each.participant.name}: {_points(score)}. {score.reasons}"
            )
    return [
        {
            "criterion": score.criterion.title_nl,
            "own": f"{_points(score)}. {score.reasons}",
            "chosen": " ".join(theirs.get(score.criterion_id, ["Geen gekozen offerte."])),
        }
        for score in offer.scores.all()
    ]


def _advantages(offer):
    best = max(offer.scores.all(), key=lambda score: score.points, default=None)
    return best.reasons.rstrip(". ") if best else ""


@in_dutch
def end_of_lot(lot, by):
    """The decision to give up the conclusion of a lot, or to withdraw its award."""
    return {
        "procedure": procedure_data(lot.procedure),
        "lot": lot_data(lot),
        "decided_on": clock.today(),
        "decided_by": "de beslissingsnemer",
        "reasons": lot.end_reason,
        "remedies": remedies(lot.procedure),
        "signatory": signatory(by, "beslissingsnemer"),
    }


@in_dutch
def cancellation(procedure):
    entry = Entry.objects.filter(subject=procedure.ref, verb="cancel").order_by("-position").first()
    return {
        "procedure": procedure_data(procedure),
        "decided_on": clock.local_date(entry.at),
        "decided_by": "de beslissingsnemer",
        "reasons": procedure.end_reason,
        "restart": None,
        "remedies": remedies(procedure),
        "signatory": signatory(procedure.cancelled_by, "beslissingsnemer"),
    }
