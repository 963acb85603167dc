"""The catalogue, for who may manage it: a new action is data. In and out of spreadsheets, with a preview."""

from django.contrib import admin
from import_export.admin import ImportExportModelAdmin

from catalogue.models import Area, Combination, Product, ProductPart, Service
from catalogue.resources import AreaResource, CombinationResource, ProductPartResource, ProductResource, ServiceResource
from lifecycle.spreadsheets import Limited


class Managed(Limited, ImportExportModelAdmin):
    def has_import_permission(self, request):
        return request.user.has_perm("catalogue.manage_catalogue")

    has_export_permission = has_import_permission


class PartInline(admin.TabularInline):
    model = ProductPart
    extra = 0


class CombinationInline(admin.TabularInline):
    model = Combination
    fk_name = "action"
    extra = 0


@admin.register(Product)
class ProductAdmin(Managed):
    resource_classes = [ProductResource]
    list_display = ["name_nl", "code", "kind", "way", "active_from", "active_until"]
    list_filter = ["kind"]
    inlines = [PartInline, CombinationInline]


@admin.register(Service)
class ServiceAdmin(Managed):
    resource_classes = [ServiceResource]
    list_display = ["name_nl", "code"]
    search_fields = ["name_nl", "code"]


@admin.register(ProductPart)
class ProductPartAdmin(Managed):
    resource_classes = [ProductPartResource]
    list_display = ["product", "service", "use", "may_open_as_module"]
    list_select_related = ["product", "service"]


@admin.register(Combination)
class CombinationAdmin(Managed):
    resource_classes = [CombinationResource]
    list_display = ["action", "base", "since"]
    list_select_related = ["action", "base"]


@admin.register(Area)
class AreaAdmin(Managed):
    resource_classes = [AreaResource]
    list_display = ["name_nl", "code", "nuts3"]
