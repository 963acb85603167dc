"""One field sheet: every field of a form in its order, with the value to enter and what is missing or wrong."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.eforms import checks, definitions
from procurement.eforms.changes import of_change
from procurement.eforms.definitions import CONDITIONAL, FORBIDDEN, MANDATORY, OPTIONAL, UNREAD
from procurement.eforms.values import Known, lot_id, of_lot, of_notice
from procurement.models import NoticeSubtype
from procurement.models.notices import CALLS

NEEDS = {
    MANDATORY: gettext_lazy("verplicht"),
    CONDITIONAL: gettext_lazy("voorwaardelijk"),
    OPTIONAL: gettext_lazy("facultatief"),
    FORBIDDEN: gettext_lazy("verboden"),
    UNREAD: gettext_lazy("niet nagelezen"),
}


@dataclass(frozen=True)
class Form:
    """A sheet that can be asked for."""

    title: str
    url: str


@dataclass(frozen=True)
class Row:
    """One field of the form. `key` is its place on the page."""

    key: str
    id: str
    name: str
    need: str
    word: str
    value: str
    hint: str
    faults: tuple

    @property
    def is_forbidden(self) -> bool:
        return self.need == FORBIDDEN


@dataclass(frozen=True)
class Section:
    title: str
    rows: tuple


def forms_of(procedure, choice) -> list[Form]:
    """The call once legal staff confirmed its subtype, its change once it left, and the notices that may follow it."""
    found = []
    if choice:
        found.append(_form(procedure, choice.subtype))
        if procedure.is_public:
            found.append(_form(procedure, choice.subtype, change=True))
    if procedure.is_public:
        found += [_form(procedure, each.value) for each in NoticeSubtype if each not in CALLS]
    return found


def _form(procedure, subtype, *, change=False):
    name = "field-sheet-change" if change else "field-sheet"
    return Form(title_of(subtype, change=change), reverse(name, args=[procedure.pk, int(subtype)]))


def title_of(subtype, *, change=False) -> str:
    label = NoticeSubtype(subtype).label
    return _("Wijziging van %(notice)s") % {"notice": label} if change else str(label)


def sheet_of(procedure, subtype, *, change=False) -> list[Section]:
    """Section by section; the fields of a lot come back for each lot."""
    known = Known.of(procedure, subtype)
    with translation.override("nl"):
        cells = dict(_cells(known, change=change))
    faults = checks.faults(known, cells)
    found = []
    for code in dict.fromkeys(field.section for field in definitions.fields()):
        for lot in (None, *known.lots):
            rows = [
                _row(field, need, lot, cells.get((lot, field.id), ""), faults.get((lot, field.id), []))
                for field in definitions.fields()
                if field.section == code and (field.level == "lot") == (lot is not None)
                if (need := field.needed(subtype, change=change))
            ]
            title = definitions.section(code)
            found.append(Section(f"{title}: {lot_id(lot)}" if lot else title, tuple(rows)))
    # A part of which this form has nothing is no part of it.
    return [section for section in found if any(not row.is_forbidden for row in section.rows)]


def _cells(known, *, change):
    """(lot or None, field id) -> the value to enter; forbidden fields have none."""
    once, per_lot = of_notice(known), {lot: of_lot(known, lot) for lot in known.lots}
    if change:
        once |= of_change(known.procedure, known.lots, lot_id)
    for field in definitions.fields():
        if field.needed(known.subtype, change=change) in {None, FORBIDDEN}:
            continue
        for lot in known.lots if field.level == "lot" else (None,):
            values = once if lot is None else per_lot[lot]
            yield (lot, field.id), field.value or values.get(field.id, "")


def _row(field, need, lot, value, faults):
    missing = [_("Ontbreekt.")] if need == MANDATORY and not value and not field.by_tool else []
    return Row(
        key=f"{lot_id(lot)}-{field.id}" if lot else field.id,
        id=field.id,
        name=field.name,
        need=need,
        word=str(NEEDS[need]),
        value=value,
        hint=f"{_('Geeft e-Procurement zelf.')} {field.hint}" if field.by_tool else field.hint,
        faults=(*missing, *faults),
    )
