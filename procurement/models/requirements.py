"""What the authority asks and how it compares: published, then fixed."""

import hashlib

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lifecycle.trail import canonical
from procurement.models.procedures import Procedure


class RequirementQuerySet(models.QuerySet):
    def digest(self) -> str:
        """One digest over the requirements in their order, to prove later that they were not changed."""
        return hashlib.sha256(canonical([row.as_data() for row in self])).hexdigest()


class SelectionCondition(models.Model):
    """A condition of ability, with the evidence asked (act of 17 June 2016, art. 48)."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="selection_conditions")
    code = models.CharField(_("code"), max_length=10)
    title_nl = models.CharField(_("naam"), max_length=120)
    title_en = models.CharField(_("naam (Engels)"), max_length=120, blank=True)
    text_nl = models.TextField(_("wat gevraagd wordt"))
    evidence_nl = models.TextField(_("bewijs"))

    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["procedure", "code"], name="selection_condition_code")]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def title(self):
        return (get_language() == "en" and self.title_en) or self.title_nl

    def as_data(self):
        return {"code": self.code, "title": self.title_nl, "text": self.text_nl, "evidence": self.evidence_nl}


class AwardCriterion(models.Model):
    """A ranked award criterion; weights are optional for concessions (act of 17 June 2016, art. 55, § 3)."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="award_criteria")
    rank = models.PositiveSmallIntegerField(_("rang"), validators=[MinValueValidator(1)])
    title_nl = models.CharField(_("criterium"), max_length=120)
    title_en = models.CharField(_("criterium (Engels)"), max_length=120, blank=True)
    text_nl = models.TextField(_("wat beoordeeld wordt"))
    weight = models.PositiveSmallIntegerField(_("gewicht"), null=True, blank=True, validators=[MaxValueValidator(100)])

    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "rank"], name="award_criterion_rank"),
            models.CheckConstraint(condition=models.Q(rank__gte=1), name="award_criterion_rank_from_one"),
        ]

    def __str__(self):
        return f"{self.rank}. {self.title}"

    @property
    def title(self):
        return (get_language() == "en" and self.title_en) or self.title_nl

    def as_data(self):
        return {"rank": self.rank, "title": self.title_nl, "text": self.text_nl, "weight": self.weight}
