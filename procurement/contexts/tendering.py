"""What the concession documents speak of, and the invitation to those who were selected."""

import datetime as dt

from documents.wording import in_dutch
from lifecycle import clock, timelimits
from procurement import own_rules, reference
from procurement.contexts.shared import announced_standstill, criteria_of, letter, lot_data, lots_of, procedure_data


@in_dutch
def concession_documents(procedure):
    return {
        "procedure": procedure_data(procedure)
        | {
            "starts_on": procedure.term_start,
            "ends_on": procedure.term_end,
            "sealing": reference.SEALING_SENTENCE,
        },
        "lots": [lot_data(lot) | {"partners": lot.max_concessionaires} for lot in lots_of(procedure)],
        "award_criteria": [
            each | {"weight": criterion.weight}
            for each, criterion in zip(criteria_of(procedure), procedure.award_criteria.all(), strict=True)
        ],
        "criteria_digest": procedure.criteria_digest,
        "minimum_requirements": reference.MINIMUM_REQUIREMENTS,
        "offers_until": procedure.offers_deadline,
        "questions_until": questions_until(procedure),
        "validity_days": reference.VALIDITY_DAYS,
        "negotiation": reference.NEGOTIATION_SENTENCE,
        "standstill": announced_standstill(procedure),
        "informs_everybody": own_rules.binds(procedure, own_rules.INFORMATION),
    }


def questions_until(procedure):
    """Early enough that the answer still reaches everyone six days before the deadline (art. 45, third paragraph)."""
    answers = timelimits.last_day_before(
        clock.local_date(procedure.offers_deadline), days=timelimits.days("information-before-deadline-days")
    )
    return answers - dt.timedelta(days=reference.DAYS_TO_ANSWER)


@in_dutch
def invitation_letter(application):
    procedure = application.procedure
    return letter(
        procedure,
        application.participant,
        decided_on=clock.today(),
        decided_by=procedure.selection_decided_by,
        lots=[{"code": str(lot.number), "name": lot.name} for lot in application.lots.all()],
        offers_until=procedure.offers_deadline,
        questions_until=questions_until(procedure),
    )
