"""What each form asks, from `procurement/data/eforms.json`: the one place that knows the version of the standard."""

import functools
import json
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "data" / "eforms.json"
MANDATORY, CONDITIONAL, OPTIONAL, FORBIDDEN, UNREAD = "M", "C", "o", "-", "?"


@dataclass(frozen=True)
class Field:
    """One business term: its place in the form, on which level it stands, and what each subtype says of it.

    `value`: what we always enter. `by_tool`: the sending tool fills it in itself. `change`: what a change notice says of it,
    for the terms of its section.
    """

    id: str
    name: str
    section: str
    level: str
    need: dict
    hint: str = ""
    by_tool: bool = False
    change: str = ""
    value: str = ""

    def needed(self, subtype: str, *, change: bool) -> str | None:
        """M, C, o or -; ? where the standard was not read for that subtype; None where the form has no such part."""
        if self.change:
            return self.change if change else None
        return self.need.get(subtype, UNREAD)


@functools.cache
def _data():
    return json.loads(SOURCE.read_text(encoding="utf-8"))


@functools.cache
def fields() -> tuple[Field, ...]:
    """Every field, in the order of the official form."""
    return tuple(
        Field(by_tool=given.get("tool", False), **{name: value for name, value in given.items() if name != "tool"})
        for given in _data()["fields"]
    )


def section(code: str) -> str:
    return _data()["sections"][code]


def subtype(code: str) -> dict:
    """The type of notice, the type of form, and the types of procedure that the subtype allows."""
    return _data()["subtypes"][code]


def edition() -> dict:
    """The version of the standard that this was read from, and when."""
    data = _data()
    return {"sdk": data["sdk"], "as_of": data["as_of"], "source": data["source"]}
