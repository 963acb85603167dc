"""Owed work: owed once, done once, by whichever worker is alive."""

import datetime as dt

import pytest

from lifecycle import outbox
from lifecycle.models import Owed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def done(monkeypatch):
    """A kind of work that notes what was finished."""
    notes = []
    monkeypatch.setitem(outbox._handlers, "test.note", lambda payload: lambda: notes.append(payload["n"]))
    return notes


@pytest.fixture(autouse=True)
def _quiet_house(clock, monkeypatch):
    monkeypatch.setattr(outbox, "_periodic", {})


def test_work_is_owed_once_under_its_key(done):
    first = outbox.owe("test.note", key="a", payload={"n": 1})
    second = outbox.owe("test.note", key="a", payload={"n": 2})

    assert first.pk == second.pk
    assert outbox.sweep() == 1
    assert outbox.sweep() == 0
    assert done == [1]


def test_work_waits_for_its_due_moment(done, clock):
    outbox.owe("test.note", key="a", payload={"n": 1}, due_at=clock.now() + dt.timedelta(hours=1))

    assert outbox.sweep() == 0
    clock.travel_to(clock.now() + dt.timedelta(hours=1))
    assert outbox.sweep() == 1


def test_leased_work_is_left_to_its_worker_until_the_lease_ends(done, clock):
    row = outbox.owe("test.note", key="a", payload={"n": 1})
    leased = outbox._lease(row.pk)

    assert outbox.sweep() == 0
    Owed.objects.filter(pk=row.pk).update(leased_until=clock.real_now() - dt.timedelta(seconds=1))
    assert outbox.sweep() == 1
    assert outbox._complete(leased, lambda: done.append("twice")) is False
    assert done == [1]


def test_failed_work_is_tried_again_later_and_given_up_at_last(monkeypatch, clock):
    def fail(payload):
        raise ValueError("no paper")

    monkeypatch.setitem(outbox._handlers, "test.fail", fail)
    row = outbox.owe("test.fail", key="a")

    for _attempt in range(outbox.MAX_ATTEMPTS):
        assert outbox.deliver(row.pk) is False
        Owed.objects.filter(pk=row.pk).update(leased_until=None)

    row = Owed.objects.get(pk=row.pk)
    assert (row.attempts, row.error) == (outbox.MAX_ATTEMPTS, "ValueError: no paper")
    assert row.failed_at == clock.now()
    assert outbox.due() == []


def test_work_that_must_wait_for_other_work_does_not_count_as_failed(monkeypatch):
    def wait(payload):
        raise outbox.NotYet

    monkeypatch.setitem(outbox._handlers, "test.wait", wait)
    row = outbox.owe("test.wait", key="a")

    assert outbox.deliver(row.pk) is False
    assert Owed.objects.get(pk=row.pk).attempts == 0


def test_result_that_cannot_be_written_leaves_the_work_open(monkeypatch, done):
    def finish():
        done.append(1)
        raise RuntimeError

    monkeypatch.setitem(outbox._handlers, "test.half", lambda _payload: finish)
    row = outbox.owe("test.half", key="a")

    assert outbox.deliver(row.pk) is False
    assert Owed.objects.get(pk=row.pk).done_at is None


def test_lost_broker_loses_nothing(settings, done):
    settings.CELERY_BROKER_URL = "amqp://guest:guest@127.0.0.1:1//"

    outbox.owe("test.note", key="a", payload={"n": 1})

    assert outbox.sweep() == 1
    assert done == [1]
