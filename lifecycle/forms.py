"""What people write to have a policy set aside."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OverrideForm(forms.Form):
    """Why a policy should not hold for this one step."""

    reason = forms.CharField(
        label=_("Waarom deze regel hier opzij kan"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Een tweede persoon leest dit en beslist; de reden blijft in het dossier."),
    )
