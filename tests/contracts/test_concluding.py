"""Making the contract of a tenderer from its awards."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from contracts import actions
from contracts.models import Contract, ContractedService, ContractLot
from contracts.waiting import awards_without_contract
from lifecycle import trail
from lifecycle.models import Entry
from lifecycle.steps import Blocked
from procurement.models import Award
from tests.contracts import world


def capacities(contract, lot, service="Nazorg"):
    rows = contract.services.filter(lot=lot, service__name_nl=service)
    return {row.establishment.name: row.capacity for row in rows.select_related("establishment")}


def test_all_awards_of_a_tenderer_become_one_contract(awards, lawyer, antwerp, limburg, kompas):
    contract = actions.conclude(award=awards["kompas"], by=lawyer)

    assert (contract.number, contract.kind, contract.state) == ("2026-001-C001", "concession", "prepared")
    assert (contract.term_start, contract.term_end) == (world.D(2027, 1, 1), world.D(2031, 12, 31))
    assert (contract.intake_until, contract.settles_until) == (world.D(2031, 6, 30), world.D(2032, 6, 30))
    assert contract.participant == kompas
    assert contract.lots == [antwerp, limburg]
    assert contract.awards == [awards["kompas"], awards["kompas limburg"]]
    assert contract.term_months == 60


def test_the_capacity_of_the_offer_is_shared_by_the_establishments_in_the_area(prepared, antwerp, limburg):
    services = prepared.services.filter(lot=antwerp).values_list("service__code", flat=True).distinct()

    assert set(services) == {
        "application-support",
        "job-hunting-and-matching",
        "after-care",
        "refine-job-target",
        "workplace-learning",
    }
    assert capacities(prepared, antwerp) == {"Kompas 2000": 600, "Kompas 2300": 600}
    assert capacities(prepared, limburg) == {"Kompas 3500": 901}
    assert {row.commitment for row in prepared.services.all()} == {"committed"}


def test_what_cannot_be_shared_evenly_goes_to_the_first(awards, lawyer, antwerp):
    awards["kompas"].offer.capacity = 1201
    awards["kompas"].offer.save()

    contract = actions.conclude(award=awards["kompas"], by=lawyer, with_awards=[])

    assert capacities(contract, antwerp) == {"Kompas 2000": 601, "Kompas 2300": 600}


def test_a_tenderer_without_a_place_in_the_area_has_its_first(awards, lawyer, procedure, decider, officer, signer):
    ghent = world.lot(procedure, decider, number=9, area="40000")
    award = world.award(awards["kompas"].offer.application, ghent, rank=1, capacity=100)
    world.letter_about(ghent, "Kompas", officer)

    contract = actions.conclude(award=award, by=lawyer, with_awards=[])

    assert contract.lots == [ghent]
    assert capacities(contract, ghent) == {"Kompas 2000": 100}


def test_the_value_is_the_tenderers_part_of_the_estimates(prepared):
    assert prepared.initial_value == Decimal("19200000.00")  # 12 million x 1200/2000, and 12 million


def test_numbers_run_per_procedure(prepared, awards, lawyer):
    assert actions.conclude(award=awards["baken"], by=lawyer).number == "2026-001-C002"


def test_the_trail_says_who_prepared_what(prepared, lawyer, awards):
    entry = Entry.objects.get(subject=prepared.ref, verb="prepare")

    assert (entry.dossier, entry.actor, entry.target) == (prepared.ref, f"user:{lawyer.pk}", "prepared")
    assert entry.facts["awards"] == [
        f"procurement.award:{awards['kompas'].pk}",
        f"procurement.award:{awards['kompas limburg'].pk}",
    ]
    assert list(trail.verify()) == []


def test_an_award_has_one_contract(prepared, awards, lawyer):
    with pytest.raises(Blocked) as refusal:
        actions.conclude(award=awards["kompas"], by=lawyer)

    assert [str(reason) for reason in refusal.value.reasons] == [
        "Voor deze gunning is er al een contract. 2026-001-C001."
    ]
    assert Contract.objects.count() == 1


def test_awards_of_somebody_else_do_not_join(awards, lawyer):
    with pytest.raises(Blocked) as refusal:
        actions.conclude(award=awards["kompas"], by=lawyer, with_awards=[awards["baken"]])

    assert [reason.guard for reason in refusal.value.reasons] == ["award_is_of_the_same_party"]


@pytest.mark.parametrize("state", ["standstill", "suspended", "award_decided", "under_review", "lapsed"])
def test_a_lot_that_is_not_ready_has_no_contract(awards, lawyer, procedure, decider, state):
    lot = world.lot(procedure, decider, number=7, area="30000", state=state)
    award = world.award(awards["kompas"].offer.application, lot, rank=1)

    with pytest.raises(Blocked) as refusal:
        actions.conclude(award=award, by=lawyer, with_awards=[])

    assert [reason.guard for reason in refusal.value.reasons] == ["lot_is_ready"]


def test_an_undecided_award_has_no_contract(awards, lawyer):
    Award.objects.filter(pk=awards["baken"].pk).update(decided_at=None)

    with pytest.raises(Blocked) as refusal:
        actions.conclude(award=awards["baken"], by=lawyer)

    assert [reason.guard for reason in refusal.value.reasons] == ["award_is_decided"]


def test_only_who_prepares_contracts_may(awards, decider, signer, manager, officer):
    for person in (decider, signer, manager, officer):
        with pytest.raises(PermissionDenied):
            actions.conclude(award=awards["kompas"], by=person)
    assert Contract.objects.count() == 0


def test_a_long_procedure_brings_its_justification(awards, procedure, lawyer):
    procedure.term_end = world.D(2032, 12, 31)
    procedure.recoupment_justification = "De investeringen worden in zes jaar terugverdiend."
    procedure.save()

    contract = actions.conclude(award=awards["kompas"], by=lawyer)

    assert contract.recoupment_justification == "De investeringen worden in zes jaar terugverdiend."


def test_what_has_no_contract_yet_is_listed(awards, lawyer):
    before = list(awards_without_contract())
    actions.conclude(award=awards["kompas"], by=lawyer)

    assert before == [awards["baken"], awards["kompas"], awards["kompas limburg"]]
    assert list(awards_without_contract()) == [awards["baken"]]


# -- adjusting ------------------------------------------------------------------------------------


def test_a_term_over_sixty_months_asks_a_justification(prepared, lawyer):
    longer = {"term_end": world.D(2032, 1, 1), "settles_until": world.D(2032, 7, 1)}

    with pytest.raises(ValidationError) as refusal:
        actions.adjust(prepared, by=lawyer, **longer)
    adjusted = actions.adjust(prepared, by=lawyer, recoupment_justification="Berekend op 62 maanden.", **longer)

    assert refusal.value.message_dict == {
        "recoupment_justification": [
            (
                "De looptijd is te lang zonder berekening van de terugverdientijd. De looptijd telt 61 maanden, zonder "
                "berekening hoogstens 60. (art. 37, wet van 17 juni 2016 betreffende de concessieovereenkomsten)"
            )
        ]
    }
    assert adjusted.term_end == world.D(2032, 1, 1)


def test_an_end_before_the_start_is_refused(prepared, lawyer):
    with pytest.raises(ValidationError) as refusal:
        actions.adjust(prepared, by=lawyer, term_end=world.D(2026, 12, 31), intake_until=None)

    assert refusal.value.messages == ["De laatste dag moet na de eerste dag liggen."]


def test_an_issued_contract_is_not_adjusted(issued, lawyer):
    with pytest.raises(Blocked):
        actions.adjust(issued, by=lawyer, term_end=world.D(2030, 12, 31))


def test_another_share_over_the_establishments(prepared, lawyer, antwerp):
    rows = list(prepared.services.all())
    other = [
        {
            "lot": row.lot,
            "service": row.service,
            "establishment": row.establishment,
            "capacity": {"Kompas 2000": 900, "Kompas 2300": 300}.get(row.establishment.name, row.capacity),
        }
        for row in rows
    ]

    adjusted = actions.adjust(prepared, by=lawyer, services=other)

    assert capacities(adjusted, antwerp) == {"Kompas 2000": 900, "Kompas 2300": 300}
    assert world.issued(adjusted, lawyer).state == "issued"


def test_less_capacity_than_was_offered_is_not_issued(prepared, lawyer, antwerp):
    row = prepared.services.filter(lot=antwerp, service__code="after-care").first()
    row.capacity -= 1
    row.save()

    with pytest.raises(Blocked) as refusal:
        actions.issue(prepared, by=lawyer)

    assert [str(reason) for reason in refusal.value.reasons] == [
        "De capaciteit is niet die van de gegunde offerte. perceel 1, Nazorg: 1199 in plaats van 1200."
    ]


def test_a_place_of_somebody_else_is_refused(prepared, lawyer, baken, antwerp):
    place = baken.lead.establishments.get()
    service = prepared.services.first().service

    with pytest.raises(ValidationError) as refusal:
        actions.adjust(
            prepared,
            by=lawyer,
            services=[{"lot": antwerp, "service": service, "establishment": place, "capacity": 1}],
        )

    assert refusal.value.message_dict == {"establishment": ["Baken 2800 is geen vestiging van Kompas Fictief vzw."]}


# -- what the database refuses --------------------------------------------------------------------


def refused_by_the_database(action):
    with pytest.raises(IntegrityError), transaction.atomic():
        action()


def test_capacity_is_more_than_nothing(prepared):
    row = prepared.services.first()
    refused_by_the_database(lambda: ContractedService.objects.filter(pk=row.pk).update(capacity=0))


def test_a_commitment_is_for_a_lot(prepared):
    row = prepared.services.first()
    refused_by_the_database(lambda: ContractedService.objects.filter(pk=row.pk).update(commitment="declared"))


def test_a_contract_has_one_origin(prepared):
    refused_by_the_database(lambda: Contract.objects.filter(pk=prepared.pk).update(procedure=None))


def test_an_award_stands_in_one_contract(prepared, awards, lawyer):
    other = actions.conclude(award=awards["baken"], by=lawyer)
    row = ContractLot.objects.get(contract=other)
    refused_by_the_database(lambda: ContractLot.objects.filter(pk=row.pk).update(award=awards["kompas"]))


def test_who_prepared_does_not_countersign(signed, lawyer):
    refused_by_the_database(lambda: Contract.objects.filter(pk=signed.pk).update(countersigned_by=lawyer))
