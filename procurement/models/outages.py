"""The register of outages of this system, and what each did to the deadlines that it touched."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from lifecycle import clock
from lifecycle.dates import moment_in_words
from lifecycle.models import Recorded, RecordedQuerySet
from lifecycle.steps import allowed, verb
from procurement import guards
from procurement.models.procedures import Procedure


class OutageQuerySet(RecordedQuerySet):
    def visible_to(self, user):
        """What a second person confirmed is for everybody; the rest for those who keep the register."""
        if user.is_authenticated and user.has_perm("procurement.view_outages"):
            return self
        return self.confirmed()

    def confirmed(self):
        return self.filter(state=Outage.State.CONFIRMED)


class Outage(Recorded):
    """From when to when this system could not be used as it should; still open while `ended_at` is not known."""

    class State(models.TextChoices):
        RECORDED = "recorded", _("Opgetekend")
        CONFIRMED = "confirmed", _("Bevestigd")
        DISMISSED = "dismissed", _("Niet bevestigd")

    TONES = {State.RECORDED: "waiting", State.CONFIRMED: "good", State.DISMISSED: "stopped"}
    TRAIL_WORDS = {"record": _("Storing opgetekend")}

    started_at = models.DateTimeField(_("begin"))
    ended_at = models.DateTimeField(_("einde"), null=True, blank=True)
    affected = models.TextField(_("wat er niet werkte"))
    hindered = models.BooleanField(
        _("kandidaten konden hierdoor niet lezen, aanmelden, opladen of indienen"), default=True
    )
    state = FSMField(_("toestand"), choices=State, default=State.RECORDED, protected=True)

    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    dismissal = models.TextField(_("waarom ze niet bevestigd werd"), blank=True)

    objects = OutageQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("storing")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gt=F("started_at")), name="outage_ends_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False, ended_at__isnull=False)
                | ~Q(state="confirmed") & Q(confirmed_by=None, confirmed_at=None),
                name="outage_confirmation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by")), name="outage_four_eyes"
            ),
        ]

    def __str__(self):
        return str(_("Storing van %(moment)s") % {"moment": moment_in_words(self.started_at)})

    def get_absolute_url(self):
        return reverse("outage", args=[self.pk])

    @property
    def length(self):
        return self.ended_at and self.ended_at - self.started_at

    @property
    def minutes(self):
        return self.length and int(self.length.total_seconds() // 60)

    # -- its verbs ------------------------------------------------------------------------------

    @transition(
        state,
        source=State.RECORDED,
        target=State.RECORDED,
        conditions=[guards.outage_is_open, guards.outage_ends_after_its_start],
        permission=allowed("procurement.record_outage"),
        custom=verb(_("Einde optekenen"), consequence=_("Daarna kan een tweede persoon de storing bevestigen.")),
    )
    def end(self, *, by, ended_at):
        self.ended_at = ended_at

    @transition(
        state,
        source=State.RECORDED,
        target=State.CONFIRMED,
        conditions=[guards.outage_has_ended],
        permission=allowed("procurement.confirm_outage"),
        custom=verb(
            _("Storing bevestigen"),
            consequence=_(
                "De storing staat in het openbare register. Elke uiterste datum die ze raakte wordt volgens de bekendgemaakte "
                "regel verlengd, en iedereen die zich kenbaar maakte krijgt bericht."
            ),
            action="procurement.confirm_outage",
        ),
    )
    def confirm(self, *, by):
        self.confirmed_by, self.confirmed_at = by, clock.now()

    @transition(
        state,
        source=State.RECORDED,
        target=State.DISMISSED,
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.confirm_outage"),
        custom=verb(_("Niet bevestigen"), consequence=_("De optekening blijft bewaard en verlengt niets.")),
    )
    def dismiss(self, *, by, reason):
        self.dismissal = reason


class OutageEffect(models.Model):
    """What a confirmed outage did to one deadline: extended it, or why it could not any more."""

    class What(models.TextChoices):
        SUBMISSIONS = "submissions", _("Inzendingen")
        QUESTIONS = "questions", _("Vragen")

    outage = models.ForeignKey(Outage, models.PROTECT, related_name="effects")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+")
    phase = models.SlugField(_("fase"), max_length=40)
    what = models.CharField(_("termijn voor"), max_length=11, choices=What, default=What.SUBMISSIONS)
    old_deadline = models.DateTimeField(_("vorige uiterste datum"))
    new_deadline = models.DateTimeField(_("nieuwe uiterste datum"), null=True)
    refusal = models.TextField(_("waarom niet verlengd"), blank=True)

    class Meta:
        ordering = ["procedure"]
        constraints = [
            models.UniqueConstraint(fields=["outage", "procedure"], name="one_effect_per_procedure"),
            models.CheckConstraint(
                condition=Q(new_deadline__gt=F("old_deadline"), refusal="") | Q(new_deadline=None) & ~Q(refusal=""),
                name="outage_effect_is_an_extension_or_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.outage} / {self.procedure.number}"
