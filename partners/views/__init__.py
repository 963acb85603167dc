from partners.views.joining import AccessRequest, AskToJoin, InvitationPage
from partners.views.members import ChangePowers, EndMembership, Invite, ResendInvitation, WithdrawInvitation
from partners.views.organisations import (
    AddEstablishment,
    MyOrganisation,
    OrganisationList,
    OrganisationPage,
    RegisterOrganisation,
)

__all__ = [
    "AccessRequest",
    "AddEstablishment",
    "AskToJoin",
    "ChangePowers",
    "EndMembership",
    "InvitationPage",
    "Invite",
    "MyOrganisation",
    "OrganisationList",
    "OrganisationPage",
    "RegisterOrganisation",
    "ResendInvitation",
    "WithdrawInvitation",
]
