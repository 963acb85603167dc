"""People and a box for the stories of sealed envelopes."""

import pytest

from accounts.models import RoleAssignment, User
from documents import readers
from documents.envelopes import actions
from lifecycle import clock as legal_clock
from tests.documents.envelope_story import DEADLINE, OTHER_OWNER, OWNER

# Whom each person stands for: `maker` works for two parties, `colleague` for one of them.
STANDS_FOR = {
    "maker@partner.example": {OWNER, OTHER_OWNER},
    "colleague@partner.example": {OWNER},
    "rival@rival.example": {"partners.organisation:9"},
}


@pytest.fixture(autouse=True)
def _their_parties(monkeypatch):
    monkeypatch.setattr(readers, "_providers", [lambda user: STANDS_FOR.get(getattr(user, "email", ""), set())])


def person(email, role=None):
    user = User.objects.create_user(email, name=email.partition("@")[0])
    if role:
        RoleAssignment.objects.create(user=user, role=role, since=legal_clock.now())
    return user


@pytest.fixture
def buyer(clock):
    return person("buyer@authority.example", "procurement_officer")


@pytest.fixture
def officer(clock):
    return person("officer@authority.example", "opening_officer")


@pytest.fixture
def second_officer(clock):
    return person("second@authority.example", "opening_officer")


@pytest.fixture
def maker(clock):
    return person("maker@partner.example")


@pytest.fixture
def colleague(clock):
    return person("colleague@partner.example")


@pytest.fixture
def rival(clock):
    return person("rival@rival.example")


@pytest.fixture
def box(buyer, settings, tmp_path):
    """The box for the applications of a procedure, with a media folder and keys of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.KEY_DIR = tmp_path / "keys"
    return actions.make_box(
        subject="procurement.procedure:1",
        phase="applications",
        dossier="procurement.procedure:1",
        opens_at=DEADLINE,
        by=buyer,
    )


# -- papers -----------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def _key_folder(tmp_path_factory):
    """Keys of the house and of the demonstration's authority, made once: making them takes a second."""
    from django.conf import settings

    from documents import keys

    folder = tmp_path_factory.mktemp("keys")
    before, settings.KEY_DIR = settings.KEY_DIR, folder
    keys.make_keys()
    settings.KEY_DIR = before
    return folder


@pytest.fixture
def seal_keys(settings, _key_folder, tmp_path):
    """A seal, and a media folder of its own."""
    settings.KEY_DIR = _key_folder
    settings.MEDIA_ROOT = tmp_path / "media"
    return _key_folder


@pytest.fixture
def jurist(clock):
    return person("jurist@authority.example", "legal_officer")


@pytest.fixture
def second_jurist(clock):
    return person("second-jurist@authority.example", "legal_officer")
