"""Scoring offers on the published criteria, and asking for best and final ones."""

from decimal import Decimal

from lifecycle.steps import action, fire
from procurement.actions.preparing import seal_until
from procurement.models import CriterionScore


@action("procurement.evaluate_offer")
def evaluate_offer(offer, *, by, scores):
    """Fix the panel's scores of one regular offer. `scores`: criterion rank -> (points out of 100, reasons)."""
    criteria = {criterion.rank: criterion for criterion in offer.procedure.award_criteria.all()}
    for rank, (points, reasons) in scores.items():
        CriterionScore.objects.update_or_create(
            offer=offer, criterion=criteria[rank], defaults={"points": points, "reasons": reasons}
        )
    return fire(offer, "evaluate", by=by, score=weighted_score(offer))


def weighted_score(offer) -> Decimal:
    """The score out of 100: by the published weights, or equally where no weight was published."""
    scores = list(offer.scores.select_related("criterion"))
    weights = [score.criterion.weight or 1 for score in scores]
    total = sum(score.points * weight for score, weight in zip(scores, weights, strict=True))
    return round(Decimal(total) / (sum(weights) or 1), 2)


@action("procurement.request_best_and_final")
def request_best_and_final(procedure, *, by, offers_deadline):
    """Ask everyone in the round for a new sealed offer, with the same text and closing second."""
    procedure = fire(procedure, "request_best_and_final", by=by, offers_deadline=offers_deadline)
    seal_until(procedure, procedure.offers_phase, offers_deadline, by=by)
    return procedure
