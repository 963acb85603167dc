"""A fact that was recorded wrongly: what it said, what it should have said, and what that makes different."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from documents import guards
from lifecycle import clock
from lifecycle.models import Recorded, RecordedQuerySet, WrittenOnce, WrittenOnceQuerySet
from lifecycle.steps import allowed, verb


class CorrectionState(models.TextChoices):
    PROPOSED = "proposed", _("Voorgesteld")
    CONFIRMED = "confirmed", _("Bevestigd")
    FINDING = "finding", _("Bevestigd, met vaststelling")
    NOTED = "noted", _("Kennis van genomen")
    REJECTED = "rejected", _("Afgewezen")


# In these states the corrected value is the one that counts.
COUNTS = (CorrectionState.CONFIRMED, CorrectionState.FINDING, CorrectionState.NOTED)


class CorrectionQuerySet(WrittenOnceQuerySet, RecordedQuerySet):
    def that_count(self):
        return self.filter(state__in=COUNTS)

    def about(self, ref):
        return self.filter(subject=ref).order_by("running", "pk")

    def waiting(self):
        """For a second person, or, after it, for a legal officer."""
        return self.filter(state__in=[CorrectionState.PROPOSED, CorrectionState.FINDING])

    def visible_to(self, user):
        may = user.is_authenticated and user.has_perm("documents.view_correction")
        return self.all() if may else self.none()


class Correction(WrittenOnce, Recorded):
    """The number and the moment that should have been recorded about `subject`, proposed by one, confirmed by another.

    The first entry stays as it was written: this is the next one, `supersedes` the one before it, `running` its place.
    `differences` is what comes out differently, kept as it was known when it was confirmed (`documents.correcting`);
    `whole_day`: of the moment only the day is known.
    """

    State = CorrectionState
    TONES = {
        State.PROPOSED: "waiting",
        State.CONFIRMED: "good",
        State.FINDING: "stopped",
        State.NOTED: "good",
        State.REJECTED: "quiet",
    }
    TRAIL_WORDS = {"propose": _("Verbetering voorgesteld")}
    # Who sees a fault in a proposal rejects it and proposes another.
    WRITTEN_ONCE = tuple(
        "subject chain running number moment whole_day number_before moment_before whole_day_before reason "
        "supersedes_id proposed_by_id proposed_at".split()
    )

    subject = models.CharField(max_length=120, db_index=True)
    chain = models.CharField(max_length=120)
    about = models.CharField(_("over"), max_length=300)
    path = models.CharField(max_length=200)
    running = models.PositiveSmallIntegerField()
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = FSMField(_("toestand"), choices=CorrectionState, default=CorrectionState.PROPOSED, protected=True)

    number = models.CharField(_("nummer"), max_length=60)
    moment = models.DateTimeField(_("moment"))
    whole_day = models.BooleanField(default=False)
    number_before = models.CharField(max_length=60)
    moment_before = models.DateTimeField()
    whole_day_before = models.BooleanField(default=False)
    reason = models.TextField(_("wat was er verkeerd"))

    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    refusal = models.TextField(_("reden van de afwijzing"), blank=True)
    differences = models.JSONField(default=list)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(null=True)
    note = models.TextField(_("wat de jurist ervan vindt"), blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("verbetering")
        verbose_name_plural = _("verbeteringen")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "running"], condition=Q(state__in=COUNTS), name="one_correction_after_the_other"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="correction_needs_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="correction_decision_is_whole",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="noted") | Q(noted_by__isnull=False, noted_at__isnull=False),
                name="correction_note_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name}: {self.about}"

    @property
    def dossier(self):
        return self.chain

    def get_absolute_url(self):
        return reverse("documents:correction", args=[self.pk])

    @property
    def before(self):
        """What was recorded: a day, or a moment."""
        return clock.local_date(self.moment_before) if self.whole_day_before else self.moment_before

    @property
    def after(self):
        return clock.local_date(self.moment) if self.whole_day else self.moment

    @property
    def is_proposed(self) -> bool:
        return self.state == self.State.PROPOSED

    def last_that_counts(self):
        return type(self).objects.that_count().filter(subject=self.subject).order_by("-running").first()

    # -- two people -----------------------------------------------------------------------------

    @transition(
        state,
        source=State.PROPOSED,
        target=State.CONFIRMED,
        conditions=[guards.nothing_was_corrected_meanwhile],
        permission=allowed("documents.confirm_correction"),
        custom=verb(
            _("Bevestigen"),
            consequence=_(
                "Alles wat eruit volgt, wordt met de verbeterde gegevens berekend. De eerste optekening blijft leesbaar; wat al "
                "gebeurde, wordt niet ongedaan gemaakt."
            ),
            action="documents.confirm_correction",
        ),
    )
    def confirm(self, *, by, differences):
        self.decided_by, self.decided_at, self.differences = by, clock.now(), differences

    @transition(
        state,
        source=State.PROPOSED,
        target=State.FINDING,
        conditions=[guards.nothing_was_corrected_meanwhile],
        permission=allowed("documents.confirm_correction"),
        custom=verb(_("Bevestigen, met vaststelling"), action="documents.confirm_correction", offered=False),
    )
    def confirm_with_finding(self, *, by, differences, findings):
        """A step that was taken turns out unlawful: a legal officer takes note of it."""
        self.decided_by, self.decided_at, self.differences = by, clock.now(), differences

    @transition(
        state,
        source=State.PROPOSED,
        target=State.REJECTED,
        conditions=[guards.reason_is_given],
        permission=allowed("documents.confirm_correction"),
        custom=verb(_("Afwijzen"), consequence=_("Er verandert niets; het voorstel blijft leesbaar.")),
    )
    def reject(self, *, by, reason):
        self.decided_by, self.decided_at, self.refusal = by, clock.now(), reason

    @transition(
        state,
        source=State.FINDING,
        target=State.NOTED,
        conditions=[guards.reason_is_given],
        permission=allowed("documents.note_finding"),
        custom=verb(
            _("Kennis nemen van de vaststelling"),
            consequence=_("De vaststelling en wat u ervan vindt blijven bij de verbetering staan."),
        ),
    )
    def take_note(self, *, by, reason):
        self.noted_by, self.noted_at, self.note = by, clock.now(), reason
