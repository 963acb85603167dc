"""The filter of the list of procedures, which reads as a sentence."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procurement.models import Procedure

# What a list has room for.
REGIMES = {Procedure.Regime.LIGHT: _("licht regime (art. 34)"), Procedure.Regime.FULL: _("volledig regime (titel 4)")}


class ProcedureFilter(django_filters.FilterSet):
    """Toon procedures *met toestand ...*, *onder ...*, *met de tekst ...*."""

    state = django_filters.ChoiceFilter(label=_("met toestand"), empty_label=_("om het even welke"))
    regime = django_filters.ChoiceFilter(label=_("onder"), choices=list(REGIMES.items()), empty_label=_("elk regime"))
    text = django_filters.CharFilter(
        label=_("en de tekst"), method="with_text", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    order = django_filters.OrderingFilter(
        fields={
            "number": "number",
            "title_nl": "title",
            "state": "state",
            "applications_deadline": "deadline",
            "lot_count": "lots",
        }
    )

    class Meta:
        model = Procedure
        fields = ["state", "regime"]

    def __init__(self, *args, internal, **options):
        super().__init__(*args, **options)
        hidden = () if internal else Procedure.INTERNAL
        self.filters["state"].extra["choices"] = [pair for pair in Procedure.State.choices if pair[0] not in hidden]

    def with_text(self, queryset, _name, value):
        words = [Q()] + [
            Q(number__icontains=word)
            | Q(title_nl__icontains=word)
            | Q(title_en__icontains=word)
            | Q(subject_nl__icontains=word)
            | Q(subject_en__icontains=word)
            for word in value.split()[:8]
        ]
        for word in words:
            queryset = queryset.filter(word)
        return queryset
