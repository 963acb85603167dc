"""The audit trail as people read it: words for verbs and states, made when shown.

What is not a transition finds its word in the model's `TRAIL_WORDS` (`{"letter_registered": _("Verzending geregistreerd")}`).
`UNNAMED` on a model names verbs whose actor nobody reads, staff neither: `{"ask": _("De vraagsteller")}`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lifecycle import steps, telling
from lifecycle.models import Entry, Recorded

# Facts that any record can have, and that are no transitions.
TRAIL_WORDS = {
    "ask_override": gettext_lazy("Afwijking van een beleidsregel gevraagd"),
    "grant_override": gettext_lazy("Beleidsregel opzijgezet"),
    "refuse_override": gettext_lazy("Afwijking van een beleidsregel geweigerd"),
}
# The name that each role code has; accounts fills it when it is ready.
role_names: dict[str, str] = {}
# Functions that say whom an outsider may know by name: `(viewer) -> keys of users`; the apps above register theirs.
_acquaintances: list[Callable] = []


def acquaintances(function):
    """Register whom a person outside the house may read by name in a history."""
    _acquaintances.append(function)
    return function


@dataclass(frozen=True)
class Told:
    """One entry of the trail, in words."""

    at: dt.datetime
    label: str
    subject: str
    source: str
    target: str
    who: str
    role: str
    facts: list[tuple[str, str]]
    documents: list[str]
    position: int
    # Where several dossiers are told together: which one this is about.
    dossier: str = ""
    url: str = ""


def history_of(record, *, viewer, whole_dossier=False, without=(), limit=200) -> list[Told]:
    """What happened to a record (or to everything in its dossier), latest first.

    Names of people are shown to staff; others see those of their own people, and of the rest in which role they acted.
    `without`: refs of subjects in the dossier that this viewer may not know of (who is preparing something, or sealed
    it, before the opening). What was decided about the record but not told to this viewer is left out.
    """
    return told(entries_of(record, viewer, whole_dossier=whole_dossier, without=without)[:limit], record, viewer=viewer)


def entries_of(record, viewer, *, whole_dossier=False, without=()):
    """The entries behind `history_of`, latest first, for a page that shows them in parts."""
    entries = (
        Entry.objects.filter(dossier=record.dossier) if whole_dossier else Entry.objects.filter(subject=record.ref)
    )
    entries = entries.exclude(subject__in=without)
    if record.state_told(viewer) != record.state:
        entries = entries.exclude(subject=record.ref, target__in=record.UNTOLD)
    return entries.order_by("-at", "-position")


def entries_about(records, viewer):
    """The entries of several records as one history, latest first, in one query. Of each is left out what would be there."""
    entries = Entry.objects.filter(subject__in=[record.ref for record in records])
    untold = {}
    for record in records:
        if record.state_told(viewer) != record.state:
            untold.setdefault(type(record), []).append(record.ref)
    for model, refs in untold.items():
        entries = entries.exclude(subject__in=refs, target__in=model.UNTOLD)
    return entries.order_by("-at", "-position")


def told(entries, record, *, viewer, known=()) -> list[Told]:
    """These entries in words, on the page of `record` or (None) of no record.

    `known`: other records than that of the page that this viewer may know by name.
    """
    entries = list(entries)
    staff = getattr(viewer, "is_staff_member", False)
    people = _people(entries) if staff else _colleagues(entries, viewer)
    own = record.ref if record else ""
    names = telling.Names(entries, staff=staff, own=own)
    names.known |= {each.ref: str(each) for each in known}
    return [_told(entry, names, people, own) for entry in entries]


def _told(entry, names, people, own) -> Told:
    label = entry.subject.partition(":")[0]
    model = names.models.get(label)
    app = label.partition(".")[0]
    unnamed = str(getattr(model, "UNNAMED", {}).get(entry.verb, ""))
    return Told(
        at=entry.at,
        label=verb_label(model, entry.verb),
        subject="" if entry.subject == own else names.name(entry.subject),
        source=state_label(model, entry.source),
        target=state_label(model, entry.target),
        who=unnamed or people.get(entry.actor) or _actor(entry),
        role=_roles(entry) if entry.actor in people and not unnamed else "",
        facts=[(telling.fact_name(name, app), names.value(name, value)) for name, value in sorted(entry.facts.items())],
        documents=list(entry.documents),
        position=entry.position,
    )


def verb_label(model, verb) -> str:
    """The label of a verb, else the model's word for this fact, else the code made readable."""
    if model is not None and issubclass(model, Recorded):
        for transition in steps.transitions(model):
            if transition.name == verb:
                return str(transition.custom["label"])
    if verb in (words := TRAIL_WORDS | getattr(model, "TRAIL_WORDS", {})):
        return str(words[verb])
    return verb.replace("_", " ").capitalize()


def state_label(model, state) -> str:
    if not state or model is None:
        return state
    return str(dict(model._meta.get_field("state").flatchoices).get(state, state))


def _people(entries) -> dict[str, str]:
    """The names of everybody in these entries, in one query."""
    numbers = {entry.actor.partition(":")[2] for entry in entries if entry.actor.startswith("user:")}
    return {f"user:{user.pk}": str(user) for user in get_user_model().objects.filter(pk__in=numbers)}


def _colleagues(entries, viewer) -> dict[str, str]:
    """The same for somebody outside the house: only those whom this person knows anyway."""
    if viewer is None or not viewer.is_authenticated:
        return {}
    known = {f"user:{pk}" for function in _acquaintances for pk in function(viewer)}
    return _people([entry for entry in entries if entry.actor in known])


def _actor(entry) -> str:
    if entry.actor == "system":
        return _("Het systeem")
    return _roles(entry) or _("Een gebruiker")


def _roles(entry) -> str:
    return ", ".join(str(role_names.get(code, code)) for code in entry.roles.split(",") if code)
