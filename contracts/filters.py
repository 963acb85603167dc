"""The filter of the list of contracts, which reads as a sentence."""

import django_filters
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from lifecycle.lists import StableOrder, TextFilter


class ContractFilter(django_filters.FilterSet):
    """Toon contracten *met toestand ...*, *van de soort ...*, *en de tekst ...*."""

    state = django_filters.ChoiceFilter(
        label=_("met toestand"), choices=Contract.State.choices, empty_label=_("om het even welke")
    )
    kind = django_filters.ChoiceFilter(
        label=_("van de soort"), choices=Contract.Kind.choices, empty_label=_("elke soort")
    )
    text = TextFilter("number", "participant__name", "procedure__title_nl", "admission__call__title_nl")
    order = StableOrder(
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
