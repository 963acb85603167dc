from django import forms
from django.utils.translation import gettext_lazy as _


class SignupForm(forms.Form):
    """What allauth's page for a new account asks besides the address and the password."""

    field_order = ["name", "email", "password1", "password2"]

    name = forms.CharField(
        label=_("Naam"),
        max_length=120,
        help_text=_("Uw voornaam en naam, zoals ze bij wat u indient mogen staan."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request, user):
        """The adapter keeps the name together with the account."""
