"""The filters of the lists, which read as a sentence."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from admission.models import Admission, AdmissionApplication, Call
from catalogue.models import Product


def text_filter(*names):
    """A search in which every word must be found in one of these columns."""

    def search(self, queryset, _name, value):
        for word in value.split()[:8]:
            found = Q()
            for name in names:
                found |= Q(**{f"{name}__icontains": word})
            queryset = queryset.filter(found)
        return queryset

    return search


class WithText(django_filters.FilterSet):
    text = django_filters.CharFilter(
        label=_("en de tekst"), method="with_text", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class CallFilter(WithText):
    """Toon oproepen *met toestand ...*, *voor ...*, *met de tekst ...*."""

    state = django_filters.ChoiceFilter(label=_("met toestand"), empty_label=_("om het even welke"))
    product = django_filters.ModelChoiceFilter(
        label=_("voor"), queryset=Product.objects.flanking_actions(), empty_label=_("elke flankerende actie")
    )
    order = django_filters.OrderingFilter(
        fields={"number": "number", "title_nl": "title", "open_from": "open", "apply_until": "until"}
    )

    class Meta:
        model = Call
        fields = ["state", "product"]

    with_text = text_filter("number", "title_nl", "title_en", "summary_nl", "summary_en")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        internal = self.request.user.has_perm("admission.view_internal_call")
        hidden = () if internal else Call.INTERNAL
        self.filters["state"].extra["choices"] = [pair for pair in Call.State.choices if pair[0] not in hidden]


class ApplicationFilter(WithText):
    state = django_filters.ChoiceFilter(
        label=_("met toestand"), choices=AdmissionApplication.State.choices, empty_label=_("om het even welke")
    )
    call = django_filters.ModelChoiceFilter(
        label=_("voor"), queryset=Call.objects.public(), empty_label=_("elke oproep")
    )
    order = django_filters.OrderingFilter(
        fields={"submitted_at": "submitted", "decision_due": "due", "participant__name": "name", "call__number": "call"}
    )

    class Meta:
        model = AdmissionApplication
        fields = ["state", "call"]

    with_text = text_filter("participant__name", "call__number", "call__title_nl")


class AdmissionFilter(WithText):
    state = django_filters.ChoiceFilter(
        label=_("met toestand"), choices=Admission.State.choices, empty_label=_("om het even welke")
    )
    call = django_filters.ModelChoiceFilter(
        label=_("voor"), queryset=Call.objects.public(), empty_label=_("elke oproep")
    )
    order = django_filters.OrderingFilter(
        fields={"participant__name": "name", "active_from": "from", "call__number": "call"}
    )

    class Meta:
        model = Admission
        fields = ["state", "call"]

    with_text = text_filter("participant__name", "call__number", "call__title_nl")
