"""Registering organisations, the people and places that belong to them, and the parties that they form."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lifecycle import clock, trail
from lifecycle.actors import is_system
from partners.models import Establishment, Membership, Organisation, Participant, ParticipantMember

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
    _join(organisation, by=by, user=by, may_prepare=True, may_sign=True)
    return organisation


@transaction.atomic
def add_member(organisation, *, by, user, may_prepare=True, may_sign=False, until=None) -> Membership:
    """Let a colleague act for a confirmed organisation; only who may sign for it can do that.

    Raises `ValidationError` for staff of the authority and for who is a member already.
    """
    _check(by, "partners.manage_members", organisation)
    return _join(organisation, by=by, user=user, may_prepare=may_prepare, may_sign=may_sign, until=until)


@transaction.atomic
def end_membership(membership, *, by) -> Membership:
    """From now on this person acts for the organisation no more; the last one who may sign stays."""
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    _check(by, "partners.manage_members", organisation)
    others = Membership.objects.current().filter(organisation=organisation, may_sign=True).exclude(pk=membership.pk)
    if membership.may_sign and not others.exists():
        raise ValidationError(_("Wie als enige mag ondertekenen, kan niet weg: voeg eerst iemand anders toe."))
    # A membership that began this very moment lasted the shortest time there is: the end lies after the start.
    membership.until = max(clock.now(), membership.since + dt.timedelta(microseconds=1))
    membership.save()
    trail.record(organisation, "end_membership", by=by, facts={"user": membership.user})
    return membership


@transaction.atomic
def add_establishment(organisation, *, by, **fields) -> Establishment:
    """Add a place where the organisation works."""
    _check(by, "partners.edit_organisation", organisation)
    establishment = _keep(Establishment(organisation=organisation, **fields), on="number")
    trail.record(organisation, "add_establishment", by=by, facts={"number": trail.Code(establishment.number)})
    return establishment


@transaction.atomic
def create_participant(*, by, lead, members=(), relied_on=(), name="") -> Participant:
    """The party of one organisation, or of a consortium with its lead and members, and who it relies on.

    Raises `PermissionDenied` for who may not prepare for the lead, `ValidationError` when an organisation is named twice.
    """
    _check(by, "partners.act_for_organisation", lead)
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


def _join(organisation, *, by, user, may_prepare, may_sign, until=None):
    if user.is_staff_member:
        raise ValidationError({"user": _("Medewerkers van de aanbesteder kunnen geen lid van een partner zijn.")})
    membership = Membership(
        organisation=organisation,
        user=user,
        may_prepare=may_prepare,
        may_sign=may_sign,
        since=clock.now(),
        until=until,
    )
    membership.full_clean()
    membership.save()
    facts = {"user": user, "may_prepare": may_prepare, "may_sign": may_sign}
    trail.record(organisation, "add_member", by=by, facts=facts)
    return membership


def _check(person, permission, organisation):
    """The system may register what the authority decided; a person needs the permission on this organisation."""
    if not is_system(person) and not person.has_perm(permission, organisation):
        raise PermissionDenied
