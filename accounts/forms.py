from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment, User
from lifecycle import clock


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


class GrantForm(forms.ModelForm):
    """A role for somebody else, from now on; `granter` is who grants it."""

    granter = None

    user = forms.EmailField(
        label=_("E-mailadres"), help_text=_("Het adres waarmee de medewerker al een account heeft en zich aanmeldt.")
    )

    class Meta:
        model = RoleAssignment
        fields = ["user", "role", "until"]

    def clean_user(self):
        """Only an address that was proved: anybody can make an account in somebody else's name."""
        proved = {"emailaddress__email__iexact": self.cleaned_data["user"], "emailaddress__verified": True}
        user = User.objects.filter(is_active=True, **proved).first()
        if user is None:
            raise ValidationError(_("Er is geen account waarvan dit adres bevestigd is."))
        if user == self.granter:
            raise ValidationError(_("Niemand kent zichzelf een rol toe."))
        return user

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until is not None and until <= clock.now():
            raise ValidationError(_("Het einde ligt niet na het begin."))
        return until
