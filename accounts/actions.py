"""Granting and ending staff roles: by somebody else, with a trail."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import RoleAssignment, User
from lifecycle import clock, trail
from lifecycle.actors import SYSTEM


@transaction.atomic
def grant_role(*, by, user, role, since=None, until=None) -> RoleAssignment:
    """Grant a role from a moment on; nobody grants a role to himself (`PermissionDenied`)."""
    assignment = RoleAssignment(user=user, role=role, granted_by=by, since=since or clock.now(), until=until)
    if not by.has_perm("accounts.grant_role", assignment):
        raise PermissionDenied
    return _keep(assignment, by=by)


@transaction.atomic
def end_role(assignment, *, by) -> RoleAssignment:
    """End a role now: the next request of that person does without it. Nobody ends his own (`PermissionDenied`)."""
    assignment = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    if not by.has_perm("accounts.grant_role", assignment):
        raise PermissionDenied
    # A role that began this very moment lasted the shortest time there is: the end lies after the start.
    assignment.until = max(clock.now(), assignment.since + dt.timedelta(microseconds=1))
    assignment.save()
    trail.record(assignment, "end_role", by=by, facts={"role": trail.Code(assignment.role), "user": assignment.user})
    return assignment


@transaction.atomic
def appoint_first_administrator(*, email, name) -> User:
    """Set-up: the one role that nobody can grant yet. Refused (`PermissionDenied`) while there is an administrator."""
    if User.objects.with_role("administrator").exists():
        raise PermissionDenied
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
        # Who sets the system up vouches for the address; the password is chosen by mail. An account that somebody made
        # himself proves its address as always.
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    _keep(RoleAssignment(user=user, role="administrator", since=clock.now()), by=SYSTEM)
    return user


@transaction.atomic
def close_account(user, *, by) -> User:
    """Nobody signs in with this account any more, and its sessions end; by an administrator who is somebody else."""
    return _set_active(user, by=by, active=False, verb="close_account")


@transaction.atomic
def reopen_account(user, *, by) -> User:
    """The person may sign in again, with the roles that did not end."""
    return _set_active(user, by=by, active=True, verb="reopen_account")


def _set_active(user, *, by, active, verb):
    if not by.has_perm("accounts.close_account", user):
        raise PermissionDenied
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active != active:
        user.is_active = active
        user.save(update_fields=["is_active"])
        trail.record(user, verb, by=by, facts={"user": user})
    return user


def _keep(assignment, *, by):
    assignment.full_clean()
    assignment.save()
    facts = {"role": trail.Code(assignment.role), "user": assignment.user, "until": assignment.until}
    trail.record(assignment, "grant_role", by=by, facts=facts)
    return assignment
