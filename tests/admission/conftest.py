import pytest

from tests.admission import world


@pytest.fixture
def officer(clock):
    return world.person("Ann Aankoper", "procurement_officer")


@pytest.fixture
def lawyer(clock):
    return world.person("Jef Jurist", "legal_officer")


@pytest.fixture
def decider(clock):
    return world.person("Dina Beslisser", "decision_maker")


@pytest.fixture
def assessor(clock):
    return world.person("Bo Beoordelaar", "evaluator")


@pytest.fixture
def manager(clock):
    return world.person("Carl Beheer", "contract_manager")


@pytest.fixture
def auditor(clock):
    return world.person("Aud Auditor", "auditor")


@pytest.fixture
def administrator(clock):
    return world.person("Ad Minister", "administrator")


@pytest.fixture
def signer(clock):
    """Signs for Taalbrug Fictief vzw."""
    return world.person("Noah Denkbeeld")


@pytest.fixture
def rival(clock):
    """Signs for Woordwijs Verzonnen vzw."""
    return world.person("Rita Rivaal")


@pytest.fixture
def stranger(clock):
    return world.person("Vera Vreemd")


@pytest.fixture
def taalbrug(signer):
    return world.organisation("Taalbrug Fictief vzw", signer, number=1_234_567)


@pytest.fixture
def woordwijs(rival):
    return world.organisation("Woordwijs Verzonnen vzw", rival, number=7_654_321)


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
