"""Organisations out of and into spreadsheets, with a preview. Their pages are where they are changed and confirmed."""

from django.contrib import admin
from import_export.admin import ImportExportModelAdmin

from lifecycle.spreadsheets import Limited
from partners.models import Organisation
from partners.resources import OrganisationResource


@admin.register(Organisation)
class OrganisationAdmin(Limited, ImportExportModelAdmin):
    resource_classes = [OrganisationResource]
    list_display = ["name", "written_number", "state", "kind", "place"]
    list_select_related = ["postcode__municipality"]
    list_filter = ["state", "kind"]
    search_fields = ["name", "enterprise_number"]

    def has_import_permission(self, request):
        return request.user.has_perm("partners.import_organisation")

    def has_export_permission(self, request):
        return request.user.has_perm("partners.view_any_organisation")
