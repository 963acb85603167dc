"""The exclusion grounds of the law, and what a procedure asks of them (act of 17 June 2016, arts 50 to 53)."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lifecycle import timelimits

BY_DECLARATION = "verklaring op erewoord; corrigerende maatregelen beschrijft de kandidaat in zijn aanvraag (art. 53)"

# For how long a ground excludes: criminal ones from the judgment, optional ones from the event. Debts as long as they are due.
YEARS = ("exclusion-criminal-years", "exclusion-optional-years")


def are_eforms_codes(codes):
    """`["exg-crim-fraud", ...]`: the codes under which a notice names the ground, or none where the list has no code."""
    if not isinstance(codes, list) or not all(isinstance(code, str) and code.startswith("exg-") for code in codes):
        raise ValidationError(_("Geef een lijst van codes die met exg- beginnen."))


@dataclass(frozen=True)
class AppliedGround:
    """A ground as one procedure applies it, with the evidence that it asks."""

    ground: "ExclusionGround"
    evidence: str
    years: int | None = None

    def as_data(self):
        return {"code": self.ground.code, "article": self.ground.article, "evidence": self.evidence}


class ExclusionGroundQuerySet(models.QuerySet):
    def mandatory(self):
        return self.filter(mandatory=True)

    def optional(self):
        return self.filter(mandatory=False)

    def applied_to(self, procedure, *, on=None) -> list[AppliedGround]:
        """Every mandatory ground, and the optional ones that the procedure did not leave out.

        `on`: say for how many years each excludes, as in force on that day.
        """
        choices = {choice.ground_id: choice for choice in procedure.exclusion_choices.all()}
        years = {key: timelimits.days(key, on=on) for key in YEARS} if on else {}
        applied = []
        for ground in self.order_by("position"):
            choice = choices.get(ground.pk)
            if ground.mandatory or (choice.applies if choice else ground.by_default):
                asked = choice.evidence_nl if choice else ""
                applied.append(AppliedGround(ground, asked or ground.evidence, years.get(ground.years_key)))
        return applied


class ExclusionGround(models.Model):
    """One ground of the law. The rows come from `procurement/data/exclusion_grounds.json`, never over an older one."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    article = models.CharField(_("artikel"), max_length=40)
    eforms = models.JSONField(_("codes in eForms"), default=list, validators=[are_eforms_codes])
    title_nl = models.CharField(_("grond"), max_length=200)
    title_en = models.CharField(_("grond (Engels)"), max_length=200)
    mandatory = models.BooleanField(_("verplicht"))
    by_default = models.BooleanField(_("standaard toegepast"), default=True)
    years_key = models.SlugField(_("sleutel van de duur"), max_length=80, blank=True)
    evidence_nl = models.CharField(_("bewijs"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("volgorde"))

    objects = ExclusionGroundQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name = _("uitsluitingsgrond")
        verbose_name_plural = _("uitsluitingsgronden")
        constraints = [
            models.CheckConstraint(
                condition=Q(mandatory=False) | Q(by_default=True), name="mandatory_ground_always_applies"
            ),
            models.CheckConstraint(condition=Q(years_key__in=["", *YEARS]), name="ground_lasts_as_the_law_says"),
        ]

    def __str__(self):
        return f"{self.title} ({self.article})"

    @property
    def title(self):
        return (get_language() == "en" and self.title_en) or self.title_nl

    @property
    def evidence(self):
        return self.evidence_nl or BY_DECLARATION


class ExclusionChoice(models.Model):
    """Where a procedure departs from the rule of a ground: an optional one that it leaves out, or other evidence."""

    procedure = models.ForeignKey("procurement.Procedure", models.PROTECT, related_name="exclusion_choices")
    ground = models.ForeignKey(ExclusionGround, models.PROTECT, related_name="+", verbose_name=_("uitsluitingsgrond"))
    applies = models.BooleanField(_("toegepast"), default=True)
    evidence_nl = models.CharField(_("bewijs"), max_length=300, blank=True)

    class Meta:
        ordering = ["procedure", "ground__position"]
        verbose_name = _("keuze van een uitsluitingsgrond")
        constraints = [
            models.UniqueConstraint(fields=["procedure", "ground"], name="one_choice_per_ground"),
        ]

    def __str__(self):
        return f"{self.procedure.number}: {self.ground.code}"
