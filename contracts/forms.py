"""What the verbs of contracts and amendments ask for, and the facts of a contract while it is prepared."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from catalogue.models import ProductPart, Service
from contracts import guards
from contracts.models import Amendment, Contract
from documents.kept_uploads import KeptFileInput
from lifecycle import clock
from lifecycle.steps import step_form
from partners.models import Establishment
from procurement.forms.fields import AmountField, DayField, written_out


def with_ground(sentence, ground):
    """A sentence with the rule that it rests on, as an error next to a field says it."""
    return f"{sentence} ({ground})"


class StepForm(forms.Form):
    """A form that asks for the facts of one verb of `record`."""

    def __init__(self, *args, record, **options):
        super().__init__(*args, **options)
        self.record = record


@step_form("contracts.contract", "take_back")
@step_form("contracts.contract", "withdraw")
@step_form("contracts.amendment", "abandon")
class ReasonForm(StepForm):
    reason = forms.CharField(label=_("Reden"), max_length=8000, widget=written_out(5))


@step_form("contracts.contract", "suspend")
@step_form("contracts.contract", "resume")
@step_form("contracts.contract", "remedy")
class MeasureForm(StepForm):
    reason = forms.CharField(
        label=_("Motivering"), max_length=8000, widget=written_out(6), help_text=_("De partner leest deze tekst.")
    )


@step_form("contracts.contract", "serve_notice_of_default")
class NoticeOfDefaultForm(StepForm):
    reason = forms.CharField(
        label=_("Vastgestelde tekortkoming"),
        max_length=8000,
        widget=written_out(8),
        help_text=_("Wat is vastgesteld, wanneer en waar; welke verplichting is geschonden. De partner leest dit."),
    )


@step_form("contracts.contract", "terminate")
class TerminateForm(StepForm):
    ground = forms.ChoiceField(label=_("Grond"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Motivering"), max_length=8000, widget=written_out(8), help_text=_("De partner leest deze tekst.")
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["ground"].choices = self.record.grounds_of_termination

    def clean_ground(self):
        ground = self.cleaned_data["ground"]
        reason = guards.partner_could_answer.reason(self.record, {"ground": ground})
        if reason:
            raise forms.ValidationError(with_ground(reason.sentence, reason.ground))
        return ground


@step_form("contracts.contract", "receive_signed_copy")
class SignedCopyForm(StepForm):
    """The file that the partner signed; what is wrong with it stands next to this field."""

    file = forms.FileField(
        label=_("Ondertekend exemplaar (PDF)"),
        help_text=_("Het bestand dat u hier downloadde, gekwalificeerd ondertekend, bijvoorbeeld met uw eID of itsme."),
        widget=KeptFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": _("Kies het ondertekende bestand."), "empty": _("Het bestand is leeg.")},
    )

    def clean_file(self):
        upload, largest = self.cleaned_data["file"], settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        if upload.size > largest:
            raise forms.ValidationError(_now("Het bestand is te groot: hoogstens %s.") % filesizeformat(largest))
        return upload


@step_form("contracts.amendment", "sign")
class SignAmendmentForm(StepForm):
    signed_on = DayField(label=_("Door beide partijen ondertekend op"))

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Deze dag ligt in de toekomst."))
        return day


class AmendmentForm(forms.ModelForm):
    """A draft of an amendment: the ground decides what else is asked."""

    value_change = AmountField(
        label=_("Wijziging van de waarde (EUR, exclusief btw)"),
        required=False,
        help_text=_(
            "Nodig voor aanvullende diensten, onvoorziene omstandigheden en geringe wijzigingen: die hebben een grens."
        ),
    )

    class Meta:
        model = Amendment
        fields = ["ground", "clause", "content", "reasons", "value_change"]
        widgets = {"ground": forms.RadioSelect, "content": written_out(6), "reasons": written_out(6)}
        help_texts = {"clause": _("Het artikel, als de wijziging op een herzieningsclausule steunt.")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["ground"].choices = Amendment.Ground.choices

    def clean(self):
        super().clean()
        if self.cleaned_data.get("ground") == Amendment.Ground.REVIEW_CLAUSE and not self.cleaned_data.get("clause"):
            guard = guards.review_clause_is_named
            self.add_error("clause", with_ground(guard.sentence, guard.ground))


class ContractForm(forms.ModelForm):
    """The terms of a contract while it is prepared."""

    PANELS = [
        (_("Looptijd"), ["term_start", "term_end", "intake_until", "settles_until", "recoupment_justification"]),
        (_("Waarde en sluiting"), ["initial_value", "mode"]),
    ]

    term_start = DayField(label=_("Eerste dag"))
    term_end = DayField(label=_("Laatste dag"), help_text=_("De laatste dag zelf hoort bij de looptijd."))
    intake_until = DayField(label=_("Nieuwe klanten tot en met"), required=False)
    settles_until = DayField(label=_("Nazorg en afrekening tot en met"), required=False)
    initial_value = AmountField(
        label=_("Aanvankelijke waarde (EUR, exclusief btw)"),
        required=False,
        help_text=_(
            "De geraamde omzet van deze partner over de looptijd; grenzen van wijzigingen worden hieraan gemeten."
        ),
    )

    class Meta:
        model = Contract
        fields = [
            "term_start",
            "term_end",
            "intake_until",
            "settles_until",
            "recoupment_justification",
            "initial_value",
            "mode",
        ]
        widgets = {"recoupment_justification": written_out(5), "mode": forms.RadioSelect}
        help_texts = {
            "recoupment_justification": _("Alleen nodig wanneer een concessie langer dan 60 maanden loopt (art. 37)."),
            "mode": _("Zoals de concessiedocumenten het zeggen."),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["mode"].choices = Contract.Mode.choices

    @property
    def panels(self):
        return [(title, [self[name] for name in names]) for title, names in self.PANELS]


class ServiceForm(forms.Form):
    """One row: what is done where, and how much of it. `choices`: per field the records to choose from, read once."""

    capacity = forms.IntegerField(
        label=_("Capaciteit"),
        min_value=1,
        max_value=1_000_000,
        error_messages={"min_value": _("De capaciteit is minstens 1.")},
    )
    LABELS = {"lot": _("Perceel"), "service": _("Dienst"), "establishment": _("Vestiging")}

    def __init__(self, *args, choices, **options):
        super().__init__(*args, **options)
        for name, records in choices.items():
            known = {str(record.pk): record for record in records}
            options = [("", "—"), *((pk, str(record)) for pk, record in known.items())]
            self.fields[name] = forms.TypedChoiceField(label=self.LABELS[name], choices=options, coerce=known.get)
        self.order_fields([*choices, "capacity"])


class ServiceFormSet(forms.BaseFormSet):
    """All services of a contract as one whole; an empty row counts for nothing."""

    def __init__(self, *args, contract, **options):
        super().__init__(*args, form_kwargs={"choices": _choices(contract)}, **options)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Verwijderen")

    def rows(self) -> list[dict]:
        """The rows that were filled in and not struck out."""
        given = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        return [{name: value for name, value in row.items() if name != "DELETE"} for row in given]

    def clean(self):
        if any(self.errors):
            return
        seen = set()
        for row in self.rows():
            key = tuple(row.get(name) for name in ("lot", "service", "establishment"))
            if key in seen:
                raise forms.ValidationError(_("Een dienst staat twee keer bij dezelfde vestiging."))
            seen.add(key)


def _choices(contract):
    """What the rows choose from: the contract's lots, the services of its product, the partner's establishments."""
    places = Establishment.objects.filter(organisation__in=contract.participant.organisations)
    places = list(places.select_related("postcode__municipality"))
    if not contract.is_concession:
        return {"service": list(contract.admission.call.product.services.all()), "establishment": places}
    parts = ProductPart.objects.filter(product__in=[lot.product_id for lot in contract.lots])
    services = list(Service.objects.filter(pk__in=parts.values("service")))
    return {"lot": contract.lots, "service": services, "establishment": places}


def services_formset(contract, *data):
    initial = list(contract.services.values("lot", "service", "establishment", "capacity"))
    formset = forms.formset_factory(
        ServiceForm, formset=ServiceFormSet, extra=2, can_delete=True, max_num=400, absolute_max=420
    )
    return formset(*data, contract=contract, initial=initial, prefix="services")
