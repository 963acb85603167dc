"""Copying an earlier procedure: only the number is new."""

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.models import Procedure


class CopyForm(forms.Form):
    number = forms.CharField(
        label=_("Nummer van de nieuwe procedure"),
        max_length=20,
        help_text=_("Zoals het op elk stuk staat, bijvoorbeeld 2026-001."),
    )

    def clean_number(self):
        number = self.cleaned_data["number"].strip()
        if Procedure.objects.filter(number=number).exists():
            raise forms.ValidationError(_("Er is al een procedure met dit nummer."))
        return number
