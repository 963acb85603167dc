"""What a procedure says of its scope, of the rules that bind it, and of the time after its term."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from lifecycle import timelimits
from procurement import own_rules


class ProcedureTerms(models.Model):
    """Codes, rules and dates of the concession beside its main facts.

    No new customers start after `intake_until`; after-care and settlement go on until `performance_until`. The sixty
    months of art. 37 are about the term alone, up to `term_end`.
    """

    additional_cpv = models.JSONField(_("bijkomende CPV-codes"), default=list, blank=True)
    own_rules = models.JSONField(_("eigen regels"), default=own_rules.every_code, blank=True)
    intake_until = models.DateField(_("nieuwe klanten tot en met"), null=True, blank=True)
    performance_until = models.DateField(_("nazorg en afrekening tot en met"), null=True, blank=True)
    performance_memo = models.TextField(_("juridische nota over de uitvoering na de looptijd"), blank=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def codes(self) -> list[str]:
        """The main CPV code, then the additional ones."""
        return [self.cpv, *self.additional_cpv]

    @property
    def last_intake_day(self) -> dt.date:
        """The last day on which a new customer starts; what the reference table proposes until it is written."""
        return self.intake_until or intake_proposed(self.term_start, self.term_end)

    @property
    def last_performance_day(self) -> dt.date:
        return self.performance_until or performance_proposed(self.term_end)

    @property
    def dates_are_in_order(self) -> bool:
        return self.term_start < self.last_intake_day <= self.term_end <= self.last_performance_day


def intake_proposed(start: dt.date, end: dt.date) -> dt.date:
    """So many months before the end, within the term."""
    months = int(timelimits.value("contract-intake-ends-before-months"))
    return min(max(start + timelimits.DAY, timelimits.months_later(end, -months)), end)


def performance_proposed(end: dt.date) -> dt.date:
    return timelimits.months_later(end, int(timelimits.value("contract-after-care-months")))
