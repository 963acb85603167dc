"""What staff fill in about notices: how they left, how they appeared, what was recorded wrongly."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from documents.kept_uploads import KeptFileInput
from lifecycle import clock
from procurement import guards
from procurement.actions.noticing import moment_of, type_of_proof
from procurement.forms.fields import DayField, HourField, written_out
from procurement.forms.procedures import refuse
from procurement.models import Notice, NoticeSubtype
from procurement.models.notices import CALLS


class ProofField(forms.FileField):
    """The confirmation of e-Procurement or TED: kept as it is, never opened here."""

    def __init__(self, **options):
        options.setdefault("label", _("Bewijs van verzending (PDF of XML)"))
        options.setdefault("required", False)
        options.setdefault("widget", KeptFileInput(attrs={"accept": ".pdf,.xml,application/pdf,application/xml"}))
        super().__init__(**options)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload:
            return None
        largest = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        if upload.size > largest:
            raise forms.ValidationError(_now("Het bestand is te groot: hoogstens %s.") % filesizeformat(largest))
        head = upload.read(16)
        upload.seek(0)
        if type_of_proof(head) is None:
            raise forms.ValidationError(_now("Alleen een PDF of een XML-bestand is een bewijs van verzending."))
        return upload


class SubtypeForm(forms.Form):
    """Which form of the eForms standard the call is: nothing is chosen beforehand."""

    subtype = forms.ChoiceField(
        label=_("Subtype van de oproep"), widget=forms.RadioSelect, choices=[(each.value, each.label) for each in CALLS]
    )
    reason = forms.CharField(
        label=_("Waarom een ander subtype dan voorgesteld"),
        widget=written_out(3),
        required=False,
        help_text=_("Alleen als u van het voorstel afwijkt; dit blijft in het verloop staan."),
    )

    def __init__(self, *args, procedure, **options):
        super().__init__(*args, **options)
        self.procedure = procedure

    def clean(self):
        given = super().clean()
        if "subtype" in given:
            refuse(self, "reason", guards.subtype_follows_the_regime.reason(self.procedure, given))
        return given


class DispatchForm(forms.Form):
    """Number, day and hour of a dispatch that lies behind us."""

    number = forms.CharField(
        label=_("Nummer van de aankondiging"), max_length=60, help_text=_("Zoals e-Procurement het gaf.")
    )
    sent_on = DayField(label=_("Verzonden op"))
    hour = HourField(label=_("Uur van verzending"), required=False)

    def clean(self):
        given = super().clean()
        if given.get("sent_on") and moment_of(given["sent_on"], given.get("hour")) > clock.now():
            self.add_error("sent_on", _("De verzending ligt in de toekomst."))
        return given


class NoticeForm(DispatchForm):
    """A notice that followed the call."""

    kind = forms.ChoiceField(
        label=_("Soort"), choices=[pair for pair in Notice.Kind.choices if pair[0] != Notice.Kind.CALL]
    )
    subtype = forms.ChoiceField(
        label=_("Subtype"),
        choices=NoticeSubtype.choices,
        help_text=_("Een wijziging van de oproep heeft het subtype van de oproep zelf."),
    )
    proof = ProofField()
    field_order = ["kind", "subtype", "number", "sent_on", "hour", "proof"]

    def __init__(self, *args, procedure, **options):
        super().__init__(*args, **options)
        self.procedure = procedure

    def clean(self):
        given = super().clean()
        if "kind" in given and "subtype" in given:
            refuse(self, "subtype", guards.notice_fits_its_subtype.reason(self.procedure, given))
            refuse(self, "kind", guards.result_is_known.reason(self.procedure, given))
        return given


class PublicationForm(forms.Form):
    """Where and when the notice appeared."""

    number = forms.CharField(
        label=_("Publicatienummer"), max_length=60, help_text=_("Bijvoorbeeld 123456-2026 (Publicatieblad).")
    )
    published_on = DayField(label=_("Gepubliceerd op"))
    proof = ProofField()

    def clean_published_on(self):
        day = self.cleaned_data["published_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Deze dag ligt in de toekomst."))
        return day


class DispatchCorrectionForm(DispatchForm):
    """What the proof of dispatch really says."""

    reason = forms.CharField(label=_("Wat was er verkeerd"), widget=written_out(4))

    def __init__(self, *args, notice, **options):
        super().__init__(*args, **options)
        self.notice = notice

    def clean(self):
        given = super().clean()
        if not self.errors:
            notice = self.notice
            hour = None if notice.whole_day else notice.dispatched_at.astimezone(clock.BRUSSELS).time()
            if (given["number"], given["sent_on"], given["hour"]) == (notice.number, notice.dispatched_on, hour):
                self.add_error("sent_on", _("Dit is wat er al staat."))
        return given
