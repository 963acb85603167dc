"""The gallery as a site: the house's own addresses, and the sample pages beside them."""

from pathlib import Path

import pytest

from accounts.models import User
from tests.face import gallery


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
