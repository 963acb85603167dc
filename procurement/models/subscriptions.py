"""Who wants to be told about a procedure without being a candidate: anyone with an e-mail address."""

import datetime as dt
import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lifecycle import clock, timelimits
from procurement.models.procedures import Procedure


def new_token() -> str:
    return secrets.token_urlsafe(32)


class SubscriptionQuerySet(models.QuerySet):
    def current(self):
        return self.filter(confirmed_at__isnull=False, ended_at=None)


class Subscription(models.Model):
    """An address that is told of every change; it counts once its owner confirmed it, until the owner ends it.

    Nothing but the address is kept, and that until some time after the end: reading asks nobody who he is (act of 17 June
    2016, art. 45). The token is the only proof of being the owner: it stands in mails to the address and nowhere else.
    """

    NAMED_WITH = ("procedure",)
    TRAIL_WORDS = {
        "confirm": _("Abonnement bevestigd"),
        "end": _("Abonnement beëindigd"),
        "erase": _("E-mailadres gewist"),
    }

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="subscriptions")
    email = models.EmailField(_("e-mailadres"), blank=True)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("abonnement")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "email"], condition=Q(ended_at=None), name="one_subscription_per_address"
            ),
            models.CheckConstraint(
                condition=~Q(email="") | Q(ended_at__isnull=False), name="subscription_has_an_address_until_its_end"
            ),
        ]

    def __str__(self):
        return f"{self.procedure.number} / {self.pk}"

    @property
    def dossier(self):
        return self.procedure.ref

    @property
    def confirm_path(self):
        return reverse("subscription-confirm", args=[self.token])

    @property
    def leave_path(self):
        return reverse("subscription-end", args=[self.token])

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_ended(self) -> bool:
        return self.ended_at is not None

    @property
    def confirm_until(self) -> dt.datetime:
        """The link in the mail is good until then."""
        return self.asked_at + dt.timedelta(days=timelimits.days("subscription-confirm-days"))

    @property
    def is_expired(self) -> bool:
        return not self.is_confirmed and clock.now() > self.confirm_until
