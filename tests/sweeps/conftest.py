"""The house full of records."""

import pytest

from tests.sweeps import house as built


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
