"""The trail refuses changes in every test, also in one after a test that emptied all tables."""

import pytest
from django.db import DatabaseError, connection, transaction

from lifecycle import trail, triggers
from lifecycle.actors import SYSTEM
from lifecycle.models import LegalValue


@pytest.mark.parametrize("turn", ["first", "after the first emptied every table"])
@pytest.mark.django_db(transaction=True)
def test_the_triggers_stand_in_every_transactional_test(turn):
    assert triggers.standing() == triggers.names()


@pytest.mark.parametrize("turn", ["first", "after the first emptied every table"])
@pytest.mark.django_db(transaction=True)
def test_reference_data_is_there_in_every_transactional_test(turn):
    assert LegalValue.objects.exists()


@pytest.mark.parametrize("statement", ["update lifecycle_entry set verb = 'x'", "delete from lifecycle_entry"])
@pytest.mark.django_db(transaction=True)
def test_an_entry_cannot_be_changed(statement):
    with transaction.atomic():
        trail.record(LegalValue.objects.first(), "seen", by=SYSTEM, dossier="test:1")

    with pytest.raises(DatabaseError, match="the audit trail is append-only"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_clock_of_a_test_stands_on_a_known_morning(clock):
    assert clock.now().astimezone(clock.BRUSSELS).isoformat() == "2026-02-16T09:00:00+01:00"
