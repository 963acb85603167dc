"""Registering organisations and their places, and the parties that they form."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lifecycle import trail
from partners.actions.memberships import begin, may_or_not
from partners.models import Establishment, Organisation, Participant, ParticipantMember

Role = ParticipantMember.Role


@transaction.atomic
def register_organisation(*, by, **fields) -> Organisation:
    """Claim an enterprise number: the person becomes its first member; the authority confirms before it may submit.

    Raises `ValidationError` by field, and `PermissionDenied` for staff of the authority: they are not their own partner.
    """
    if not by.has_perm("partners.register_organisation"):
        raise PermissionDenied
    organisation = _keep(Organisation(**fields), on="enterprise_number")
    trail.record(
        organisation, "register", by=by, facts={"enterprise_number": trail.Code(organisation.enterprise_number)}
    )
    begin(organisation, by=by, user=by, may_prepare=True, may_sign=True)
    return organisation


@transaction.atomic
def add_establishment(organisation, *, by, **fields) -> Establishment:
    """Add a place where the organisation works."""
    may_or_not(by, "partners.edit_organisation", organisation)
    establishment = _keep(Establishment(organisation=organisation, **fields), on="number")
    trail.record(organisation, "add_establishment", by=by, facts={"number": trail.Code(establishment.number)})
    return establishment


@transaction.atomic
def create_participant(*, by, lead, members=(), relied_on=(), name="") -> Participant:
    """The party of one organisation, or of a consortium with its lead and members, and who it relies on.

    Raises `PermissionDenied` for who may not prepare for the lead, `ValidationError` when an organisation is named twice.
    """
    may_or_not(by, "partners.act_for_organisation", lead)
    parts = [(lead, Role.LEAD)]
    parts += [(each, Role.MEMBER) for each in members]
    parts += [(each, Role.RELIED_ON) for each in relied_on]
    if len({organisation.pk for organisation, _role in parts}) < len(parts):
        raise ValidationError(_("Een organisatie heeft één rol in een deelnemer: ze kan er niet twee keer in staan."))
    kind = Participant.Kind.CONSORTIUM if members else Participant.Kind.ALONE
    participant = Participant.objects.create(kind=kind, name=name or lead.name, lead=lead)
    ParticipantMember.objects.bulk_create(
        ParticipantMember(participant=participant, organisation=organisation, role=role) for organisation, role in parts
    )
    facts = {"participant": participant, "members": list(members), "relied_on": list(relied_on)}
    trail.record(lead, "create_participant", by=by, facts=facts)
    return participant


def participant_alone(organisation, *, by) -> Participant:
    """The organisation as a party of its own that relies on nobody, made once."""
    alone = Participant.objects.filter(lead=organisation, kind=Participant.Kind.ALONE)
    found = alone.exclude(members__role=Role.RELIED_ON).order_by("pk").first()
    return found or create_participant(by=by, lead=organisation)


def _keep(record, *, on):
    """Validate and save; who was a moment later with the same number hears it as `ValidationError` on that field."""
    record.full_clean()
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as collision:
        raise ValidationError({on: record._meta.get_field(on).error_messages["unique"]}) from collision
    return record
