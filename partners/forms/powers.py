"""What a colleague may do, up to which amount, and until when."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from lifecycle.forms import DAYS_READ, NumberField


class PowersForm(forms.Form):
    """`facts` is what the actions take: the last day becomes the moment at which it is over."""

    may_prepare = forms.BooleanField(
        label=_("Mag voorbereiden"),
        required=False,
        initial=True,
        help_text=_("Invullen, bestanden toevoegen, nalezen."),
    )
    may_sign = forms.BooleanField(
        label=_("Mag ondertekenen"),
        required=False,
        help_text=_("Indienen en de organisatie verbinden, en leden beheren."),
    )
    sign_limit = NumberField(
        label=_("Ondertekent tot en met, in euro"),
        required=False,
        max_digits=14,
        decimal_places=2,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-10"}),
        help_text=_("Alleen voor wie mag ondertekenen, bijvoorbeeld 50.000. Leeg: zonder grens."),
    )
    last_day = forms.DateField(
        label=_("Tot en met"),
        required=False,
        input_formats=DAYS_READ,
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"autocomplete": "off", "inputmode": "numeric", "class": "govuk-input--width-10"}
        ),
        help_text=_("De laatste dag, als dag/maand/jaar. Leeg: zonder einde."),
    )

    @classmethod
    def initial_of(cls, membership):
        """The powers that somebody has now, as the form shows them."""
        day = clock.local_date(membership.until - dt.timedelta(microseconds=1)) if membership.until else None
        limit = membership.sign_limit
        return membership.powers | {"last_day": day, "sign_limit": limit and f"{limit:.2f}".replace(".", ",")}

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day is not None and day < clock.today():
            raise ValidationError(_("Deze dag is voorbij."))
        return day

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("may_prepare") and not cleaned.get("may_sign"):
            self.add_error("may_prepare", _("Een lid mag voorbereiden, ondertekenen, of beide."))
        if cleaned.get("sign_limit") is not None and not cleaned.get("may_sign"):
            self.add_error("sign_limit", _("Een grens is er alleen voor wie mag ondertekenen."))
        return cleaned

    @property
    def facts(self):
        given = {name: value for name, value in self.cleaned_data.items() if name != "last_day"}
        day = self.cleaned_data.get("last_day")
        return given | {"until": clock.at(day + dt.timedelta(days=1)) if day else None}
