"""Whether the concessions act applies: the value against the threshold of the day (act of 17 June 2016, art. 3, § 1, and 36).

The value of all lots together decides; at the threshold the act applies, to every lot.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from lifecycle import clock, timelimits

KEY = "concession-threshold-eur"


@dataclass(frozen=True)
class Comparison:
    """A value against the threshold in force on a day; `threshold` is the row with its source and certainty."""

    value: Decimal
    on: dt.date
    threshold: object

    @property
    def applies(self) -> bool:
        return self.value >= self.threshold.value


def compare(procedure) -> Comparison | None:
    """On the day that the notice is sent, until then today (art. 35, second paragraph); None while nothing is estimated."""
    if procedure.estimated_value is None:
        return None
    day = procedure.notice_sent_on or clock.today()
    return Comparison(procedure.estimated_value, day, timelimits.reference(KEY, on=day))
