"""What applications and offers share: what their makers confirmed after a change, and how they end unopened."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from lifecycle.models import Recorded
from lifecycle.steps import verb

CLOSED = _("Gesloten zonder opening")
CONFIRM = verb(_("Bevestigen na een addendum"), action="procurement.confirm_submission", offered=False)
CLOSE = verb(_("Sluiten zonder opening"), action="procurement.cancel", offered=False)


class Submission(Recorded):
    """What is handed in for one phase of a procedure; `confirmed_addendum` is the last one after which it was confirmed.

    Whether it has to be confirmed is reckoned from its own moment and the published addenda: no row says who still has to.
    """

    confirmed_addendum = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def has_receipt(self) -> bool:
        """Whether it came in and was not taken back, however the procedure ended."""
        return self.submitted_at is not None and self.state != "withdrawn"

    def addenda_to_confirm(self):
        """The changes that were published after it was submitted and that its maker did not confirm."""
        changes = self.procedure.addenda.to_confirm().filter(phase=self.phase)
        if self.submitted_at is None:
            return changes.none()
        return changes.filter(published_at__gte=self.submitted_at, number__gt=self.confirmed_addendum)

    def _confirm(self, by, addendum):
        self.confirmed_addendum, self.confirmed_by, self.confirmed_at = addendum, by, clock.now()


def confirmation_is_whole(name):
    nothing = Q(confirmed_at=None, confirmed_by=None, confirmed_addendum=0)
    whole = Q(confirmed_at__isnull=False, confirmed_by__isnull=False, confirmed_addendum__gte=1)
    return models.CheckConstraint(condition=nothing | whole, name=name)
