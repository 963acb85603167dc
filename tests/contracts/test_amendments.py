"""Amendments: on the grounds of the law, within their limits, by three people."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from contracts import actions
from contracts.models import Amendment
from lifecycle.steps import Blocked, fire
from tests.contracts import world
from tests.people import make_user


@pytest.fixture
def colleague(clock):
    return make_user("Cis Collega", "contract_manager")


def drafted(contract, by, **fields):
    given = {
        "ground": "mod-nons",
        "content": "De vestiging in Turnhout verhuist naar de Bedachte Markt 9.",
        "reasons": "Niet wezenlijk: zelfde stad, zelfde capaciteit.",
    }
    return actions.draft_amendment(contract, by=by, **(given | fields))


def test_three_people_make_an_amendment(active, manager, colleague, decider, clock):
    amendment = drafted(active, manager)
    checked = fire(amendment, "check_legality", by=colleague)
    signed = fire(checked, "sign", by=decider, signed_on=clock.today())

    assert (amendment.number, amendment.state, checked.state, signed.state) == (1, "drafted", "checked", "signed")
    assert (signed.drafted_by, signed.checked_by, signed.signed_by) == (manager, colleague, decider)
    assert amendment.dossier == active.ref


def test_who_drafted_does_not_check(active, manager):
    with pytest.raises(PermissionDenied):
        fire(drafted(active, manager), "check_legality", by=manager)


def test_only_a_running_contract_is_amended(signed, manager):
    with pytest.raises(Blocked) as refusal:
        drafted(signed, manager)

    assert [reason.guard for reason in refusal.value.reasons] == ["contract_runs"]


def test_a_partner_drafts_nothing(active, signer):
    with pytest.raises(PermissionDenied):
        drafted(active, signer)


def test_a_review_names_its_clause(active, manager, colleague):
    without = drafted(active, manager, ground="mod-rev")
    named = drafted(active, manager, ground="mod-rev", clause="artikel 9, herzieningsclausule")

    with pytest.raises(Blocked) as refusal:
        fire(without, "check_legality", by=colleague)

    assert [reason.guard for reason in refusal.value.reasons] == ["review_clause_is_named"]
    assert fire(named, "check_legality", by=colleague).state == "checked"


@pytest.mark.parametrize(
    "ground,value,reasons",
    [
        ("add-wss", "9600000.00", []),
        ("add-wss", "9600000.01", ["limit_is_kept"]),
        ("mod-cir", "9600000.01", ["limit_is_kept"]),
        ("add-wss", None, ["value_is_known"]),
        ("mod-minv", "1919999.99", []),
        ("mod-minv", "1920000.00", ["limit_is_kept"]),
        ("mod-nons", "9999999.00", []),
    ],
)
def test_the_limits_of_the_law(active, manager, colleague, ground, value, reasons):
    """The initial value is 19 200 000 euro: half of it, and a tenth, not quite."""
    amendment = drafted(active, manager, ground=ground, value_change=value and Decimal(value))

    if not reasons:
        assert fire(amendment, "check_legality", by=colleague).state == "checked"
        return
    with pytest.raises(Blocked) as refusal:
        fire(amendment, "check_legality", by=colleague)
    assert [reason.guard for reason in refusal.value.reasons] == reasons


def test_minor_amendments_add_up(active, manager, colleague, decider, clock):
    first = drafted(active, manager, ground="mod-minv", value_change=Decimal(1_000_000))
    second = drafted(active, manager, ground="mod-minv", value_change=Decimal(920_000))
    fire(fire(first, "check_legality", by=colleague), "sign", by=decider, signed_on=clock.today())

    with pytest.raises(Blocked) as refusal:
        fire(second, "check_legality", by=colleague)

    assert [reason.guard for reason in refusal.value.reasons] == ["limit_is_kept"]


def test_it_is_not_signed_tomorrow(active, manager, colleague, decider):
    checked = fire(drafted(active, manager), "check_legality", by=colleague)

    with pytest.raises(Blocked):
        fire(checked, "sign", by=decider, signed_on=world.D(2027, 1, 2))


def test_abandoning_asks_why(active, manager):
    amendment = drafted(active, manager)

    with pytest.raises(Blocked):
        fire(amendment, "abandon", by=manager, reason="")
    assert fire(amendment, "abandon", by=manager, reason="Niet meer nodig.").state == "abandoned"


def test_a_partner_sees_what_was_signed(active, manager, colleague, decider, signer, rival, clock):
    amendment = drafted(active, manager)
    before = list(Amendment.objects.visible_to(signer))
    fire(fire(amendment, "check_legality", by=colleague), "sign", by=decider, signed_on=clock.today())

    assert (before, list(Amendment.objects.visible_to(signer))) == ([], [amendment])
    assert list(Amendment.objects.visible_to(rival)) == []
