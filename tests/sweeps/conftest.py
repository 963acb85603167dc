"""The house full of records."""

import pytest

from tests.people import sign_in
from tests.sweeps import house as built
from tests.sweeps.house import PEOPLE


@pytest.fixture(scope="session")
def _house_keys(tmp_path_factory):
    """The keys of the house are slow to make: once per run."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
def own_folders(settings, _house_keys, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.KEY_DIR = _house_keys


@pytest.fixture
def house(own_folders, clock):
    return built.build()


@pytest.fixture
def visitors(house, client):
    """A client for each person, signed in with the second factor where there is one."""
    found = {"anonymous": type(client)()}
    for name in PEOPLE[1:]:
        found[name] = sign_in(type(client)(), house.person(name))
    return found
