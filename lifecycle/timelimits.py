"""Legal time limits by Regulation (EEC, Euratom) 1182/71, with the Belgian public holidays.

The rules, with their articles:

* art. 3(1): the day of the event is not counted; a period in days ends at 24.00 of its last day (art. 3(2)(b));
* art. 3(3): holidays, Saturdays and Sundays are counted, unless the period is expressed in working days;
* art. 3(4): a period that ends on a holiday, Saturday or Sunday ends at 24.00 of the next working day; this does not hold
  for periods that are reckoned backwards from a date;
* art. 3(5): a period of two days or more contains at least two working days.

It applies to the periods of the concessions act of 17 June 2016 (art. 60) and of the act of 17 June 2013 on remedies
(art. 68).
"""

import calendar
import datetime as dt
import functools
from decimal import Decimal

import holidays

from lifecycle import clock

DAY = dt.timedelta(days=1)


@functools.cache
def _belgian_holidays():
    return holidays.country_holidays("BE", language="nl")


def holiday(day: dt.date) -> str | None:
    """The Dutch name of the Belgian legal holiday on a day, or None."""
    return _belgian_holidays().get(day)


def is_working_day(day: dt.date) -> bool:
    """Not a public holiday, a Saturday or a Sunday (Regulation 1182/71, art. 2(2))."""
    return day.weekday() < 5 and holiday(day) is None


def next_working_day(day: dt.date) -> dt.date:
    """The day itself if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += DAY
    return day


def period_end(event_date: dt.date, *, days: int | None = None, working_days: int | None = None) -> dt.date:
    """The last day of a period that runs from an event: it ends at 24.00 of that day.

    Give the length in calendar `days` or in `working_days` (whole numbers, at least 1). The day of the event is not
    counted. Raises `ValueError` for anything else.
    """
    if (days is None) == (working_days is None):
        msg = "Give the period in days or in working_days, one of the two."
        raise ValueError(msg)
    length = days if working_days is None else working_days
    if length < 1:
        msg = "A period has at least one day."
        raise ValueError(msg)
    if working_days is not None:
        return _nth_working_day(event_date, working_days)
    last = next_working_day(event_date + days * DAY)
    if days >= 2:
        last = max(last, _nth_working_day(event_date, 2))
    return last


def _nth_working_day(event_date, count):
    day = event_date
    while count:
        day += DAY
        count -= is_working_day(day)
    return day


def first_moment_after(last_day: dt.date) -> dt.datetime:
    """The first moment after a period that ends at 24.00 of `last_day`: midnight in Belgium."""
    return clock.at(last_day + DAY)


def period_over(last_day: dt.date) -> bool:
    """Whether a period that ends at 24.00 of `last_day` has run out."""
    return clock.now() >= first_moment_after(last_day)


def earliest_deadline(event_date: dt.date, *, days: int) -> dt.datetime:
    """The first moment that a receipt deadline with a clock time may have after a minimum period.

    The conservative reading of art. 3(2)(b): the whole last day must have elapsed, so a deadline at 11.00 falls on the
    day after the last day of the minimum period at the earliest.
    """
    return first_moment_after(period_end(event_date, days=days))


def last_day_before(date: dt.date, *, days: int) -> dt.date:
    """The last day on which something may still happen that must happen `days` before a date.

    Reckoned backwards, so a holiday, Saturday or Sunday does not move it (art. 3(4)).
    """
    return date - days * DAY


def days_later(moment: dt.date | dt.datetime, days: int) -> dt.date | dt.datetime:
    """A day, or a moment at the same hour in Belgium also over a change of the clock."""
    if not isinstance(moment, dt.datetime):
        return moment + days * DAY
    local = moment.astimezone(clock.BRUSSELS)
    return clock.at(local.date() + days * DAY, local.hour, local.minute)


def next_working_hour(moment: dt.datetime) -> dt.datetime:
    """The first whole hour in Belgium that is not before a moment and falls on a working day: at the same hour of the day."""
    local = moment.astimezone(clock.BRUSSELS)
    whole = local.replace(minute=0, second=0, microsecond=0)
    if whole != local:
        # Reckoned in real hours: on the night that the clock changes the next whole hour is still one hour away.
        whole = (whole.astimezone(dt.UTC) + dt.timedelta(hours=1)).astimezone(clock.BRUSSELS)
    return clock.at(next_working_day(whole.date()), whole.hour)


def months_between(start: dt.date, end: dt.date) -> int:
    """The whole or begun months of a term from `start` up to and including `end`."""
    after = end + DAY
    months = (after.year - start.year) * 12 + after.month - start.month
    return months + (after.day > start.day)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months later (or earlier), or the last one where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def value(key: str, *, on: dt.date | None = None) -> Decimal:
    """A number that the law or a published rule sets, as in force on a day (today unless told).

    Raises `LookupError` when the reference table has no such number for that day.
    """
    return reference(key, on=on).value


def days(key: str, *, on: dt.date | None = None) -> int:
    """A number of days from the reference table."""
    return int(value(key, on=on))


def reference(key: str, *, on: dt.date | None = None):
    """The row of the reference table with its unit, source and certainty: only what a second person approved counts."""
    from lifecycle.models import LegalValue  # noqa: PLC0415 -- the reckoning above works without a database

    day = on or clock.today()
    row = LegalValue.objects.approved().filter(key=key, valid_from__lte=day).order_by("-valid_from").first()
    if row is None:
        msg = f"No value of {key} is in force on {day}."
        raise LookupError(msg)
    return row


def in_force(*, on: dt.date) -> dict[str, dict]:
    """Every number in force on a day as plain data, for a record that keeps what held for it. One query."""
    from lifecycle.models import LegalValue  # noqa: PLC0415 -- the reckoning above works without a database

    rows = LegalValue.objects.approved().filter(valid_from__lte=on).order_by("key", "valid_from")
    return {
        row.key: {
            "value": f"{row.value.normalize():f}",
            "unit": row.unit,
            "valid_from": row.valid_from.isoformat(),
            "source": row.source,
        }
        for row in rows
    }
