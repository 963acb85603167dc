from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.urls import reverse


class Site(AdminSite):
    """For reference data only: lifecycle records are shown read-only, sealed content not at all."""

    site_header = "Partnerloket"
    site_title = "Partnerloket"

    def has_permission(self, request):
        return request.user.is_active and request.user.has_perm("accounts.use_admin")

    def login(self, request, extra_context=None):
        """There is one page to sign in, with its rate limits and second factor; who is signed in already may not enter."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
