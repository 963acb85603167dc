"""What the validator of the standard does not catch, checked here: (lot or None, field) -> what is wrong, in sentences."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from lifecycle import clock
from procurement import guards
from procurement.cpv import in_light_regime
from procurement.eforms import definitions
from procurement.models import NoticeSubtype

NUTS3 = re.compile(r"[A-Z]{2}[0-9A-Z]{3}")
PHONE = re.compile(r"\+32[0-9]{8,9}")
LIGHT = (NoticeSubtype.PRIOR_INFORMATION_LIGHT, NoticeSubtype.AWARD_LIGHT)
FULL = (NoticeSubtype.CONCESSION, NoticeSubtype.AWARD_FULL)


def faults(known, cells) -> dict:
    """`cells`: (lot, field id) -> the value on the sheet. Returns the same keys with a list of sentences."""
    found = {}
    for key, sentence in _found(known, cells):
        found.setdefault(key, []).append(sentence)
    return found


def _found(known, cells):
    yield from _subtype(known)
    yield from _phone(cells)
    yield from _procedure_type(known, cells)
    yield from _values(known)
    yield from _total(cells)
    yield from _criteria(known)
    for lot in known.lots:
        yield from _places(lot)
        yield from _start(known, lot)


def _subtype(known):
    procedure = known.procedure
    if known.subtype in LIGHT and not procedure.is_light:
        yield (None, "OPP-070"), _("Dit subtype is voor het licht regime; de procedure volgt het volledig regime.")
    if known.subtype in FULL and procedure.is_light:
        yield (None, "OPP-070"), _("Dit subtype is voor het volledig regime; de procedure volgt het licht regime.")
    if known.subtype in LIGHT and not in_light_regime(procedure.cpv):
        yield (None, "BT-262-Procedure"), _("Deze code staat niet in bijlage V: het licht regime geldt er niet voor.")


def _phone(cells):
    phone = cells.get((None, "BT-503"))
    if phone and not PHONE.fullmatch(phone):
        yield (None, "BT-503"), _("Een telefoonnummer is +32 met daarna alleen cijfers: +3225061511.")


def _procedure_type(known, cells):
    allowed = definitions.subtype(known.subtype).get("procedure_types", [])
    if (kind := cells.get((None, "BT-105"))) and kind not in allowed:
        words = {"kind": kind, "allowed": ", ".join(allowed)}
        yield (None, "BT-105"), _("%(kind)s mag niet in dit subtype; wel: %(allowed)s.") % words


def _values(known):
    """Each lot within the procedure, and all together (act of 17 June 2016, art. 36)."""
    whole = known.procedure.estimated_value
    values = [lot.estimated_value for lot in known.lots if lot.estimated_value is not None]
    if whole is None:
        return
    for lot in known.lots:
        if lot.estimated_value is not None and lot.estimated_value > whole:
            yield (lot, "BT-27-Lot"), _("Het perceel is meer waard dan de procedure.")
    if sum(values) > whole:
        yield (None, "BT-27-Procedure"), _("De percelen zijn samen meer waard dan de procedure.")


def _total(cells):
    """The value of the notice is the sum of its tenders, once both are known."""
    total = cells.get((None, "BT-161"))
    tenders = [value for (_lot, field), value in cells.items() if field == "BT-720" and value]
    if total and tenders and _number(total) != sum(map(_number, tenders)):
        yield (None, "BT-161"), _("Dit is niet de som van de waarden van de offertes (BT-720).")


def _number(text):
    try:
        return Decimal(text.removesuffix(" EUR"))
    except InvalidOperation:
        return Decimal(0)


def _criteria(known):
    if known.criteria and (reason := guards.has_ranked_criteria.reason(known.procedure, {})):
        for lot in known.lots:
            yield (lot, "BT-540"), str(reason)


def _places(lot):
    wrong = [code for code in lot.area.nuts3 if not NUTS3.fullmatch(code)]
    if wrong:
        words = {"codes": ", ".join(wrong)}
        yield (
            (lot, "BT-5071"),
            _("%(codes)s is geen NUTS 3-code: BE21 is een provincie, BE211 een arrondissement.") % words,
        )


def _start(known, lot):
    deadline = known.procedure.offers_deadline or known.procedure.applications_deadline
    if deadline and known.procedure.term_start <= clock.local_date(deadline):
        yield (lot, "BT-536"), _("De looptijd begint voor of op de uiterste datum van indiening.")
