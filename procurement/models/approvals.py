"""Every version of a procedure that was approved, word for word."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lifecycle.models.trail import AppendOnlyQuerySet
from procurement.models.procedures import Procedure


class ApprovedVersionQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        seen = user.is_authenticated and user.has_perm("procurement.view_internal_procedure")
        return self if seen else self.none()


class ApprovedVersion(models.Model):
    """What was approved, as plain data with its digest; when, and by whom or by which body outside the system.

    Never changed: a procedure that is approved again has another version. The minutes of a body are kept by their digest.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="approved_versions")
    number = models.PositiveSmallIntegerField(_("versie"))
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    body = models.CharField(_("orgaan"), max_length=200, blank=True)
    decided_on = models.DateField(_("datum van de beslissing"), null=True)
    minutes_sha256 = models.CharField(max_length=64, blank=True)
    minutes_size = models.PositiveIntegerField(default=0)

    objects = ApprovedVersionQuerySet.as_manager()

    class Meta:
        ordering = ["procedure", "number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="approved_version_number"),
            models.CheckConstraint(
                condition=Q(body="", decided_on=None, minutes_sha256="")
                | (Q(decided_on__isnull=False) & ~Q(body="") & ~Q(minutes_sha256="")),
                name="outside_approval_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.procedure.number} v{self.number}"

    def get_absolute_url(self):
        return f"{reverse('procedure', args=[self.procedure_id])}?tab=goedkeuring"

    @property
    def is_outside(self) -> bool:
        return bool(self.body)

    @property
    def minutes_name(self) -> str:
        return f"{self.procedure.number}-goedkeuring-{self.number}.pdf"
