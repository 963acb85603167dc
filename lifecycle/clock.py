"""The clock: `now()` is the only reader of time in the house.

The legal moment of a request is stamped once, before anything else runs, and is what every deadline is compared with:
waiting for a lock does not make a submission late, and an upload that is still running does not make it early.
A simulated clock, kept in the demo's database, lets the demonstration play a year; production refuses it.
"""

import datetime as dt
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.conf import settings

BRUSSELS = ZoneInfo("Europe/Brussels")

_stamp: ContextVar[dt.datetime | None] = ContextVar("legal_moment", default=None)


def real_now() -> dt.datetime:
    """The time of the machine, in UTC: for leases of workers and the health page, never for a legal fact."""
    return dt.datetime.now(dt.UTC)


def now() -> dt.datetime:
    """The legal moment: the stamp of this request or action if there is one, else the clock's time (aware, UTC)."""
    return _stamp.get() or _read()


def today() -> dt.date:
    """The legal day in Belgium."""
    return now().astimezone(BRUSSELS).date()


def local_date(moment: dt.datetime) -> dt.date:
    """The day in Belgium on which a moment falls."""
    return moment.astimezone(BRUSSELS).date()


def at(day: dt.date, hour: int = 0, minute: int = 0, second: int = 0) -> dt.datetime:
    """A moment from a day and a clock time in Belgium."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=BRUSSELS)


@contextmanager
def stamped():
    """Freeze the legal moment for a block; an outer stamp stays in force."""
    if _stamp.get() is not None:
        yield
        return
    token = _stamp.set(_read())
    try:
        yield
    finally:
        _stamp.reset(token)


def _read() -> dt.datetime:
    if not settings.SIMULATED_CLOCK:
        return real_now()
    from lifecycle.models import SimulatedClock  # noqa: PLC0415 -- the table exists only for the simulated clock

    return SimulatedClock.read()


def travel_to(moment: dt.datetime) -> None:
    """Set the simulated clock to a moment and stop it there (demonstration and tests only)."""
    _simulated().stand_at(moment)


def let_run() -> None:
    """Let the simulated clock run on from where it stands."""
    _simulated().run_from_here()


def _simulated():
    if not settings.SIMULATED_CLOCK:
        msg = "The clock is real here: SIMULATED_CLOCK is off."
        raise RuntimeError(msg)
    from lifecycle.models import SimulatedClock  # noqa: PLC0415 -- the table exists only for the simulated clock

    return SimulatedClock
