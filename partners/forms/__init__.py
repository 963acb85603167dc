from partners.forms.joining import AccessForm, InvitationForm, RefusalForm
from partners.forms.organisations import EstablishmentForm, OrganisationForm
from partners.forms.powers import PowersForm

__all__ = [
    "AccessForm",
    "EstablishmentForm",
    "InvitationForm",
    "OrganisationForm",
    "PowersForm",
    "RefusalForm",
]
