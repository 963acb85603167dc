from admission.models.admissions import Admission
from admission.models.applications import AdmissionApplication
from admission.models.calls import Call
from admission.models.conditions import Condition, ConditionsVersion, Fee, PublishedIsFixed
from admission.models.files import ConditionResult, Declaration, DeclaredService, EvidenceFile

__all__ = [
    "Admission",
    "AdmissionApplication",
    "Call",
    "Condition",
    "ConditionResult",
    "ConditionsVersion",
    "Declaration",
    "DeclaredService",
    "EvidenceFile",
    "Fee",
    "PublishedIsFixed",
]
