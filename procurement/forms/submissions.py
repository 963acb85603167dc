"""What a candidate fills in: for whom, for which lots, and the answers that go into the sealed envelope."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Membership, Organisation
from procurement.models import Procedure


def _prepared_by(user):
    """The organisations for which this person may prepare now."""
    return Membership.objects.current().filter(user=user, may_prepare=True).values("organisation")


class LotsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, lot):
        return lot.title


class StartForm(forms.Form):
    """For which organisation, and for which lots."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Voor welke organisatie"),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("U kiest uit de organisaties waarvoor u mag voorbereiden."),
    )
    lots = LotsField(
        None,
        label=_("Voor welke percelen"),
        required=False,
        help_text=_("U kunt deze keuze nog veranderen tot u indient."),
    )

    def __init__(self, *args, procedure: Procedure, user, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=_prepared_by(user))
        self.fields["lots"].queryset = procedure.lots.select_related("product", "area")


class ChosenLotsForm(forms.Form):
    """The lots of a draft application."""

    lots = LotsField(None, label=_("Voor welke percelen"), required=False)

    def __init__(self, *args, application, **options):
        super().__init__(*args, initial={"lots": application.lots.all()}, **options)
        self.fields["lots"].queryset = application.procedure.lots.select_related("product", "area")


class ApplicationAnswersForm(forms.Form):
    """What an application says in words; sealed with its files."""

    contact_name = forms.CharField(label=_("Contactpersoon"), max_length=120)
    contact_email = forms.EmailField(label=_("E-mailadres van de contactpersoon"))
    contact_phone = forms.CharField(label=_("Telefoon van de contactpersoon"), max_length=20, required=False)
    no_exclusion = forms.BooleanField(
        label=_("Wij verklaren dat geen uitsluitingsgrond op ons van toepassing is"),
        help_text=_("Art. 50 tot 52 van de wet van 17 juni 2016; corrigerende maatregelen beschrijft u in een bestand."),
    )


class OfferAnswersForm(forms.Form):
    """What an offer says in numbers and words; sealed with its files."""

    capacity = forms.IntegerField(
        label=_("Aangeboden capaciteit (trajecten per jaar)"), min_value=1, max_value=1_000_000
    )
    remarks = forms.CharField(label=_("Toelichting"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
