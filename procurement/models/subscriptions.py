"""Who wants to be told about a procedure without being a candidate: anyone with an e-mail address."""

import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procurement.models.procedures import Procedure


def new_token() -> str:
    return secrets.token_urlsafe(32)


class SubscriptionQuerySet(models.QuerySet):
    def current(self):
        return self.filter(confirmed_at__isnull=False, ended_at=None)


class Subscription(models.Model):
    """An address that is told of every change; it counts once its owner confirmed it, until the owner ends it.

    Nothing but the address is kept: reading asks nobody who he is (act of 17 June 2016, art. 45).
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="subscriptions")
    email = models.EmailField(_("e-mailadres"))
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
        ]

    def __str__(self):
        return f"{self.procedure.number} / {self.pk}"

    @property
    def leave_path(self):
        return reverse("subscription-end", args=[self.token])
