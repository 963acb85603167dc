"""Regulation 1182/71 with Belgian holidays: every vector, by hand."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle import clock, timelimits
from lifecycle.timelimits import earliest_deadline, first_moment_after, last_day_before, months_between, period_end


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("event", "length", "end"),
    [
        pytest.param("2026-02-16", {"days": 30}, "2026-03-18", id="applications, thirty days"),
        pytest.param("2026-05-22", {"days": 22}, "2026-06-15", id="offers, Saturday moves to Monday"),
        pytest.param("2026-05-22", {"days": 17}, "2026-06-08", id="offers, electronic"),
        pytest.param("2026-10-30", {"days": 15}, "2026-11-16", id="standstill, Saturday moves to Monday"),
        pytest.param("2026-12-10", {"days": 15}, "2026-12-28", id="standstill, Christmas moves to Monday"),
        pytest.param("2026-11-17", {"days": 48}, "2027-01-04", id="award notice"),
        pytest.param("2026-11-17", {"days": 60}, "2027-01-18", id="annulment, Saturday moves to Monday"),
        pytest.param("2026-04-30", {"working_days": 5}, "2026-05-08", id="working days over Labour Day"),
        pytest.param("2026-12-22", {"working_days": 5}, "2026-12-30", id="working days over Christmas"),
        pytest.param("2026-10-30", {"days": 2}, "2026-11-03", id="two working days at least"),
    ],
)
def test_period_ends_on_its_last_day(event, length, end):
    assert period_end(day(event), **length) == day(end)


@pytest.mark.parametrize("length", [{}, {"days": 3, "working_days": 3}, {"days": 0}, {"working_days": 0}])
def test_period_without_one_length_is_refused(length):
    with pytest.raises(ValueError, match="period"):
        period_end(day("2026-02-16"), **length)


def test_applications_deadline_with_a_clock_time_falls_on_the_day_after():
    assert earliest_deadline(day("2026-02-16"), days=30) == clock.at(day("2026-03-19"))


def test_conclusion_is_possible_from_the_day_after_the_standstill():
    assert first_moment_after(period_end(day("2026-10-30"), days=15)) == clock.at(day("2026-11-17"))


def test_backward_period_is_not_moved_by_a_weekend():
    assert last_day_before(day("2026-07-13"), days=6) == day("2026-07-07")
    assert last_day_before(day("2026-05-07"), days=6) == day("2026-05-01")


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, "01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25"),
        (2027, "01-01 03-29 05-01 05-06 05-17 07-21 08-15 11-01 11-11 12-25"),
    ],
)
def test_belgian_holidays_are_no_working_days(year, days):
    expected = [dt.date.fromisoformat(f"{year}-{text}") for text in days.split()]
    assert all(timelimits.holiday(date) and not timelimits.is_working_day(date) for date in expected)


@pytest.mark.parametrize("text", ["2027-07-12", "2026-11-02", "2027-11-15", "2028-12-26"])
def test_days_that_only_the_flemish_authority_closes_are_working_days(text):
    assert timelimits.is_working_day(day(text))


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)), st.integers(1, 400))
def test_period_ends_on_a_working_day_never_early_and_less_than_a_week_late(event, days):
    end = period_end(event, days=days)

    assert timelimits.is_working_day(end)
    assert dt.timedelta(0) <= end - (event + dt.timedelta(days=days)) <= dt.timedelta(days=5)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)), st.integers(2, 60))
def test_period_of_two_days_or_more_holds_two_working_days(event, days):
    end = period_end(event, days=days)

    passed = [event + dt.timedelta(days=n) for n in range(1, (end - event).days + 1)]
    assert sum(map(timelimits.is_working_day, passed)) >= 2


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2027-01-01", "2031-12-31", 60),
        ("2027-01-01", "2032-01-01", 61),
        ("2027-01-15", "2027-02-14", 1),
        ("2027-01-15", "2027-02-15", 2),
    ],
)
def test_term_is_counted_in_begun_months(start, end, months):
    assert months_between(day(start), day(end)) == months


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "on", "value"),
    [
        ("applications-minimum-days", "2026-02-16", 30),
        ("offers-minimum-days", "2026-05-22", 22),
        ("standstill-days", "2026-10-30", 15),
        ("concession-threshold-eur", "2025-12-31", 5_538_000),
        ("concession-threshold-eur", "2026-01-01", 5_404_000),
    ],
)
def test_value_of_the_law_is_the_one_in_force_on_the_day(key, on, value):
    assert timelimits.value(key, on=day(on)) == value


@pytest.mark.django_db
def test_value_that_was_not_in_force_is_an_error():
    with pytest.raises(LookupError):
        timelimits.value("concession-threshold-eur", on=day("2010-01-01"))
