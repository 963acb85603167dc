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
        constraints = [
            models.UniqueConstraint(fields=["procedure", "code"], name="selection_condition_code"),
            models.CheckConstraint(
                condition=~models.Q(title_nl="") & ~models.Q(evidence_nl=""),
                name="selection_condition_asks_evidence",
                violation_error_message=_("Een selectievoorwaarde heeft een naam en het gevraagde bewijs."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def title(self):
        return (get_language() == "en" and self.title_en) or self.title_nl

    def as_data(self):
        return {"code": self.code, "title": self.title_nl, "text": self.text_nl, "evidence": self.evidence_nl}


class CriterionQuerySet(RequirementQuerySet):
    def digest(self) -> str:
        """As for any requirement; the sub-criteria count, and are read in one query."""
        return super(CriterionQuerySet, self.with_parts()).digest()

    def with_parts(self):
        return self.prefetch_related("sub_criteria")


class AwardCriterion(models.Model):
    """A ranked award criterion; weights are optional for concessions (act of 17 June 2016, art. 55, § 3)."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="award_criteria")
    rank = models.PositiveSmallIntegerField(_("rang"), validators=[MinValueValidator(1)])
    title_nl = models.CharField(_("criterium"), max_length=120)
    title_en = models.CharField(_("criterium (Engels)"), max_length=120, blank=True)
    text_nl = models.TextField(_("wat beoordeeld wordt"))
    weight = models.PositiveSmallIntegerField(_("gewicht"), null=True, blank=True, validators=[MaxValueValidator(100)])

    objects = CriterionQuerySet.as_manager()

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
        data = {"rank": self.rank, "title": self.title_nl, "text": self.text_nl, "weight": self.weight}
        parts = [part.as_data() for part in self.sub_criteria.all()]
        return data | ({"parts": parts} if parts else {})


class SubCriterion(models.Model):
    """A part of an award criterion, in its rank; weights for all parts of a criterion or for none (art. 55, § 3)."""

    criterion = models.ForeignKey(
        AwardCriterion, models.CASCADE, related_name="sub_criteria", verbose_name=_("criterium")
    )
    rank = models.PositiveSmallIntegerField(_("rang"), validators=[MinValueValidator(1)])
    title_nl = models.CharField(_("subcriterium"), max_length=120)
    title_en = models.CharField(_("subcriterium (Engels)"), max_length=120, blank=True)
    text_nl = models.TextField(_("wat beoordeeld wordt"))
    weight = models.PositiveSmallIntegerField(
        _("gewicht"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta:
        ordering = ["criterion__rank", "rank"]
        verbose_name = _("subcriterium")
        constraints = [
            models.UniqueConstraint(fields=["criterion", "rank"], name="sub_criterion_rank"),
            models.CheckConstraint(condition=models.Q(rank__gte=1), name="sub_criterion_rank_from_one"),
            models.CheckConstraint(
                condition=models.Q(weight=None) | models.Q(weight__gte=1), name="sub_criterion_weighs_something"
            ),
        ]

    def __str__(self):
        return f"{self.criterion.rank}.{self.rank} {self.title}"

    @property
    def procedure(self):
        return self.criterion.procedure

    @property
    def title(self):
        return (get_language() == "en" and self.title_en) or self.title_nl

    def as_data(self):
        return {"rank": self.rank, "title": self.title_nl, "text": self.text_nl, "weight": self.weight}
