from partners.models.joining import Invitation, JoinRequest
from partners.models.organisations import Establishment, Membership, Organisation
from partners.models.participants import Participant, ParticipantMember
from partners.models.places import Municipality, Postcode, Province

__all__ = [
    "Establishment",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Municipality",
    "Organisation",
    "Participant",
    "ParticipantMember",
    "Postcode",
    "Province",
]
