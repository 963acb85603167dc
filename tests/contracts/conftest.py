import pytest

from contracts import actions
from documents import keys
from tests.contracts import world
from tests.people import make_user


@pytest.fixture(scope="session")
def house_keys(tmp_path_factory):
    """The keys of the house are slow to make: once per run."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def _own_folders(settings, house_keys, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.KEY_DIR = house_keys


@pytest.fixture
def made_keys(clock, house_keys, _own_folders):
    keys.make_keys()


@pytest.fixture
def lawyer(clock):
    """Prepares and issues."""
    return make_user("Jef Jurist", "legal_officer")


@pytest.fixture
def decider(clock):
    """Awards, and countersigns."""
    return make_user("Dina Beslisser", "decision_maker")


@pytest.fixture
def manager(clock):
    return make_user("Carl Beheer", "contract_manager")


@pytest.fixture
def officer(clock):
    return make_user("Ann Aankoper", "procurement_officer")


@pytest.fixture
def signer(clock):
    """Signs for Kompas Fictief vzw."""
    return make_user("Kim Kompas")


@pytest.fixture
def rival(clock):
    """Signs for Baken Verzonnen vzw, the other tenderer."""
    return make_user("Bas Baken")


@pytest.fixture
def kompas(signer):
    """With two establishments in the province of Antwerp and one in Limburg."""
    return world.organisation("Kompas Fictief vzw", signer, places=("2000", "2300", "3500"))


@pytest.fixture
def baken(rival):
    return world.organisation("Baken Verzonnen vzw", rival, places=("2800",))


@pytest.fixture
def procedure(clock, decider):
    return world.procedure(decider)


@pytest.fixture
def antwerp(procedure, decider):
    return world.lot(procedure, decider, number=1, area="10000")


@pytest.fixture
def limburg(procedure, decider):
    return world.lot(procedure, decider, number=5, area="70000")


@pytest.fixture
def awards(clock, made_keys, procedure, antwerp, limburg, kompas, baken, signer, rival, officer):
    """Kompas has Antwerp (1200 a year) and Limburg (900); Baken has Antwerp (800). All can be concluded this morning."""
    ours, theirs = world.application(procedure, kompas, signer), world.application(procedure, baken, rival)
    made = {
        "kompas": world.award(ours, antwerp, rank=1),
        "kompas limburg": world.award(ours, limburg, rank=1, capacity=901),
        "baken": world.award(theirs, antwerp, rank=2, capacity=800),
    }
    for lot, names in ((antwerp, ("Kompas", "Baken")), (limburg, ("Kompas",))):
        for name in names:
            world.letter_about(lot, name, officer)
    clock.travel_to(world.CONCLUSION_DAY)
    return made


@pytest.fixture
def prepared(awards, lawyer):
    """The contract of Kompas for both its lots."""
    return actions.conclude(award=awards["kompas"], by=lawyer)


@pytest.fixture
def issued(prepared, lawyer):
    return world.issued(prepared, lawyer)


@pytest.fixture
def handed_in(issued, signer):
    """The partner signed what was issued."""
    copy = actions.receive_signed_copy(issued, by=signer, file=world.signed_by(world.pdf_of(issued), "Kim Kompas"))
    assert copy.reasons == []
    return world.fresh(issued)


@pytest.fixture
def signed(handed_in, decider):
    return actions.countersign(handed_in, by=decider)


@pytest.fixture
def active(signed, clock):
    from contracts import duties

    clock.travel_to(clock.at(world.D(2027, 1, 1), 0, 1))
    duties.activate_what_has_begun()
    return world.fresh(signed)
