"""What an officer asks in a draft beside lots, criteria and conditions: sub-criteria and exclusion grounds."""

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.forms.fields import written_out
from procurement.forms.procedures import with_ground
from procurement.grounds import concessions
from procurement.models import ExclusionChoice, ExclusionGround, SubCriterion

RANKED = concessions("art. 55, § 3")


class SubCriterionForm(forms.ModelForm):
    """One sub-criterion in its rank; its weight fits what its criterion leaves."""

    class Meta:
        model = SubCriterion
        fields = ["criterion", "rank", "title_nl", "title_en", "text_nl", "weight"]
        widgets = {"text_nl": written_out(3)}
        help_texts = {
            "rank": _("Binnen het criterium, in dalende volgorde van belang, zonder gaten (art. 55, § 3)."),
            "weight": _(
                "Voor alle subcriteria van het criterium of voor geen enkel, samen het gewicht van dat criterium."
            ),
        }

    def __init__(self, *args, procedure, **options):
        super().__init__(*args, **options)
        self.fields["criterion"].queryset = procedure.award_criteria.all()
        self.fields["criterion"].empty_label = _("Kies een criterium")

    def clean(self):
        super().clean()
        criterion = self.cleaned_data.get("criterion")
        if criterion is None:
            return
        others = list(criterion.sub_criteria.exclude(pk=self.instance.pk))
        rank, weight = self.cleaned_data.get("rank"), self.cleaned_data.get("weight")
        if any(other.rank == rank for other in others):
            self._refuse("rank", _("Dit criterium heeft al een subcriterium met deze rang."))
        if "weight" not in self.errors:
            self._clean_weight(criterion, others, rank, weight)

    def _clean_weight(self, criterion, others, rank, weight):
        weights = [other.weight for other in others]
        if weight is None:
            if any(each is not None for each in weights):
                self._refuse("weight", _("De andere subcriteria van dit criterium hebben een gewicht."))
            return
        if criterion.weight is None:
            self._refuse("weight", _("Dit criterium heeft zelf geen gewicht: zijn subcriteria ook niet."))
        elif None in weights:
            self._refuse("weight", _("De andere subcriteria van dit criterium hebben geen gewicht."))
        elif weight + sum(weights) > criterion.weight:
            self._refuse("weight", _("De subcriteria wegen dan samen meer dan hun criterium."))
        elif rank and any(_rises(other, rank, weight) for other in others):
            self._refuse("weight", _("Het gewicht daalt met de rang: een lagere rang weegt niet meer dan een hogere."))

    def _refuse(self, field, sentence):
        self.add_error(field, with_ground(sentence, RANKED))


def _rises(other, rank, weight) -> bool:
    """Whether of two parts the one that ranks later weighs more."""
    return other.rank != rank and other.weight != weight and (other.rank < rank) == (other.weight < weight)


class ExclusionForm(forms.Form):
    """Which optional grounds apply, and the evidence for each ground. The mandatory ones always apply (art. 50 and 51)."""

    def __init__(self, *args, procedure, **options):
        super().__init__(*args, **options)
        self.procedure = procedure
        self.grounds = list(ExclusionGround.objects.order_by("position"))
        chosen = {choice.ground_id: choice for choice in procedure.exclusion_choices.all()}
        for ground in self.grounds:
            choice = chosen.get(ground.pk)
            if not ground.mandatory:
                self.fields[f"applies_{ground.code}"] = forms.BooleanField(
                    label=_("Toepassen"), required=False, initial=choice.applies if choice else ground.by_default
                )
            self.fields[f"evidence_{ground.code}"] = forms.CharField(
                label=_("Bewijs"),
                required=False,
                max_length=300,
                initial=(choice and choice.evidence_nl) or ground.evidence,
                widget=written_out(2),
            )

    @property
    def panels(self):
        """Each ground with its fields: (title, article, mandatory, fields)."""
        for ground in self.grounds:
            names = [f"applies_{ground.code}", f"evidence_{ground.code}"]
            yield ground, [self[name] for name in names if name in self.fields]

    def choices(self) -> list[ExclusionChoice]:
        """Only where the procedure departs from the rule."""
        found = []
        for ground in self.grounds:
            applies = self.cleaned_data.get(f"applies_{ground.code}", True)
            evidence = self.cleaned_data[f"evidence_{ground.code}"].strip()
            other = "" if evidence == ground.evidence else evidence
            if other or applies != ground.by_default:
                found.append(
                    ExclusionChoice(procedure=self.procedure, ground=ground, applies=applies, evidence_nl=other)
                )
        return found
