"""What the selection guide speaks of."""

import datetime as dt

from documents.wording import in_dutch
from lifecycle import clock, timelimits
from procurement import own_rules, reference
from procurement.contexts.changing import rules_of_changes
from procurement.contexts.shared import (
    announced_standstill,
    criteria_of,
    last_day_for_questions,
    limits_of,
    lot_data,
    lots_of,
    procedure_data,
)
from procurement.models import ExclusionGround
from procurement.planning import planned_of


@in_dutch
def selection_guide(procedure):
    deadline = procedure.applications_deadline
    return {
        "procedure": procedure_data(procedure)
        | {
            "subject": procedure.subject_nl,
            "cpv": ", ".join(procedure.codes),
            "regime": reference.REGIME_SENTENCES[procedure.regime],
            "estimated_value": procedure.estimated_value,
            "valuation_method": procedure.value_method,
            "light": procedure.is_light,
            "starts_on": procedure.term_start,
            "ends_on": procedure.term_end,
            "intake_until": procedure.last_intake_day,
            "performance_until": procedure.last_performance_day,
            "sealing": reference.SEALING_SENTENCE,
        },
        "products": [_product(product) for product in _products(procedure)],
        "lots": [
            lot_data(lot)
            | {
                "estimated_value": lot.estimated_value,
                "partners": lot.max_concessionaires,
                "reserved": lot.is_reserved,
            }
            for lot in lots_of(procedure)
        ],
        "limits": limits_of(procedure),
        "reserved_percent": _reserved_percent(procedure),
        "exclusion_grounds": [
            {
                "title": each.ground.title_nl,
                "article": each.ground.article,
                "mandatory": each.ground.mandatory,
                "years": each.years,
                "evidence": each.evidence,
            }
            for each in ExclusionGround.objects.applied_to(procedure, on=procedure.law_counts_on)
        ],
        "own_rules": [
            {"label": str(rule.label), "meaning": str(rule.meaning), "article": str(rule.ground)}
            for rule in own_rules.RULES.values()
            if own_rules.binds(procedure, rule.code)
        ],
        "standstill": announced_standstill(procedure),
        "selection_conditions": [
            {"code": each.code, "title": each.title_nl, "requirement": each.text_nl, "evidence": each.evidence_nl}
            for each in procedure.selection_conditions.all()
        ],
        "award_criteria": criteria_of(procedure),
        "timeline": _timeline(procedure),
        "applications_until": deadline,
        "questions_until": last_day_for_questions(procedure, "applications"),
        "changes": rules_of_changes(procedure),
    }


def _reserved_percent(procedure):
    if not procedure.lots.filter(is_reserved=True).exists():
        return None
    return timelimits.days("reserved-workers-percent", on=procedure.law_counts_on)


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

    def either(value):
        return value and (moment(value) if isinstance(value, dt.datetime) else f"{value.day} {month(value)}")

    offers = procedure.offers_deadline
    planned = {each.code: each.moment for each in planned_of(procedure)}
    rows = [
        ("Bekendmaking van de selectieleidraad", moment(procedure.published_at), True),
        (
            "Laatste dag voor vragen",
            either(planned["applications_questions"] or last_day_for_questions(procedure, "applications")),
            True,
        ),
        ("Laatste dag waarop antwoorden verschijnen", either(planned["applications_answers"]), True),
        ("Uiterste datum voor aanvragen tot deelneming", moment(procedure.applications_deadline), True),
        ("Selectiebeslissing en concessiedocumenten", month(procedure.invitation_planned_on), False),
        ("Uiterste datum voor initiële offertes", offers and moment(offers), bool(procedure.invited_at)),
        ("Gunning", month(procedure.award_planned_on), False),
        ("Sluiting van de overeenkomsten", month(procedure.conclusion_planned_on), False),
        ("Begin van de dienstverlening", either(procedure.term_start), True),
    ]
    return [{"what": what, "when": when, "binding": binding} for what, when, binding in rows if when]
