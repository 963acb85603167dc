"""Who works on a procedure, and what each stated about interests."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lifecycle import clock
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


class TeamRole(models.TextChoices):
    """What a person does for one procedure; the staff role that carries it is in `STAFF_ROLES`."""

    OFFICER = "officer", _("Aankoper")
    LEGAL = "legal", _("Jurist")
    EVALUATOR = "evaluator", _("Beoordelaar")
    CHAIR = "chair", _("Voorzitter van de beoordeling")
    OPENER = "opener", _("Openingsverantwoordelijke")
    DECIDER = "decider", _("Beslissingsnemer")


STAFF_ROLES = {
    TeamRole.OFFICER: "procurement_officer",
    TeamRole.LEGAL: "legal_officer",
    TeamRole.EVALUATOR: "evaluator",
    TeamRole.CHAIR: "evaluator",
    TeamRole.OPENER: "opening_officer",
    TeamRole.DECIDER: "decision_maker",
}


class TeamMemberQuerySet(models.QuerySet):
    def current(self, on):
        """Who belongs to it on a day: the last day counts."""
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


class TeamMember(models.Model):
    """A person with a role in one procedure from a day until a day; a deputy stands in for somebody between two days.

    Once anybody is named for a role, only who is named for it does its steps (`rules.on_team`).
    """

    Role = TeamRole

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("persoon"))
    role = models.CharField(_("rol"), max_length=12, choices=TeamRole)
    since = models.DateField(_("vanaf"))
    until = models.DateField(_("tot en met"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="deputies", verbose_name=_("vervangt")
    )
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ["procedure", "role", "since", "pk"]
        verbose_name = _("lid van het team")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="team_member_ends_after_start",
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | Q(until__isnull=False),
                name="deputy_has_an_end",
                violation_error_message=_("Een vervanging heeft een einde."),
            ),
            models.CheckConstraint(condition=Q(role__in=TeamRole.values), name="team_role_is_known"),
            models.UniqueConstraint(
                fields=["procedure", "user", "role", "since"],
                name="team_member_once",
                violation_error_message=_("Deze persoon heeft die rol al vanaf die dag."),
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"

    def overlaps(self, since, until):
        """Whether it shares a day with a period; without an end it goes on."""
        return (until is None or self.since <= until) and (self.until is None or since <= self.until)

    @property
    def is_current(self):
        today = clock.today()
        return self.since <= today and (self.until is None or self.until >= today)
