"""The term: active on its first day, on offer while it is, expired after its last."""

import pytest

from contracts import duties
from contracts.models import Contract, ContractedService
from lifecycle import outbox
from lifecycle.models import Entry
from lifecycle.steps import Blocked, fire
from tests.contracts import world


def test_it_is_active_from_the_first_day_on(signed, clock):
    clock.travel_to(clock.at(world.D(2026, 12, 31), 23, 59))
    duties.activate_what_has_begun()
    before = world.fresh(signed).state
    clock.travel_to(clock.at(world.D(2027, 1, 1)))

    outbox.run_periodic()

    contract = world.fresh(signed)
    assert (before, contract.state, contract.activated_at) == ("signed", "active", clock.now())
    assert Entry.objects.get(subject=signed.ref, verb="activate").actor == "system"


def test_activating_twice_changes_nothing(active):
    duties.activate_what_has_begun()

    assert Entry.objects.filter(subject=active.ref, verb="activate").count() == 1


def test_a_person_may_activate_but_not_too_early(signed, manager, clock):
    with pytest.raises(Blocked) as refusal:
        fire(signed, "activate", by=manager)
    clock.travel_to(clock.at(world.D(2027, 1, 1), 8))

    assert refusal.value.reasons[0].opens_at == clock.at(world.D(2027, 1, 1))
    assert fire(signed, "activate", by=manager).state == "active"


def test_it_expires_after_the_last_day(active, clock):
    clock.travel_to(clock.at(world.D(2031, 12, 31), 23, 59))
    duties.expire_what_is_over()
    before = world.fresh(active).state
    clock.travel_to(clock.at(world.D(2032, 1, 1)))

    outbox.run_periodic()

    assert (before, world.fresh(active).state) == ("active", "expired")


def on_offer(on=None):
    return ContractedService.objects.on_offer(on).count()


def test_services_are_on_offer_only_while_active(signed, clock, manager, decider):
    rows = signed.services.count()
    found = [on_offer()]
    clock.travel_to(clock.at(world.D(2027, 1, 1), 9))
    found.append(on_offer())
    duties.activate_what_has_begun()
    contract = world.fresh(signed)
    found.append(on_offer())
    contract = fire(contract, "suspend", by=manager, reason="Inspectie.")
    found.append(on_offer())
    contract = fire(contract, "resume", by=manager, reason="Hersteld.")
    found.append(on_offer())
    fire(contract, "terminate", by=decider, ground="mutual", reason="In onderling akkoord.")
    found.append(on_offer())

    assert rows == 15
    assert found == [0, 0, 15, 0, 15, 0]


def test_nothing_is_on_offer_after_the_intake(active):
    assert (on_offer(world.D(2031, 6, 30)), on_offer(world.D(2031, 7, 1)), on_offer(world.D(2026, 12, 31))) == (
        15,
        0,
        0,
    )


# -- who sees what --------------------------------------------------------------------------------


def sees(person):
    return list(Contract.objects.visible_to(person))


def test_a_prepared_contract_is_the_authoritys_own(prepared, lawyer, signer, manager, auditor):
    assert [sees(person) for person in (lawyer, manager, auditor, signer)] == [[prepared]] * 3 + [[]]


def test_an_issued_contract_is_its_partners_too(issued, lawyer, signer, rival, stranger, evaluator):
    assert [sees(person) for person in (lawyer, signer)] == [[issued]] * 2
    assert [sees(person) for person in (rival, stranger, evaluator)] == [[]] * 3


@pytest.mark.parametrize("name", ["lawyer", "signer", "rival", "stranger", "evaluator", "manager"])
def test_seeing_is_one_rule_and_one_queryset(issued, request, name):
    person = request.getfixturevalue(name)

    assert person.has_perm("contracts.view_contract", issued) == (sees(person) == [issued])
