"""From an award to a contract that both signed."""

from lifecycle import trail
from tests.contracts import world


def test_an_award_becomes_a_signed_contract(signed, antwerp, limburg, decider):
    assert signed.state == "signed"
    assert signed.countersigned_by == decider
    assert (world.fresh(antwerp).state, world.fresh(limburg).state) == ("ready_to_conclude", "concluded")
    assert list(trail.verify()) == []
