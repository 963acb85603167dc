"""What a candidate fills in: for whom, for which lots, and the answers that go into the sealed envelope."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lifecycle import timelimits
from partners.actions import participant_alone
from partners.models import Membership, Organisation, Participant
from procurement import guards
from procurement.forms.procedures import refuse
from procurement.models import Application, Offer


class LotsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, lot):
        return format_lazy(_("{} (voorbehouden)"), lot.title) if lot.is_reserved else lot.title


class LotField(forms.ModelChoiceField):
    def label_from_instance(self, lot):
        return lot.title


class ReservedLotsMixin:
    """The limit on lots and the declaration for reserved ones, each refused next to the field that it is about."""

    def prepare_lots(self, procedure):
        self.procedure = procedure
        lots = procedure.lots.select_related("product", "area")
        self.fields["lots"].queryset = lots
        if limit := procedure.max_lots_applied:
            self.fields["lots"].help_text = format_lazy(_("Hoogstens {} (bekendgemaakt in de leidraad)."), limit)
        if not any(lot.is_reserved for lot in lots):
            del self.fields["declares_reserved"]
            return
        words = _(
            "Wij zijn een beschutte werkplaats, of minstens {} % van onze werknemers heeft een handicap of een achterstand"
        )
        self.fields["declares_reserved"].label = format_lazy(words, timelimits.days("reserved-workers-percent"))

    def clean_lots_of(self, application):
        facts = {
            "lots": list(self.cleaned_data.get("lots", [])),
            "declares_reserved": self.cleaned_data.get("declares_reserved", False),
        }
        refuse(self, "lots", guards.lots_stay_within_the_limit.reason(application, facts))
        if "declares_reserved" in self.fields:
            refuse(self, "declares_reserved", guards.reserved_lots_are_declared.reason(application, facts))


def _declaration():
    return forms.BooleanField(required=False, help_text=_("Alleen nodig voor een voorbehouden perceel (art. 33)."))


class StartForm(ReservedLotsMixin, forms.Form):
    """For which organisation or consortium, and for which lots."""

    party = forms.ChoiceField(
        label=_("Voor wie"),
        widget=forms.RadioSelect,
        help_text=_("De organisaties en combinaties waarvoor u mag voorbereiden."),
    )
    lots = LotsField(
        None,
        label=_("Voor welke percelen"),
        required=False,
        help_text=_("U kunt deze keuze nog veranderen tot u indient."),
    )
    declares_reserved = _declaration()

    def __init__(self, *args, procedure, user, **options):
        super().__init__(*args, **options)
        preparing = Membership.objects.current().filter(user=user, may_prepare=True)
        organisations = Organisation.objects.filter(pk__in=preparing.values("organisation"))
        self.parties = {f"organisation-{each.pk}": each for each in organisations}
        consortia = Participant.objects.of(user).filter(kind=Participant.Kind.CONSORTIUM)
        self.parties |= {f"participant-{each.pk}": each for each in consortia if each.prepared_by(user)}
        self.fields["party"].choices = [(code, str(party)) for code, party in self.parties.items()]
        if len(self.parties) == 1:
            self.fields["party"].initial = next(iter(self.parties))
        self.prepare_lots(procedure)

    def clean(self):
        super().clean()
        self.clean_lots_of(Application(procedure=self.procedure))

    @property
    def has_choice(self):
        return bool(self.parties)

    def participant(self, *, by):
        """The chosen party; an organisation becomes a participant of its own when it first takes part."""
        party = self.parties[self.cleaned_data["party"]]
        return party if isinstance(party, Participant) else participant_alone(party, by=by)


class OfferStartForm(forms.Form):
    """For which lot of the application, among those that have no running offer in this round."""

    lot = LotField(None, label=_("Voor welk perceel"), empty_label=None, widget=forms.RadioSelect)

    def __init__(self, *args, application, **options):
        super().__init__(*args, **options)
        running = Offer.objects.filter(application=application, round=application.procedure.round).exclude(
            state=Offer.State.WITHDRAWN
        )
        lots = application.lots.select_related("product", "area").exclude(pk__in=running.values("lot"))
        self.fields["lot"].queryset = lots

    @property
    def has_choice(self):
        return self.fields["lot"].queryset.exists()


class ChosenLotsForm(ReservedLotsMixin, forms.Form):
    """The lots of a draft application."""

    lots = LotsField(None, label=_("Voor welke percelen"))
    declares_reserved = _declaration()

    def __init__(self, *args, application, **options):
        chosen = {"lots": application.lots.all(), "declares_reserved": application.declares_reserved}
        super().__init__(*args, initial=chosen, **options)
        self.application = application
        self.prepare_lots(application.procedure)

    def clean(self):
        super().clean()
        self.clean_lots_of(self.application)


class ApplicationAnswersForm(forms.Form):
    """What an application says in words; sealed with its files."""

    contact_name = forms.CharField(label=_("Contactpersoon"), max_length=120)
    contact_email = forms.EmailField(label=_("E-mailadres van de contactpersoon"))
    contact_phone = forms.CharField(label=_("Telefoon van de contactpersoon"), max_length=20, required=False)
    no_exclusion = forms.BooleanField(
        label=_("Wij verklaren dat geen uitsluitingsgrond op ons van toepassing is"),
        help_text=_(
            "Art. 50 tot 52 van de wet van 17 juni 2016; corrigerende maatregelen beschrijft u in een bestand."
        ),
    )


class OfferAnswersForm(forms.Form):
    """What an offer says in numbers and words; sealed with its files."""

    capacity = forms.IntegerField(
        label=_("Aangeboden capaciteit (trajecten per jaar)"), min_value=1, max_value=1_000_000
    )
    remarks = forms.CharField(
        label=_("Toelichting"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
