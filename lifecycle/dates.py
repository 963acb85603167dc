"""How days and moments are written, in Belgian time: one place, so that a page, a timeline and a letter agree."""

import datetime as dt

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lifecycle import clock


def day_in_words(day: dt.date, form: str = "") -> str:
    """`ma 16 nov 2026`; `long`: `maandag 16 november 2026`; `plain`: `16 nov 2026`."""
    if form == "long":
        return formats.date_format(day, "l j F Y")
    return formats.date_format(day, f"{'' if form == 'plain' else 'D '}j {month_code()} Y")


def month_in_words(day: dt.date, *, year: bool = False) -> str:
    """`nov` or `nov 2026`."""
    return formats.date_format(day, f"{month_code()} Y" if year else month_code())


def month_code() -> str:
    """Dutch writes months without a capital, English with."""
    return "b" if (get_language() or "nl").startswith("nl") else "M"


def hour_in_words(moment: dt.datetime, *, second: bool = False) -> str:
    """`10.00 u` in Belgium, whatever the zone of the moment."""
    local = moment.astimezone(clock.BRUSSELS)
    return formats.date_format(local, _("G.i.s \\u") if second else _("G.i \\u"))


def moment_in_words(moment: dt.date | dt.datetime, form: str = "") -> str:
    """A day, and the hour if there is one: `ma 16 nov 2026, 10.00 u`."""
    if not isinstance(moment, dt.datetime):
        return day_in_words(moment, form)
    hour = hour_in_words(moment, second=form == "second")
    return f"{day_in_words(clock.local_date(moment), form)}, {hour}"


def end_in_words(moment: dt.date | dt.datetime) -> str:
    """A moment that ends something: midnight belongs to the day before, `ma 16 nov 2026, 24.00 u`."""
    if isinstance(moment, dt.datetime):
        local = moment.astimezone(clock.BRUSSELS)
        if local.time() != dt.time(0):
            return moment_in_words(moment)
        moment = local.date() - dt.timedelta(days=1)
    return _("%(day)s, 24.00 u") % {"day": day_in_words(moment)}
