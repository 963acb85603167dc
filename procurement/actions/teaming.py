"""Who works on a procedure: members of its team, and who stands in for them (act of 17 June 2016, art. 26)."""

import datetime as dt

from django.core.exceptions import PermissionDenied

from lifecycle import clock, trail
from lifecycle.steps import Blocked, action
from procurement import guards
from procurement.models import Procedure
from procurement.models.teams import STAFF_ROLES


@action("procurement.join_team")
def join_team(member, *, by):
    """Name a member or a deputy: not who stated an interest, and not without the staff role that carries the steps."""
    procedure = member.procedure
    _may_name(procedure, by)
    facts = {"person": member.user, "staff_role": STAFF_ROLES[member.role]}
    conditions = (guards.no_conflict_was_stated, guards.person_holds_the_role)
    if reasons := [reason for guard in conditions if (reason := guard.reason(procedure, facts))]:
        raise Blocked(reasons, procedure)
    member.named_by, member.named_at = by, clock.now()
    member.save()
    # Said on the procedure itself: as long as nobody is named, no step needs to ask who is.
    procedure.has_team = True
    Procedure.objects.filter(pk=procedure.pk).update(has_team=True)
    trail.record(procedure, "join_team", by=by, facts=_facts(member))
    return member


@action("procurement.leave_team")
def leave_team(member, *, by):
    """End a membership now, with its deputies. Who never began is taken off the list; the trail keeps that too."""
    procedure = member.procedure
    _may_name(procedure, by)
    yesterday = clock.today() - dt.timedelta(days=1)
    for each in (*member.deputies.filter(until__gt=yesterday), member):
        if each.since > yesterday:
            each.delete()
        else:
            each.until = yesterday
            each.save()
    trail.record(procedure, "leave_team", by=by, facts=_facts(member))


def _may_name(procedure, by):
    if not by.has_perm("procurement.name_team", procedure):
        raise PermissionDenied


def _facts(member):
    return {
        "person": member.user,
        "team_role": trail.Code(member.role),
        "since": member.since,
        "until": member.until,
        "replaces": member.replaces and member.replaces.user,
    }
