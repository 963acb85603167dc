"""What assessors and evaluators write about an application or an offer: per condition, per criterion, with reasons."""

from decimal import Decimal

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from lifecycle.steps import step_form
from procurement.forms.fields import written_out
from procurement.forms.procedures import with_ground
from procurement.forms.steps import ReasonForm, StepForm
from procurement.grounds import remedies
from procurement.models import Application

MET = [("yes", _("Voldaan")), ("no", _("Niet voldaan"))]


@step_form("procurement.application", "find_incomplete")
class IncompleteForm(ReasonForm):
    reason = forms.CharField(
        label=_("Wat ontbreekt of onduidelijk is"),
        widget=written_out(8),
        help_text=_("Eén volledige lijst: er wordt maar één keer aanvulling gevraagd, en deze tekst komt in de brief."),
    )


@step_form("procurement.application", "assess")
class AssessForm(StepForm):
    """Every selection condition judged with its reasons, and the outcome that follows from them."""

    outcome = forms.ChoiceField(label=_("Voorgestelde uitkomst"), choices=Application.Outcome, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Motivering van de uitkomst"),
        widget=written_out(6),
        help_text=_("Deze tekst komt in de beslissing en in de brief."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.conditions = list(self.record.procedure.selection_conditions.all())
        found = {finding.condition_id: finding for finding in self.record.findings.all()}
        for condition in self.conditions:
            finding = found.get(condition.pk)
            self.fields[f"met_{condition.code}"] = forms.ChoiceField(
                label=str(condition),
                help_text=escape(f"{condition.text_nl} {condition.evidence_nl}"),
                choices=MET,
                widget=forms.RadioSelect,
                initial=finding and ("yes" if finding.met else "no"),
            )
            self.fields[f"reason_{condition.code}"] = forms.CharField(
                label=_("Motivering bij %(code)s") % {"code": condition.code},
                widget=written_out(3),
                initial=finding and finding.reason,
            )
        self.order_fields([name for name in self.fields if name not in {"outcome", "reasons"}])

    def clean(self):
        super().clean()
        if self.errors:
            return None
        data = self.cleaned_data
        findings = {
            condition.code: (data[f"met_{condition.code}"] == "yes", data[f"reason_{condition.code}"])
            for condition in self.conditions
        }
        facts = {"findings": findings, "outcome": data["outcome"], "reasons": data["reasons"]}
        self._check_outcome(data["outcome"], all(met for met, _reason in findings.values()))
        return facts

    def _check_outcome(self, outcome, all_met):
        """What the guard refuses, said next to the choice."""
        if outcome == Application.Outcome.SELECT and not all_met:
            sentence = _("Selecteren kan alleen wanneer aan elke voorwaarde voldaan is.")
            self.add_error("outcome", with_ground(sentence, remedies("art. 5/1")))
        if outcome == Application.Outcome.NOT_SELECT and all_met:
            sentence = _("Niet selecteren vraagt minstens één voorwaarde waaraan niet voldaan is.")
            self.add_error("outcome", with_ground(sentence, remedies("art. 5/1")))


@step_form("procurement.offer", "declare_irregular")
class IrregularForm(ReasonForm):
    reason = forms.CharField(
        label=_("Waarom de offerte onregelmatig is"),
        widget=written_out(8),
        help_text=_("Noem de minimumeis die niet vervuld is; deze tekst komt in de brief."),
    )


@step_form("procurement.offer", "evaluate")
class EvaluateForm(StepForm):
    """Points out of 100 and reasons on every published criterion, in its rank."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.criteria = list(self.record.procedure.award_criteria.all())
        for criterion in self.criteria:
            weight = (
                _("Gewicht %(weight)s. Van 0 tot 100.") % {"weight": criterion.weight}
                if criterion.weight
                else _("Van 0 tot 100.")
            )
            self.fields[f"points_{criterion.rank}"] = forms.DecimalField(
                label=_("Punten voor criterium %(criterion)s") % {"criterion": criterion},
                help_text=weight,
                min_value=Decimal(0),
                max_value=Decimal(100),
                max_digits=5,
                decimal_places=2,
                localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
            self.fields[f"reasons_{criterion.rank}"] = forms.CharField(
                label=_("Motivering van de punten voor criterium %(rank)s") % {"rank": criterion.rank},
                widget=written_out(4),
            )

    def clean(self):
        super().clean()
        if self.errors:
            return None
        data = self.cleaned_data
        scores = {
            criterion.rank: (data[f"points_{criterion.rank}"], data[f"reasons_{criterion.rank}"])
            for criterion in self.criteria
        }
        return {"scores": scores}
