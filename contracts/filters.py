"""The filter of the list of contracts, which reads as a sentence."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract


class ContractFilter(django_filters.FilterSet):
    """Toon contracten *met toestand ...*, *van de soort ...*, *en de tekst ...*."""

    state = django_filters.ChoiceFilter(
        label=_("met toestand"), choices=Contract.State.choices, empty_label=_("om het even welke")
    )
    kind = django_filters.ChoiceFilter(
        label=_("van de soort"), choices=Contract.Kind.choices, empty_label=_("elke soort")
    )
    text = django_filters.CharFilter(
        label=_("en de tekst"), method="with_text", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    order = django_filters.OrderingFilter(
        fields={
            "number": "number",
            "participant__name": "name",
            "state": "state",
            "term_start": "start",
            "term_end": "end",
        }
    )

    class Meta:
        model = Contract
        fields = ["state", "kind"]

    def with_text(self, queryset, _name, value):
        for word in value.split()[:8]:
            queryset = queryset.filter(
                Q(number__icontains=word)
                | Q(participant__name__icontains=word)
                | Q(procedure__title_nl__icontains=word)
                | Q(admission__call__title_nl__icontains=word)
            )
        return queryset
