"""Organisations in and out of spreadsheets."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources, widgets

from lifecycle import trail
from partners.models import Organisation, Postcode
from partners.numbers import clean_enterprise_number


class KindWidget(widgets.Widget):
    """The kind by its code or by its Dutch name."""

    def clean(self, value, row=None, **kwargs):
        text = str(value or "").strip().casefold()
        for code, label in Organisation.Kind.choices:
            if text in {code, str(label).casefold()}:
                return code
        known = ", ".join(Organisation.Kind.values)
        raise ValueError(_now("Onbekende soort “%(text)s”: kies uit %(known)s.") % {"text": value, "known": known})


class PostcodeWidget(widgets.Widget):
    """The postcode, checked against the municipality in the column beside it."""

    def clean(self, value, row=None, **kwargs):
        try:
            return Postcode.objects.place(_text(value), _text(row.get("municipality")))
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    def render(self, value, obj=None, **kwargs):
        return value.code if value else ""


def _text(value) -> str:
    """A cell as text: a spreadsheet hands a postcode or a number over as 9000 or 9000.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value if value is not None else "").strip()


class OrganisationResource(resources.ModelResource):
    """Adds organisations, unconfirmed; a number that is known already is left alone, for its owner keeps it up to date."""

    kind = fields.Field("kind", "kind", widget=KindWidget())
    postcode = fields.Field("postcode", "postcode", widget=PostcodeWidget())
    municipality = fields.Field("postcode__municipality__name", "municipality", readonly=True)

    class Meta:
        model = Organisation
        fields = (
            "enterprise_number", "name", "kind", "legal_form", "email", "phone", "street", "postcode", "municipality",
        )  # fmt: skip
        import_id_fields = ("enterprise_number",)
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True

    def before_import_row(self, row, **kwargs):
        """The number decides which organisation a row is about, so it comes first."""
        try:
            row["enterprise_number"] = clean_enterprise_number(_text(row.get("enterprise_number")))
        except ValidationError as error:
            raise ValidationError({"enterprise_number": error.messages}) from error

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return original.pk is not None

    def after_save_instance(self, instance, row, **kwargs):
        """Every organisation says by whom it was read in."""
        facts = {"enterprise_number": trail.Code(instance.enterprise_number)}
        trail.record(instance, "import", by=kwargs["user"], facts=facts)


class OrganisationList(resources.ModelResource):
    """The list as people read it."""

    number = fields.Field("written_number", _("Ondernemingsnummer"))
    name = fields.Field("name", _("Naam"))
    state = fields.Field("get_state_display", _("Toestand"))
    kind = fields.Field("get_kind_display", _("Soort"))
    legal_form = fields.Field("legal_form", _("Rechtsvorm"))
    email = fields.Field("email", _("E-mailadres"))
    phone = fields.Field("phone", _("Telefoon"))
    street = fields.Field("street", _("Straat en nummer"))
    postcode = fields.Field("postcode__code", _("Postcode"))
    municipality = fields.Field("postcode__municipality__name", _("Gemeente"))
    province = fields.Field("postcode__municipality__get_province_display", _("Provincie"))

    class Meta:
        model = Organisation
        fields = (
            "number", "name", "state", "kind", "legal_form", "email", "phone", "street", "postcode", "municipality", "province",
        )  # fmt: skip
