"""What must hold before content is approved, here or by a body outside the system."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from lifecycle.dates import day_in_words
from lifecycle.guards import Unmet, guard
from lifecycle.templatetags.lifecycle import euro
from procurement import delegations
from procurement.grounds import DELEGATION, SOUND_ADMINISTRATION


@guard(_("De geraamde waarde gaat de delegatie van de beslissingsnemer te boven."), ground=DELEGATION)
def value_is_within_the_delegation(procedure, facts):
    """Up to and including the amount in force today; without a delegation nobody here approves."""
    delegation = delegations.in_force()
    if delegation is None:
        return Unmet(_now("Er is vandaag geen delegatie van kracht."))
    if procedure.estimated_value is not None and procedure.estimated_value <= delegation.value:
        return True
    words = {"amount": euro(delegation.value), "since": day_in_words(delegation.valid_from, "plain")}
    sentence = _now("Ze loopt tot en met %(amount)s (sinds %(since)s); daarboven beslist een ander orgaan.")
    return Unmet(sentence % words)


@guard(_("De datum van de beslissing klopt niet."), ground=SOUND_ADMINISTRATION)
def outside_decision_is_dated(procedure, facts):
    """A body decides on what was submitted to it, and its decision is recorded once it is taken."""
    if "decided_on" not in facts or procedure.submitted_at is None:
        return True
    first, day = clock.local_date(procedure.submitted_at), facts["decided_on"]
    if day > clock.today():
        return Unmet(_now("Ze ligt in de toekomst."))
    if day < first:
        return Unmet(_now("Het dossier is pas op %(first)s voorgelegd.") % {"first": day_in_words(first, "plain")})
    return True
