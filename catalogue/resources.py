"""The catalogue in and out of spreadsheets, by code."""

from import_export import fields, resources
from import_export.widgets import ForeignKeyWidget, JSONWidget

from catalogue.models import Area, Combination, Product, ProductPart, Service


class ByCode(resources.ModelResource):
    """Adds what is new and changes what has this code; every row is validated as a form would be."""

    class Meta:
        import_id_fields = ("code",)
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True


class ServiceResource(ByCode):
    class Meta(ByCode.Meta):
        model = Service
        fields = ("code", "name_nl", "name_en", "description_nl", "description_en")


class ProductResource(ByCode):
    class Meta(ByCode.Meta):
        model = Product
        fields = (
            "code", "kind", "way", "position", "name_nl", "name_en", "description_nl", "description_en", "active_from",
            "active_until",
        )  # fmt: skip


class ProductPartResource(resources.ModelResource):
    product = fields.Field("product", "product", widget=ForeignKeyWidget(Product, "code"))
    service = fields.Field("service", "service", widget=ForeignKeyWidget(Service, "code"))

    class Meta(ByCode.Meta):
        model = ProductPart
        import_id_fields = ("product", "service")
        fields = ("product", "service", "use", "may_open_as_module", "position")


class CombinationResource(resources.ModelResource):
    action = fields.Field("action", "action", widget=ForeignKeyWidget(Product, "code"))
    base = fields.Field("base", "base", widget=ForeignKeyWidget(Product, "code"))

    class Meta(ByCode.Meta):
        model = Combination
        import_id_fields = ("action", "base")
        fields = ("action", "base", "since")


class AreaResource(ByCode):
    nuts3 = fields.Field("nuts3", "nuts3", widget=JSONWidget())

    class Meta(ByCode.Meta):
        model = Area
        fields = ("code", "name_nl", "name_en", "nuts3")
