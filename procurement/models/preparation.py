"""The log of the preparation: consultations of the market, and who outside the team was involved. Append-only.

A mistake is superseded by a new entry with its reason, never edited: the database refuses updates and deletions
(`lifecycle.triggers`).
"""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lifecycle.models import AppendOnlyError, AppendOnlyQuerySet
from lifecycle.trail import canonical
from procurement.models.procedures import Procedure


class PreparationQuerySet(AppendOnlyQuerySet):
    def standing(self):
        """The entries that no later one supersedes."""
        return self.filter(superseded_by=None)


class PreparationEntry(models.Model):
    """What every entry has: its procedure, who wrote it and when, and what it supersedes and why."""

    CONTENT = ()

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="%(class)ss")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    correction_reason = models.TextField(_("reden van de verbetering"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = PreparationQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **options):
        if self.pk is not None:
            raise AppendOnlyError
        super().save(*args, **options)

    def delete(self, *args, **options):
        raise AppendOnlyError

    def digest(self) -> str:
        """What the trail keeps of it: no name, no word."""
        data = {name: str(getattr(self, name) or "") for name in (*self.CONTENT, "supersedes_id", "correction_reason")}
        return hashlib.sha256(canonical(data)).hexdigest()

    @property
    def is_superseded(self):
        return hasattr(self, "superseded_by")


def _constraints(name):
    return [
        models.CheckConstraint(
            condition=Q(supersedes=None) | ~Q(correction_reason=""), name=f"{name}_is_corrected_with_a_reason"
        ),
    ]


class MarketConsultation(PreparationEntry):
    """A talk with the market before the procedure, and how all others were given what was shared."""

    CONTENT = ("held_on", "with_whom", "subject", "shared", "minutes")

    held_on = models.DateField(_("datum"))
    with_whom = models.TextField(_("met wie"))
    subject = models.CharField(_("onderwerp"), max_length=200)
    shared = models.TextField(_("wat gedeeld werd, en hoe alle anderen hetzelfde kregen"))
    minutes = models.TextField(_("verslag"), blank=True)

    class Meta:
        ordering = ["held_on", "pk"]
        verbose_name = _("marktconsultatie")
        verbose_name_plural = _("marktconsultaties")
        constraints = _constraints("consultation")

    def __str__(self):
        return f"{self.procedure.number} / {self.pk}"


class PriorInvolvement(PreparationEntry):
    """A person or organisation that was involved in the preparation (act of 17 June 2016, art. 40)."""

    CONTENT = ("name", "capacity", "since", "until", "saw")

    name = models.CharField(_("persoon of organisatie"), max_length=200)
    capacity = models.CharField(_("hoedanigheid"), max_length=200)
    since = models.DateField(_("vanaf"))
    until = models.DateField(_("tot en met"), null=True, blank=True)
    saw = models.TextField(_("wat die te zien kreeg"))

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("betrokkene bij de voorbereiding")
        verbose_name_plural = _("betrokkenen bij de voorbereiding")
        constraints = [
            *_constraints("involvement"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="involvement_ends_after_start",
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
        ]

    def __str__(self):
        return f"{self.procedure.number} / {self.pk}"
