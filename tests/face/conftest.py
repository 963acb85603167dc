"""The gallery as a site: the house's own addresses, and the sample pages beside them."""

from pathlib import Path

import pytest

from accounts.models import User
from tests.face import gallery
from tests.sweeps import house as built


@pytest.fixture
def site(settings, clock):
    """The clock of the sample pages, their templates and their addresses."""
    samples = Path(__file__).parent / "templates"
    settings.ROOT_URLCONF = "tests.face.gallery"
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0]["DIRS"], samples]}]
    clock.travel_to(gallery.NOW)


@pytest.fixture
def somebody(db):
    """A person without a role, as a partner's member is."""
    return User.objects.create_user("c.kandidaat@voorbeeld.example", "een lang wachtwoord", name="C. Kandidaat")


@pytest.fixture
def house(settings, tmp_path_factory, clock):
    """The house full of records of the sweeps, with folders of its own."""
    folder = tmp_path_factory.mktemp("house")
    settings.MEDIA_ROOT, settings.KEY_DIR = folder / "media", folder / "keys"
    return built.build()
