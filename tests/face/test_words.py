"""Dates, deadlines, sizes and amounts as every page writes them."""

import datetime as dt

import pytest
from django.utils import translation

from lifecycle import clock
from lifecycle.templatetags.lifecycle import ago, dag, euro, iso, left, left_days, size, until, when

NOON = clock.at(dt.date(2026, 11, 16), 12, 5, 9)
MIDNIGHT = clock.at(dt.date(2026, 11, 17))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (when(NOON), "ma 16 nov 2026, 12.05 u"),
        (when(NOON, "long"), "maandag 16 november 2026, 12.05 u"),
        (when(NOON, "second"), "ma 16 nov 2026, 12.05.09 u"),
        (when(NOON, "plain"), "16 nov 2026, 12.05 u"),
        (when(NOON.astimezone(dt.UTC)), "ma 16 nov 2026, 12.05 u"),
        (when(dt.date(2026, 3, 1)), "zo 1 mrt 2026"),
        (when(MIDNIGHT), "di 17 nov 2026, 0.00 u"),
        (until(MIDNIGHT), "ma 16 nov 2026, 24.00 u"),
        (until(dt.date(2026, 11, 16)), "ma 16 nov 2026, 24.00 u"),
        (until(NOON), "ma 16 nov 2026, 12.05 u"),
        (dag(dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)), "vr 1 jan 2027"),
        (iso(NOON), "2026-11-16T12:05:09+01:00"),
        (when(None) + until(None) + dag(None) + left(None) + iso(None), ""),
    ],
)
def test_moment_is_written_the_dutch_way(written, expected):
    assert written == expected


def test_moment_is_written_the_english_way():
    with translation.override("en"):
        assert dag(dt.date(2026, 11, 16)) == "Mon 16 Nov 2026"


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (dt.timedelta(days=2, hours=3), "nog 2 dagen 3 uur"),
        (dt.timedelta(days=1), "nog 1 dag"),
        (dt.timedelta(days=20, hours=3), "nog 20 dagen"),
        (dt.timedelta(hours=5, minutes=20), "nog 5 uur 20 minuten"),
        (dt.timedelta(hours=6, minutes=20), "nog 6 uur"),
        (dt.timedelta(minutes=1), "nog 1 minuut"),
        (dt.timedelta(seconds=59), "nog minder dan een minuut"),
        (dt.timedelta(0), "voorbij"),
        (-dt.timedelta(days=3), "voorbij"),
    ],
)
def test_what_is_left_is_counted_from_the_legal_clock(clock, rest, expected):
    assert left(clock.now() + rest) == expected


def test_day_ends_at_its_midnight(clock):
    clock.travel_to(clock.at(dt.date(2026, 11, 16), 23))

    assert left(dt.date(2026, 11, 16)) == "nog 1 uur"
    assert left_days(dt.date(2026, 11, 16)) == 0
    assert (ago(dt.date(2026, 11, 16)), ago(dt.date(2026, 11, 15)), ago(clock.now())) == (False, True, True)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "1 byte"), (999, "999 bytes"), (84_320, "84 kB"), (2_340_000, "2,3 MB"), (23_400_000, "23 MB"), (None, "")],
)
def test_size_is_written_in_powers_of_ten(count, expected):
    assert size(count) == expected


def test_amount_has_points_a_comma_and_a_space_that_holds():
    assert euro(1_250_000) == "€\N{NO-BREAK SPACE}1.250.000,00"
    assert euro(None) == ""
