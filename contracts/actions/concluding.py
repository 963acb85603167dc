"""Making contracts: from the awards of one tenderer, or from an admission; and adjusting one that is prepared."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from admission.models import Admission
from contracts import guards
from contracts.actions.issuing import issue
from contracts.models import Contract, ContractedService, ContractLot
from contracts.models.states import ENDED
from lifecycle import clock, steps, trail
from lifecycle.steps import Blocked, action
from partners.models import Establishment
from procurement.models import Award, Procedure

Commitment = ContractedService.Commitment


@action("contracts.conclude")
def conclude(*, award, by, with_awards=None):
    """Prepare the contract of one tenderer: for this award and `with_awards`, or, when those are not given, for all its
    awards in the procedure that can be concluded now and have no contract yet.

    Raises `PermissionDenied`, or `Blocked` when an award is undecided, not ready, contracted, or of somebody else.
    """
    procedure = Procedure.objects.select_for_update().get(pk=award.lot.procedure_id)
    award = _awards(procedure).get(pk=award.pk)
    chosen = _together_with(award, with_awards)
    contract = Contract(
        kind=Contract.Kind.CONCESSION,
        procedure=procedure,
        participant=award.participant,
        term_start=procedure.term_start,
        term_end=procedure.term_end,
        intake_until=procedure.last_intake_day,
        settles_until=procedure.last_performance_day,
        recoupment_justification=procedure.recoupment_justification,
        initial_value=_value_of(chosen),
    )
    _refuse_stranger(contract, by)
    _refuse(
        [(each, guard) for each in chosen for guard in BEFORE_CONTRACT], award=award, contracts=_contracts_of(chosen)
    )
    _keep(contract, prefix=procedure.number, by=by)
    ContractLot.objects.bulk_create(ContractLot(contract=contract, lot=each.lot, award=each) for each in chosen)
    for each in chosen:
        _write_services(contract, _services_of(each))
    return _record_preparation(contract, by)


BEFORE_CONTRACT = (
    guards.award_is_of_the_same_party,
    guards.award_is_decided,
    guards.lot_is_ready,
    guards.award_has_no_contract,
)
BEFORE_AGREEMENT = (guards.admission_runs, guards.call_term_is_ahead, guards.admission_has_no_contract)


@action("contracts.enrol")
def enrol(*, admission, by):
    """Make the agreement of an admitted partner and issue it: as it was published, for what the partner declared.

    Raises `PermissionDenied`, or `Blocked` when the admission does not run or has its agreement.
    """
    admission = (
        Admission.objects.select_for_update(of=("self",)).select_related("call", "application").get(pk=admission.pk)
    )
    call = type(admission.call).objects.select_for_update().get(pk=admission.call_id)
    contract = Contract(
        kind=Contract.Kind.OPEN_HOUSE,
        admission=admission,
        participant=admission.participant,
        term_start=max(admission.active_from, clock.today()),
        term_end=call.open_until,
    )
    _refuse_stranger(contract, by)
    running = Contract.objects.filter(admission=admission).exclude(state__in=ENDED)
    _refuse(
        [(admission, guard) for guard in BEFORE_AGREEMENT],
        starts_on=contract.term_start,
        contracts=dict(running.values_list("admission", "number")),
    )
    _keep(contract, prefix=call.number, by=by)
    declared = admission.application.services.select_related("service", "establishment")
    _write_services(
        contract,
        [
            {"service": row.service, "establishment": row.establishment, "capacity": row.availability}
            for row in declared
        ],
    )
    return issue(_record_preparation(contract, by), by=by)


@action("contracts.adjust")
def adjust(contract, *, by, services=None, **fields):
    """Change a contract while it is prepared: its term, mode and value, and, as a whole, its services.

    `services`: dicts with `service`, `establishment`, `capacity` and, for a concession, `lot`. Raises `ValidationError`.
    """
    fresh = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if not fresh.is_editable:
        steps.refuse_overtaken(fresh)
    _refuse_stranger(fresh, by)
    for name in ADJUSTABLE & fields.keys():
        setattr(fresh, name, fields[name])
    fresh.full_clean()
    fresh.save()
    if services is not None:
        fresh.services.all().delete()
        _write_services(fresh, services)
    trail.record(fresh, "adjust", by=by, facts=_content(fresh))
    return fresh


ADJUSTABLE = {
    "term_start",
    "term_end",
    "intake_until",
    "settles_until",
    "recoupment_justification",
    "mode",
    "initial_value",
}


# -- choosing -------------------------------------------------------------------------------------


def _awards(procedure):
    found = Award.objects.filter(lot__procedure=procedure)
    return found.select_related("lot__product", "lot__area", "lot__procedure", "offer__application__participant__lead")


def _together_with(award, with_awards):
    """The awards of the contract, in the order of their lots, each once."""
    everyone = _awards(award.lot.procedure)
    if with_awards is None:
        others = everyone.concludable().filter(offer__application__participant=award.participant)
        others = others.exclude(pk__in=ContractLot.objects.filter(released=False).values("award"))
        found = {each.pk: each for each in others}
    else:
        found = {each.pk: each for each in with_awards}
    return sorted((found | {award.pk: award}).values(), key=lambda each: (each.lot.number, each.pk))


def _contracts_of(awards):
    standing = ContractLot.objects.filter(award__in=awards, released=False)
    return dict(standing.values_list("award", "contract__number"))


def _refuse(questions, **facts):
    reasons = [reason for record, guard in questions if (reason := guard.reason(record, facts))]
    if reasons:
        raise Blocked(reasons)


def _refuse_stranger(contract, by):
    if not by.has_perm("contracts.prepare_contract", contract):
        raise PermissionDenied


# -- what is in it --------------------------------------------------------------------------------


def _value_of(awards):
    """The part of the estimate of each lot that falls to this tenderer, by the capacities offered there."""
    parts = []
    for award in awards:
        capacities = dict(award.lot.awards.values_list("pk", "offer__capacity"))
        if award.lot.estimated_value is None or None in capacities.values():
            return None
        parts.append(award.lot.estimated_value * capacities[award.pk] / sum(capacities.values()))
    return round(sum(parts), 2)


def _services_of(award):
    """Every part of the product, over the establishments in the area of the lot: together what was offered per year."""
    shares = _shares(award.offer.capacity or 0, _places_of(award))
    return [
        {"lot": award.lot, "service": part.service, "establishment": place, "capacity": share}
        for part in award.lot.product.parts.select_related("service")
        for place, share in shares
    ]


def _places_of(award):
    """The tenderer's establishments in the area of the lot; without one there, its first."""
    found = Establishment.objects.filter(organisation__in=award.participant.organisations)
    places = list(found.select_related("postcode__municipality").order_by("organisation", "pk"))
    near = [place for place in places if place.province == award.lot.area.code]
    return near or places[:1]


def _shares(capacity, places):
    """As even as whole numbers allow; who comes first has the rest, and nobody has nothing."""
    if not places:
        return []
    each, rest = divmod(capacity, len(places))
    shares = [(place, each + (position < rest)) for position, place in enumerate(places)]
    return [(place, share) for place, share in shares if share]


def _write_services(contract, rows):
    commitment = Commitment.COMMITTED if contract.is_concession else Commitment.DECLARED
    for row in rows:
        service = ContractedService(contract=contract, commitment=commitment, **row)
        service.full_clean()
        service.save()


def _keep(contract, *, prefix, by):
    """Give the contract the next number of its procedure or call, whose row is locked."""
    origin = (
        {"procedure": contract.procedure} if contract.is_concession else {"admission__call": contract.admission.call}
    )
    last = Contract.objects.filter(**origin).aggregate(last=Max("running"))["last"]
    contract.running = (last or 0) + 1
    contract.number = f"{prefix}-C{contract.running:03d}"
    contract.prepared_by, contract.prepared_at = by, clock.now()
    contract.full_clean()
    contract.save()


def _record_preparation(contract, by):
    facts = {"participant": contract.participant, "origin": contract.origin, "awards": contract.awards}
    trail.record(contract, "prepare", by=by, target=contract.state, facts=facts | _content(contract))
    return contract


def _content(contract):
    """The terms as the trail keeps them, and a digest of all services with their capacities."""
    rows = contract.services.values_list("lot__number", "service__code", "establishment", "capacity")
    digest = hashlib.sha256(trail.canonical([list(row) for row in rows])).hexdigest()
    return {
        "starts_on": contract.term_start,
        "ends_on": contract.term_end,
        "mode": trail.Code(contract.mode),
        "services": trail.Code(digest),
    }
