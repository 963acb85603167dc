"""Words for what the trail keeps as codes: names of records, of facts and of values. The apps above register theirs.

The trail holds `procurement.lot:3`, `opens_at` and `2026-03-26T11:00:01+00:00`; people read *Perceel 3*, *Gaat open op* and
*do 26 mrt 2026, 12.00 u*. What has no word is shown as it is, never hidden: the trail is evidence.
"""

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lifecycle.dates import moment_in_words
from lifecycle.models import Recorded

REF = re.compile(r"[a-z]+\.[a-z]+:\d+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00")
DAY = re.compile(r"\d{4}-\d\d-\d\d")

FACT_NAMES = {
    "certain": gettext_lazy("Zeker"),
    "key": gettext_lazy("Sleutel"),
    "source": gettext_lazy("Bron (vingerafdruk)"),
    "supersedes": gettext_lazy("Verbetert"),
    "valid_from": gettext_lazy("Geldig vanaf"),
    "value": gettext_lazy("Waarde"),
    "overridden": gettext_lazy("Opzijgezette beleidsregels"),
    "reason": gettext_lazy("Reden (vingerafdruk)"),
    "rule": gettext_lazy("Regel"),
    "step": gettext_lazy("Stap"),
}
# What a code means, by the name of its fact: {"policy": {"vault": _("kluis")}}.
CODES: dict[str, dict] = {}
# Models beside those with a lifecycle that the trail speaks of, and those whose names are nobody's secret.
_others: list[type] = []
_public: set[str] = set()


def register(*, facts=None, codes=None, models=(), public=()):
    """An app's words. A fact that means something else in one app is named `app.fact`; `models`: what has no lifecycle;
    `public`: models whose records may be named to everybody who reads a history, not to staff alone."""
    FACT_NAMES.update(facts or {})
    for name, meanings in (codes or {}).items():
        CODES.setdefault(name, {}).update(meanings)
    _others.extend(model for model in (*models, *public) if model not in _others)
    _public.update(model._meta.label_lower for model in public)


def models_by_label() -> dict[str, type]:
    """Every model that the trail speaks of, by its label."""
    return {model._meta.label_lower: model for model in (*recorded_models(), *_others)}


def recorded_models(base=Recorded) -> Iterator[type]:
    """Every concrete model that has a lifecycle."""
    for model in base.__subclasses__():
        if not model._meta.abstract:
            yield model
        yield from recorded_models(model)


def fact_name(name, app="") -> str:
    return str(FACT_NAMES.get(f"{app}.{name}") or FACT_NAMES.get(name) or name.replace("_", " ").capitalize())


class Names:
    """The names of the records in some entries, read in one query per model, and only those that this reader may know."""

    def __init__(self, entries, *, staff, own=""):
        """`own` is the record whose page this is: it needs no name there."""
        self.models = models_by_label()
        wanted = {}
        for entry in entries:
            for ref in {entry.subject, *_refs(list(entry.facts.values()))} - {own}:
                label, _colon, number = ref.partition(":")
                if self._may_name(label, staff=staff):
                    wanted.setdefault(label, set()).add(int(number))
        self.known = {}
        for label, numbers in wanted.items():
            for record in _named(self.models[label], numbers):
                self.known[f"{label}:{record.pk}"] = str(record)

    def _may_name(self, label, *, staff):
        """`TOLD_BY_NUMBER` on a model: its records have no name of their own."""
        if label not in self.models or getattr(self.models[label], "TOLD_BY_NUMBER", False):
            return False
        return staff or label in _public

    def name(self, ref) -> str:
        """`Perceel 3: Basisaanbod, Limburg`; for who may not know it, or when it is gone, `perceel 3`."""
        if ref in self.known:
            return self.known[ref]
        label, _colon, number = ref.partition(":")
        return f"{self.models[label]._meta.verbose_name if label in self.models else label} {number}"

    def value(self, name, value) -> str:
        """A fact as people read it."""
        if isinstance(value, bool):
            return _("ja") if value else _("nee")
        if isinstance(value, list):
            return ", ".join(self.value(name, item) for item in value) or _("geen")
        if isinstance(value, dict):
            return ", ".join(f"{fact_name(key)}: {self.value(key, item)}" for key, item in value.items())
        return self._text(name, str(value))

    def _text(self, name, text):
        if text in CODES.get(name, {}):
            return str(CODES[name][text])
        if REF.fullmatch(text):
            return self.name(text)
        if MOMENT.fullmatch(text):
            return moment_in_words(dt.datetime.fromisoformat(text), "second")
        if DAY.fullmatch(text):
            return moment_in_words(dt.date.fromisoformat(text))
        return text.replace("sha256:", "SHA-256 ", 1)


def _named(model, numbers):
    """With `NAMED_WITH` a model says what its name is made of, so that telling takes one query."""
    return model._base_manager.filter(pk__in=numbers).select_related(*getattr(model, "NAMED_WITH", ()))


def _refs(value) -> Iterator[str]:
    if isinstance(value, str) and REF.fullmatch(value):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _refs(item)
