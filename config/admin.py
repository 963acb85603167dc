from django.contrib.admin import AdminSite


class Site(AdminSite):
    """For reference data only: lifecycle records are shown read-only, sealed content not at all."""

    site_header = "Partnerloket"
    site_title = "Partnerloket"

    def has_permission(self, request):
        return request.user.is_active and request.user.has_perm("accounts.use_admin")
