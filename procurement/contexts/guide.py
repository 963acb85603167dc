"""What the selection guide speaks of."""

import datetime as dt

from documents.wording import in_dutch
from lifecycle import clock
from procurement import reference
from procurement.contexts.changing import rules_of_changes
from procurement.contexts.shared import criteria_of, lot_data, lots_of, procedure_data


@in_dutch
def selection_guide(procedure):
    deadline = procedure.applications_deadline
    return {
        "procedure": procedure_data(procedure)
        | {
            "subject": procedure.subject_nl,
            "cpv": procedure.cpv,
            "regime": reference.REGIME_SENTENCES[procedure.regime],
            "estimated_value": procedure.estimated_value,
            "valuation_method": procedure.value_method,
            "starts_on": procedure.term_start,
            "ends_on": procedure.term_end,
            "sealing": reference.SEALING_SENTENCE,
        },
        "products": [_product(product) for product in _products(procedure)],
        "lots": [
            lot_data(lot) | {"estimated_value": lot.estimated_value, "partners": lot.max_concessionaires}
            for lot in lots_of(procedure)
        ],
        "exclusion_grounds": reference.EXCLUSION_GROUNDS,
        "selection_conditions": [
            {"code": each.code, "title": each.title_nl, "requirement": each.text_nl, "evidence": each.evidence_nl}
            for each in procedure.selection_conditions.all()
        ],
        "award_criteria": criteria_of(procedure),
        "timeline": _timeline(procedure),
        "applications_until": deadline,
        "questions_until": clock.local_date(deadline) - dt.timedelta(days=14),
        "changes": rules_of_changes(procedure),
    }


def _products(procedure):
    return list({lot.product_id: lot.product for lot in lots_of(procedure)}.values())


def _product(product):
    parts = [part.service.name_nl for part in product.parts.select_related("service")]
    return {"name": product.name_nl, "description": product.description_nl, "parts": parts}


def _timeline(procedure):
    def month(day):
        return day and f"{reference.MONTHS[day.month - 1]} {day.year}"

    def moment(value):
        local = value.astimezone(clock.BRUSSELS)
        return f"{local.day} {reference.MONTHS[local.month - 1]} {local.year}, {local:%H.%M} uur"

    offers = procedure.offers_deadline
    rows = [
        ("Bekendmaking van de selectieleidraad", moment(procedure.published_at), True),
        ("Uiterste datum voor aanvragen tot deelneming", moment(procedure.applications_deadline), True),
        ("Selectiebeslissing en concessiedocumenten", month(procedure.invitation_planned_on), False),
        ("Uiterste datum voor initiële offertes", offers and moment(offers), bool(procedure.invited_at)),
        ("Gunning", month(procedure.award_planned_on), False),
        ("Sluiting van de overeenkomsten", month(procedure.conclusion_planned_on), False),
        ("Begin van de dienstverlening", f"{procedure.term_start.day} {month(procedure.term_start)}", False),
    ]
    return [{"what": what, "when": when, "binding": binding} for what, when, binding in rows if when]
