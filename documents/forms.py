"""What people fill in about documents."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import ReturnedMail
from lifecycle.steps import step_form


class RegisteredSendingForm(forms.Form):
    """The proof of posting of one letter."""

    number = forms.CharField(
        label=_("Nummer van de aangetekende zending"),
        max_length=60,
        help_text=_("Zoals het op het bewijs van afgifte staat."),
    )
    sent_at = forms.DateTimeField(
        label=_("Datum en uur van afgifte"),
        help_text=_("Bijvoorbeeld 30/10/2026 16:05."),
        input_formats=["%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )


class ReturnedMailForm(forms.Form):
    """What was done about a mail that came back."""

    answer = forms.ChoiceField(
        label=_("Wat hebt u gedaan?"),
        choices=ReturnedMail.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe de bestemmeling is bereikt.")},
    )
    note = forms.CharField(
        label=_("Toelichting"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Naar welk adres, op welke dag of waarom niets nodig is. Dit blijft in het dossier."),
        error_messages={
            "required": _("Zeg kort wat u gedaan hebt: het dossier moet tonen hoe de bestemmeling is bereikt.")
        },
    )


class TextForm(forms.Form):
    """The body of a template or clause, in the language that `documents.language` allows."""

    body = forms.CharField(
        label=_("Tekst"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "true", "lang": "nl", "class": "template-text"}),
        help_text=_(
            "Gewone opmaak (p, h2, ul, table), gegevens als {{ naam }}, lussen en voorwaarden als {% for %} en {% if %}."
        ),
    )


class SendingCorrectionForm(RegisteredSendingForm):
    """What the proof of posting really says, and what went wrong when it was recorded."""

    reason = forms.CharField(label=_("Wat was er verkeerd"), widget=forms.Textarea(attrs={"rows": 4}))


class _CorrectionStepForm(forms.Form):
    def __init__(self, *args, record, **options):
        super().__init__(*args, **options)
        self.record = record


@step_form("documents.correction", "reject")
class RejectCorrectionForm(_CorrectionStepForm):
    reason = forms.CharField(label=_("Reden"), widget=forms.Textarea(attrs={"rows": 4}))


@step_form("documents.correction", "take_note")
class TakeNoteForm(_CorrectionStepForm):
    reason = forms.CharField(
        label=_("Wat u vaststelt en wat u eraan doet"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Het verleden wordt niet ongedaan gemaakt; hier staat wat de jurist ervan vindt."),
    )
