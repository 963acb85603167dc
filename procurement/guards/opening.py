"""What must hold before what was sealed is opened."""

from django.utils.translation import gettext_lazy as _

from lifecycle.guards import guard
from procurement.grounds import PROCEDURE, concessions


@guard(_("Er is geen aanvraag ingediend."), ground=PROCEDURE)
def some_application_was_submitted(procedure, facts):
    return procedure.applications.submitted().exists()


@guard(_("Er zijn aanvragen ingediend."), ground=PROCEDURE)
def no_application_was_submitted(procedure, facts):
    return not procedure.applications.submitted().exists()


@guard(_("Er is geen offerte ingediend."), ground=PROCEDURE)
def some_offer_was_submitted(procedure, facts):
    return _sealed_offers(procedure)


@guard(_("Er zijn offertes ingediend."), ground=PROCEDURE)
def no_offer_was_submitted(procedure, facts):
    return not _sealed_offers(procedure)


def _sealed_offers(procedure):
    return procedure.lots.filter(offers__state="submitted", offers__round=procedure.round).exists()


@guard(
    _("Twee openingsverantwoordelijken hebben de verzegeling nog niet samen opgeheven."), ground=concessions("art. 32")
)
def applications_box_is_released(procedure, facts):
    return procedure.box("applications").is_released


@guard(
    _("Twee openingsverantwoordelijken hebben de verzegeling nog niet samen opgeheven."), ground=concessions("art. 32")
)
def offers_box_is_released(procedure, facts):
    return procedure.box(procedure.offers_phase).is_released
