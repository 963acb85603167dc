"""An admission: the right to offer the flanking action, for as long as the published conditions are met."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from admission import guards
from admission.models.applications import AdmissionApplication
from admission.models.calls import Call, CallState
from admission.models.conditions import ConditionsVersion
from lifecycle import clock, timelimits
from lifecycle.models import Recorded, RecordedQuerySet
from lifecycle.steps import allowed, also_by_the_clock, verb
from partners.models import Participant


class AdmissionState(models.TextChoices):
    ACTIVE = "active", _("Toegelaten")
    SUSPENDED = "suspended", _("Geschorst")
    RE_VERIFICATION = "re_verification", _("In herverificatie")
    ENDED_BY_PARTNER = "ended_by_partner", _("Beëindigd door de partner")
    WITHDRAWN_BY_VDAB = "withdrawn_by_vdab", _("Ingetrokken door VDAB")
    LAPSED = "lapsed", _("Vervallen")


RUNNING = (AdmissionState.ACTIVE, AdmissionState.SUSPENDED, AdmissionState.RE_VERIFICATION)


class AdmissionQuerySet(RecordedQuerySet):
    def visible_to(self, user):
        """The partner's own; all for staff who may view applications. The public list names partners only."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("admission.view_admissions"):
            return self.all()
        return self.filter(participant__in=Participant.objects.of(user))

    def running(self):
        return self.filter(state__in=RUNNING)

    def may_take_customers(self, on=None):
        """Admissions under which a partner may be chosen on a day, in an order that prefers nobody."""
        return self.filter(state__in=[AdmissionState.ACTIVE, AdmissionState.RE_VERIFICATION]).filter(
            Q(last_day=None) | Q(last_day__gte=on or clock.today()), active_from__lte=on or clock.today()
        )


class Admission(Recorded):
    """Follows from an application that met every condition; ends only on published grounds, or by the partner itself."""

    class Ground(models.TextChoices):
        CONDITION_LOST = "condition_lost", _("Een voorwaarde is niet meer vervuld")
        BREACH = "breach", _("Tekortkoming aan de overeenkomst")
        FRAUD = "fraud", _("Fraude")
        SAFETY = "safety", _("Veiligheid van klanten")
        EXCLUSION = "exclusion", _("Grond tot uitsluiting")

    State = AdmissionState
    URGENT_GROUNDS = (Ground.FRAUD, Ground.SAFETY, Ground.EXCLUSION)
    TONES = {
        AdmissionState.ACTIVE: "good",
        AdmissionState.SUSPENDED: "stopped",
        AdmissionState.RE_VERIFICATION: "waiting",
        AdmissionState.WITHDRAWN_BY_VDAB: "stopped",
    }
    NAMED_WITH = ("participant", "call")
    TRAIL_WORDS = {"create": _("Toelating opgetekend")}

    application = models.OneToOneField(AdmissionApplication, models.PROTECT, related_name="admission")
    call = models.ForeignKey(Call, models.PROTECT, related_name="admissions", verbose_name=_("oproep"))
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+", verbose_name=_("partner"))
    # The version that the partner is bound to now: the one it applied under, or a later one that it confirmed.
    conditions_version = models.ForeignKey(ConditionsVersion, models.PROTECT, related_name="+")
    state = FSMField(_("toestand"), choices=AdmissionState, default=AdmissionState.ACTIVE, protected=True)
    active_from = models.DateField(_("toegelaten vanaf"))
    last_day = models.DateField(_("laatste dag"), null=True)

    ground = models.CharField(_("grond"), max_length=20, choices=Ground, blank=True)
    reason = models.TextField(_("motivering"), blank=True)
    measure_announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    measure_hearing_last_day = models.DateField(_("gehoord worden tot en met"), null=True)
    verified_at = models.DateTimeField(_("laatst geverifieerd"), null=True)

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        ordering = ["participant__name", "pk"]
        verbose_name = _("toelating")
        verbose_name_plural = _("toelatingen")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AdmissionState.values), name="admission_state_is_known"),
            models.UniqueConstraint(
                fields=["call", "participant"],
                condition=Q(state__in=["active", "suspended", "re_verification"]),
                name="one_running_admission",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["suspended", "withdrawn_by_vdab"]) | ~Q(ground="") & ~Q(reason=""),
                name="measure_has_a_ground",
            ),
        ]

    def __str__(self):
        return f"{self.participant} – {self.call.number}"

    @property
    def dossier(self):
        return self.application.dossier

    @property
    def number(self):
        return self.application.number

    def get_absolute_url(self):
        return reverse("admission", args=[self.pk])

    @property
    def has_lapsed(self) -> bool:
        """The call ended, or newer conditions hold that the partner did not confirm."""
        if self.call.state == CallState.ENDED:
            return True
        in_force = self.call.version_in_force()
        return in_force is not None and in_force.number > self.conditions_version.number

    # -- verifying ------------------------------------------------------------------------------

    @transition(
        state,
        source=AdmissionState.ACTIVE,
        target=AdmissionState.RE_VERIFICATION,
        permission=allowed("admission.follow_admission"),
        custom=verb(
            _("Herverificatie beginnen"),
            consequence=_("De partner werkt voort; VDAB gaat na of elke voorwaarde nog vervuld is."),
        ),
    )
    def begin_re_verification(self, *, by):
        pass

    @transition(
        state,
        source=AdmissionState.RE_VERIFICATION,
        target=AdmissionState.ACTIVE,
        permission=allowed("admission.follow_admission"),
        custom=verb(_("Voorwaarden nog vervuld"), consequence=_("De herverificatie is afgerond.")),
    )
    def confirm_re_verification(self, *, by):
        self.verified_at = clock.now()

    @transition(
        state,
        source=AdmissionState.ACTIVE,
        target=AdmissionState.ACTIVE,
        conditions=[guards.newer_conditions_are_published],
        permission=allowed("admission.sign_for_admission"),
        custom=verb(
            _("Nieuwe voorwaarden bevestigen"),
            consequence=_("Vanaf de dag waarop ze gelden, bent u aan de nieuwe voorwaarden gebonden."),
        ),
    )
    def confirm_conditions(self, *, by):
        self.conditions_version = self.call.newest_version()

    # -- measures: on published grounds, after hearing, by somebody who did not announce them ---

    @transition(
        state,
        source=AdmissionState.SUSPENDED,
        target=AdmissionState.SUSPENDED,
        conditions=[guards.ground_is_given],
        permission=allowed("admission.follow_admission"),
        custom=verb(
            _("Voornemen tot intrekking meedelen"),
            consequence=_("De partner leest de grond en de motivering en kan reageren voor er beslist wordt."),
            facts=["ground"],
        ),
    )
    @transition(
        state,
        source=AdmissionState.RE_VERIFICATION,
        target=AdmissionState.RE_VERIFICATION,
        conditions=[guards.ground_is_given],
        permission=allowed("admission.follow_admission"),
        custom=verb(
            _("Voornemen tot maatregel meedelen"),
            consequence=_("De partner leest de grond en de motivering en kan reageren voor er beslist wordt."),
            facts=["ground"],
        ),
    )
    @transition(
        state,
        source=AdmissionState.ACTIVE,
        target=AdmissionState.ACTIVE,
        conditions=[guards.ground_is_given],
        permission=allowed("admission.follow_admission"),
        custom=verb(
            _("Voornemen tot maatregel meedelen"),
            consequence=_("De partner leest de grond en de motivering en kan reageren voor er beslist wordt."),
            facts=["ground"],
        ),
    )
    def announce_measure(self, *, by, ground, reason):
        self.ground, self.reason, self.measure_announced_by = ground, reason, by
        days = timelimits.days("admission-hearing-days")
        self.measure_hearing_last_day = timelimits.period_end(clock.today(), days=days)

    @transition(
        state,
        source=[AdmissionState.ACTIVE, AdmissionState.RE_VERIFICATION],
        target=AdmissionState.SUSPENDED,
        conditions=[guards.ground_is_given, guards.partner_was_heard_or_it_is_urgent],
        permission=allowed("admission.decide_measure"),
        custom=verb(
            _("Schorsen"),
            consequence=_("De partner krijgt geen nieuwe klanten; lopende begeleidingen gaan voort."),
            facts=["ground"],
        ),
    )
    def suspend(self, *, by, ground, reason):
        self.ground, self.reason = ground, reason

    @transition(
        state,
        source=AdmissionState.SUSPENDED,
        target=AdmissionState.ACTIVE,
        permission=allowed("admission.decide_measure"),
        custom=verb(_("Schorsing opheffen"), consequence=_("De partner kan weer gekozen worden.")),
    )
    def resume(self, *, by):
        self._clear_measure()

    @transition(
        state,
        source=[AdmissionState.ACTIVE, AdmissionState.SUSPENDED, AdmissionState.RE_VERIFICATION],
        target=AdmissionState.WITHDRAWN_BY_VDAB,
        conditions=[guards.ground_is_given, guards.partner_was_heard],
        permission=allowed("admission.decide_measure"),
        custom=verb(
            _("Toelating intrekken"),
            consequence=_("De toelating eindigt; lopende klanten worden overgedragen."),
            facts=["ground"],
        ),
    )
    def withdraw(self, *, by, ground, reason):
        self.ground, self.reason, self.last_day = ground, reason, clock.today()

    def _clear_measure(self):
        self.ground = self.reason = ""
        self.measure_announced_by = self.measure_hearing_last_day = None

    # -- the end --------------------------------------------------------------------------------

    @transition(
        state,
        source=[AdmissionState.ACTIVE, AdmissionState.SUSPENDED, AdmissionState.RE_VERIFICATION],
        target=AdmissionState.ENDED_BY_PARTNER,
        conditions=[guards.last_day_is_ahead, guards.notice_is_kept],
        permission=allowed("admission.sign_for_admission"),
        custom=verb(
            _("Toelating beëindigen"),
            consequence=_("U krijgt geen nieuwe klanten meer en rondt de lopende begeleidingen af tot de laatste dag."),
        ),
    )
    def end_by_partner(self, *, by, last_day):
        self.last_day = last_day

    @transition(
        state,
        source=[AdmissionState.ACTIVE, AdmissionState.SUSPENDED, AdmissionState.RE_VERIFICATION],
        target=AdmissionState.LAPSED,
        conditions=[guards.admission_has_lapsed],
        permission=also_by_the_clock("admission.follow_admission"),
        custom=verb(
            _("Verval vaststellen"),
            consequence=_("De oproep is beëindigd, of de nieuwe voorwaarden werden niet bevestigd."),
        ),
    )
    def lapse(self, *, by):
        self.last_day = clock.today()
