"""The agreement of an admitted partner: as it was published, for what the partner declared."""

import pytest

from admission import actions as admission_actions
from contracts import actions, duties
from contracts.models import Contract, ContractedService
from contracts.waiting import admissions_without_contract
from lifecycle.steps import Blocked, fire
from tests.admission import world as open_house
from tests.contracts import world
from tests.people import make_user


@pytest.fixture
def speaker(clock):
    """Signs for Taalbrug Fictief vzw."""
    return make_user("Noah Denkbeeld")


@pytest.fixture
def admission(clock, made_keys, officer, lawyer, decider, evaluator, speaker):
    """Admitted on 8 June 2026, for 20 places in Ghent, from 1 January 2027."""
    taalbrug = open_house.party("Taalbrug Fictief vzw", speaker)
    clock.travel_to(open_house.at(2026, 4, 20))
    call = open_house.published_call(officer, lawyer, decider)
    clock.travel_to(open_house.at(2026, 6, 8))
    application = open_house.in_assessment(call, speaker, *taalbrug, checker=officer)
    application = admission_actions.assess(application, by=evaluator, results=open_house.results(), no_interest=True)
    return admission_actions.admit(application, by=decider)


@pytest.fixture
def enrolled(admission, lawyer):
    contract = actions.enrol(admission=admission, by=lawyer)
    world.seal_quickly(contract.document)
    return world.fresh(contract)


def signed_and_countersigned(contract, speaker, decider):
    data = world.signed_by(world.pdf_of(contract), "Noah Denkbeeld", "Taalbrug Fictief vzw")
    actions.receive_signed_copy(contract, by=speaker, file=data)
    return actions.countersign(world.fresh(contract), by=decider)


def test_an_admission_becomes_an_issued_agreement(enrolled, admission):
    row = enrolled.services.get()

    assert (enrolled.number, enrolled.kind, enrolled.state) == ("OH-2026-03-C001", "open_house", "issued")
    assert (enrolled.term_start, enrolled.term_end) == (world.D(2027, 1, 1), world.D(2031, 12, 31))
    assert (row.service.code, row.capacity, row.commitment, row.lot) == ("language-coaching", 20, "declared", None)
    assert enrolled.document.kind == "admission_agreement"
    assert enrolled.document.context["term"] == {"starts_on": "2027-01-01", "ends_on": "2031-12-31"}
    assert enrolled.participant == admission.participant


def test_during_the_term_it_starts_on_the_day_it_is_made(admission, lawyer, clock):
    clock.travel_to(clock.at(world.D(2027, 5, 3), 10))

    contract = actions.enrol(admission=admission, by=lawyer)

    assert contract.term_start == world.D(2027, 5, 3)
    assert contract.document.context["term"]["starts_on"] == "2027-05-03"


def test_an_admission_has_one_agreement(enrolled, admission, lawyer):
    with pytest.raises(Blocked) as refusal:
        actions.enrol(admission=admission, by=lawyer)

    assert [reason.guard for reason in refusal.value.reasons] == ["admission_has_no_contract"]


def test_a_withdrawn_agreement_makes_room_for_another(enrolled, admission, lawyer):
    actions.withdraw(enrolled, by=lawyer, reason="Verkeerde vestiging.")

    assert actions.enrol(admission=admission, by=lawyer).number == "OH-2026-03-C002"


def test_what_has_no_agreement_is_listed(admission, lawyer):
    before = list(admissions_without_contract())
    actions.enrol(admission=admission, by=lawyer)

    assert (before, list(admissions_without_contract())) == ([admission], [])


def test_an_admission_that_ended_has_no_agreement(admission, lawyer, speaker, clock):
    fire(admission, "end_by_partner", by=speaker, last_day=world.D(2027, 9, 30))

    with pytest.raises(Blocked) as refusal:
        actions.enrol(admission=world.fresh(admission), by=lawyer)

    assert [reason.guard for reason in refusal.value.reasons] == ["admission_runs"]


def test_it_is_on_offer_from_its_start_and_while_the_admission_lets_it(enrolled, admission, speaker, decider, clock):
    contract = signed_and_countersigned(enrolled, speaker, decider)
    duties.activate_what_has_begun()
    before = list(ContractedService.objects.on_offer())
    clock.travel_to(clock.at(world.D(2027, 1, 1), 0, 5))
    duties.activate_what_has_begun()
    during = list(ContractedService.objects.on_offer())
    fire(admission, "end_by_partner", by=speaker, last_day=world.D(2027, 4, 30))

    assert before == []
    assert during == list(contract.services.all())
    assert list(ContractedService.objects.on_offer()) == []


def test_signed_during_the_term_it_is_active_at_the_next_sweep(admission, lawyer, speaker, decider, clock):
    clock.travel_to(clock.at(world.D(2027, 5, 3), 10))
    contract = actions.enrol(admission=admission, by=lawyer)
    world.seal_quickly(contract.document)

    signed_and_countersigned(world.fresh(contract), speaker, decider)
    duties.activate_what_has_begun()

    assert world.fresh(contract).state == Contract.State.ACTIVE
