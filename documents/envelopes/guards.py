"""When an envelope can be sealed, withdrawn and opened, and when its box can be released."""

import datetime as dt

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from documents.envelopes import shelf
from lifecycle import clock
from lifecycle.dates import moment_in_words
from lifecycle.grounds import law, published_rule
from lifecycle.guards import Unmet, guard

UNREADABLE_BEFORE = law(_("wet van 17 juni 2016 betreffende de concessieovereenkomsten, art. 32"))
VAULT_POLICY = published_rule(_("verzegelingsbeleid “kluis”"))

# How old a second factor may be, and how far apart two officers may approve and still do it together.
FRESH = dt.timedelta(minutes=5)
TOGETHER = dt.timedelta(minutes=15)


def in_words(moment) -> str:
    """A moment in Belgian time, to the second."""
    return moment_in_words(moment, "second")


# -- releasing a box ----------------------------------------------------------------------------


@guard(_("De uiterste datum is nog niet voorbij."), ground=UNREADABLE_BEFORE)
def moment_of_release_has_come(box, facts):
    if clock.now() >= box.opens_at:
        return True
    detail = _now("De verzegeling kan worden opgeheven vanaf %(moment)s.") % {"moment": in_words(box.opens_at)}
    return Unmet(detail, opens_at=box.opens_at)


@guard(_("Bevestig eerst opnieuw met uw tweede factor: dat is langer dan vijf minuten geleden."), ground=VAULT_POLICY)
def second_factor_is_fresh(box, facts):
    if "second_factor_at" not in facts:
        return True
    confirmed = facts["second_factor_at"]
    return confirmed is not None and clock.now() - FRESH <= confirmed <= clock.now()


@guard(_("U gaf de eerste goedkeuring: een andere openingsverantwoordelijke geeft de tweede."), ground=VAULT_POLICY)
def officers_are_two(box, facts):
    return "officer" not in facts or facts["officer"].pk != box.first_officer_id


@guard(_("De eerste goedkeuring is vervallen: beiden keuren samen goed, binnen vijftien minuten."), ground=VAULT_POLICY)
def first_approval_stands(box, facts):
    return box.first_approval_stands


# -- moving a deadline --------------------------------------------------------------------------


@guard(_("De verzegeling is al geheel of gedeeltelijk opgeheven."), ground=UNREADABLE_BEFORE)
def no_release_has_begun(box, facts):
    return box.state == box.State.SEALING


@guard(_("De uiterste datum is voorbij en ligt vast."), ground=UNREADABLE_BEFORE)
def deadline_is_ahead(box, facts):
    return clock.now() < box.opens_at


@guard(_("De uiterste datum kan alleen naar later: er is al een inzending begonnen."), ground=UNREADABLE_BEFORE)
def deadline_moves_later(box, facts):
    return facts["opens_at"] >= box.opens_at or not box.envelopes.exists()


@guard(_("De nieuwe uiterste datum is niet later dan de vorige."), ground=UNREADABLE_BEFORE)
def deadline_only_moves_later(box, facts):
    return facts["opens_at"] > box.opens_at


@guard(_("De nieuwe uiterste datum ligt niet in de toekomst."), ground=UNREADABLE_BEFORE)
def new_deadline_is_ahead(box, facts):
    return facts["opens_at"] > clock.now()


# -- filling, sealing, opening ------------------------------------------------------------------


@guard(_("Deze inzending is geen klad meer: ze is al verzegeld, ingetrokken of vervangen."), ground=VAULT_POLICY)
def is_a_draft(envelope, facts):
    return envelope.state == envelope.State.DRAFT


@guard(_("Alleen een verzegelde inzending kan worden vervangen."), ground=VAULT_POLICY)
def is_sealed(envelope, facts):
    return envelope.state == envelope.State.SEALED


@guard(_("Er is al een nieuwe inzending begonnen die deze vervangt."), ground=VAULT_POLICY)
def has_no_replacement(envelope, facts):
    return not type(envelope).objects.filter(replaces=envelope).exclude(state=envelope.State.WITHDRAWN).exists()


@guard(_("Er is al een bestand met deze naam: verwijder dat eerst."), ground=VAULT_POLICY)
def name_is_new(envelope, facts):
    return facts["name"].casefold() not in {name.casefold() for name in facts["names"]}


@guard(_("De uiterste datum is voorbij."), ground=UNREADABLE_BEFORE)
def box_still_takes(envelope, facts):
    """Compared with the moment stamped on the request; the box was locked, so nobody releases it meanwhile."""
    if envelope.box.takes_envelopes:
        return True
    return Unmet(_now("Indienen kon tot %(moment)s.") % {"moment": in_words(envelope.box.opens_at)})


@guard(_("Een opgeladen bestand is beschadigd bewaard: verwijder het en laad het opnieuw op."), ground=VAULT_POLICY)
def files_are_stored_intact(envelope, facts):
    return all(shelf.digest(envelope.uid, file.number) == file.sha256 for file in envelope.files.all())


@guard(_("De verzegeling is nog niet door twee openingsverantwoordelijken opgeheven."), ground=UNREADABLE_BEFORE)
def box_is_released(envelope, facts):
    box = envelope.box
    return box.is_released or Unmet(opens_at=box.opens_at if clock.now() < box.opens_at else None)
