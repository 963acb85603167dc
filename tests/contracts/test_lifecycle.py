"""The lifecycles as tables, and what is not in them is refused."""

import pytest

from contracts.models import Amendment, Contract
from lifecycle import steps
from lifecycle.steps import Blocked, fire
from tests.contracts import world


def table(model):
    return {(found.source, found.name, found.target) for found in steps.transitions(model)}


def test_the_lifecycle_of_a_contract():
    assert table(Contract) == {
        ("prepared", "issue", "issued"),
        ("issued", "take_back", "prepared"),
        ("issued", "receive_signed_copy", "issued"),
        ("issued", "countersign", "signed"),
        ("prepared", "withdraw", "terminated"),
        ("issued", "withdraw", "terminated"),
        ("signed", "activate", "active"),
        ("active", "suspend", "suspended"),
        ("suspended", "resume", "active"),
        ("active", "serve_notice_of_default", "in_default"),
        ("suspended", "serve_notice_of_default", "in_default"),
        ("in_default", "remedy", "active"),
        ("signed", "terminate", "terminated"),
        ("active", "terminate", "terminated"),
        ("suspended", "terminate", "terminated"),
        ("in_default", "terminate", "terminated"),
        ("active", "expire", "expired"),
        ("suspended", "expire", "expired"),
        ("in_default", "expire", "expired"),
        ("terminated", "archive", "archived"),
        ("expired", "archive", "archived"),
    }


def test_the_lifecycle_of_an_amendment():
    assert table(Amendment) == {
        ("drafted", "check_legality", "checked"),
        ("checked", "sign", "signed"),
        ("drafted", "abandon", "abandoned"),
        ("checked", "abandon", "abandoned"),
    }


@pytest.mark.parametrize("model", [Contract, Amendment])
def test_every_verb_says_who_may_and_on_what_ground(model):
    for found in steps.transitions(model):
        assert found.permission.permission.startswith("contracts.")
        assert str(found.custom["label"])
        assert str(found.custom["consequence"])
        assert [guard.sentence for guard in found.conditions if not str(guard.sentence)] == []


def test_every_verb_from_another_state_is_refused(prepared, lawyer, decider, manager, signer):
    """From `prepared` only two verbs lead on; everything else says in which state the contract is."""
    who = {"countersign": decider, "terminate": decider, "receive_signed_copy": signer, "take_back": lawyer}
    elsewhere = {found.name for found in steps.transitions(Contract)} - {"issue", "withdraw"}
    for verb in sorted(elsewhere - {"receive_signed_copy"}):
        with pytest.raises(Blocked) as refusal:
            fire(prepared, verb, by=who.get(verb, manager))

        assert [reason.guard for reason in refusal.value.reasons] == ["wrong_state"]
    assert world.fresh(prepared).state == "prepared"


@pytest.mark.parametrize("verb", ["issue", "withdraw"])
def test_a_verb_with_consequences_is_refused_outside_its_action(prepared, lawyer, verb):
    with pytest.raises(RuntimeError):
        fire(prepared, verb, by=lawyer, reason="Omdat.")


def test_suspending_and_resuming(active, manager):
    suspended = fire(active, "suspend", by=manager, reason="De inspectie stelde ernstige gebreken vast.")
    resumed = fire(suspended, "resume", by=manager, reason="De gebreken zijn hersteld.")

    assert (suspended.state, resumed.state, resumed.reason) == ("suspended", "active", "")


@pytest.mark.parametrize("verb", ["suspend", "serve_notice_of_default"])
def test_a_measure_asks_a_reason(active, manager, verb):
    with pytest.raises(Blocked) as refusal:
        fire(active, verb, by=manager, reason="  ")

    assert [reason.guard for reason in refusal.value.reasons] == ["reason_is_given"]


def test_a_notice_of_default_gives_fifteen_days(active, manager, clock):
    clock.travel_to(clock.at(world.D(2027, 3, 1), 10))

    contract = fire(active, "serve_notice_of_default", by=manager, reason="Geen eerste gesprekken in Hasselt.")

    assert (contract.state, contract.answer_last_day) == ("in_default", world.D(2027, 3, 16))
    assert fire(contract, "remedy", by=manager, reason="Hersteld.").answer_last_day is None


def test_terminating_for_default_waits_for_the_answer(active, manager, decider, clock):
    with pytest.raises(Blocked) as refusal:
        fire(active, "terminate", by=decider, ground="default", reason="Ernstige tekortkoming.")
    assert [reason.guard for reason in refusal.value.reasons] == ["partner_could_answer"]
    clock.travel_to(clock.at(world.D(2027, 3, 1), 10))
    contract = fire(active, "serve_notice_of_default", by=manager, reason="Geen eerste gesprekken in Hasselt.")

    with pytest.raises(Blocked) as refusal:
        fire(contract, "terminate", by=decider, ground="default", reason="Geen herstel.")
    clock.travel_to(clock.at(world.D(2027, 3, 17), 0, 1))
    ended = fire(contract, "terminate", by=decider, ground="default", reason="Geen herstel.")

    assert refusal.value.reasons[0].opens_at == clock.at(world.D(2027, 3, 17))
    assert (ended.state, ended.ground, ended.ended_at) == ("terminated", "default", clock.now())


def test_terminating_asks_a_ground_of_the_list(active, decider):
    for ground in ("", "not_concluded", "because"):
        with pytest.raises(Blocked) as refusal:
            fire(active, "terminate", by=decider, ground=ground, reason="Omdat.")
        assert [reason.guard for reason in refusal.value.reasons] == ["ground_is_given"]


def test_archiving_waits_for_the_settlement(active, manager, decider, clock):
    ended = fire(active, "terminate", by=decider, ground="mutual", reason="In onderling akkoord.")

    with pytest.raises(Blocked) as refusal:
        fire(ended, "archive", by=manager)
    clock.travel_to(clock.at(world.D(2032, 7, 1), 9))

    assert refusal.value.reasons[0].opens_at == clock.at(world.D(2032, 7, 1))
    assert fire(ended, "archive", by=manager).state == "archived"
