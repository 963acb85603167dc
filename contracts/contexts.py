"""The plain data that the document of a contract speaks of (the schemas stand in `papers.py` and in `admission.papers`).

Documents are Dutch: legal acts of a Flemish service are, whatever language the page has.
"""

from itertools import groupby

from admission.contexts import admission_agreement
from contracts import reference
from documents.wording import in_dutch
from lifecycle import clock
from procurement.contexts import lot_data, signatory


@in_dutch
def document_of(contract) -> tuple[str, dict]:
    """The kind of document of this contract and its data."""
    if contract.is_concession:
        return "concession_contract", concession_contract(contract)
    return "admission_agreement", agreement(contract)


def agreement(contract):
    """The agreement that the call published, unchanged; only the first day is that of this contract."""
    context = admission_agreement(contract.admission, signed_by=contract.admission.application.decided_by)
    return context | {"term": {"starts_on": contract.term_start, "ends_on": contract.term_end}}


def concession_contract(contract):
    lots = contract.lots
    return {
        "number": contract.number,
        "partner": _partner(contract),
        "signatory": signatory(_decider(contract), reference.DECISION_MAKER),
        "procedure": {"number": contract.procedure.number, "title": contract.procedure.title_nl},
        "decision": _decision(contract),
        "lots": [lot_data(lot) for lot in lots],
        "services": _services(contract),
        "capacities": _capacities(contract),
        "capacity_unit": reference.CAPACITY_UNIT,
        "term": {
            "starts_on": contract.term_start,
            "ends_on": contract.term_end,
            "months": contract.term_months,
            "intake_until": contract.intake_until or contract.term_end,
            "performance_until": contract.settles_until or contract.term_end,
        },
        "fees": reference.FEES,
        "estimated_value": sum(lot.estimated_value or 0 for lot in lots) or contract.procedure.estimated_value,
    }


def _partner(contract):
    participant, lead = contract.participant, contract.participant.lead
    signer = contract.awards[-1].offer.submitted_by
    return {
        "name": participant.name,
        "legal_form": _legal_form(participant),
        "enterprise_number": lead.enterprise_number,
        "address": f"{lead.street}, {lead.place}",
        "representative": signer.name,
        "function": reference.REPRESENTATIVE,
        "email": lead.email,
        "members": _members(participant),
    }


def _legal_form(participant):
    """A consortium has no legal personality of its own; its lead is who VDAB deals with."""
    if participant.kind == participant.Kind.CONSORTIUM:
        return reference.CONSORTIUM.format(lead=participant.lead.name)
    return participant.lead.legal_form_in_words


def _members(participant):
    """Of a consortium every member is bound, so every member is named."""
    if participant.kind != participant.Kind.CONSORTIUM:
        return []
    return [f"{each.name} ({each.written_number})" for each in participant.organisations.order_by("name")]


def _decider(contract):
    return contract.awards[-1].lot.decided_by


def _decision(contract):
    """The award decisions of all its lots, and the last day on which one was taken."""
    numbers = []
    for lot in contract.lots:
        found = lot.documents_of("award_decision").order_by("-pk").first()
        numbers += [found.number] if found else []
    last = max(award.decided_at for award in contract.awards)
    return {"number": _and(numbers), "decided_on": clock.local_date(last)}


def _and(words):
    return " en ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _services(contract):
    found = {row.service.code: row.service for row in contract.services.select_related("service")}
    return [
        {"name": each.name_nl, "description": each.description_nl.rstrip(".")}
        for each in sorted(found.values(), key=lambda service: service.name_nl)
    ]


def _capacities(contract):
    """A row per lot, establishment and number: a trajectory has all parts of the product, so they are named as one."""
    rows = contract.services.select_related("service", "lot__product", "establishment__postcode__municipality")
    rows = sorted(rows, key=lambda row: (row.lot.number, row.establishment.name, row.establishment_id, -row.capacity))
    of_lot = {lot.pk: set() for lot in contract.lots}
    for row in rows:
        of_lot[row.lot_id].add(row.service_id)
    found = []
    for (_number, _place, capacity), group in groupby(
        rows, key=lambda row: (row.lot.number, row.establishment_id, row.capacity)
    ):
        same = list(group)
        whole = {row.service_id for row in same} == of_lot[same[0].lot_id]
        names = sorted(row.service.name_nl for row in same)
        place = same[0].establishment
        found.append(
            {
                "lot": str(same[0].lot.number),
                "service": same[0].lot.product.name_nl if whole else ", ".join(names),
                "establishment": place.name,
                "address": f"{place.street}, {place.postcode}",
                "capacity": capacity,
            }
        )
    return found
