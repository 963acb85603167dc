"""The proposed, then decided, award of a lot to one tenderer; contracts are made from it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procurement.models.lots import Lot
from procurement.models.offers import Offer


class AwardQuerySet(models.QuerySet):
    def decided(self):
        return self.exclude(decided_at=None)

    def concludable(self):
        """Awards of lots whose standstill is over and that are not concluded yet."""
        return self.decided().filter(lot__state=Lot.State.READY_TO_CONCLUDE)


class Award(models.Model):
    """One concessionaire of a lot: the offer, its rank, and since when it is decided."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="awards")
    offer = models.OneToOneField(Offer, models.PROTECT, related_name="award_made")
    rank = models.PositiveSmallIntegerField(_("rang"))
    decided_at = models.DateTimeField(null=True)

    NAMED_WITH = ("lot__product", "lot__area")

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ["lot", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "rank"], name="one_award_per_rank"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="award_rank_from_one"),
        ]

    def __str__(self):
        return f"{self.lot} – {self.rank}"

    @property
    def participant(self):
        return self.offer.application.participant
