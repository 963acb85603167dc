"""What people write to have a policy set aside, and about the numbers of the law."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from lifecycle.models import LegalValue
from lifecycle.steps import step_form

DAYS_READ = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")


class OverrideForm(forms.Form):
    """Why a policy should not hold for this one step."""

    reason = forms.CharField(
        label=_("Waarom deze regel hier opzij kan"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Een tweede persoon leest dit en beslist; de reden blijft in het dossier."),
    )


class NumberField(forms.DecimalField):
    """A number as people in Belgium write it: 5.404.000 or 2,5."""

    widget = forms.TextInput

    def to_python(self, value):
        text = re.sub(r"[\s\u00a0]", "", value or "")
        if "," in text or THOUSANDS.fullmatch(text):
            text = text.replace(".", "").replace(",", ".")
        return super().to_python(text)


class ValueForm(forms.Form):
    """A number from a day on, with the text that sets it. A day that is over is asked twice."""

    value = NumberField(
        label=_("Waarde"),
        max_digits=16,
        decimal_places=2,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-10"}),
        help_text=_("In de eenheid van deze sleutel, bijvoorbeeld 5.404.000."),
    )
    valid_from = forms.DateField(
        label=_("Geldig vanaf"),
        input_formats=DAYS_READ,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"}),
        help_text=_("Dag/maand/jaar. Tot en met de dag ervoor geldt de vorige waarde."),
    )
    past_is_meant = forms.BooleanField(
        label=_("Ja, deze waarde geldt ook voor dagen die voorbij zijn"),
        required=False,
        help_text=_("Alleen nodig als die dag in het verleden ligt: wat toen berekend werd, komt dan anders uit."),
    )
    source = forms.CharField(
        label=_("Bron"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("De wet, het besluit of de verordening, met het artikel; zonder bron is er geen waarde."),
    )
    certain = forms.TypedChoiceField(
        label=_("Is dit zeker?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Ja, nagelezen in de bron")), ("no", _("Nee, nog te bevestigen"))],
        coerce=lambda answer: answer == "yes",
    )

    def clean(self):
        given = super().clean()
        day = given.get("valid_from")
        if day and day < clock.today() and not given.get("past_is_meant"):
            self.add_error(
                "valid_from",
                _("Deze dag ligt in het verleden. Bevestig hieronder dat u dat bedoelt, of kies een latere dag."),
            )
        return given

    @property
    def content(self):
        return {name: value for name, value in self.cleaned_data.items() if name not in {"past_is_meant", "key"}}


class ProposeValueForm(ValueForm):
    """A new dated value of a number that the table knows."""

    key = forms.ChoiceField(label=_("Welk getal"))
    field_order = ["key"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        rows = LegalValue.objects.approved().order_by("key", "-valid_from")
        # The latest row of each number says what it means.
        self.likes = {}
        for row in rows:
            self.likes.setdefault(row.key, row)
        self.fields["key"].choices = [(key, f"{row.meaning} ({row.unit})") for key, row in self.likes.items()]

    @property
    def like(self):
        return self.likes[self.cleaned_data["key"]]

    def clean(self):
        given = super().clean()
        if {"key", "valid_from"} <= given.keys():
            taken = LegalValue.objects.approved().filter(key=given["key"], valid_from=given["valid_from"]).first()
            if taken:
                self.add_error(
                    "valid_from", _("Voor deze dag is al een waarde goedgekeurd: verbeter die op haar eigen pagina.")
                )
        return given


class CorrectValueForm(ValueForm):
    """What an approved row should have said."""

    reason = forms.CharField(
        label=_("Wat was er verkeerd"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dit blijft bij de waarde staan."),
    )


@step_form("lifecycle.legalvalue", "reject")
class RejectValueForm(forms.Form):
    reason = forms.CharField(label=_("Reden"), widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, record, **options):
        super().__init__(*args, **options)
        self.record = record
