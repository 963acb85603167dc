"""When a notice can be recorded, completed or corrected."""

from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from lifecycle.guards import guard
from procurement.grounds import PROCEDURE, SOUND_ADMINISTRATION


@guard(
    _("De oproep is nog niet bekendgemaakt: haar aankondiging wordt bij de bekendmaking opgetekend."), ground=PROCEDURE
)
def call_is_published(procedure, facts):
    return procedure.is_public


@guard(_("De verzending ligt in de toekomst."), ground=SOUND_ADMINISTRATION)
def dispatch_is_past(procedure, facts):
    return "notice_sent_on" not in facts or facts["notice_sent_on"] <= clock.today()


@guard(_("De publicatie van deze aankondiging is al opgetekend."), ground=SOUND_ADMINISTRATION)
def publication_is_unknown(notice, facts):
    return notice.published_on is None


@guard(_("Deze optekening is door een verbeterde vervangen."), ground=SOUND_ADMINISTRATION)
def notice_is_in_force(notice, facts):
    return notice.is_in_force
