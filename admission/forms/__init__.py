"""Forms of Open House; importing this registers the forms of the steps."""

from admission.forms.applying import DraftForm, StartForm
from admission.forms.calls import CallForm, ConditionFormSet, FeeFormSet, VersionForm
from admission.forms.steps import AssessForm

__all__ = ["AssessForm", "CallForm", "ConditionFormSet", "DraftForm", "FeeFormSet", "StartForm", "VersionForm"]
