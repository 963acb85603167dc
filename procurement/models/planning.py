"""The milestones of a timetable that no column of the procedure holds, what hangs on what, and who reads it as a calendar."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lifecycle.models import ref
from procurement.models.procedures import Procedure
from procurement.timetable import STANDARD, Link


class PlannedDate(models.Model):
    """One planned milestone of a procedure: a standard one by its code, or one with a title of its own.

    The dates that guards read are columns of the procedure; a row for one of those holds only what it hangs on.
    """

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="planned_dates")
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("naam"), max_length=120, blank=True)
    day = models.DateField(_("dag"), null=True, blank=True)
    hour = models.TimeField(_("uur"), null=True, blank=True)
    link_to = models.SlugField(_("hangt aan"), max_length=40, blank=True)
    link_days = models.SmallIntegerField(_("aantal dagen"), null=True, blank=True)
    link_working = models.BooleanField(_("werkdagen"), default=False)
    is_public = models.BooleanField(_("ook voor kandidaten"), default=False)

    class Meta:
        ordering = ["procedure", "pk"]
        verbose_name = _("mijlpaal")
        constraints = [
            models.UniqueConstraint(fields=["procedure", "code"], name="one_planned_date_per_milestone"),
            models.CheckConstraint(condition=Q(hour=None) | Q(day__isnull=False), name="planned_hour_has_a_day"),
            models.CheckConstraint(
                condition=Q(link_to="", link_days=None) | (~Q(link_to="") & Q(link_days__isnull=False)),
                name="planned_link_is_whole",
            ),
            models.CheckConstraint(condition=~Q(link_to=F("code")), name="planned_date_hangs_on_another"),
            models.CheckConstraint(
                condition=Q(code__in=sorted(STANDARD)) | ~Q(title=""), name="planned_date_has_a_name"
            ),
        ]

    def __str__(self):
        return self.title or str(STANDARD[self.code].label)

    @property
    def link(self) -> Link | None:
        return Link(self.link_to, self.link_days, self.link_working) if self.link_to else None

    @property
    def is_custom(self) -> bool:
        return self.code not in STANDARD


class CalendarTokenQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_at=None)


class CalendarToken(models.Model):
    """The secret address at which one member of the staff reads every timetable as a calendar, without signing in.

    Only its digest is kept: who loses it makes another one, and the old one ends.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = CalendarTokenQuerySet.as_manager()

    TRAIL_WORDS = {
        "make_calendar_address": _("Agenda-adres gemaakt"),
        "end_calendar_address": _("Agenda-adres ingetrokken"),
    }

    class Meta:
        ordering = ["pk"]
        verbose_name = _("agenda-adres")
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="one_calendar_address_each"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def dossier(self):
        """Who may read what belongs to the chain of the person."""
        return ref(self.user)


def new_secret() -> str:
    return secrets.token_urlsafe(32)
