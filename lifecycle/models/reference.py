"""Numbers that the law or a published rule sets, dated and with their source; and policies that a second person set aside."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from lifecycle import clock, legal_guards
from lifecycle.models.recorded import Recorded, RecordedQuerySet
from lifecycle.models.written_once import WrittenOnce, WrittenOnceQuerySet
from lifecycle.verbs import allowed, verb


class LegalValueQuerySet(WrittenOnceQuerySet, RecordedQuerySet):
    def approved(self):
        """The rows that count: approved by a second person, or brought along, and not superseded."""
        return self.filter(state=LegalValue.State.APPROVED)

    def proposed(self):
        return self.filter(state=LegalValue.State.PROPOSED)

    def visible_to(self, user):
        return self.all() if user.has_perm("lifecycle.view_legal_value") else self.none()


class LegalValue(WrittenOnce, Recorded):
    """One number in force from a day on: `value` in `unit`, with the article it comes from.

    What the house brings along (`lifecycle/data/legal_values.json`) has no proposer: it was approved when it was released.
    Every other row is proposed by one legal officer and approved by another. `certain` is false where the source still has
    to be confirmed by a lawyer; `supersedes` is the row that turned out wrong, and `reason` says why.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Voorgesteld")
        APPROVED = "approved", _("Goedgekeurd")
        REJECTED = "rejected", _("Afgewezen")
        SUPERSEDED = "superseded", _("Verbeterd")

    TONES = {State.PROPOSED: "waiting", State.APPROVED: "good", State.REJECTED: "stopped", State.SUPERSEDED: "quiet"}
    TRAIL_WORDS = {"propose": _("Waarde voorgesteld")}
    WRITTEN_ONCE = ("key", "valid_from", "value", "unit", "meaning", "source", "certain", "reason", "supersedes_id")
    # All numbers of the law are one dossier of the trail.
    DOSSIER = "lifecycle.legalvalue:0"

    key = models.SlugField(_("sleutel"), max_length=80)
    valid_from = models.DateField(_("geldig vanaf"))
    value = models.DecimalField(_("waarde"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("eenheid"), max_length=20)
    meaning = models.CharField(_("betekenis"), max_length=300)
    source = models.CharField(_("bron"), max_length=300)
    certain = models.BooleanField(_("bevestigd"), default=True)
    state = FSMField(_("toestand"), choices=State, default=State.PROPOSED, protected=True)

    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    reason = models.TextField(_("motivering"), blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    refusal = models.TextField(_("reden van de afwijzing"), blank=True)

    objects = LegalValueQuerySet.as_manager()

    class Meta:
        ordering = ["key", "-valid_from", "-pk"]
        verbose_name = _("wettelijke waarde")
        verbose_name_plural = _("wettelijke waarden")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "valid_from"], condition=Q(state="approved"), name="one_legal_value_per_day"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="legal_value_needs_two_people"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="legal_value_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by=None) | Q(state="proposed", decided_by=None) | Q(decided_by__isnull=False),
                name="legal_value_counts_once_decided",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="legal_value_has_a_source"),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(reason=""), name="legal_value_correction_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.key} = {self.value.normalize():f} {self.unit} ({self.valid_from})"

    @property
    def dossier(self):
        return self.DOSSIER

    def get_absolute_url(self):
        return reverse("legal-value", args=[self.pk])

    @property
    def amount(self) -> str:
        """The number as people write it, with its unit: `5.404.000 EUR`, `30 dagen`."""
        whole = self.value == self.value.to_integral_value()
        number = formats.number_format(self.value, decimal_pos=0 if whole else 2, use_l10n=True, force_grouping=True)
        return f"{number} {self.unit}"

    @property
    def is_past(self) -> bool:
        """Whether it speaks of days that are over: reckonings of then come out differently when they are done again."""
        return self.valid_from < clock.today()

    def others_of_that_day(self):
        """Approved rows of the same number and day, but for the one that this row supersedes."""
        found = type(self).objects.approved().filter(key=self.key, valid_from=self.valid_from)
        return found.exclude(pk__in=[self.pk, self.supersedes_id or 0])

    # -- two people -----------------------------------------------------------------------------

    @transition(
        state,
        source=State.PROPOSED,
        target=State.APPROVED,
        conditions=[legal_guards.day_is_free, legal_guards.nothing_else_supersedes_the_same],
        permission=allowed("lifecycle.approve_value"),
        custom=verb(
            _("Goedkeuren"),
            consequence=_("Vanaf de dag die erbij staat rekent elke termijn en drempel met deze waarde."),
            action="lifecycle.approve_value",
        ),
    )
    def approve(self, *, by):
        self.decided_by, self.decided_at = by, clock.now()

    @transition(
        state,
        source=State.PROPOSED,
        target=State.REJECTED,
        conditions=[legal_guards.reason_is_given],
        permission=allowed("lifecycle.approve_value"),
        custom=verb(_("Afwijzen"), consequence=_("Er verandert niets; het voorstel blijft leesbaar.")),
    )
    def reject(self, *, by, reason):
        self.decided_by, self.decided_at, self.refusal = by, clock.now(), reason

    @transition(
        state,
        source=State.APPROVED,
        target=State.SUPERSEDED,
        permission=allowed("lifecycle.propose_value"),
        custom=verb(_("Verbeteren"), action="lifecycle.approve_value", offered=False),
    )
    def supersede(self, *, by):
        """It stays readable; nothing reckons with it any more."""


class PolicyOverrideQuerySet(models.QuerySet):
    def granted(self):
        """What sets a guard aside now: granted, and not used yet."""
        return self.exclude(granted_by=None).filter(used_at=None)

    def pending(self):
        return self.filter(granted_by=None)

    def about(self, record, verb):
        return self.filter(subject=record.ref, verb=verb)


class PolicyOverride(models.Model):
    """A policy guard set aside for one record and verb: asked with a reason by one person, granted by a second one.

    Until it is granted it sets nothing aside, and it does so once: a verb that is done again asks again. One that is refused
    leaves this table and stays on the trail.
    """

    subject = models.CharField(max_length=120)
    verb = models.CharField(max_length=60)
    guard = models.CharField(max_length=80)
    reason = models.TextField(_("motivering"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects = PolicyOverrideQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "verb", "guard"],
                condition=models.Q(used_at=None),
                name="one_unused_override_per_guard",
            ),
            models.CheckConstraint(
                condition=models.Q(granted_by=None) | ~models.Q(asked_by=models.F("granted_by")),
                name="override_needs_a_second_person",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="override_needs_a_reason"),
            models.CheckConstraint(
                condition=models.Q(granted_by=None, granted_at=None)
                | models.Q(granted_by__isnull=False, granted_at__isnull=False),
                name="override_grant_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.guard} / {self.verb} / {self.subject}"

    def get_absolute_url(self):
        return reverse("policy-override", args=[self.pk])
