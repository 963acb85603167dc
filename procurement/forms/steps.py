"""What the verbs of procedures and lots ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lifecycle import clock, timelimits
from lifecycle.steps import step_form
from lifecycle.templatetags.lifecycle import when
from procurement import guards
from procurement.actions.noticing import moment_of
from procurement.forms.fields import DayField, HourField, MomentField, written_out
from procurement.forms.notices import ProofField
from procurement.forms.procedures import refuse


class StepForm(forms.Form):
    """A form that asks for the facts of one verb of `record`."""

    def __init__(self, *args, record, **options):
        super().__init__(*args, **options)
        self.record = record


class ReasonForm(StepForm):
    """Why: the law asks reasons of most decisions that stop or send back."""

    reason = forms.CharField(label=_("Reden"), widget=written_out(6))


@step_form("procurement.procedure", "return_to_draft")
class ReturnToDraftForm(ReasonForm):
    reason = forms.CharField(
        label=_("Wat moet anders"),
        widget=written_out(6),
        help_text=_("De aankoper leest dit op de pagina van het dossier."),
    )


@step_form("procurement.procedure", "cancel")
class CancelForm(ReasonForm):
    reason = forms.CharField(
        label=_("Motivering van de stopzetting"),
        widget=written_out(8),
        help_text=_("Deze tekst komt in de beslissing, die openbaar is en die elke indiener krijgt."),
    )


@step_form("procurement.procedure", "publish")
class PublishForm(StepForm):
    """The dispatch of the notice lies outside the system: its number and its date are recorded."""

    notice_number = forms.CharField(
        label=_("Nummer van de aankondiging"), max_length=60, help_text=_("Zoals e-Procurement het gaf.")
    )
    notice_sent_on = DayField(label=_("Aankondiging verzonden op"))
    notice_hour = HourField(label=_("Uur van verzending"), required=False)
    proof = ProofField()

    def clean_notice_number(self):
        return self.cleaned_data["notice_number"].strip()

    def clean_notice_hour(self):
        day, hour = self.cleaned_data.get("notice_sent_on"), self.cleaned_data["notice_hour"]
        if day and hour and moment_of(day, hour) > clock.now():
            raise forms.ValidationError(_("De verzending ligt in de toekomst."))
        return hour

    def clean_notice_sent_on(self):
        day = self.cleaned_data["notice_sent_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Deze dag ligt in de toekomst."))
        return day

    def clean(self):
        super().clean()
        if "notice_sent_on" in self.cleaned_data:
            for check in (guards.notice_follows_the_approval, guards.applications_deadline_leaves_the_minimum):
                refuse(self, "notice_sent_on", check.reason(self.record, self.cleaned_data))


class OffersDeadlineForm(StepForm):
    """Until when offers are received."""

    offers_deadline = MomentField(label=_("Uiterste datum voor offertes"))
    check = None

    def clean(self):
        super().clean()
        if "offers_deadline" in self.cleaned_data:
            refuse(self, "offers_deadline", self.check.reason(self.record, self.cleaned_data))


@step_form("procurement.procedure", "invite_tenders")
class InviteTendersForm(OffersDeadlineForm):
    check = guards.offers_deadline_leaves_the_minimum

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        today = clock.today()
        minimum = self.record.legal_days("offers-minimum-days", on=today)
        minimum -= self.record.legal_days("offers-electronic-reduction-days", on=today)
        self.fields["offers_deadline"].initial = self.record.offers_deadline
        words = {"days": minimum, "earliest": when(timelimits.earliest_deadline(today, days=minimum))}
        self.fields["offers_deadline"].help_text = (
            _("Minstens %(days)s dagen vanaf vandaag bij elektronische indiening: ten vroegste %(earliest)s (art. 47).")
            % words
        )


@step_form("procurement.procedure", "request_best_and_final")
class BestAndFinalForm(OffersDeadlineForm):
    check = guards.new_deadline_is_ahead


@step_form("procurement.lot", "return_proposal")
class ReturnProposalForm(ReasonForm):
    pass


@step_form("procurement.lot", "decline_award")
class DeclineAwardForm(ReasonForm):
    reason = forms.CharField(
        label=_("Motivering"), widget=written_out(8), help_text=_("Deze tekst komt in de beslissing en in elke brief.")
    )


@step_form("procurement.lot", "record_suspension_request")
class SuspensionRequestForm(StepForm):
    filed_on = DayField(label=_("Vordering ingesteld op"))

    def clean_filed_on(self):
        day = self.cleaned_data["filed_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Deze dag ligt in de toekomst."))
        return day


@step_form("procurement.lot", "record_rejection")
class RejectionForm(ReasonForm):
    reason = forms.CharField(
        label=_("Arrest of afstand"),
        widget=written_out(5),
        help_text=_("Nummer en datum van het arrest, of de akte van afstand."),
    )


@step_form("procurement.lot", "record_suspension")
class SuspensionForm(ReasonForm):
    reason = forms.CharField(label=_("Arrest"), widget=written_out(5), help_text=_("Nummer en datum van het arrest."))


@step_form("procurement.lot", "retract_award")
class RetractAwardForm(ReasonForm):
    reason = forms.CharField(label=_("Motivering van de intrekking"), widget=written_out(8))


@step_form("procurement.lot", "renounce")
class RenounceForm(ReasonForm):
    reason = forms.CharField(
        label=_("Motivering"),
        widget=written_out(8),
        help_text=_("Waarom de concessie van dit perceel niet gesloten wordt (art. 56)."),
    )
