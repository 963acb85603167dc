"""What a contract is about: its lots with their awards, and the services with a capacity per establishment."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from admission.models import Admission
from catalogue.models import Service
from contracts.models.contracts import Contract
from lifecycle import clock
from partners.models import Establishment
from procurement.models import Award, Lot


class ContractLot(models.Model):
    """A lot of a concession contract, and the award that it follows from. A withdrawn contract releases its awards."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="contract_lots")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+", verbose_name=_("perceel"))
    award = models.ForeignKey(Award, models.PROTECT, related_name="+", verbose_name=_("gunning"))
    released = models.BooleanField(default=False)

    class Meta:
        ordering = ["contract", "lot"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "lot"], name="lot_once_per_contract"),
            models.UniqueConstraint(
                fields=["award"], condition=Q(released=False), name="one_standing_contract_per_award"
            ),
        ]

    def __str__(self):
        return f"{self.contract.number}: {self.lot}"

    def clean(self):
        if self.award.lot_id != self.lot_id:
            raise ValidationError({"award": _("Deze gunning is van een ander perceel.")})


class ContractedServiceQuerySet(models.QuerySet):
    def on_offer(self, on=None):
        """What partners offer on a day: of active contracts, while new customers may start, and, for Open House, while
        the admission lets the partner be chosen. In no order that prefers anybody.
        """
        day = on or clock.today()
        admitted = Admission.objects.may_take_customers(day)
        return self.filter(
            Q(contract__admission=None) | Q(contract__admission__in=admitted),
            contract__state=Contract.State.ACTIVE,
            contract__term_start__lte=day,
        ).filter(Q(contract__intake_until__gte=day) | Q(contract__intake_until=None, contract__term_end__gte=day))

    def departures_from(self, awards) -> list[str]:
        """Per lot and service of these rows, in words: where the capacity is not the one of the awarded offer."""
        committed = {}
        for row in self.select_related("service"):
            key = (row.lot_id, row.service)
            committed[key] = committed.get(key, 0) + row.capacity
        found = []
        for award in awards:
            sums = {service: total for (lot, service), total in committed.items() if lot == award.lot_id}
            words = {"lot": award.lot.number, "offered": award.offer.capacity}
            if not sums:
                found.append(_now("perceel %(lot)s heeft nog geen dienst") % words)
            for service, total in sums.items():
                if award.offer.capacity is not None and total != award.offer.capacity:
                    words |= {"service": service, "total": total}
                    found.append(_now("perceel %(lot)s, %(service)s: %(total)s in plaats van %(offered)s") % words)
        return found


class ContractedService(models.Model):
    """A service in an establishment: committed trajectories per year for a lot, or declared places in Open House."""

    class Commitment(models.TextChoices):
        COMMITTED = "committed", _("verbintenis, trajecten per jaar")
        DECLARED = "declared", _("opgave, beschikbare plaatsen")

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="services")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("perceel"))
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", verbose_name=_("dienst"))
    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="+", verbose_name=_("vestiging"))
    commitment = models.CharField(_("soort capaciteit"), max_length=10, choices=Commitment)
    capacity = models.PositiveIntegerField(
        _("capaciteit"), validators=[MinValueValidator(1, _("De capaciteit is minstens 1."))]
    )

    objects = ContractedServiceQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "lot__number", "service__name_nl", "establishment__name", "pk"]
        verbose_name = _("dienst van een contract")
        verbose_name_plural = _("diensten van een contract")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__gt=0),
                name="contracted_capacity_is_positive",
                violation_error_message=_("De capaciteit is minstens 1."),
            ),
            models.CheckConstraint(
                condition=Q(commitment="committed", lot__isnull=False) | Q(commitment="declared", lot=None),
                name="committed_per_lot_declared_without",
                violation_error_message=_("Een verbintenis geldt voor een perceel, een opgave niet."),
            ),
            models.UniqueConstraint(
                fields=["contract", "lot", "service", "establishment"],
                condition=Q(lot__isnull=False),
                name="committed_service_once_per_place",
                violation_error_message=_("Deze dienst staat voor dit perceel al bij deze vestiging."),
            ),
            models.UniqueConstraint(
                fields=["contract", "service", "establishment"],
                condition=Q(lot=None),
                name="declared_service_once_per_place",
                violation_error_message=_("Deze dienst staat al bij deze vestiging."),
            ),
        ]

    def __str__(self):
        return f"{self.service}, {self.establishment.name}: {self.capacity}"

    def clean(self):
        """The establishment is one of the partner; the service one of the lot's product; the lot one of the contract."""
        errors = {}
        if not self.contract.participant.organisations.filter(pk=self.establishment.organisation_id).exists():
            errors["establishment"] = _now("%(place)s is geen vestiging van %(partner)s.") % {
                "place": self.establishment.name,
                "partner": self.contract.participant,
            }
        if self.lot and not self.contract.contract_lots.filter(lot=self.lot).exists():
            errors["lot"] = _now("Dit perceel hoort niet bij dit contract.")
        elif self.lot and not self.lot.product.parts.filter(service=self.service).exists():
            errors["service"] = _now("%(service)s is geen onderdeel van %(product)s.") % {
                "service": self.service,
                "product": self.lot.product,
            }
        if errors:
            raise ValidationError(errors)
