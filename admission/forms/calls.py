"""What an officer writes: the call, and a version of its conditions with their evidence and the fees."""

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from admission.models import Call, Condition, ConditionsVersion, Fee
from catalogue.models import Product


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self, **options):
        super().__init__(format="%Y-%m-%d", **options)


class CallForm(forms.ModelForm):
    class Meta:
        model = Call
        fields = [
            "number",
            "product",
            "title_nl",
            "title_en",
            "summary_nl",
            "summary_en",
            "open_from",
            "open_until",
            "starts_on",
        ]
        widgets = {
            "open_from": Day(),
            "open_until": Day(),
            "starts_on": Day(),
            "summary_nl": forms.Textarea(attrs={"rows": 5}),
            "summary_en": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "number": _("Bijvoorbeeld OH-2026-04."),
            "open_from": _("Vanaf deze dag kan iedereen aanvragen."),
            "open_until": _("Einde van de looptijd; aanvragen kan tot er nog net tijd is om te beslissen."),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["product"].queryset = Product.objects.flanking_actions()
        self.fields["product"].empty_label = None


class VersionForm(forms.ModelForm):
    class Meta:
        model = ConditionsVersion
        fields = ["agreement_nl", "notice_days"]
        widgets = {"agreement_nl": forms.Textarea(attrs={"rows": 10})}
        help_texts = {"agreement_nl": _("Voor elke partner gelijk: er wordt niet over onderhandeld.")}


class ConditionForm(forms.ModelForm):
    class Meta:
        model = Condition
        fields = ["code", "title_nl", "title_en", "text_nl", "text_en", "evidence_nl", "evidence_en", "proof"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 3}) for name in ("text_nl", "text_en", "evidence_nl", "evidence_en")
        } | {"proof": forms.RadioSelect}
        help_texts = {
            "code": _("Bepaalt de volgorde waarin de voorwaarden getoond worden, bijvoorbeeld T1."),
            "text_nl": _("Een voorwaarde is voldaan of niet voldaan; er zijn geen punten."),
        }


class FeeForm(forms.ModelForm):
    class Meta:
        model = Fee
        fields = ["name_nl", "name_en", "amount", "basis_nl", "basis_en"]


class BaseConditionFormSet(forms.BaseFormSet):
    def clean(self):
        codes = set()
        for form in self.forms:
            code = form.cleaned_data.get("code") if form.is_valid() and form not in self.deleted_forms else None
            if code and code in codes:
                form.add_error("code", _("Deze code staat er al."))
            codes.add(code)


ConditionFormSet = formset_factory(ConditionForm, formset=BaseConditionFormSet, extra=1, can_delete=True, max_num=60)
FeeFormSet = formset_factory(FeeForm, extra=1, can_delete=True, max_num=60)
