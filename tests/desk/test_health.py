"""The health pages: alive is alive, ready names the part that is not."""

import datetime as dt

import pytest

from lifecycle import outbox
from lifecycle.models import Owed

pytestmark = pytest.mark.django_db


def test_alive_asks_nobody_anything(client):
    response = client.get("/health/alive")

    assert (response.status_code, response.content) == (200, b"alive")


def test_ready_looks_at_database_clock_outbox_and_broker(client, clock):
    response = client.get("/health/ready")

    checks = response.json()["checks"]
    assert response.status_code == 200
    assert {name: check["ok"] for name, check in checks.items()} == {
        "database": True,
        "clock": True,
        "outbox": True,
        "broker": True,
    }
    assert checks["broker"] == {"ok": True, "broker": "none"}


def test_ready_refuses_when_owed_work_lies_too_long(client, clock):
    outbox.owe("test.nobody", key="a")
    clock.travel_to(clock.now() + dt.timedelta(minutes=6))

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json()["checks"]["outbox"] == {"ok": False, "lag_seconds": 360, "failed": 0}


def test_ready_refuses_when_work_was_given_up(client, clock):
    row = outbox.owe("test.nobody", key="a")
    Owed.objects.filter(pk=row.pk).update(failed_at=clock.now())

    assert client.get("/health/ready").json()["checks"]["outbox"]["failed"] == 1


def test_ready_refuses_when_the_broker_does_not_answer(client, clock, settings, monkeypatch):
    from config.celery import app

    settings.CELERY_BROKER_URL = "amqp://guest:guest@127.0.0.1:1//"
    monkeypatch.setattr(app.conf, "broker_url", settings.CELERY_BROKER_URL)

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json()["checks"]["broker"]["ok"] is False
