"""The outbox: work that is owed, written in the same transaction as the fact that causes it."""

from django.db import models
from django.db.models import Q


class OwedQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at=None, failed_at=None)

    def due(self, now, machine_now):
        """Open, due by the legal clock, and not leased to a worker that may still be alive by the machine's clock."""
        return self.open().filter(Q(due_at__lte=now), Q(leased_until=None) | Q(leased_until__lt=machine_now))


class Owed(models.Model):
    """One piece of owed work. The unique key makes doing it twice change nothing; the lease tells who is at it."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease = models.CharField(max_length=64, blank=True)
    leased_until = models.DateTimeField(null=True)
    # By the machine's clock, like the lease: when a worker was last told of it.
    nudged_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    objects = OwedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="owed_once"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(failed_at=None), name="owed_ends_one_way"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at=None, failed_at=None), name="owed_open"),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"
