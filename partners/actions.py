"""Registering organisations and the people and places that belong to them."""

from django.db import transaction

from lifecycle import clock, trail
from partners.models import Establishment, Membership, Organisation, Participant, ParticipantMember


@transaction.atomic
def register_organisation(*, by, **fields) -> Organisation:
    """Claim an enterprise number: the person becomes its first member; the authority confirms before it may submit."""
    organisation = Organisation(**fields)
    organisation.full_clean()
    organisation.save()
    Membership.objects.create(
        organisation=organisation, user=by, may_prepare=True, may_sign=True, since=clock.today()
    )
    trail.record(organisation, "register", by=by, facts={"enterprise_number": trail.Code(organisation.enterprise_number)})
    return organisation


@transaction.atomic
def add_member(organisation, *, by, user, may_prepare=True, may_sign=False, until=None) -> Membership:
    """Let a colleague act for the organisation."""
    membership = Membership.objects.create(
        organisation=organisation,
        user=user,
        may_prepare=may_prepare,
        may_sign=may_sign,
        since=clock.today(),
        until=until,
    )
    facts = {"user": user, "may_prepare": may_prepare, "may_sign": may_sign}
    trail.record(organisation, "add_member", by=by, facts=facts)
    return membership


@transaction.atomic
def add_establishment(organisation, *, by, **fields) -> Establishment:
    """Add a place where the organisation works."""
    establishment = Establishment(organisation=organisation, **fields)
    establishment.full_clean()
    establishment.save()
    trail.record(organisation, "add_establishment", by=by, facts={"number": trail.Code(establishment.number)})
    return establishment


@transaction.atomic
def create_participant(*, by, lead, members=(), relied_on=(), name="") -> Participant:
    """The party of one organisation, or of a consortium with its lead and members, and who it relies on."""
    kind = Participant.Kind.CONSORTIUM if members else Participant.Kind.ALONE
    participant = Participant.objects.create(kind=kind, name=name or lead.name, lead=lead)
    roles = [(lead, "lead"), *((each, "member") for each in members), *((each, "relied_on") for each in relied_on)]
    for organisation, role in roles:
        ParticipantMember.objects.create(participant=participant, organisation=organisation, role=role)
    trail.record(lead, "create_participant", by=by, facts={"participant": participant})
    return participant


def participant_alone(organisation, *, by) -> Participant:
    """The organisation as a party of its own, made once."""
    found = Participant.objects.filter(lead=organisation, kind=Participant.Kind.ALONE).order_by("pk").first()
    return found or create_participant(by=by, lead=organisation)
