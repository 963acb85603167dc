"""How a person comes to act for an organisation: invited by who signs for it, or asking who decides."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from lifecycle import clock, timelimits
from partners.models.organisations import Membership, Organisation
from partners.models.powers import Powers, powers_make_sense


def new_nonce() -> str:
    return secrets.token_hex(16)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet):
    def pending(self):
        """Neither accepted nor withdrawn; its link may be too old, and can be sent again."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def by_token(self, token):
        return self.filter(token_digest=digest_of(token))

    def to(self, user):
        """The pending ones to an address that this person proved to have."""
        if not user.is_authenticated:
            return self.none()
        return self.pending().filter(email__in=user.proved_addresses())


class Invitation(Powers):
    """Somebody who signs for an organisation asks a colleague to act for it; the colleague accepts from the mail.

    The token in the link follows from a nonce and the secret key of the installation: a copy of the database holds its
    digest, and no link that works.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mailadres"))
    until = models.DateTimeField(_("tot"), null=True, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "email", "pk"]
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        constraints = [
            *powers_make_sense("invitation"),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_pending_invitation_per_address",
                violation_error_message=_(
                    "Er loopt al een uitnodiging voor dit adres: verstuur ze opnieuw, of trek ze eerst in."
                ),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, withdrawn_at=None),
                name="invitation_is_accepted_or_withdrawn",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.pk}"

    def save(self, *args, **kwargs):
        self.token_digest = digest_of(self.token)
        super().save(*args, **kwargs)

    @property
    def token(self) -> str:
        """What stands in the mail."""
        return salted_hmac("partners.invitation", self.nonce, algorithm="sha256").hexdigest()

    @property
    def path(self):
        return reverse("invitation", args=[self.token])

    @property
    def is_pending(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def expires_at(self) -> dt.datetime:
        """The link in the mail is good until then."""
        return self.sent_at + dt.timedelta(days=timelimits.days("invitation-days"))

    @property
    def is_expired(self) -> bool:
        return clock.now() > self.expires_at or (self.until is not None and self.until <= clock.now())

    @property
    def is_open(self) -> bool:
        return self.is_pending and not self.is_expired


class JoinRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(decided_at=None)

    def to_decide_by(self, user):
        """Those of the organisations for which this person signs; for a procurement officer those that nobody else can decide."""
        if not user.is_authenticated:
            return self.none()
        signing = Membership.objects.current().filter(may_sign=True)
        mine = Q(organisation__in=signing.filter(user=user).values("organisation"), organisation__state="confirmed")
        if user.has_perm("partners.decide_for_absent"):
            mine |= ~Q(organisation__in=signing.values("organisation"))
        return self.waiting().filter(mine).exclude(user=user)


class JoinRequest(models.Model):
    """Somebody asks to act for an organisation that is registered already; who signs for it decides."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField(_("wie u bent in de organisatie"), max_length=1000)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    accepted = models.BooleanField(default=False)
    reason = models.TextField(_("reden van de weigering"), max_length=1000, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "asked_at", "pk"]
        verbose_name = _("vraag om toegang")
        verbose_name_plural = _("vragen om toegang")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(decided_at=None), name="one_waiting_join_request"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, accepted=False, reason="")
                | Q(decided_at__isnull=False, decided_by__isnull=False, accepted=True, reason="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False, accepted=False) & ~Q(reason="")),
                name="join_request_is_decided_whole",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.user}"

    def get_absolute_url(self):
        return reverse("access-request", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None
