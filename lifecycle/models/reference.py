"""Numbers that the law or a published rule sets, dated and with their source; and policies that a second person set aside."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class LegalValue(models.Model):
    """One number in force from a day on: `value` in `unit`, with the article it comes from.

    Loaded from `lifecycle/data/legal_values.json` without ever overwriting a row; `certain` is false where the source
    still has to be confirmed by a lawyer.
    """

    key = models.SlugField(_("sleutel"), max_length=80)
    valid_from = models.DateField(_("geldig vanaf"))
    value = models.DecimalField(_("waarde"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("eenheid"), max_length=20)
    meaning = models.CharField(_("betekenis"), max_length=300)
    source = models.CharField(_("bron"), max_length=300)
    certain = models.BooleanField(_("bevestigd"), default=True)

    class Meta:
        ordering = ["key", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="one_legal_value_per_day")]

    def __str__(self):
        return f"{self.key} = {self.value.normalize():f} {self.unit} ({self.valid_from})"


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
