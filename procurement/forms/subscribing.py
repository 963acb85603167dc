"""What a visitor gives to be told of changes: an address, and nothing else."""

from django import forms
from django.utils.translation import gettext_lazy as _

NO_ADDRESS = _("Dit is geen e-mailadres: vul er een in zoals naam@voorbeeld.be.")


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": NO_ADDRESS, "invalid": NO_ADDRESS},
    )
