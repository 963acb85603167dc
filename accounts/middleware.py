"""The language of the person, and the second factor that staff must have."""

import datetime as dt

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import resolve
from django.utils import translation

from lifecycle import clock


class LanguageMiddleware:
    """A signed-in person's own choice of language wins over the browser's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


def second_factor_at(request) -> dt.datetime | None:
    """When this session last proved the second factor, in legal time, or None.

    The session keeps the machine's time; how long ago that is holds for a simulated clock too.
    """
    records = get_authentication_records(request, request.user)
    moments = [record["at"] for record in records if record.get("method") == "mfa"]
    if not moments:
        return None
    return clock.now() - (clock.real_now() - dt.datetime.fromtimestamp(max(moments), dt.UTC))


class StaffSecondFactorMiddleware:
    """Staff without a second factor enrol one; with one they must have used it in this session."""

    # What a staff member may open before the second factor: signing in and out, enrolling, proving.
    OPEN = frozenset(
        {
            "account_login",
            "account_logout",
            "account_reauthenticate",
            "mfa_authenticate",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_index",
            "mfa_view_recovery_codes",
            "set_language",
            "health-alive",
            "health-ready",
        }
    )

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.STAFF_SECOND_FACTOR or not request.user.is_authenticated or not request.user.is_staff_member:
            return self.get_response(request)
        if resolve(request.path_info).url_name in self.OPEN or second_factor_at(request):
            return self.get_response(request)
        if not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
            return redirect("mfa_activate_totp")
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        return redirect("mfa_reauthenticate")
