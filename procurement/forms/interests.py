"""A person's own statement about interests."""

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.forms.procedures import with_ground
from procurement.grounds import concessions

NONE, SOME = "no", "yes"


class InterestsForm(forms.Form):
    """No interest, or an interest; one that was stated does not go away."""

    statement = forms.ChoiceField(
        label=_("Uw verklaring"),
        choices=[
            (NONE, _("Ik heb geen enkel belang in deze procedure en geen band met een kandidaat of inschrijver")),
            (SOME, _("Ik heb een belang of een band: ik werk niet mee en zie niets van wat ingediend is")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, earlier, **options):
        super().__init__(*args, **options)
        self.earlier = earlier

    def clean_statement(self):
        answer = self.cleaned_data["statement"]
        if answer == NONE and self.earlier is not None and self.earlier.has_conflict:
            sentence = _("U verklaarde eerder een belang; die verklaring blijft gelden voor de hele procedure.")
            raise forms.ValidationError(with_ground(sentence, concessions("art. 26")))
        return answer

    @property
    def has_conflict(self):
        return self.cleaned_data["statement"] == SOME
