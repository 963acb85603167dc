"""One participant's application to be admitted: assessed by itself, against the conditions it was bound to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from admission import guards
from admission.models.calls import Call
from admission.models.conditions import Condition, ConditionsVersion
from lifecycle import clock, timelimits
from lifecycle.models import Recorded, RecordedQuerySet
from lifecycle.steps import allowed, verb
from partners.models import Participant


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("Niet ingediend")
    SUBMITTED = "submitted", _("Ingediend")
    INCOMPLETE = "incomplete", _("Aanvulling gevraagd")
    COMPLETED = "completed", _("Aangevuld")
    IN_ASSESSMENT = "in_assessment", _("In beoordeling")
    REFUSAL_INTENDED = "refusal_intended", _("Voornemen tot weigering")
    HEARD = "heard", _("Gehoord")
    ADMITTED = "admitted", _("Toegelaten")
    REFUSED = "refused", _("Geweigerd")
    WITHDRAWN = "withdrawn", _("Ingetrokken")


UNDECIDED = (
    ApplicationState.SUBMITTED,
    ApplicationState.INCOMPLETE,
    ApplicationState.COMPLETED,
    ApplicationState.IN_ASSESSMENT,
    ApplicationState.REFUSAL_INTENDED,
    ApplicationState.HEARD,
)
ASSESSABLE = (ApplicationState.IN_ASSESSMENT, ApplicationState.HEARD)


class ApplicationQuerySet(RecordedQuerySet):
    def visible_to(self, user):
        """The applicant's own, at any time; for staff who may view applications, what was submitted."""
        if not user.is_authenticated:
            return self.none()
        own = Q(participant__in=Participant.objects.of(user))
        if user.has_perm("admission.view_applications"):
            return self.filter(own | Q(submitted_at__isnull=False))
        return self.filter(own)

    def undecided(self):
        return self.filter(state__in=UNDECIDED)


class AdmissionApplication(Recorded):
    """Its dossier is its own: no page and no chain of the trail holds it together with another applicant's."""

    State = ApplicationState
    OPEN_STATES = (ApplicationState.DRAFT, *UNDECIDED)
    TONES = {
        ApplicationState.DRAFT: "stopped",
        ApplicationState.SUBMITTED: "good",
        ApplicationState.INCOMPLETE: "waiting",
        ApplicationState.COMPLETED: "waiting",
        ApplicationState.IN_ASSESSMENT: "waiting",
        ApplicationState.REFUSAL_INTENDED: "waiting",
        ApplicationState.HEARD: "waiting",
        ApplicationState.ADMITTED: "good",
        ApplicationState.REFUSED: "stopped",
    }
    NAMED_WITH = ("participant", "call")
    TRAIL_WORDS = {
        "start": _("Aanvraag begonnen"),
        "add_evidence": _("Bewijsstuk toegevoegd"),
        "remove_evidence": _("Bewijsstuk verwijderd"),
    }

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications", verbose_name=_("oproep"))
    conditions_version = models.ForeignKey(ConditionsVersion, models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+", verbose_name=_("aanvrager"))
    state = FSMField(_("toestand"), choices=ApplicationState, default=ApplicationState.DRAFT, protected=True)

    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("ingediend op"), null=True)

    missing = models.TextField(_("wat ontbreekt"), blank=True)
    completion_last_day = models.DateField(_("aanvullen tot en met"), null=True)
    completed_at = models.DateTimeField(_("aangevuld op"), null=True)
    complete_at = models.DateTimeField(_("volledig sinds"), null=True)
    decision_due = models.DateField(_("beslissing ten laatste op"), null=True)

    intention_at = models.DateTimeField(_("voornemen meegedeeld op"), null=True)
    hearing_last_day = models.DateField(_("gehoord worden tot en met"), null=True)
    statement = models.TextField(_("wat de aanvrager aanvoert"), blank=True)
    heard_at = models.DateTimeField(_("gehoord op"), null=True)
    answer = models.TextField(_("antwoord op wat werd aangevoerd"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("beslist op"), null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("toelatingsaanvraag")
        verbose_name_plural = _("toelatingsaanvragen")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="admission_application_state"),
            models.UniqueConstraint(
                fields=["call", "participant"],
                condition=~Q(state__in=["refused", "withdrawn", "admitted"]),
                name="one_open_admission_application",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="admission_submission_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="admission_application_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(complete_at=None, decision_due=None)
                | Q(complete_at__isnull=False, decision_due__isnull=False),
                name="decision_term_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["admitted", "refused"]) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="admission_decision_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.participant} – {self.call.number}"

    def get_absolute_url(self):
        return reverse("admission-application", args=[self.pk])

    @property
    def number(self):
        """The number of the dossier, for its documents."""
        return f"{self.call.number}-{self.pk:03d}"

    @property
    def is_draft(self) -> bool:
        return self.state == ApplicationState.DRAFT

    @property
    def takes_evidence(self) -> bool:
        """Files come in while drafting, while completing, and while being heard; never otherwise."""
        return self.state in (
            ApplicationState.DRAFT,
            ApplicationState.INCOMPLETE,
            ApplicationState.REFUSAL_INTENDED,
        )

    @property
    def is_overdue(self) -> bool:
        return self.state in UNDECIDED and self.decision_due is not None and timelimits.period_over(self.decision_due)

    # -- what the guards ask --------------------------------------------------------------------

    def conditions_without_evidence(self) -> list[str]:
        """The codes of the conditions that the applicant has not confirmed, or not proved where a file is asked."""
        confirmed = set(self.declarations.filter(confirmed=True).values_list("condition_id", flat=True))
        proved = set(self.evidence.values_list("condition_id", flat=True))
        return [
            condition.code
            for condition in self.conditions_version.conditions.all()
            if condition.pk not in confirmed
            or (condition.proof == Condition.Proof.DOCUMENT and condition.pk not in proved)
        ]

    def conditions_without_result(self) -> list[str]:
        results = self.results_by_code()
        return [
            code for code in self.conditions_version.conditions.values_list("code", flat=True) if code not in results
        ]

    def results_by_code(self) -> dict[str, bool]:
        """All that a decision looks at."""
        return dict(self.results.values_list("condition__code", "met"))

    # -- the applicant --------------------------------------------------------------------------

    @transition(
        state,
        source=ApplicationState.DRAFT,
        target=ApplicationState.SUBMITTED,
        conditions=[
            guards.call_takes_applications,
            guards.conditions_are_in_force,
            guards.services_are_declared,
            guards.every_condition_is_evidenced,
            guards.agreement_is_accepted,
        ],
        permission=allowed("admission.sign_application"),
        custom=verb(
            _("Indienen"),
            consequence=_(
                "U aanvaardt de overeenkomst en de vergoedingen zoals ze zijn bekendgemaakt. VDAB gaat na of elke "
                "voorwaarde vervuld is; met andere aanvragers wordt u niet vergeleken."
            ),
            action="admission.submit",
        ),
    )
    def submit(self, *, by, agreement_accepted):
        self.submitted_by, self.submitted_at = by, clock.now()

    @transition(
        state,
        source=[ApplicationState.DRAFT, *UNDECIDED],
        target=ApplicationState.WITHDRAWN,
        permission=allowed("admission.sign_application"),
        custom=verb(_("Intrekken"), consequence=_("De aanvraag stopt hier. U kunt later altijd een nieuwe indienen.")),
    )
    def withdraw(self, *, by):
        pass

    @transition(
        state,
        source=ApplicationState.INCOMPLETE,
        target=ApplicationState.COMPLETED,
        conditions=[guards.completion_term_runs, guards.every_condition_is_evidenced],
        permission=allowed("admission.sign_application"),
        custom=verb(
            _("Aanvulling indienen"),
            consequence=_("VDAB onderzoekt uw aanvraag met wat u nu hebt toegevoegd. Aanvullen kan één keer."),
            action="admission.complete",
        ),
    )
    def complete(self, *, by):
        self.completed_at = clock.now()

    @transition(
        state,
        source=ApplicationState.REFUSAL_INTENDED,
        target=ApplicationState.HEARD,
        conditions=[guards.hearing_term_runs, guards.statement_is_given],
        permission=allowed("admission.sign_application"),
        custom=verb(
            _("Reageren op het voornemen"),
            consequence=_("Uw reactie en wat u daarbij hebt gevoegd, worden bij de beslissing beantwoord."),
            action="admission.be_heard",
        ),
    )
    def be_heard(self, *, by, statement):
        self.statement, self.heard_at = statement, clock.now()

    # -- completeness: checked once, completed once ---------------------------------------------

    @transition(
        state,
        source=[ApplicationState.SUBMITTED, ApplicationState.COMPLETED],
        target=ApplicationState.IN_ASSESSMENT,
        permission=allowed("admission.check_completeness"),
        custom=verb(
            _("Volledig verklaren"),
            consequence=_("De beslissingstermijn loopt vanaf de dag waarop het dossier volledig was."),
        ),
    )
    def find_complete(self, *, by):
        self._start_decision_term(self.completed_at or self.submitted_at)

    @transition(
        state,
        source=ApplicationState.SUBMITTED,
        target=ApplicationState.INCOMPLETE,
        conditions=[guards.missing_is_listed],
        permission=allowed("admission.check_completeness"),
        custom=verb(
            _("Aanvulling vragen"),
            consequence=_("De aanvrager krijgt één lijst en één termijn; voor iedereen even lang."),
        ),
    )
    def request_completion(self, *, by, missing):
        self.missing = missing
        days = timelimits.days("admission-regularisation-days")
        self.completion_last_day = timelimits.period_end(clock.today(), days=days)

    @transition(
        state,
        source=ApplicationState.INCOMPLETE,
        target=ApplicationState.IN_ASSESSMENT,
        conditions=[guards.completion_term_is_over],
        permission=allowed("admission.check_completeness"),
        custom=verb(
            _("Zonder aanvulling beoordelen"),
            consequence=_("De termijn is voorbij: de aanvraag wordt beoordeeld zoals ze is."),
        ),
    )
    def proceed_without_completion(self, *, by):
        self._start_decision_term(timelimits.first_moment_after(self.completion_last_day))

    def _start_decision_term(self, moment):
        self.complete_at = moment
        days = timelimits.days("admission-decision-days", on=clock.local_date(moment))
        self.decision_due = timelimits.period_end(clock.local_date(moment), days=days)

    # -- assessment and decision ----------------------------------------------------------------

    @transition(
        state,
        source=ApplicationState.IN_ASSESSMENT,
        target=ApplicationState.IN_ASSESSMENT,
        conditions=[guards.no_interest_is_stated, guards.results_are_published_conditions],
        permission=allowed("admission.assess_application"),
        custom=verb(
            _("Voorwaarden beoordelen"),
            consequence=_("Per voorwaarde: voldaan of niet voldaan, met de motivering. Wie beoordeelt, beslist niet."),
            action="admission.assess",
        ),
    )
    def assess(self, *, by, results, no_interest):
        pass

    @transition(
        state,
        source=ApplicationState.HEARD,
        target=ApplicationState.HEARD,
        conditions=[guards.no_interest_is_stated, guards.results_are_published_conditions],
        permission=allowed("admission.assess_application"),
        custom=verb(
            _("Herbekijken na de reactie"),
            consequence=_("De resultaten worden aangepast waar de reactie of de nieuwe stukken dat vragen."),
            action="admission.reassess",
        ),
    )
    def reassess(self, *, by, results, no_interest):
        pass

    @transition(
        state,
        source=ASSESSABLE,
        target=ApplicationState.ADMITTED,
        conditions=[
            guards.bound_conditions_are_unchanged,
            guards.every_condition_is_assessed,
            guards.decision_is_to_admit,
        ],
        permission=allowed("admission.decide_application"),
        custom=verb(
            _("Toelaten"),
            consequence=_("De aanvrager krijgt de toelatingsbrief en staat in de lijst van toegelaten partners."),
            action="admission.admit",
        ),
    )
    def admit(self, *, by):
        self.decided_by, self.decided_at = by, clock.now()

    @transition(
        state,
        source=ApplicationState.IN_ASSESSMENT,
        target=ApplicationState.REFUSAL_INTENDED,
        conditions=[
            guards.bound_conditions_are_unchanged,
            guards.every_condition_is_assessed,
            guards.decision_is_to_refuse,
        ],
        permission=allowed("admission.decide_application"),
        custom=verb(
            _("Voornemen tot weigering meedelen"),
            consequence=_(
                "De aanvrager leest welke voorwaarden niet vervuld zijn en kan reageren voor er beslist wordt."
            ),
        ),
    )
    def intend_refusal(self, *, by):
        self.intention_at = clock.now()
        days = timelimits.days("admission-hearing-days")
        self.hearing_last_day = timelimits.period_end(clock.today(), days=days)

    @transition(
        state,
        source=[ApplicationState.REFUSAL_INTENDED, ApplicationState.HEARD],
        target=ApplicationState.REFUSED,
        conditions=[
            guards.bound_conditions_are_unchanged,
            guards.hearing_is_over,
            guards.decision_is_to_refuse,
            guards.hearing_is_answered,
        ],
        permission=allowed("admission.decide_application"),
        custom=verb(
            _("Weigeren"),
            consequence=_(
                "De aanvrager krijgt de beslissing met de voorwaarden die niet vervuld zijn en de beroepsmogelijkheden; "
                "opnieuw aanvragen kan meteen."
            ),
            action="admission.refuse",
        ),
    )
    def refuse(self, *, by, answer=""):
        self.decided_by, self.decided_at, self.answer = by, clock.now(), answer
