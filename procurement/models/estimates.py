"""What a concession is worth: estimated before it is published, and again at the award (act of 17 June 2016, arts 35 and 36)."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lifecycle import timelimits
from procurement.models.lots import Lot
from procurement.models.procedures import Procedure

# The seven components of art. 35, fourth paragraph, in the order of the act.
COMPONENTS = {
    "options": _("Opties en verlengingen"),
    "user_fees": _("Vergoedingen en boetes betaald door de gebruikers"),
    "authority_payments": _("Betalingen en voordelen van de aanbesteder of een andere overheid"),
    "subsidies": _("Subsidies en voordelen van derden"),
    "asset_sales": _("Verkoop van activa die deel uitmaken van de concessie"),
    "supplies": _("Leveringen en diensten die de aanbesteder ter beschikking stelt"),
    "prizes": _("Prijzen en betalingen aan kandidaten of inschrijvers"),
}


def _amount(name):
    return models.DecimalField(COMPONENTS[name], max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])


class ValueEstimate(models.Model):
    """The seven components of the estimate, excluding VAT, over the whole term and all lots; nothing is left unanswered.

    Their total is the `estimated_value` of the procedure: the action `write_estimate` keeps the two in line.
    """

    procedure = models.OneToOneField(Procedure, models.PROTECT, related_name="estimate")
    options = _amount("options")
    user_fees = _amount("user_fees")
    authority_payments = _amount("authority_payments")
    subsidies = _amount("subsidies")
    asset_sales = _amount("asset_sales")
    supplies = _amount("supplies")
    prizes = _amount("prizes")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": 0 for name in COMPONENTS}), name="estimate_is_not_negative"
            )
        ]

    def __str__(self):
        return f"{self.procedure.number}: {self.total}"

    @property
    def components(self) -> dict[str, Decimal]:
        return {name: getattr(self, name) for name in COMPONENTS}

    @property
    def total(self) -> Decimal:
        return sum(self.components.values())


class AwardValue(models.Model):
    """The value reckoned again once the offers are evaluated: of one lot, or without a lot of the whole procedure.

    Above the part of the estimate that the law sets, it is this value that counts (art. 35, third paragraph): the award
    waits until a second person, of the legal service, says with reasons what follows from that.
    """

    TOLD_BY_NUMBER = True

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="award_values")
    lot = models.OneToOneField(Lot, models.PROTECT, null=True, related_name="award_value")
    value = models.DecimalField(_("waarde bij gunning"), max_digits=14, decimal_places=2)
    method = models.TextField(_("hoe ze berekend is"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    signed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_off_at = models.DateTimeField(null=True)
    sign_off_reason = models.TextField(_("motivering"), blank=True)

    class Meta:
        ordering = ["procedure", F("lot").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(fields=["procedure"], condition=Q(lot=None), name="one_award_value_of_the_whole"),
            models.CheckConstraint(condition=Q(value__gte=0), name="award_value_is_not_negative"),
            models.CheckConstraint(
                condition=Q(signed_off_by=None) | ~Q(signed_off_by=F("recorded_by")), name="award_value_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(signed_off_by=None, signed_off_at=None, sign_off_reason="")
                | (Q(signed_off_by__isnull=False, signed_off_at__isnull=False) & ~Q(sign_off_reason="")),
                name="award_value_sign_off_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.lot or self.procedure.number}: {self.value}"

    def get_absolute_url(self):
        return reverse("award-value-sign-off", args=[self.pk])

    @property
    def estimate(self) -> Decimal | None:
        """What it is compared with."""
        return self.lot.estimated_value if self.lot else self.procedure.estimated_value

    @property
    def limit(self) -> Decimal | None:
        """The highest value that still stays within the estimate."""
        percent = timelimits.value("estimate-overrun-percent")
        return None if self.estimate is None else self.estimate * percent / 100

    @property
    def exceeds(self) -> bool:
        """Exactly the limit does not exceed it."""
        return self.limit is not None and self.value > self.limit

    @property
    def needs_sign_off(self) -> bool:
        return self.exceeds and self.signed_off_by_id is None
