"""Who acts for an organisation: members begin, get other powers, and end. What was, stays: nothing is overwritten."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lifecycle import clock, trail
from lifecycle.actors import is_system
from lifecycle.templatetags.lifecycle import euro
from partners.models import Membership, Organisation


@transaction.atomic
def add_member(organisation, *, by, user, may_prepare=True, may_sign=False, sign_limit=None, until=None) -> Membership:
    """Let a colleague act for a confirmed organisation; only who may sign for it can do that.

    Raises `ValidationError` for staff of the authority and for who is a member already.
    """
    may_or_not(by, "partners.manage_members", organisation)
    powers = {"may_prepare": may_prepare, "may_sign": may_sign, "sign_limit": sign_limit}
    within_own_reach(organisation, by=by, **powers)
    return begin(organisation, by=by, user=user, until=until, **powers)


@transaction.atomic
def change_powers(membership, *, by, may_prepare, may_sign, sign_limit=None, until=None) -> Membership:
    """Other powers from now on: what the person could do until now ends and stays as it was.

    Raises `ValidationError` when nothing would change, and when nobody would be left who may sign.
    """
    organisation = locked(membership.organisation)
    may_or_not(by, "partners.manage_members", organisation)
    before = Membership.objects.select_related("user").get(pk=membership.pk)
    powers = {"may_prepare": may_prepare, "may_sign": may_sign, "sign_limit": sign_limit}
    if not _holds(before):
        raise ValidationError(_("Dit lidmaatschap is al beëindigd."))
    if (before.powers, before.until) == (powers, until):
        raise ValidationError(_("Er is niets gewijzigd."))
    within_own_reach(organisation, by=by, **powers)
    if not may_sign:
        _somebody_else_signs(before)
    ended_at = _end(before)
    return begin(organisation, by=by, user=before.user, until=until, since=ended_at, what="change_powers", **powers)


@transaction.atomic
def end_membership(membership, *, by) -> Membership:
    """From now on this person acts for the organisation no more; the last one who may sign stays."""
    organisation = locked(membership.organisation)
    may_or_not(by, "partners.manage_members", organisation)
    _somebody_else_signs(membership)
    _end(membership)
    trail.record(organisation, "end_membership", by=by, facts={"user": membership.user})
    return membership


def begin(organisation, *, by, user, may_prepare, may_sign, sign_limit=None, until=None, since=None, what="add_member"):
    """A membership from now on. Who calls this answers for the permission; the row of the organisation is locked here."""
    if user.is_staff_member:
        raise ValidationError(_("Medewerkers van de aanbesteder kunnen geen lid van een partner zijn."))
    locked(organisation)
    since = since or clock.now()
    if Membership.objects.filter(Q(until=None) | Q(until__gt=since), organisation=organisation, user=user).exists():
        raise ValidationError(_("Deze persoon is al lid van deze organisatie."))
    powers = {"may_prepare": may_prepare, "may_sign": may_sign, "sign_limit": sign_limit}
    membership = Membership(organisation=organisation, user=user, since=since, until=until, **powers)
    membership.full_clean()
    membership.save()
    trail.record(organisation, what, by=by, facts={"user": user, **powers, "until": until})
    return membership


def within_own_reach(organisation, *, by, may_sign, sign_limit, **_others):
    """Nobody lets another sign for more than he may sign for himself; who decides for the absent has no limit."""
    if is_system(by) or not may_sign:
        return
    own = list(Membership.objects.signing().filter(organisation=organisation, user=by))
    if own and not any(each.may_sign_for(sign_limit) for each in own):
        sentence = _("U mag zelf ondertekenen tot en met %(amount)s: u kunt niemand meer geven.")
        raise ValidationError({"sign_limit": sentence % {"amount": euro(max(each.sign_limit for each in own))}})


def may_or_not(person, permission, record):
    """The system may do what the authority decided; a person needs the permission on this record."""
    if not is_system(person) and not person.has_perm(permission, record):
        raise PermissionDenied


def locked(organisation) -> Organisation:
    """Who acts for an organisation changes one after the other."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _holds(membership):
    return membership.until is None or membership.until > clock.now()


def _somebody_else_signs(membership):
    others = Membership.objects.signing().filter(organisation=membership.organisation_id).exclude(pk=membership.pk)
    if membership.may_sign and not others.exists():
        raise ValidationError(_("Wie als enige mag ondertekenen, kan niet weg: voeg eerst iemand anders toe."))


def _end(membership) -> dt.datetime:
    # A membership that began this very moment lasted the shortest time there is: the end lies after the start.
    membership.until = max(clock.now(), membership.since + dt.timedelta(microseconds=1))
    membership.save()
    return membership.until
