"""The language of the page, and the second factor that staff must have."""

import datetime as dt

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from lifecycle import clock


class LanguageMiddleware:
    """Dutch, unless somebody chose otherwise: kept with the person when signed in, else in a cookie.

    The browser's list of languages does not count: the authority speaks Dutch, English is a courtesy that one asks for.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        translation.activate(self._chosen(request))
        request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)

    @staticmethod
    def _chosen(request):
        if request.user.is_authenticated:
            return request.user.language
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        return cookie if cookie in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


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
    """Staff without a second factor enrol one; with one they must have used it in this session.

    Until then they see what everybody sees, as if they had not signed in: the views that say `login_not_required`.
    """

    # Signing in and out, proving, choosing a language; what machines ask.
    OPEN = frozenset(
        {
            "account_login",
            "account_logout",
            "account_reauthenticate",
            "account_confirm_email",
            "mfa_authenticate",
            "mfa_reauthenticate",
            "set_language",
            "health-alive",
            "health-ready",
        }
    )
    # Enrolling; the address of the account must be proved before.
    ENROLLING = OPEN | {"mfa_activate_totp", "mfa_index", "account_email", "account_email_verification_sent"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, _args, _kwargs):
        if not settings.STAFF_SECOND_FACTOR or not request.user.is_authenticated or not request.user.is_staff_member:
            return None
        if request.resolver_match.view_name in self.OPEN or second_factor_at(request):
            return None
        enrolled = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
        if not enrolled and request.resolver_match.view_name in self.ENROLLING:
            return None
        if not getattr(view, "login_required", True):
            request.user = AnonymousUser()
            return None
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        page = reverse("mfa_reauthenticate" if enrolled else "mfa_activate_totp")
        return redirect(f"{page}?{urlencode({'next': request.get_full_path()})}")
