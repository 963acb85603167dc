"""What is asked of who asks, and of who answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lifecycle import timelimits
from lifecycle.steps import step_form
from partners.models import Membership, Organisation
from procurement import guards
from procurement.forms.fields import MomentField, written_out
from procurement.forms.procedures import refuse, with_ground
from procurement.forms.steps import ReasonForm, StepForm
from procurement.grounds import PROCEDURE, concessions
from procurement.models import Question, QuestionPhase
from procurement.models.question_terms import phase_of, terms_of

LONGEST = 4000
OPENLY, ALONE = "openly", "confidentially"


def refuse_names(form, field, organisation, user):
    """Everybody reads a question, and nobody may know who asked it: a name of the asker has no place in it."""
    text = form.cleaned_data.get(field, "").casefold()
    names = [organisation.name, organisation.enterprise_number, organisation.written_number, user.name, user.email]
    found = [name for name in names if name and name.casefold() in text]
    if found:
        sentence = _("Hier staat “{}”: laat weg wie de vraag stelt, want iedereen leest ze.")
        form.add_error(field, with_ground(sentence.format(found[0]), PROCEDURE))


class AskForm(forms.Form):
    """A question for an organisation: openly, or confidentially with the motive."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Voor welke organisatie"),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("Dit weet alleen het systeem. Wie antwoordt, ziet het niet."),
    )
    about = forms.CharField(
        label=_("Over welk stuk en welke bladzijde"),
        max_length=200,
        required=False,
        help_text=_("Bijvoorbeeld: selectieleidraad, bladzijde 4, voorwaarde S1."),
    )
    text = forms.CharField(
        label=_("Uw vraag"),
        max_length=LONGEST,
        widget=written_out(7),
        help_text=_("Eén vraag tegelijk, en zonder namen: iedereen leest de vraag met het antwoord."),
    )
    way = forms.ChoiceField(
        label=_("Hoe u ze stelt"),
        choices=[
            (
                OPENLY,
                _("Openlijk: iedereen krijgt het antwoord op hetzelfde moment, zonder te weten wie de vraag stelde"),
            ),
            (ALONE, _("Vertrouwelijk: de vraag zelf verraadt een zakengeheim of een technische oplossing van u")),
        ],
        initial=OPENLY,
        widget=forms.RadioSelect,
        help_text=_(
            "Wordt de vertrouwelijkheid niet aanvaard, dan leest u waarom, en stelt u de vraag openlijk of trekt u ze in."
        ),
    )
    motive = forms.CharField(
        label=_("Waarom vertrouwelijk"),
        max_length=LONGEST,
        required=False,
        widget=written_out(4),
        help_text=_("Nodig voor een vertrouwelijke vraag, en alleen daar. Ook hier zonder namen."),
    )

    def __init__(self, *args, procedure, user, **options):
        super().__init__(*args, **options)
        self.procedure, self.user = procedure, user
        preparing = Membership.objects.current().filter(user=user, may_prepare=True)
        found = Organisation.objects.filter(pk__in=preparing.values("organisation"))
        self.fields["organisation"].queryset = found
        if len(found) == 1:
            self.fields["organisation"].initial = found[0]

    @property
    def has_choice(self):
        return self.fields["organisation"].queryset.exists()

    def clean(self):
        super().clean()
        question = Question(procedure=self.procedure, phase=phase_of(self.procedure) or QuestionPhase.APPLICATIONS)
        for guard in (guards.phase_takes_questions, guards.questions_deadline_is_ahead):
            refuse(self, "text", guard.reason(question, {}))
        if self.cleaned_data.get("way") == ALONE and not self.cleaned_data.get("motive", "").strip():
            sentence = _("Een vertrouwelijke vraag zegt waarom ze vertrouwelijk is.")
            self.add_error("motive", with_ground(sentence, concessions("art. 31")))
        if organisation := self.cleaned_data.get("organisation"):
            for field in ("text", "about", "motive"):
                refuse_names(self, field, organisation, self.user)

    @property
    def facts(self):
        data = self.cleaned_data
        kept = {name: data[name] for name in ("organisation", "text", "about", "motive")}
        return kept | {"confidential": data["way"] == ALONE}


@step_form("procurement.question", "draft_answer")
class AnswerForm(StepForm):
    """The answer, and the question as everybody will read it; the words that were asked are kept beside it."""

    wording = forms.CharField(
        label=_("De vraag zoals iedereen ze leest"),
        widget=written_out(6),
        help_text=_("Haal er alles uit wat verraadt wie ze stelde. De oorspronkelijke tekst blijft bewaard."),
    )
    answer = forms.CharField(label=_("Het antwoord"), widget=written_out(10))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["wording"].initial = self.record.wording or self.record.text
        self.fields["answer"].initial = self.record.answer


@step_form("procurement.question", "accept_confidentiality")
class AcceptForm(StepForm):
    answer = forms.CharField(
        label=_("Het antwoord aan de vraagsteller alleen"),
        widget=written_out(10),
        help_text=_("Wat voor elke kandidaat van belang is, hoort hier niet: stuur de vraag dan terug."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["answer"].initial = self.record.answer


@step_form("procurement.question", "send_back")
class SendBackForm(ReasonForm):
    reason = forms.CharField(
        label=_("Waarom de vraag niet vertrouwelijk beantwoord wordt"),
        widget=written_out(5),
        help_text=_("De vraagsteller leest dit."),
    )


@step_form("procurement.question", "return_answer")
class ReturnAnswerForm(ReasonForm):
    reason = forms.CharField(label=_("Wat anders moet"), widget=written_out(4))


@step_form("procurement.question", "return_acceptance")
class ReturnAcceptanceForm(ReturnAnswerForm):
    pass


@step_form("procurement.question", "ask_openly")
class AskOpenlyForm(StepForm):
    """The same question for everybody to read: what was secret in it can be left out."""

    about = AskForm.base_fields["about"]
    text = AskForm.base_fields["text"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["text"].initial, self.fields["about"].initial = self.record.text, self.record.about

    def clean(self):
        super().clean()
        for field in ("text", "about"):
            refuse_names(self, field, self.record.asker.organisation, self.record.asked_by)


class TermsForm(forms.Form):
    """Until when questions about one phase may be asked; empty is the usual term."""

    until = MomentField(label=_("Vragen stellen kan tot"), required=False)
    reason = forms.CharField(
        label=_("Waarom deze termijn verandert"),
        widget=written_out(3),
        required=False,
        help_text=_(
            "Er komt een addendum met deze reden, dat openbaar is; iedereen die zich kenbaar maakte krijgt bericht."
        ),
    )

    def __init__(self, *args, procedure, phase, **options):
        self.procedure, self.terms = procedure, terms_of(procedure, phase)
        chosen = getattr(procedure, f"{self.terms.phase.value}_questions_until")
        super().__init__(*args, initial={"until": chosen}, prefix=self.terms.phase.value, **options)
        self.is_running = phase_of(procedure) == self.terms.phase
        if not self.is_running:
            del self.fields["reason"]
        self.fields["until"].label = _("Vragen over de {} stellen kan tot").format(self.terms.label)

    def clean_until(self):
        chosen, terms = self.cleaned_data["until"], self.terms
        self._refuse(guards.questions_deadline_is_not_sooner, chosen or terms.usual)
        if chosen is not None:
            self._refuse(guards.questions_deadline_leaves_time_to_answer, chosen)
        return chosen

    def clean(self):
        given = super().clean()
        if self.is_running and self.is_moved and not given.get("reason", "").strip():
            self.add_error("reason", _("Zeg waarom deze termijn verandert."))
        return given

    @property
    def is_moved(self):
        """Whether another moment was chosen than the one that stands."""
        if "until" not in self.cleaned_data:
            return False
        return (self.cleaned_data["until"] or self.terms.usual) != self.terms.questions_until

    def _refuse(self, guard, chosen):
        facts = {
            "chosen": chosen,
            "published": self.terms.questions_until,
            "last": timelimits.first_moment_after(self.terms.answers_until),
            "is_running": self.is_running,
        }
        if reason := guard.reason(self.procedure, facts):
            raise forms.ValidationError(with_ground(reason.sentence, reason.ground))
