"""Inviting a colleague, and asking to act for an organisation that is registered already."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.forms.powers import PowersForm
from partners.numbers import clean_enterprise_number


class InvitationForm(PowersForm):
    field_order = ["email", "may_prepare", "may_sign", "sign_limit", "last_day"]

    email = forms.EmailField(
        label=_("E-mailadres van uw collega"),
        help_text=_("Uw collega krijgt een mail met een persoonlijke link, en maakt er zo nodig een account."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class AccessForm(forms.Form):
    """The number of the organisation, and who asks."""

    enterprise_number = forms.CharField(
        label=_("Ondernemingsnummer"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-10"}),
        help_text=_("Tien cijfers uit de Kruispuntbank van Ondernemingen, bijvoorbeeld 0123.456.749."),
    )
    words = forms.CharField(
        label=_("Wie u bent in de organisatie"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Wie beslist, leest dit met uw naam en e-mailadres."),
    )

    def clean_enterprise_number(self):
        return clean_enterprise_number(self.cleaned_data["enterprise_number"])


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reden van de weigering"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De vrager leest dit."),
    )
