"""Naming the team of a procedure, and logging who was involved before it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lifecycle import clock
from procurement import guards
from procurement.forms.fields import DayField, written_out
from procurement.forms.procedures import refuse, with_ground
from procurement.grounds import SOUND_ADMINISTRATION, concessions
from procurement.models import MarketConsultation, PriorInvolvement, TeamMember
from procurement.models.teams import STAFF_ROLES


class TeamMemberForm(forms.ModelForm):
    """A person, a role and from when; with somebody to replace it is a deputy, who needs an end."""

    since = DayField(label=_("Vanaf"))
    until = DayField(label=_("Tot en met"), required=False, help_text=_("Leeg: zolang de procedure loopt."))

    class Meta:
        model = TeamMember
        fields = ["role", "user", "since", "until", "replaces"]
        help_texts = {"replaces": _("Alleen voor een vervanger: wie er in die periode vervangen wordt.")}

    def __init__(self, *args, procedure, **options):
        super().__init__(*args, **options)
        self.procedure = self.instance.procedure = procedure
        self.fields["user"].queryset = User.objects.with_role(*set(STAFF_ROLES.values()))
        self.fields["user"].empty_label = _("Kies een persoon")
        self.fields["since"].initial = clock.today
        members = procedure.team.filter(replaces=None).select_related("user")
        self.fields["replaces"].queryset = members
        self.fields["replaces"].empty_label = _("Niemand: een vast lid")

    def clean(self):
        super().clean()
        data = self.cleaned_data
        person, role = data.get("user"), data.get("role")
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("Het einde ligt voor het begin."))
        if person:
            refuse(self, "user", guards.no_conflict_was_stated.reason(self.procedure, {"person": person}))
        if person and role:
            facts = {"person": person, "staff_role": STAFF_ROLES[role]}
            refuse(self, "user", guards.person_holds_the_role.reason(self.procedure, facts))
            self._clean_once(person, role, since, until)
        if data.get("replaces"):
            self._clean_deputy(data["replaces"], person, role, until)

    def _clean_once(self, person, role, since, until):
        same = self.procedure.team.filter(user=person, role=role)
        if since and any(each.overlaps(since, until) for each in same):
            self.add_error("user", _("Deze persoon heeft die rol al in deze periode."))

    def _clean_deputy(self, replaced, person, role, until):
        def no(field, sentence):
            self.add_error(field, with_ground(sentence, SOUND_ADMINISTRATION))

        if until is None and "until" not in self.errors:
            no("until", _("Een vervanging heeft een einde."))
        if role and role != replaced.role:
            no("role", _("Een vervanger heeft de rol van wie vervangen wordt."))
        if person == replaced.user:
            no("replaces", _("Niemand vervangt zichzelf."))


class LogForm(forms.ModelForm):
    """An entry of the log; with `supersedes` it corrects an earlier one and says why."""

    correction_reason = forms.CharField(label=_("Reden van de verbetering"), widget=written_out(2))

    def __init__(self, *args, procedure, supersedes=None, **options):
        if supersedes is not None:
            options.setdefault("initial", {name: getattr(supersedes, name) for name in self._meta.fields})
        super().__init__(*args, **options)
        self.instance.procedure, self.instance.supersedes = procedure, supersedes
        if supersedes is None:
            del self.fields["correction_reason"]

    def save(self, *, commit=False):
        entry = super().save(commit=commit)
        entry.correction_reason = self.cleaned_data.get("correction_reason", "")
        return entry


class ConsultationForm(LogForm):
    held_on = DayField(label=_("Datum"))

    class Meta:
        model = MarketConsultation
        fields = ["held_on", "with_whom", "subject", "shared", "minutes"]
        widgets = {"with_whom": written_out(2), "shared": written_out(4), "minutes": written_out(6)}

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Een consultatie wordt opgetekend nadat ze plaatsvond."))
        return day


class InvolvementForm(LogForm):
    since = DayField(label=_("Vanaf"))
    until = DayField(label=_("Tot en met"), required=False)

    class Meta:
        model = PriorInvolvement
        fields = ["name", "capacity", "since", "until", "saw"]
        widgets = {"saw": written_out(4)}
        help_texts = {
            "capacity": _("Bijvoorbeeld: adviesbureau dat de raming maakte."),
            "saw": _("Welke stukken en gegevens, zodat ze aan alle anderen gegeven kunnen worden."),
        }

    def clean(self):
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            sentence = _("Het einde ligt voor het begin.")
            self.add_error("until", with_ground(sentence, concessions("art. 40")))
