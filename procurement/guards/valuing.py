"""What must hold of the value: estimated as a whole before publication, and reckoned again before the award."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lifecycle.guards import Unmet, guard
from lifecycle.templatetags.lifecycle import euro
from procurement.grounds import PROCEDURE, concessions


@guard(_("De raming of haar methode ontbreekt."), ground=concessions("art. 35"))
def value_is_estimated(procedure, facts):
    """All seven components answered, a method, and a total that is the value of the procedure."""
    estimate = getattr(procedure, "estimate", None)
    if estimate is None:
        return Unmet(_now("Vul de zeven onderdelen in op de pagina “Raming”."))
    return bool(estimate.total and estimate.total == procedure.estimated_value and procedure.value_method.strip())


@guard(_("De waarde bij gunning is nog niet opgetekend."), ground=concessions(_("art. 35, derde lid")))
def award_value_is_recorded(lot, facts):
    return value_of(lot) is not None


@guard(_("De waarde bij gunning gaat de raming te ver te boven."), ground=concessions(_("art. 35, derde lid")))
def award_value_is_within_the_estimate(lot, facts):
    """Up to and including the limit; above it a legal officer says first what follows from that."""
    found = value_of(lot)
    if found is None or not found.needs_sign_off:
        return True
    words = {"value": euro(found.value), "limit": euro(found.limit)}
    sentence = _now("Ze bedraagt %(value)s, de grens is %(limit)s. Een jurist tekent dat eerst met redenen af.")
    return Unmet(sentence % words)


@guard(_("Niet elke geopende offerte is beoordeeld."), ground=PROCEDURE)
def offers_are_evaluated(record, facts):
    """Of this lot, or of every lot of this procedure."""
    lots = record.lots.all() if hasattr(record, "lots") else [record]
    return not any(lot.offers_in_play().filter(state__in=["opened", "regular"]).exists() for lot in lots)


@guard(_("De procedure is niet in beoordeling, of over dit perceel is al beslist."), ground=PROCEDURE)
def award_is_undecided(record, facts):
    procedure = getattr(record, "procedure", record)
    if procedure.state != procedure.State.EVALUATION:
        return False
    return record is procedure or record.state in {record.State.OPEN, record.State.AWARD_PROPOSED}


@guard(_("Deze waarde blijft binnen de raming of is al afgetekend."), ground=PROCEDURE)
def sign_off_is_needed(award_value, facts):
    return award_value.needs_sign_off


def value_of(lot):
    """The value at award that counts for a lot: its own, else that of the whole procedure."""
    own = getattr(lot, "award_value", None)
    return own or lot.procedure.award_values.filter(lot=None).first()
