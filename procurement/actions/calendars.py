"""The secret address at which a member of the staff reads every timetable: made, replaced, ended by that person alone."""

import hashlib

from django.core.exceptions import PermissionDenied

from lifecycle import clock, trail
from lifecycle.steps import action
from procurement.models import CalendarToken
from procurement.models.planning import new_secret


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@action("procurement.make_calendar_address")
def make_calendar_address(user, *, by) -> str:
    """A new secret, which is shown once and kept as a digest; the address that there was ends now."""
    _end(_own(user, by), by=by)
    secret = new_secret()
    token = CalendarToken.objects.create(user=user, digest=digest_of(secret), made_at=clock.now())
    trail.record(token, "make_calendar_address", by=by)
    return secret


@action("procurement.end_calendar_address")
def end_calendar_address(user, *, by):
    """From now on the address answers nobody."""
    _end(_own(user, by), by=by)


def _own(user, by):
    if user.pk != by.pk or not by.has_perm("procurement.view_internal_procedure"):
        raise PermissionDenied
    return CalendarToken.objects.select_for_update().filter(user=user).current()


def _end(tokens, *, by):
    for token in tokens:
        token.ended_at = clock.now()
        token.save()
        trail.record(token, "end_calendar_address", by=by)
