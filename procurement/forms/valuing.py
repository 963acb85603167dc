"""What the concession is worth: the seven components of the estimate, the value at award, and its sign-off."""

from decimal import Decimal

from django import forms
from django.db.models import Sum
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from procurement.forms.fields import AmountField, written_out
from procurement.forms.procedures import with_ground
from procurement.grounds import concessions
from procurement.models.estimates import COMPONENTS

HELP = {
    "options": _("Elke optie en elke mogelijke verlenging, ook als u ze waarschijnlijk niet licht."),
    "user_fees": _("Niet wat voor de aanbesteder wordt geïnd."),
    "authority_payments": _(
        "Ook start-, inspannings- en resultaatsvergoedingen, en financiële voordelen in welke vorm ook."
    ),
    "subsidies": _("Wat derden geven voor de uitvoering van de concessie."),
    "asset_sales": _("De inkomsten uit elke verkoop van zulke activa."),
    "supplies": _("De waarde van al wat de aanbesteder ter beschikking stelt en dat nodig is voor de uitvoering."),
    "prizes": _("Ook vergoedingen voor het opmaken van een offerte."),
}


class EstimateForm(forms.Form):
    """All seven components, zero where there is nothing, and how they were reckoned."""

    def __init__(self, *args, procedure, **options):
        super().__init__(*args, **options)
        self.procedure = procedure
        estimate = getattr(procedure, "estimate", None)
        for number, (name, label) in enumerate(COMPONENTS.items(), start=1):
            missing = _("Vul een bedrag in, 0 als dit onderdeel niet voorkomt.")
            article = concessions(format_lazy(_("art. 35, vierde lid, {}°"), number))
            self.fields[name] = AmountField(
                label=format_lazy("{}. {} (EUR)", number, label),
                help_text=HELP[name],
                initial=estimate and getattr(estimate, name),
                min_value=Decimal(0),
                error_messages={"required": with_ground(missing, article)},
            )
        self.fields["method"] = forms.CharField(
            label=_("Methode van raming"),
            widget=written_out(5),
            initial=procedure.value_method,
            help_text=_("Een objectieve methode; ze staat in de concessiedocumenten."),
            error_messages={
                "required": with_ground(_("Beschrijf hoe u geraamd hebt."), concessions(_("art. 35, vierde lid")))
            },
        )

    def clean(self):
        super().clean()
        if set(COMPONENTS) <= self.cleaned_data.keys():
            self._clean_total(sum(self.components.values()))

    def _clean_total(self, total):
        if total == 0:
            sentence = _("De geraamde waarde is groter dan nul.")
            self.add_error("authority_payments", with_ground(sentence, concessions("art. 35")))
        of_lots = self.procedure.lots.aggregate(sum=Sum("estimated_value"))["sum"] or 0
        if total < of_lots:
            sentence = _("De percelen samen zijn meer waard dan dit totaal.")
            self.add_error(None, with_ground(sentence, concessions("art. 36")))

    @property
    def components(self):
        return {name: self.cleaned_data[name] for name in COMPONENTS}


class AwardValueForm(forms.Form):
    value = AmountField(
        label=_("Waarde bij gunning (EUR, exclusief btw)"),
        min_value=Decimal(0),
        help_text=_("Op dezelfde manier berekend als de raming, met wat de offertes inhouden."),
    )
    method = forms.CharField(label=_("Hoe ze berekend is"), widget=written_out(4))


class SignOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Motivering"),
        widget=written_out(6),
        help_text=_(
            "Wat volgt uit een waarde boven de grens, en waarom de gunning toch kan: geldt de drempel, is een plicht "
            "overgeslagen (art. 35, derde lid)?"
        ),
    )
