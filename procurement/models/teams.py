"""Who works on a procedure, and what each stated about interests."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from procurement.models.procedures import Procedure


class InterestStatement(models.Model):
    """A person's conflict-of-interest statement for one procedure (act of 17 June 2016, art. 26).

    Without a statement nothing submitted is visible; with a conflict it never becomes visible.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="interest_statements")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    has_conflict = models.BooleanField(_("heeft een belang"))
    stated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procedure", "user"], name="one_interest_statement")]

    def __str__(self):
        return f"{self.user} / {self.procedure.number}"
