"""The filter of the list of organisations, which reads as a sentence."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lifecycle.lists import MOST_WORDS, StableOrder, TextFilter
from partners.models import Organisation, Province


class OrganisationFilter(django_filters.FilterSet):
    """Toon organisaties *met toestand ...*, *in ...*, *en de tekst ...*."""

    state = django_filters.ChoiceFilter(
        label=_("met toestand"), choices=Organisation.State.choices, empty_label=_("om het even welke")
    )
    province = django_filters.ChoiceFilter(
        label=_("in"),
        field_name="postcode__municipality__province",
        choices=Province.choices,
        empty_label=_("elke provincie"),
    )
    text = TextFilter(label=_("en naam of nummer"), method="with_text")
    order = StableOrder(fields={"name": "name", "enterprise_number": "number", "postcode__municipality__name": "place"})

    class Meta:
        model = Organisation
        fields = ["state"]

    def with_text(self, queryset, _name, value):
        """Every word is in the name, or the digits are in the number however they are written."""
        named = Q()
        for word in value.split()[:MOST_WORDS]:
            named &= Q(name__icontains=word)
        number = value.upper().removeprefix("BE").replace(".", "").replace(" ", "")
        return queryset.filter(named | Q(enterprise_number__contains=number) if number.isdecimal() else named)
