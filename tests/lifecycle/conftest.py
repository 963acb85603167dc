"""The errands of `tests.lifecycle.errands`."""

import pytest
from django.db import connection

from tests.lifecycle.errands import Errand, refusals


@pytest.fixture(scope="session")
def _errands_table(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Errand)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Errand)


@pytest.fixture
def errands(_errands_table, db, clock):
    """The errands; the clock stands on the morning of 16 February 2026, nine o'clock."""
    refusals.clear()
    yield Errand.objects
    if not connection.in_atomic_block:
        # A transactional test empties the tables that are registered: this one is not.
        Errand.objects.all().delete()
