"""What is approved of a procedure, as plain data: what is published later must be exactly this."""

import hashlib

from lifecycle import clock
from lifecycle.trail import canonical
from procurement.models.exclusion import ExclusionGround


def digest_of(procedure) -> str:
    """One digest over everything that the second person approves."""
    data = {
        "number": procedure.number,
        "title": procedure.title_nl,
        "subject": procedure.subject_nl,
        "regime": procedure.regime,
        "cpv": procedure.cpv,
        "value": str(procedure.estimated_value),
        "term": [str(procedure.term_start), str(procedure.term_end)],
        "deadline": procedure.applications_deadline
        and procedure.applications_deadline.astimezone(clock.BRUSSELS).isoformat(),
        "lots": [
            [lot.number, lot.product.code, lot.area.code, lot.max_concessionaires, lot.is_reserved]
            for lot in procedure.lots.select_related("product", "area")
        ],
        "limits": [procedure.max_lots_applied, procedure.max_lots_awarded],
        "exclusion": [each.as_data() for each in ExclusionGround.objects.applied_to(procedure)],
        "conditions": procedure.selection_conditions.digest(),
        "criteria": procedure.award_criteria.digest(),
    }
    return hashlib.sha256(canonical(data)).hexdigest()
