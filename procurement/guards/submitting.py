"""What a candidate needs to apply and to tender."""

from django.utils.translation import gettext_lazy as _

from lifecycle.guards import Unmet, guard
from procurement import own_rules
from procurement.grounds import PROCEDURE, concessions


@guard(_("De procedure ontvangt nu geen aanvragen."), ground=PROCEDURE)
def procedure_takes_applications(application, facts):
    return application.procedure.state == application.procedure.State.PUBLISHED


@guard(_("De procedure ontvangt nu geen offertes."), ground=PROCEDURE)
def procedure_takes_offers(offer, facts):
    procedure = offer.procedure
    return procedure.state in {procedure.State.TENDERING, procedure.State.BEST_AND_FINAL}


@guard(_("Kies minstens één perceel."), ground=PROCEDURE)
def application_names_lots(application, facts):
    return application.lots.exists()


@guard(_("Er is nog geen bestand opgeladen."), ground=PROCEDURE)
def envelope_holds_files(record, facts):
    return record.envelope.files.exists()


@guard(_("De vragen zijn nog niet allemaal beantwoord."), ground=PROCEDURE)
def answers_are_complete(record, facts):
    """What is sealed cannot be asked again, nor read here: whoever wrote the answers noted whether any is missing."""
    return record.answered


@guard(_("Alleen geselecteerde kandidaten dienen een offerte in."), ground=concessions("art. 46, § 1"))
def maker_is_selected(offer, facts):
    selected = offer.application.state == offer.application.State.SELECTED
    return selected or Unmet(ground=own_rules.course_of(offer.procedure, concessions("art. 46, § 1")))
