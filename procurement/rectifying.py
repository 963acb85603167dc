"""What a rectification may change of what was published: read piece by piece, compared, and put in place.

A change is plain data that an addendum keeps: `part` and `pk` say of what, `op` whether it is set, added or removed,
`where` and `what` name it for people, `old` and `new` are what stood there and what stands there now.
"""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from documents.wording import in_dutch
from lifecycle.trail import canonical
from procurement.models.requirements import SubCriterion

LINE, TEXT, NUMBER, AMOUNT = "line", "text", "number", "amount"
# Per part: where its records are, and field -> (what people call it, how it is asked, whether it may be empty).
FIELDS = {
    "procedure": {
        "title_nl": (_("Titel"), LINE, False),
        "title_en": (_("Titel (Engels)"), LINE, True),
        "subject_nl": (_("Voorwerp"), TEXT, False),
        "subject_en": (_("Voorwerp (Engels)"), TEXT, True),
        "value_method": (_("Methode van raming"), TEXT, False),
    },
    "lot": {
        "max_concessionaires": (_("Hoeveel partners hoogstens"), NUMBER, False),
        "estimated_value": (_("Geraamde waarde"), AMOUNT, False),
    },
    "condition": {
        "code": (_("Code"), LINE, False),
        "title_nl": (_("Naam"), LINE, False),
        "text_nl": (_("Wat gevraagd wordt"), TEXT, False),
        "evidence_nl": (_("Bewijs"), TEXT, False),
    },
    "criterion": {
        "rank": (_("Rang"), NUMBER, False),
        "title_nl": (_("Criterium"), LINE, False),
        "text_nl": (_("Wat beoordeeld wordt"), TEXT, False),
        "weight": (_("Gewicht"), NUMBER, True),
    },
    "sub_criterion": {
        "rank": (_("Rang"), NUMBER, False),
        "title_nl": (_("Subcriterium"), LINE, False),
        "text_nl": (_("Wat beoordeeld wordt"), TEXT, False),
        "weight": (_("Gewicht"), NUMBER, True),
    },
}
PARTS = {
    "procedure": _("Teksten"),
    "lot": _("Percelen"),
    "condition": _("Selectievoorwaarden"),
    "criterion": _("Gunningscriteria"),
    "sub_criterion": _("Subcriteria"),
}
# What can be added to and taken away from.
GROWING = ("condition", "criterion")
MANAGERS = {"lot": "lots", "condition": "selection_conditions", "criterion": "award_criteria"}
# Ranks move out of each other's way before they take their place.
ASIDE = 1000


@dataclass(frozen=True)
class Piece:
    """One record of what was published, with what each of its fields says."""

    part: str
    pk: int
    name: str
    values: dict = field(hash=False)
    # The key of the piece that it is a part of: with that it is removed.
    whole: str = ""

    @property
    def key(self):
        return f"{self.part}-{self.pk}"


def pieces_of(procedure, parts) -> list[Piece]:
    """Everything of these parts as it stands published now, in the order of a reader."""
    return [_piece(part, record) for part in FIELDS if part in parts for record in _records(procedure, part)]


def _piece(part, record):
    values = {name: _plain(getattr(record, name)) for name in FIELDS[part]}
    whole = f"criterion-{record.criterion_id}" if part == "sub_criterion" else ""
    return Piece(part, record.pk, _name(part, record), values, whole)


def _records(procedure, part):
    if part == "procedure":
        return [procedure]
    found = _all(procedure, part)
    if part == "sub_criterion":
        return found.select_related("criterion")
    return found.select_related("product", "area").order_by("number") if part == "lot" else found


def _all(procedure, part):
    if part == "sub_criterion":
        return SubCriterion.objects.filter(criterion__procedure=procedure)
    return getattr(procedure, MANAGERS[part]).all()


def _name(part, record):
    if part == "procedure":
        return "De procedure"
    if part == "lot":
        return f"Perceel {record.number}: {record.name}"
    if part == "condition":
        return f"Selectievoorwaarde {record.code} {record.title_nl}"
    if part == "sub_criterion":
        return f"Subcriterium {record.criterion.rank}.{record.rank} {record.title_nl}"
    return f"Gunningscriterium {record.rank}. {record.title_nl}"


def _plain(value):
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    return str(value) if isinstance(value, Decimal) else value


def same(old, new) -> bool:
    """Whether a reader would see no difference: amounts by their value, an empty text as none."""
    return _comparable(old) == _comparable(new)


def _comparable(value):
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return value or ""


# -- the difference -------------------------------------------------------------------------------


@in_dutch
def difference(pieces, wanted, *, removed=(), added=()) -> list[dict]:
    """The changes from the pieces to what is wanted: `wanted` is piece key -> field -> value, `removed` are piece keys,
    `added` are (part, field -> value)."""
    changes = []
    for piece in pieces:
        if piece.key in removed:
            whole = _whole(piece.part, piece.values)
            changes.append(_change(piece, "remove", old=whole, new=None))
        elif piece.whole not in removed:
            changes += _set(piece, wanted.get(piece.key, {}))
    return changes + [_added(part, {name: _plain(value) for name, value in values.items()}) for part, values in added]


def _set(piece, wanted):
    for name, value in wanted.items():
        old, new = piece.values[name], _plain(value)
        if not same(old, new):
            yield _change(piece, "set", name=name, old=old, new=new)


def _added(part, values):
    head = {"criterion": "Nieuw gunningscriterium", "condition": "Nieuwe selectievoorwaarde"}[part]
    row = {"part": part, "pk": None, "op": "add", "field": "", "where": head, "what": str(_("Toegevoegd"))}
    return row | {"values": values, "old": None, "new": _whole(part, values)}


def _change(piece, op, *, old, new, name=""):
    what = FIELDS[piece.part][name][0] if name else _("Geschrapt")
    row = {"part": piece.part, "pk": piece.pk, "op": op, "field": name, "where": piece.name, "what": str(what)}
    return row | {"old": old, "new": new}


def _whole(part, values):
    """A record in words: each of its fields on a line."""
    labels = FIELDS[part]
    return "\n".join(f"{labels[name][0]}: {value}" for name, value in values.items() if value not in {None, ""})


def digest_of(changes) -> str:
    return hashlib.sha256(canonical(changes)).hexdigest()


# -- putting it in place --------------------------------------------------------------------------


@in_dutch
def still_fits(procedure, changes) -> bool:
    """Whether everything that the changes replace still stands as they found it."""
    parts = {change["part"] for change in changes}
    now = {(piece.part, piece.pk): piece.values for piece in pieces_of(procedure, parts)}
    for change in changes:
        values = now.get((change["part"], change["pk"]))
        if change["op"] != "add" and values is None:
            return False
        if change["op"] == "set" and not same(values[change["field"]], change["old"]):
            return False
        if change["op"] == "remove" and _whole(change["part"], values) != change["old"]:
            return False
    return True


def put_in_place(procedure, changes) -> None:
    """Write the changes into the records of the procedure. Whether the whole is lawful then is asked afterwards."""
    for change in changes:
        if change["op"] == "remove":
            _record(procedure, change).delete()
    ranks = [change for change in changes if change["op"] == "set" and change["field"] == "rank"]
    for change in ranks:
        _write(_record(procedure, change), "rank", change["new"] + ASIDE)
    for change in changes:
        if change["op"] == "set":
            _write(_record(procedure, change), change["field"], change["new"])
        elif change["op"] == "add":
            getattr(procedure, MANAGERS[change["part"]]).create(**change["values"])


def _record(procedure, change):
    return procedure if change["part"] == "procedure" else _all(procedure, change["part"]).get(pk=change["pk"])


def _write(record, name, value):
    setattr(record, name, record._meta.get_field(name).to_python(value) if value is not None else None)
    record.save(update_fields=[name])
