"""What people of a partner fill in: their organisation and its establishments."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partners.models import Establishment, Organisation, Postcode

NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


class WithPlace(forms.ModelForm):
    """An address whose postcode and municipality belong together; `cleaned_data["postcode"]` is the `Postcode`."""

    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=10,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "postal-code", "class": "govuk-input--width-5"}
        ),
    )
    municipality = forms.CharField(
        label=_("Gemeente"),
        max_length=80,
        required=False,
        help_text=_(
            "De gemeente zoals ze sinds 2025 heet, niet de deelgemeente. Leeg: we vullen ze in bij de postcode."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )

    def clean(self):
        cleaned = super().clean()
        if "postcode" in cleaned:
            try:
                cleaned["postcode"] = Postcode.objects.place(cleaned["postcode"], cleaned.get("municipality", ""))
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    @property
    def facts(self):
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "municipality"}


class OrganisationForm(WithPlace):
    field_order = [
        "enterprise_number", "name", "kind", "legal_form", "email", "phone", "street", "postcode", "municipality",
    ]  # fmt: skip

    class Meta:
        model = Organisation
        fields = ["enterprise_number", "name", "kind", "legal_form", "email", "phone", "street"]
        widgets = {
            "enterprise_number": forms.TextInput(attrs=NUMERIC),
            "kind": forms.RadioSelect,
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "street": forms.TextInput(attrs={"autocomplete": "address-line1"}),
        }
        help_texts = {
            "enterprise_number": _("Tien cijfers uit de Kruispuntbank van Ondernemingen, bijvoorbeeld 0123.456.749."),
            "name": _("De officiële naam, zoals in de Kruispuntbank."),
            "legal_form": _("Bijvoorbeeld bv, nv of vzw."),
            "email": _("Hierheen gaan de kennisgevingen. Kies een adres dat altijd gelezen wordt."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["legal_form"].required = True
        self.fields["kind"].choices = Organisation.Kind.choices


class EstablishmentForm(WithPlace):
    field_order = ["number", "name", "street", "postcode", "municipality"]

    class Meta:
        model = Establishment
        fields = ["number", "name", "street"]
        widgets = {"number": forms.TextInput(attrs=NUMERIC)}
        help_texts = {
            "number": _("Tien cijfers uit de Kruispuntbank van Ondernemingen, bijvoorbeeld 2.123.456.789."),
            "name": _("Hoe klanten deze plaats kennen."),
        }
