"""The facts that the steps of calls, applications and admissions ask for."""

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from admission.checklist import ITEMS
from admission.models import Admission
from lifecycle.steps import step_form


def day_field(**options):
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def text_field(rows=5, **options):
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), max_length=8000, **options)


class StepForm(forms.Form):
    """A form that knows the record that its step is about."""

    def __init__(self, *args, record, **options):
        super().__init__(*args, **options)
        self.record = record


# -- calls --------------------------------------------------------------------------------------


@step_form("admission.call", "sign_checklist")
class ChecklistForm(StepForm):
    items = forms.MultipleChoiceField(
        label=_("Ik bevestig voor deze oproep"),
        choices=[(code, sentence) for code, sentence in ITEMS.items()],
        widget=forms.CheckboxSelectMultiple,
    )


@step_form("admission.call", "return_to_draft")
@step_form("admission.call", "pause")
@step_form("admission.conditionsversion", "return_to_draft")
class ReasonForm(StepForm):
    reason = text_field(label=_("Reden"))


@step_form("admission.call", "announce_closing")
class ClosingForm(StepForm):
    apply_until = day_field(label=_("Laatste dag om aan te vragen"))
    reason = text_field(label=_("Reden"), help_text=_("Deze reden is openbaar."))


@step_form("admission.conditionsversion", "publish")
class PublishVersionForm(StepForm):
    applies_from = day_field(label=_("Geldt voor iedereen vanaf"))


# -- applications -------------------------------------------------------------------------------


@step_form("admission.admissionapplication", "submit")
class SubmitForm(StepForm):
    agreement_accepted = forms.BooleanField(
        label=_("Wij aanvaarden de overeenkomst en de vergoedingen zoals ze zijn bekendgemaakt"),
        help_text=_("Er wordt niet over onderhandeld: ze zijn voor elke partner gelijk."),
    )


@step_form("admission.admissionapplication", "request_completion")
class RequestCompletionForm(StepForm):
    missing = text_field(label=_("Wat ontbreekt"), help_text=_("Alles in één lijst: aanvullen kan maar één keer."))


@step_form("admission.admissionapplication", "be_heard")
class BeHeardForm(StepForm):
    statement = text_field(
        rows=8,
        label=_("Uw reactie"),
        help_text=_("Voeg bewijsstukken eerst toe op de bladzijde van uw aanvraag."),
    )


@step_form("admission.admissionapplication", "assess")
@step_form("admission.admissionapplication", "reassess")
class AssessForm(StepForm):
    """Per published condition: met or not met, and why; a condition left open is assessed later."""

    ANSWERS = [("yes", _("Voldaan")), ("no", _("Niet voldaan"))]

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.conditions = list(record.conditions_version.conditions.all())
        found = {result.condition_id: result for result in record.results.all()}
        evidence = list(record.evidence.exclude(fixed_at=None))
        for condition in self.conditions:
            result = found.get(condition.pk)
            files = [each for each in evidence if each.condition_id == condition.pk]
            self._add_fields(condition, result, files)
        self.fields["no_interest"] = forms.BooleanField(
            label=_("Ik verklaar dat ik geen belang heb bij deze aanvraag of bij deze aanvrager")
        )

    def _add_fields(self, condition, result, files):
        self.fields[f"met_{condition.code}"] = forms.ChoiceField(
            label=f"{condition.code} {condition.title}",
            help_text=_about(condition, files),
            choices=self.ANSWERS,
            widget=forms.RadioSelect,
            required=False,
            initial=("yes" if result.met else "no") if result else None,
        )
        self.fields[f"reason_{condition.code}"] = text_field(
            rows=3,
            label=_("Motivering bij %s") % condition.code,
            help_text=_("Waarop steunt dit? De aanvrager leest deze motivering in de beslissing."),
            required=False,
            initial=result.reason if result else "",
        )

    def clean(self):
        """The facts of the step: `results` by code, and the statement about interests."""
        given = super().clean()
        results = {}
        for condition in self.conditions:
            met, reason = given.get(f"met_{condition.code}"), (given.get(f"reason_{condition.code}") or "").strip()
            if met and not reason:
                self.add_error(
                    f"reason_{condition.code}", _now("Motiveer waarom de voorwaarde al dan niet vervuld is.")
                )
            elif reason and not met:
                self.add_error(f"met_{condition.code}", _now("Kies voldaan of niet voldaan."))
            elif met:
                results[condition.code] = (met == "yes", reason)
        if not results and not self.errors:
            self.add_error(None, _now("Beoordeel minstens één voorwaarde."))
        return {"results": results, "no_interest": given.get("no_interest", False)}


def _about(condition, files):
    links = format_html_join(", ", '<a href="{}">{}</a>', ((file.get_absolute_url(), file.name) for file in files))
    words = (condition.text, _now("Bewijs:"), links or _now("verklaring op eer"))
    return format_html("{}<br>{} {}", *words)


@step_form("admission.admissionapplication", "refuse")
class RefuseForm(StepForm):
    answer = text_field(
        rows=6,
        label=_("Antwoord op wat de aanvrager heeft aangevoerd"),
        help_text=_("Komt in de beslissing, samen met de voorwaarden die niet vervuld zijn."),
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["answer"].required = record.heard_at is not None
        if record.heard_at is None:
            self.fields["answer"].help_text = _("De aanvrager heeft niet gereageerd.")


# -- admissions ---------------------------------------------------------------------------------


@step_form("admission.admission", "announce_measure")
@step_form("admission.admission", "suspend")
@step_form("admission.admission", "withdraw")
class MeasureForm(StepForm):
    ground = forms.ChoiceField(label=_("Grond"), choices=Admission.Ground.choices, widget=forms.RadioSelect)
    reason = text_field(label=_("Motivering"))

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.initial = {"ground": record.ground, "reason": record.reason}


@step_form("admission.admission", "end_by_partner")
class EndForm(StepForm):
    last_day = day_field(label=_("Laatste dag"))
