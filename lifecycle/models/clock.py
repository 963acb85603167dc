"""The simulated clock of demonstrations and tests: one row, read by web and worker alike."""

import datetime as dt

from django.conf import settings
from django.db import models


class SimulatedClock(models.Model):
    """Stands at `moment`, or, once `running_since` is set, runs on from it at the speed of real time."""

    moment = models.DateTimeField()
    running_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_simulated_clock")]

    def __str__(self):
        return f"{self.moment:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def read(cls) -> dt.datetime:
        row = cls.objects.filter(pk=1).first()
        if row is None:
            return settings.SIMULATED_CLOCK_START or _machine()
        if row.running_since is None:
            return row.moment
        return row.moment + (_machine() - row.running_since)

    @classmethod
    def stand_at(cls, moment):
        cls.objects.update_or_create(pk=1, defaults={"moment": moment, "running_since": None})

    @classmethod
    def run_from_here(cls):
        cls.objects.update_or_create(pk=1, defaults={"moment": cls.read(), "running_since": _machine()})


def _machine():
    from lifecycle import clock  # noqa: PLC0415 -- clock reads this table, this table reads the machine's time there

    return clock.real_now()
