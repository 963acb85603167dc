"""What the concession documents speak of, and the invitation to those who were selected."""

from documents.wording import in_dutch
from lifecycle import clock
from procurement import own_rules, reference
from procurement.contexts.shared import (
    announced_standstill,
    criteria_of,
    last_day_for_questions,
    letter,
    lot_data,
    lots_of,
    procedure_data,
)


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
        "max_lots_awarded": procedure.max_lots_awarded,
        "award_criteria": criteria_of(procedure),
        "criteria_digest": procedure.criteria_digest,
        "minimum_requirements": reference.MINIMUM_REQUIREMENTS,
        "offers_until": procedure.offers_deadline,
        "questions_until": last_day_for_questions(procedure, "offers"),
        "validity_days": reference.VALIDITY_DAYS,
        "negotiation": reference.NEGOTIATION_SENTENCE,
        "standstill": announced_standstill(procedure),
        "informs_everybody": own_rules.binds(procedure, own_rules.INFORMATION),
    }


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
        questions_until=last_day_for_questions(procedure, "offers"),
    )
