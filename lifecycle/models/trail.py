"""The audit trail: append-only entries, one hash chain per dossier, a daily anchor over all heads."""

from django.db import models


class AppendOnlyError(Exception):
    """The audit trail is never changed: record a new entry that supersedes the old one."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **columns):
        raise AppendOnlyError

    def delete(self):
        raise AppendOnlyError


class Head(models.Model):
    """The last entry of a dossier's chain; its row is the last lock that a transaction takes."""

    dossier = models.CharField(primary_key=True, max_length=120)
    position = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    def __str__(self):
        return f"{self.dossier} @ {self.position}"


class Entry(models.Model):
    """One fact: who did what to which record, when, on which documents. Identifiers and digests, no personal content."""

    dossier = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    at = models.DateTimeField()
    subject = models.CharField(max_length=120)
    verb = models.CharField(max_length=60)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40, blank=True)
    actor = models.CharField(max_length=40)
    roles = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    documents = models.JSONField(default=list)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["dossier", "position"]
        constraints = [models.UniqueConstraint(fields=["dossier", "position"], name="one_entry_per_position")]
        indexes = [models.Index(fields=["subject"])]

    def __str__(self):
        return f"{self.dossier} #{self.position} {self.verb}"


class Anchor(models.Model):
    """All heads of one moment under one digest, chained to the anchor before it."""

    at = models.DateTimeField()
    day = models.DateField(unique=True)
    heads = models.JSONField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.day} {self.digest[:8]}"
