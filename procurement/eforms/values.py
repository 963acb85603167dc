"""What would be entered in each field, from what is known of the procedure: in Dutch, the language of the notice."""

from dataclasses import dataclass

from django.conf import settings

from lifecycle import clock, timelimits
from procurement.eforms import definitions
from procurement.models import ExclusionGround, Lot, Offer, Procedure
from procurement.reference import VALIDITY_DAYS

WINNER = {Lot.State.CONCLUDED: "selec-w", Lot.State.NOT_AWARDED: "clos-nw", Lot.State.LAPSED: "clos-nw"}


@dataclass(frozen=True)
class Known:
    """What the values are made from, read once for the whole sheet."""

    procedure: Procedure
    subtype: str
    lots: tuple
    criteria: tuple
    conditions: tuple
    offers: dict
    remedies: str
    exclusions: tuple

    @classmethod
    def of(cls, procedure, subtype):
        offers = {}
        found = Offer.objects.filter(lot__procedure=procedure, round=1, state__in=Offer.OPENED_STATES)
        for lot in found.values_list("lot", flat=True):
            offers[lot] = offers.get(lot, 0) + 1
        return cls(
            procedure=procedure,
            subtype=subtype,
            lots=tuple(procedure.lots.select_related("product", "area").order_by("number")),
            criteria=tuple(procedure.award_criteria.order_by("rank")),
            conditions=tuple(procedure.selection_conditions.order_by("code")),
            offers=offers,
            remedies=_remedies(),
            exclusions=_exclusions(procedure),
        )


def amount(value) -> str:
    """`2500000.00 EUR`, as the form takes it."""
    return "" if value is None else f"{value:.2f} EUR"


def day(value) -> str:
    return value.strftime("%d/%m/%Y") if value else ""


def moment(value) -> str:
    return value.astimezone(clock.BRUSSELS).strftime("%d/%m/%Y %H:%M") if value else ""


def cpv(code) -> str:
    """Without its check digit: the form has eight digits."""
    return code[:8]


def lot_id(lot) -> str:
    return f"LOT-{lot.number:04d}"


def _authority(name):
    return settings.CONTRACTING_AUTHORITY.get(name, "")


def _page(known):
    return f"{settings.SITE_URL.rstrip('/')}{known.procedure.get_absolute_url()}"


def _criteria(known, line):
    return "\n".join(line(criterion) for criterion in known.criteria)


def _is_weighted(known):
    return any(criterion.weight is not None for criterion in known.criteria)


def _lot_title(lot):
    return f"Perceel {lot.number}: {lot.product.name_nl}, {lot.area.name_nl}"


def _remedies():
    days = {name: timelimits.days(f"{name}-days") for name in ("suspension", "annulment")}
    return (
        f"Vordering tot schorsing: {days['suspension']} dagen; beroep tot nietigverklaring: {days['annulment']} dagen, bij de "
        "Raad van State (wet van 17 juni 2013, art. 14, 15, 23 en 24)."
    )


def _exclusions(procedure):
    """The codes of the grounds that this procedure applies, each once, in the order of the law."""
    applied = ExclusionGround.objects.applied_to(procedure)
    return tuple(dict.fromkeys(code for each in applied for code in each.ground.eforms))


def _conditions(known):
    return "\n".join(
        f"{each.code} {each.title_nl}: {each.text_nl} Bewijs: {each.evidence_nl}" for each in known.conditions
    )


def of_notice(known) -> dict[str, str]:
    """Field -> value, for what stands in the form once."""
    procedure, form = known.procedure, definitions.subtype(known.subtype)
    return {
        "BT-02": form["notice"],
        "BT-03": form["form"],
        "OPP-070": known.subtype,
        "BT-11": _authority("legal_type"),
        "BT-22-Procedure": procedure.number,
        "BT-21-Procedure": procedure.title_nl,
        "BT-24-Procedure": procedure.subject_nl,
        "BT-27-Procedure": amount(procedure.estimated_value),
        "BT-262-Procedure": cpv(procedure.cpv),
        "BT-67": "\n".join(known.exclusions),
        "BT-500": _authority("full_name"),
        "BT-501": _authority("enterprise_number"),
        "BT-513": _authority("city"),
        "BT-503": _authority("phone"),
        "BT-506": _authority("email"),
        "BT-758": procedure.notice_number,
    }


def of_lot(known, lot) -> dict[str, str]:
    """Field -> value, for what comes back for each lot."""
    return _of_call(known, lot) | _of_result(known, lot)


def _of_call(known, lot):
    procedure, page = known.procedure, _page(known)
    applications = moment(procedure.applications_deadline)
    return {
        "BT-137": lot_id(lot),
        "BT-21-Lot": _lot_title(lot),
        "BT-24-Lot": (
            f"{lot.product.name_nl} in {lot.area.name_nl}, voor hoogstens {lot.max_concessionaires} concessiehouders."
        ),
        "BT-27-Lot": amount(lot.estimated_value),
        "BT-262-Lot": cpv(procedure.cpv),
        "BT-5071": "\n".join(lot.area.nuts3),
        "BT-536": day(procedure.term_start),
        "BT-537": day(procedure.term_end),
        "BT-750": _conditions(known),
        "BT-71": "res-ws" if lot.is_reserved else "none",
        "BT-15": page,
        "BT-18": page,
        "BT-98": f"{VALIDITY_DAYS} DAY",
        "BT-1311": applications,
        "BT-131": moment(procedure.offers_deadline),
        "BT-630": applications,
        "BT-540": _criteria(known, lambda each: f"{each.rank}. {each.title_nl}: {each.text_nl}"),
        "BT-541": _criteria(known, lambda each: f"{each.rank}. {each.weight}") if _is_weighted(known) else "",
        "BT-5421": "per-exa" if _is_weighted(known) else "ord-imp",
        "BT-99": known.remedies,
    }


def _of_result(known, lot):
    return {
        "BT-142": WINNER.get(lot.state, "open-nw"),
        "BT-759": str(known.offers.get(lot.pk, 0)),
        "BT-1451": day(lot.decided_at and clock.local_date(lot.decided_at)),
        "BT-145": day(lot.concluded_at and clock.local_date(lot.concluded_at)),
    }
