"""What every test stands on: a folder of its own (tests/settings.py), the clock, the trail, a broker, a browser."""

import datetime as dt
import os

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from lifecycle import clock as legal_clock
from lifecycle import triggers
from scripts import broker

# People and organisations with a face: a fixture for each staff role, for a bidder, a rival and a stranger; a mail server.
pytest_plugins = ["tests.people", "tests.mailbox"]

# The morning on which the demonstration's selection guide is published.
MORNING = legal_clock.at(dt.date(2026, 2, 16), 9)

# A database takes its time: an example is wrong by what it finds, never by how long it took.
hypothesis_settings.register_profile("house", deadline=None, print_blob=True)
hypothesis_settings.load_profile("house")


# -- the trail is append-only, for tests too --------------------------------------------------------
_empty_every_table = TransactionTestCase._fixture_teardown


def _empty_every_table_and_the_trail(case):
    """A transactional test ends by emptying all tables, which the trail refuses: lift its triggers just for that."""
    triggers.lift()
    try:
        _empty_every_table(case)
    finally:
        triggers.install()


TransactionTestCase._fixture_teardown = _empty_every_table_and_the_trail


# -- fixtures ---------------------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def _no_memory_of_other_tests():
    """Rate limits of the sign-in page count in the cache; anchors of the trail stand in a file outside the database."""
    cache.clear()
    django_settings.ANCHOR_FILE.unlink(missing_ok=True)


@pytest.fixture
def clock(db):
    """The legal clock, standing on the morning of 16 February 2026; `clock.travel_to(moment)` moves it."""
    legal_clock.travel_to(MORNING)
    return legal_clock


@pytest.fixture
def child_environment(transactional_db):
    """The environment for a child process (`manage.py work`, a Celery worker) that works on this test's database."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{settings['NAME']}"
    else:
        url = (
            f"postgresql://{settings['USER']}:{settings['PASSWORD']}@/{settings['NAME']}"
            f"?host={settings['HOST']}&port={settings['PORT'] or 5432}"
        )
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}


@pytest.fixture(scope="session")
def broker_url():
    """The message broker of this run (`make test` brings one where none runs)."""
    url = os.environ.get("TESTS_BROKER_URL") or broker.find()
    if not url:
        pytest.fail("No message broker: start RabbitMQ or Redis, name one in BROKER_URL, or use `make test`.")
    return url


@pytest.fixture(scope="module")
def browser():
    """A real Chromium, the one of this machine: `browser.new_page(base_url=live_server.url)`.

    For one module: while Playwright's event loop runs in this thread, pyHanko cannot start one to sign with.
    """
    from playwright.sync_api import sync_playwright

    from scripts import chromium

    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        yield started
        started.close()


def pytest_collection_modifyitems(items):
    """Tests that share one broker run one after the other, in one worker."""
    for item in items:
        if item.get_closest_marker("broker"):
            item.add_marker(pytest.mark.xdist_group("broker"))
