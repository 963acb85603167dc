from partners.actions.inviting import accept_invitation, invite, resend_invitation, withdraw_invitation
from partners.actions.joining import accept_join_request, ask_to_join, refuse_join_request
from partners.actions.memberships import add_member, change_powers, end_membership
from partners.actions.organisations import (
    add_establishment,
    create_participant,
    participant_alone,
    register_organisation,
)

__all__ = [
    "accept_invitation",
    "accept_join_request",
    "add_establishment",
    "add_member",
    "ask_to_join",
    "change_powers",
    "create_participant",
    "end_membership",
    "invite",
    "participant_alone",
    "refuse_join_request",
    "register_organisation",
    "resend_invitation",
    "withdraw_invitation",
]
