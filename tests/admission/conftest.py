import pytest

from tests.admission import world
from tests.people import make_user


@pytest.fixture
def officer(clock):
    return make_user("Ann Aankoper", "procurement_officer")


@pytest.fixture
def lawyer(clock):
    return make_user("Jef Jurist", "legal_officer")


@pytest.fixture
def decider(clock):
    return make_user("Dina Beslisser", "decision_maker")


@pytest.fixture
def assessor(clock):
    return make_user("Bo Beoordelaar", "evaluator")


@pytest.fixture
def manager(clock):
    return make_user("Carl Beheer", "contract_manager")


@pytest.fixture
def auditor(clock):
    return make_user("Aud Auditor", "auditor")


@pytest.fixture
def administrator(clock):
    return make_user("Ad Minister", "administrator")


@pytest.fixture
def signer(clock):
    """Signs for Taalbrug Fictief vzw."""
    return make_user("Noah Denkbeeld")


@pytest.fixture
def rival(clock):
    """Signs for Woordwijs Verzonnen vzw."""
    return make_user("Rita Rivaal")


@pytest.fixture
def stranger(clock):
    return make_user("Vera Vreemd")


@pytest.fixture
def taalbrug(signer):
    return world.party("Taalbrug Fictief vzw", signer)


@pytest.fixture
def woordwijs(rival):
    return world.party("Woordwijs Verzonnen vzw", rival)


@pytest.fixture
def call(clock, officer, lawyer, decider):
    """Published, and open since this morning (20 April 2026)."""
    clock.travel_to(world.at(2026, 4, 20))
    return world.published_call(officer, lawyer, decider)


@pytest.fixture
def submitted(call, signer, taalbrug):
    return world.submitted_application(call, signer, *taalbrug)


@pytest.fixture
def assessing(submitted, officer):
    from lifecycle.steps import fire

    return fire(submitted, "find_complete", by=officer)
