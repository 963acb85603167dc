"""Kinds of documents: the closed, documented context of plain data that a template of this kind may speak of.

The app that owns a document registers its kind in `AppConfig.ready`. A context schema is a dict of name -> meaning; a
nested dict is a group, a list with one element is a repetition: `{"lots": [{"code": "the code of the lot"}]}`.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from documents import snapshot
from lifecycle import telling

# What every document has, whatever its kind; the house adds it when a document is requested.
COMMON = {
    "authority": {
        "name": _("de korte naam van de aanbesteder"),
        "full_name": _("de volledige naam ervan"),
        "address": _("het adres ervan op één regel"),
        "enterprise_number": _("het ondernemingsnummer ervan, leeg als het niet ingesteld is"),
        "email": _("het contactadres ervan"),
    },
    "document": {
        "number": _("het eigen nummer van het document"),
        "title": _("de titel ervan"),
        "date": _("de dag waarop het gevraagd werd"),
        "dossier": _("het nummer van het dossier waar het bij hoort"),
    },
}

# Groups that several kinds share.
ADDRESSEE = {
    "name": _("de organisatie voor wie de brief is"),
    "attention": _("de persoon daar, of leeg"),
    "street": _("straat en nummer"),
    "place": _("postcode en gemeente"),
    "email": _("het adres van de elektronische verzending"),
}
SIGNATORY = {"name": _("wie namens de aanbesteder tekent"), "function": _("in welke functie")}


class KindUnknown(LookupError):
    """No app registered a document kind of this code."""


@dataclass(frozen=True)
class DocumentKind:
    """What a document is: its title, the data it may speak of with an example, and how it is laid out.

    `prefix` is the middle of its number (`2026-001-LEI-01`), `frame` the layout (`letter`, `act` or `contract`),
    `contents` whether it opens with a table of contents, `public` whether everybody may read it once it is sealed.
    `subjects_for(user)`: the refs of the records whose documents of this kind a person may read besides, or None.
    """

    code: str
    title: str
    context: dict
    sample: Callable[[], dict]
    prefix: str
    frame: str = "act"
    contents: bool = False
    public: bool = False
    subjects_for: Callable | None = None

    @property
    def schema(self) -> dict:
        return self.context | COMMON


def words_of(schema, within=""):
    """Every name of a context with its meaning, as it is written in a text: `procedure.number`, `lots[].name`."""
    for name, meaning in schema.items():
        path = f"{within}{name}"
        if isinstance(meaning, dict):
            yield from words_of(meaning, f"{path}.")
        elif isinstance(meaning, list) and isinstance(meaning[0], dict):
            yield from words_of(meaning[0], f"{path}[].")
        else:
            yield path, meaning[0] if isinstance(meaning, list) else meaning


_kinds: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> None:
    """Make a kind known. Registering the same code with another kind is a programming error."""
    if _kinds.setdefault(kind.code, kind) != kind:
        msg = f"Two kinds of document are called {kind.code}."
        raise ValueError(msg)
    telling.register(codes={"kind": {kind.code: kind.title}, "reason": {kind.code: kind.title}})


def register_all(kinds: Iterable[DocumentKind]) -> None:
    for kind in kinds:
        register(kind)


def kind_of(code: str) -> DocumentKind:
    try:
        return _kinds[code]
    except KeyError as error:
        raise KindUnknown(code) from error


def registered() -> list[DocumentKind]:
    return [_kinds[code] for code in sorted(_kinds)]


def is_registered(code: str) -> bool:
    return code in _kinds


def common(*, number, title, day, dossier) -> dict:
    """The part of a snapshot that every document has: see `COMMON`."""
    authority = {name: settings.CONTRACTING_AUTHORITY[name] for name in COMMON["authority"]}
    document = {"number": number, "title": title, "date": day, "dossier": dossier}
    return snapshot.plain({"authority": authority, "document": document})


def example_of(kind: DocumentKind) -> dict:
    """A complete snapshot in fictional data, to try a text out on and to preview it."""
    number = f"2026-001-{kind.prefix}-01"
    return snapshot.plain(kind.sample()) | common(
        number=number, title=kind.title, day=dt.date(2026, 10, 30), dossier="2026-001"
    )


def departures(schema, data, path="") -> list[str]:
    """Where plain data departs from a schema: names that are missing or not foreseen, groups that are no groups."""
    if data is None:
        return []
    if isinstance(schema, dict):
        return _of_group(schema, data, path)
    if isinstance(schema, list):
        if not isinstance(data, list):
            return [f"{path}: a list is expected"]
        return [fault for number, item in enumerate(data) for fault in departures(schema[0], item, f"{path}[{number}]")]
    return [f"{path}: a single value is expected"] if isinstance(data, dict | list) else []


def _of_group(schema, data, path):
    if not isinstance(data, dict):
        return [f"{path}: a group of {', '.join(sorted(schema))} is expected"]
    dot = f"{path}." if path else ""
    faults = [f"{dot}{name} is missing" for name in sorted(schema.keys() - data.keys())]
    faults += [f"{dot}{name} is not foreseen" for name in sorted(data.keys() - schema.keys())]
    for name in sorted(schema.keys() & data.keys()):
        faults += departures(schema[name], data[name], f"{dot}{name}")
    return faults
