"""The clock: one legal moment per request and action, and a simulated clock that production refuses."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured

from config import env
from lifecycle import clock as legal_clock

pytestmark = pytest.mark.django_db


def test_moment_is_stamped_once(clock):
    clock.travel_to(clock.at(dt.date(2026, 3, 26), 12))
    with clock.stamped():
        first = clock.now()
        clock.travel_to(clock.at(dt.date(2026, 3, 26), 12, 0, 1))
        with clock.stamped():
            assert clock.now() == first

    assert clock.now() == clock.at(dt.date(2026, 3, 26), 12, 0, 1)


def test_today_is_the_day_in_belgium(clock):
    clock.travel_to(dt.datetime(2026, 7, 13, 22, 30, tzinfo=dt.UTC))

    assert clock.today() == dt.date(2026, 7, 14)


def test_simulated_clock_stands_until_it_is_let_run(clock):
    moment = clock.at(dt.date(2027, 1, 1))
    clock.travel_to(moment)
    assert clock.now() == moment

    clock.let_run()

    assert moment <= clock.now() < moment + dt.timedelta(minutes=1)


def test_simulated_clock_cannot_be_moved_where_the_clock_is_real(settings):
    settings.SIMULATED_CLOCK = False

    with pytest.raises(RuntimeError, match="SIMULATED_CLOCK"):
        legal_clock.travel_to(legal_clock.real_now())


@pytest.mark.parametrize(
    ("switch", "words"),
    [
        ({"SIMULATED_CLOCK": "on"}, "SIMULATED_CLOCK is refused in production"),
        ({"SIMULATED_CLOCK": "off", "STAFF_SECOND_FACTOR": "off"}, "STAFF_SECOND_FACTOR=off is refused"),
        ({"SIMULATED_CLOCK": "off", "DEBUG": "on"}, "DEBUG=on is refused"),
        ({"SIMULATED_CLOCK": "off", "STAFF_SECOND_FACTOR": "maybe"}, "must be 'on' or 'off'"),
    ],
)
def test_switch_for_demonstrations_is_refused_in_production(switch, words):
    environment = os.environ | {"PRODUCTION": "on", "SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "example.test"} | switch
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"

    started = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=django_settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode != 0
    assert words in started.stderr


@pytest.mark.parametrize("value", ["gisteren", "2026-01-05T09:00"])
def test_start_of_the_simulated_clock_must_be_a_moment_with_its_zone(monkeypatch, value):
    monkeypatch.setenv("SIMULATED_CLOCK_START", value)

    with pytest.raises(ImproperlyConfigured, match="SIMULATED_CLOCK_START must be a moment"):
        env.moment("SIMULATED_CLOCK_START")


def test_simulated_clock_that_nobody_set_stands_at_its_start(settings):
    settings.SIMULATED_CLOCK_START = legal_clock.at(dt.date(2026, 1, 5), 9)

    assert legal_clock.now() == legal_clock.at(dt.date(2026, 1, 5), 9)
