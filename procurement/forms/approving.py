"""An approval by a body outside the system: which one, when, and its minutes."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from documents.kept_uploads import KeptFileInput
from documents.plain_pdf import refuse_unless_plain
from lifecycle.steps import step_form
from procurement import guards
from procurement.forms.fields import DayField
from procurement.forms.procedures import refuse
from procurement.forms.steps import StepForm


@step_form("procurement.procedure", "record_outside_approval")
class OutsideApprovalForm(StepForm):
    body = forms.CharField(
        label=_("Orgaan"), max_length=200, help_text=_("Bijvoorbeeld de raad van bestuur; zoals de notulen het noemen.")
    )
    decided_on = DayField(label=_("Datum van de beslissing"))
    minutes = forms.FileField(
        label=_("Notulen (PDF)"),
        widget=KeptFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"empty": _("Het bestand is leeg.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        field, largest = self.fields["minutes"], filesizeformat(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
        words = _("Hoogstens {}. Alleen medewerkers van de aanbesteder kunnen dit bestand lezen.")
        field.help_text = format_lazy(words, largest)
        # A file that is larger never arrives here: the upload handler leaves it out.
        field.error_messages["required"] = format_lazy(_("Kies de notulen: een PDF van hoogstens {}."), largest)

    def clean_decided_on(self):
        day = self.cleaned_data["decided_on"]
        refuse(self, "decided_on", guards.outside_decision_is_dated.reason(self.record, {"decided_on": day}))
        return day

    def clean_minutes(self):
        """The bytes, once they proved to be a plain PDF."""
        data = self.cleaned_data["minutes"].read()
        refuse_unless_plain(data)
        return data
