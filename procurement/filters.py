"""The filter of the list of procedures, which reads as a sentence."""

import django_filters
from django.utils.translation import gettext_lazy as _

from lifecycle.lists import StableOrder, TextFilter
from procurement.models import Procedure

# What a list has room for.
REGIMES = {Procedure.Regime.LIGHT: _("licht regime (art. 34)"), Procedure.Regime.FULL: _("volledig regime (titel 4)")}


class ProcedureFilter(django_filters.FilterSet):
    """Toon procedures *met toestand ...*, *onder ...*, *met de tekst ...*."""

    state = django_filters.ChoiceFilter(label=_("met toestand"), empty_label=_("om het even welke"))
    regime = django_filters.ChoiceFilter(label=_("onder"), choices=list(REGIMES.items()), empty_label=_("elk regime"))
    text = TextFilter("number", "title_nl", "title_en", "subject_nl", "subject_en")
    order = StableOrder(
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

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        internal = self.request.user.has_perm("procurement.view_internal_procedure")
        hidden = () if internal else Procedure.INTERNAL
        self.filters["state"].extra["choices"] = [pair for pair in Procedure.State.choices if pair[0] not in hidden]
