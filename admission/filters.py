"""The filters of the lists, which read as a sentence."""

import django_filters
from django.utils.translation import gettext_lazy as _

from admission.models import Admission, AdmissionApplication, Call
from catalogue.models import Product
from lifecycle.lists import StableOrder, TextFilter


class CallFilter(django_filters.FilterSet):
    """Toon oproepen *met toestand ...*, *voor ...*, *met de tekst ...*."""

    state = django_filters.ChoiceFilter(label=_("met toestand"), empty_label=_("om het even welke"))
    product = django_filters.ModelChoiceFilter(
        label=_("voor"), queryset=Product.objects.flanking_actions(), empty_label=_("elke flankerende actie")
    )
    text = TextFilter("number", "title_nl", "title_en", "summary_nl", "summary_en")
    order = StableOrder(fields={"number": "number", "title_nl": "title", "open_from": "open", "apply_until": "until"})

    class Meta:
        model = Call
        fields = ["state", "product"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        internal = self.request.user.has_perm("admission.view_internal_call")
        hidden = () if internal else Call.INTERNAL
        self.filters["state"].extra["choices"] = [pair for pair in Call.State.choices if pair[0] not in hidden]


class ApplicationFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=_("met toestand"), choices=AdmissionApplication.State.choices, empty_label=_("om het even welke")
    )
    call = django_filters.ModelChoiceFilter(
        label=_("voor"), queryset=Call.objects.public(), empty_label=_("elke oproep")
    )
    text = TextFilter("participant__name", "call__number", "call__title_nl")
    order = StableOrder(
        fields={"submitted_at": "submitted", "decision_due": "due", "participant__name": "name", "call__number": "call"}
    )

    class Meta:
        model = AdmissionApplication
        fields = ["state", "call"]


class AdmissionFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=_("met toestand"), choices=Admission.State.choices, empty_label=_("om het even welke")
    )
    call = django_filters.ModelChoiceFilter(
        label=_("voor"), queryset=Call.objects.public(), empty_label=_("elke oproep")
    )
    text = TextFilter("participant__name", "call__number", "call__title_nl")
    order = StableOrder(fields={"participant__name": "name", "active_from": "from", "call__number": "call"})

    class Meta:
        model = Admission
        fields = ["state", "call"]
