"""What is approved of a procedure, as plain data: what is published later must be exactly this.

Everything that is published belongs in it. A part is a function that gives one group of facts, or a list of rows of which
the first fact says which row it is; `@contributes` adds it, with the words that a comparison of two versions uses.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from lifecycle.trail import canonical
from procurement.models.exclusion import ExclusionGround


@dataclass(frozen=True)
class Part:
    """One part of the content: how it is called, how each of its facts is called, and what makes it."""

    code: str
    label: str
    words: dict
    make: Callable


PARTS: dict[str, Part] = {}


def contributes(code, label, /, **words):
    """Make a function `procedure -> dict | list[dict]` part of what is approved; `words`: fact -> its name."""

    def register(function):
        PARTS[code] = Part(code, label, words, function)
        return function

    return register


def content_of(procedure) -> dict:
    """Everything that the second person approves, as it is stored: only texts, numbers and lists."""
    return {code: part.make(procedure) for code, part in PARTS.items()}


def digest_of(procedure) -> str:
    """One digest over everything that the second person approves."""
    return digest(content_of(procedure))


def digest(content) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


# -- the parts ----------------------------------------------------------------------------------


@contributes(
    "facts",
    _("Gegevens"),
    number=_("Nummer"),
    title=_("Titel"),
    title_en=_("Titel (Engels)"),
    subject=_("Voorwerp"),
    subject_en=_("Voorwerp (Engels)"),
    regime=_("Regime"),
    cpv=_("Hoofdcode CPV"),
    additional_cpv=_("Bijkomende CPV-codes"),
    own_rules=_("Eigen regels"),
)
def _facts(procedure):
    return {
        "number": procedure.number,
        "title": procedure.title_nl,
        "title_en": procedure.title_en,
        "subject": procedure.subject_nl,
        "subject_en": procedure.subject_en,
        "regime": str(procedure.regime),
        "cpv": procedure.cpv,
        "additional_cpv": list(procedure.additional_cpv),
        "own_rules": list(procedure.own_rules),
    }


@contributes(
    "value",
    _("Waarde en risico"),
    total=_("Geraamde waarde"),
    method=_("Methode van raming"),
    options=_("Opties en verlengingen"),
    user_fees=_("Vergoedingen en boetes van gebruikers"),
    authority_payments=_("Betalingen van overheden"),
    subsidies=_("Subsidies van derden"),
    asset_sales=_("Verkoop van activa"),
    supplies=_("Ter beschikking gestelde leveringen en diensten"),
    prizes=_("Prijzen en betalingen aan kandidaten"),
    operating_risk=_("Nota exploitatierisico"),
)
def _value(procedure):
    estimate = getattr(procedure, "estimate", None)
    components = estimate.components if estimate else {}
    return {
        "total": amount(procedure.estimated_value),
        "method": procedure.value_method,
        **{name: amount(value) for name, value in components.items()},
        "operating_risk": procedure.operating_risk_memo,
    }


@contributes(
    "dates",
    _("Looptijd en planning"),
    term_start=_("Begin van de concessie"),
    term_end=_("Einde van de concessie"),
    recoupment=_("Berekening van de terugverdientijd"),
    intake_until=_("Nieuwe klanten tot en met"),
    performance_until=_("Nazorg en afrekening tot en met"),
    performance_memo=_("Nota over de uitvoering na de looptijd"),
    applications_deadline=_("Uiterste datum voor aanvragen"),
    invitation_planned_on=_("Concessiedocumenten gepland op"),
    award_planned_on=_("Gunning gepland op"),
    conclusion_planned_on=_("Sluiting gepland op"),
)
def _dates(procedure):
    return {
        "term_start": day(procedure.term_start),
        "term_end": day(procedure.term_end),
        "recoupment": procedure.recoupment_justification,
        "intake_until": day(procedure.last_intake_day),
        "performance_until": day(procedure.last_performance_day),
        "performance_memo": procedure.performance_memo,
        "applications_deadline": moment(procedure.applications_deadline),
        "invitation_planned_on": day(procedure.invitation_planned_on),
        "award_planned_on": day(procedure.award_planned_on),
        "conclusion_planned_on": day(procedure.conclusion_planned_on),
    }


@contributes(
    "lots",
    _("Percelen"),
    number=_("Nummer"),
    product=_("Product"),
    area=_("Gebied"),
    concessionaires=_("Aantal concessiehouders"),
    value=_("Geraamde waarde"),
    reserved=_("Voorbehouden"),
)
def _lots(procedure):
    return [
        {
            "number": lot.number,
            "product": lot.product.code,
            "area": lot.area.code,
            "concessionaires": lot.max_concessionaires,
            "value": amount(lot.estimated_value),
            "reserved": lot.is_reserved,
        }
        for lot in procedure.lots.select_related("product", "area").order_by("number")
    ]


@contributes(
    "limits",
    _("Percelen per kandidaat"),
    applied=_("Hoogstens aan te vragen"),
    awarded=_("Hoogstens te gunnen"),
)
def _limits(procedure):
    return {"applied": procedure.max_lots_applied, "awarded": procedure.max_lots_awarded}


@contributes(
    "exclusion",
    _("Uitsluitingsgronden"),
    code=_("Code"),
    article=_("Artikel"),
    evidence=_("Bewijs"),
)
def _exclusion(procedure):
    return [each.as_data() for each in ExclusionGround.objects.applied_to(procedure)]


@contributes(
    "conditions",
    _("Selectievoorwaarden"),
    code=_("Code"),
    title=_("Naam"),
    text=_("Wat gevraagd wordt"),
    evidence=_("Bewijs"),
)
def _conditions(procedure):
    return [row.as_data() for row in procedure.selection_conditions.order_by("code")]


@contributes(
    "criteria",
    _("Gunningscriteria"),
    rank=_("Rang"),
    title=_("Criterium"),
    text=_("Wat beoordeeld wordt"),
    weight=_("Gewicht"),
    parts=_("Subcriteria"),
)
def _criteria(procedure):
    return [_criterion(row) for row in procedure.award_criteria.with_parts().order_by("rank")]


def _criterion(row):
    """The parts of a criterion as lines, so that two versions can be compared."""
    data = row.as_data()
    parts = data.pop("parts", [])
    lines = [f"{part['rank']}. {part['title']} ({part['weight'] or '–'}): {part['text']}" for part in parts]
    return data | ({"parts": lines} if lines else {})


def day(value):
    return value and str(value)


def moment(value):
    return value and value.astimezone(clock.BRUSSELS).isoformat()


def amount(value):
    return None if value is None else f"{value:.2f}"
