"""What happened lately in the dossiers of the house: each line with its dossier, what was done many times told once."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext as _

from admission.models import Call
from contracts.models import Contract
from lifecycle import clock
from lifecycle.history import told
from lifecycle.models import Entry
from procurement.models import Lot, Procedure

# Of these the trail tells the house everything; what a candidate does with its submission is told on its own page alone.
TOLD = (Procedure, Lot, Call, Contract)
DOSSIERS = (Procedure, Call, Contract)
LOOK_AT = 100
SHOWN = 8


def recent_for(user) -> list:
    """The last entries of the dossiers that this person may see, for those who may read the trail."""
    if not user.has_perm("lifecycle.view_trail"):
        return []
    entries = _entries()
    dossiers = _dossiers(entries, user)
    lines = {}
    for entry in entries:
        if entry.dossier in dossiers:
            key = (entry.dossier, entry.verb, entry.target, clock.local_date(entry.at))
            lines.setdefault(key, []).append(entry)
    some = list(lines.values())[:SHOWN]
    words = told([same[0] for same in some], None, viewer=user)
    return [_line(each, same, dossiers[same[0].dossier]) for each, same in zip(words, some, strict=True)]


def _entries():
    labels = [f"{model._meta.label_lower}:" for model in TOLD]
    found = Entry.objects.filter(_any("subject__startswith", labels)).order_by("-at", "-pk")
    return list(found[:LOOK_AT])


def _any(lookup, values):
    condition = Q()
    for value in values:
        condition |= Q(**{lookup: value})
    return condition


def _dossiers(entries, user):
    """The dossiers of these entries that this person may see, by ref, in one query per kind."""
    wanted = {entry.dossier for entry in entries}
    found = {}
    for model in DOSSIERS:
        label = f"{model._meta.label_lower}:"
        numbers = [ref.removeprefix(label) for ref in wanted if ref.startswith(label)]
        records = model.objects.visible_to(user).filter(pk__in=numbers)
        found |= {each.ref: each for each in records.select_related(*getattr(model, "NAMED_WITH", ()))}
    return found


def _line(entry, same, dossier):
    """One line for what happened to one record, or to several records of a dossier on the same day."""
    names = entry.subject if len({each.subject for each in same}) == 1 and same[0].subject != dossier.ref else ""
    label = entry.label
    if len(same) > 1:
        label = _("%(label)s, %(count)d keer") % {"label": label, "count": len(same)}
        entry = replace(entry, facts=[], documents=[])
    if len({each.actor for each in same}) > 1:
        entry = replace(entry, who=_("Verschillende personen"), role="")
    return replace(entry, label=label, subject=names, dossier=str(dossier), url=dossier.get_absolute_url())
