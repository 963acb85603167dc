"""How data reads in a Dutch document: the closed list of filters of the template language."""

import datetime as dt
from decimal import Decimal

from markupsafe import Markup, escape
from stdnum.be import vat

from lifecycle import clock

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
WEEKDAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
NBSP = "\u00a0"


def _day(value) -> dt.date:
    moment = dt.datetime.fromisoformat(value)
    return moment.astimezone(clock.BRUSSELS).date() if moment.tzinfo else moment.date()


def _moment(value) -> dt.datetime:
    return dt.datetime.fromisoformat(value).astimezone(clock.BRUSSELS)


def date_long(value) -> str:
    """`16 februari 2026`."""
    day = _day(value)
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def date_weekday(value) -> str:
    """`maandag 16 februari 2026`."""
    return f"{WEEKDAYS[_day(value).weekday()]} {date_long(value)}"


def date_short(value) -> str:
    """`16/02/2026`."""
    return f"{_day(value):%d/%m/%Y}"


def moment_long(value) -> str:
    """`maandag 16 februari 2026 om 12.00 uur`."""
    return f"{date_weekday(value)} om {_moment(value):%H.%M}{NBSP}uur"


def until_long(value) -> str:
    """A moment that ends something, as `moment_long`: midnight belongs to the day before, `om 24.00 uur`."""
    if f"{_moment(value):%H.%M.%S}" != "00.00.00":
        return moment_long(value)
    eve = _moment(value).date() - dt.timedelta(days=1)
    return f"{date_weekday(eve.isoformat())} om 24.00{NBSP}uur"


def moment_exact(value) -> str:
    """`16/02/2026 12:00:07`, to the second."""
    return f"{_moment(value):%d/%m/%Y}{NBSP}{_moment(value):%H:%M:%S}"


def euro(value) -> str:
    """`€ 1.234.567,50`; whole amounts without cents."""
    amount = Decimal(str(value))
    text = f"{amount:,.2f}" if amount % 1 else f"{amount:,.0f}"
    return f"€{NBSP}{_belgian(text)}"


def number(value) -> str:
    """`12.500` or `3,5`."""
    amount = Decimal(str(value))
    return _belgian(f"{amount.normalize():,f}")


def _belgian(text):
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def enterprise_number(value) -> str:
    """`0123.456.749`; left as it is when it is none."""
    digits = vat.compact(str(value))
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}" if len(digits) == 10 and digits.isdigit() else str(value)


def digest(value) -> str:
    """A digest in groups of eight, so that it can be read aloud and breaks over lines."""
    text = str(value)
    return " ".join(text[start : start + 8] for start in range(0, len(text), 8))


def lines(value) -> Markup:
    """A text whose line ends are kept."""
    return Markup("<br>").join(str(value).strip().split("\n"))


def running(value) -> Markup:
    """A piece of a longer text as it stands: its line ends kept, the blanks around it too."""
    return Markup("<br>").join(str(value).split("\n"))


def paragraphs(value) -> Markup:
    """A text that a person typed, as paragraphs: an empty line ends one."""
    parts = [part.strip() for part in str(value).split("\n\n") if part.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(lines(part)) for part in parts)


def join(values, separator=", ", last=None) -> Markup:
    """Texts in a row; `last` is the word before the last one: `a, b en c`."""
    texts = [escape(value) for value in values]
    if last is None or len(texts) < 2:
        return escape(separator).join(texts)
    return escape(separator).join(texts[:-1]) + escape(last) + texts[-1]


FILTERS = {
    "date_long": date_long,
    "date_weekday": date_weekday,
    "date_short": date_short,
    "moment_long": moment_long,
    "until_long": until_long,
    "moment_exact": moment_exact,
    "euro": euro,
    "number": number,
    "enterprise_number": enterprise_number,
    "digest": digest,
    "lines": lines,
    "running": running,
    "paragraphs": paragraphs,
    "join": join,
    "length": len,
    "lower": lambda value: str(value).lower(),
    "upper": lambda value: str(value).upper(),
    "capital": lambda value: str(value)[:1].upper() + str(value)[1:],
}
