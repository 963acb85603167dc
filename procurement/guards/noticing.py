"""When a notice can be recorded, completed or corrected."""

from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from lifecycle.guards import guard
from procurement.grounds import PROCEDURE, SOUND_ADMINISTRATION, concessions

# The subtypes of the eForms standard by the kind of notice (SDK 1.15.1); a change repeats the form of its call.
SUBTYPES = {
    "call": ("14", "19"),
    "change": ("14", "19"),
    "ex_ante": ("28",),
    "award": ("32", "35"),
    "modification": ("40",),
}


@guard(
    _("De oproep is nog niet bekendgemaakt: haar aankondiging wordt bij de bekendmaking opgetekend."), ground=PROCEDURE
)
def call_is_published(procedure, facts):
    return procedure.is_public


@guard(_("De verzending ligt in de toekomst."), ground=SOUND_ADMINISTRATION)
def dispatch_is_past(procedure, facts):
    return "notice_sent_at" not in facts or facts["notice_sent_at"] <= clock.now()


@guard(_("Dit subtype hoort niet bij deze soort aankondiging."), ground=concessions("art. 42"))
def notice_fits_its_subtype(procedure, facts):
    """The forms of the eForms standard: 14 and 19 call, 28 announces beforehand, 32 and 35 tell the result, 40 a modification."""
    return "kind" not in facts or facts["subtype"] in SUBTYPES[facts["kind"]]


@guard(
    _("Dit is niet het subtype van het regime van de procedure: zeg waarom het toch past."),
    ground=concessions("art. 42"),
)
def subtype_follows_the_regime(procedure, facts):
    """14 calls in the light regime, 19 in the full one; another choice is a lawyer's, with its reason."""
    usual = "14" if procedure.is_light else "19"
    return facts.get("subtype", usual) == usual or bool(facts.get("reason", "").strip())


@guard(
    _("Er is nog niets gegund of stopgezet: er is geen resultaat om aan te kondigen."),
    ground=concessions("art. 44, § 1"),
)
def result_is_known(procedure, facts):
    if facts.get("kind") != "award":
        return True
    return (
        procedure.state in procedure.ENDED
        or procedure.lots.filter(state__in=("concluded", "not_awarded", "lapsed")).exists()
    )


@guard(_("De publicatie van deze aankondiging is al opgetekend."), ground=SOUND_ADMINISTRATION)
def publication_is_unknown(notice, facts):
    return notice.published_on is None


@guard(_("Deze optekening is door een verbeterde vervangen."), ground=SOUND_ADMINISTRATION)
def notice_is_in_force(notice, facts):
    return notice.is_in_force
