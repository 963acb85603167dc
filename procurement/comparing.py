"""Two versions of what was approved, side by side: which facts differ, in words."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lifecycle.dates import moment_in_words
from procurement import own_rules
from procurement.models import content
from procurement.models.states import ProcedureRegime

# Codes that have a word of their own, by the fact that holds them.
CODES = {
    "regime": dict(ProcedureRegime.choices),
    "own_rules": {code: rule.label for code, rule in own_rules.RULES.items()},
}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+]\d\d:\d\d")


@dataclass(frozen=True)
class Change:
    """One fact that differs: in which part, of which row, what it is called, and what it was and is."""

    part: str
    row: str
    name: str
    before: str
    after: str


def changes_between(before: dict, after: dict) -> list[Change]:
    """Every difference, in the order of the parts; a row or part that is new or gone says so with each of its facts."""
    codes = [*after, *(code for code in before if code not in after)]
    return [change for code in codes for change in _changes_in(code, before.get(code), after.get(code))]


def in_words(version: dict) -> list[dict]:
    """One version as it is read: each part with its rows of (name, value)."""
    return [
        {
            "label": _label(code),
            "rows": [
                {
                    "name": _row_name(code, key),
                    "facts": [(_word(code, name), _value(name, value)) for name, value in row.items()],
                }
                for key, row in _rows(code, data).items()
            ],
        }
        for code, data in version.items()
    ]


def _changes_in(code, before, after):
    old, new = _rows(code, before), _rows(code, after)
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key, {}), new.get(key, {})
        for name in [*now, *(name for name in was if name not in now)]:
            if was.get(name) != now.get(name):
                was_and_is = _value(name, was.get(name)), _value(name, now.get(name))
                yield Change(_label(code), _row_name(code, key), _word(code, name), *was_and_is)


def _rows(code, data):
    """The rows of a part by the fact that says which row each is, the first that the part names: a database may keep facts in
    another order. A part that is one group of facts is one row without a name."""
    if not isinstance(data, list):
        return {"": _in_order(code, data)} if data else {}
    return {str(next(iter(row.values()))): row for row in (_in_order(code, each) for each in data)}


def _in_order(code, row):
    """The facts in the order in which the part names them, others after those."""
    names = [*content.PARTS[code].words] if code in content.PARTS else []
    return {name: row[name] for name in [*(each for each in names if each in row), *row]}


def _row_name(code, key):
    """`Nummer 3`: what the part calls the fact that says which row it is."""
    part = content.PARTS.get(code)
    first = next(iter(part.words.values()), "") if part and key else ""
    return f"{first} {key}".strip()


def _label(code):
    return str(content.PARTS[code].label) if code in content.PARTS else code


def _word(code, name):
    part = content.PARTS.get(code)
    return str(part.words.get(name, name)) if part else name


def _value(name, value):
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, list):
        return ", ".join(_value(name, item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_value(key, item)}" for key, item in value.items())
    return str(CODES.get(name, {}).get(value) or _text(str(value)))


def _text(text):
    """A day or a moment as people write it; anything else as it stands."""
    if DAY.fullmatch(text):
        return moment_in_words(dt.date.fromisoformat(text), "long")
    if MOMENT.fullmatch(text):
        return moment_in_words(dt.datetime.fromisoformat(text))
    return text
