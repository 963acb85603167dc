"""Granting and ending staff roles: by somebody else, with a trail."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import RoleAssignment
from lifecycle import clock, trail


@transaction.atomic
def grant_role(*, by, user, role, since=None, until=None) -> RoleAssignment:
    """Grant a role from a day on; nobody grants a role to himself."""
    assignment = RoleAssignment(user=user, role=role, granted_by=by, since=since or clock.today(), until=until)
    if not by.has_perm("accounts.grant_role", assignment):
        raise PermissionDenied
    assignment.full_clean()
    assignment.save()
    trail.record(assignment, "grant_role", by=by, facts={"role": trail.Code(role), "user": user})
    return assignment


@transaction.atomic
def end_role(assignment, *, by) -> RoleAssignment:
    """End a role today."""
    if not by.has_perm("accounts.grant_role", assignment):
        raise PermissionDenied
    assignment.until = clock.today()
    assignment.save()
    trail.record(assignment, "end_role", by=by, facts={"role": trail.Code(assignment.role)})
    return assignment
