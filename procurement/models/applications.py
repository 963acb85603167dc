"""Applications to take part (aanvragen tot deelneming): sealed until the opening."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.rules import is_staff_member
from documents.models import Envelope, Letter
from lifecycle import clock
from lifecycle.models import RecordedQuerySet
from lifecycle.steps import allowed, verb
from partners.models import Participant
from procurement import guards
from procurement.models.lots import Lot
from procurement.models.procedures import Procedure
from procurement.models.requirements import SelectionCondition
from procurement.models.submissions import CLOSE, CLOSED, CONFIRM, Submission, confirmation_is_whole
from procurement.models.teams import InterestStatement


def without_conflict(user, procedure="procedure"):
    """The procedures for which this person stated to have no interest (act of 17 June 2016, art. 26)."""
    return Exists(InterestStatement.objects.filter(procedure=OuterRef(procedure), user=user, has_conflict=False))


class ApplicationQuerySet(RecordedQuerySet):
    def visible_to(self, user):
        """The makers' own, at any time; for staff without a conflict, what was opened."""
        if not user.is_authenticated:
            return self.none()
        own = Q(participant__in=Participant.objects.of(user))
        if not user.has_perm("procurement.view_submissions"):
            return self.filter(own)
        return self.filter(own | (Q(state__in=Application.OPENED_STATES) & Q(without_conflict(user))))

    def submitted(self):
        return self.filter(state=Application.State.SUBMITTED)

    def opened(self):
        return self.filter(state__in=Application.OPENED_STATES)


class Application(Submission):
    """One participant's application for one procedure."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Niet ingediend")
        SUBMITTED = "submitted", _("Ingediend, verzegeld")
        WITHDRAWN = "withdrawn", _("Ingetrokken")
        CLOSED = "closed", CLOSED
        OPENED = "opened", _("Geopend")
        INCOMPLETE = "incomplete", _("Onvolledig")
        REGULARISATION = "regularisation", _("Aanvulling gevraagd")
        ASSESSED = "assessed", _("Beoordeeld")
        SELECTED = "selected", _("Geselecteerd")
        NOT_SELECTED = "not_selected", _("Niet geselecteerd")
        EXCLUDED = "excluded", _("Uitgesloten")

    SEALED_STATES = (State.DRAFT, State.SUBMITTED, State.WITHDRAWN, State.CLOSED)
    OPENED_STATES = (
        State.OPENED,
        State.INCOMPLETE,
        State.REGULARISATION,
        State.ASSESSED,
        State.SELECTED,
        State.NOT_SELECTED,
        State.EXCLUDED,
    )
    TONES = {
        State.DRAFT: "stopped",
        State.SUBMITTED: "good",
        State.OPENED: "waiting",
        State.INCOMPLETE: "waiting",
        State.REGULARISATION: "waiting",
        State.ASSESSED: "waiting",
        State.SELECTED: "good",
        State.NOT_SELECTED: "stopped",
        State.EXCLUDED: "stopped",
    }

    # What the house found; its maker reads it in the letter about the selection, with the reasons.
    UNTOLD = (State.INCOMPLETE, State.ASSESSED, State.SELECTED, State.NOT_SELECTED, State.EXCLUDED)
    NAMED_WITH = ("participant", "procedure")
    TRAIL_WORDS = {
        "start": _("Aanvraag begonnen"),
        "choose_lots": _("Percelen gekozen"),
        "sealed": _("Verzegeld"),
        "late_attempt": _("Te late poging tot indienen"),
    }

    class Outcome(models.TextChoices):
        SELECT = "select", _("selecteren")
        NOT_SELECT = "not_select", _("niet selecteren")
        EXCLUDE = "exclude", _("uitsluiten")

    # What must be answered before it is submitted.
    QUESTIONS = ("contact_name", "contact_email", "no_exclusion")

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="applications")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    lots = models.ManyToManyField(Lot, related_name="+", verbose_name=_("percelen"))
    state = FSMField(_("toestand"), choices=State, default=State.DRAFT, protected=True)

    answered = models.BooleanField(default=False)
    declares_reserved = models.BooleanField(_("verklaart te voldoen voor voorbehouden percelen"), default=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("voorgestelde uitkomst"), max_length=12, choices=Outcome, blank=True)
    reasons = models.TextField(_("motivering"), blank=True)
    regularisation_request = models.TextField(_("gevraagde aanvulling"), blank=True)
    regularisation_last_day = models.DateField(null=True)
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["procedure", "pk"]
        verbose_name = _("aanvraag tot deelneming")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "participant"], condition=~Q(state="withdrawn"), name="one_running_application"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="application_submission_is_whole",
            ),
            confirmation_is_whole("application_confirmation_is_whole"),
        ]

    def __str__(self):
        return f"{self.participant} – {self.procedure.number}"

    def state_told(self, user):
        if self.state not in self.UNTOLD or is_staff_member(user):
            return self.state
        decided = self.state not in (self.State.INCOMPLETE, self.State.ASSESSED)
        return self.state if decided and not self.procedure.is_selecting else self.State.OPENED

    @property
    def dossier(self):
        return self.procedure.ref

    def get_absolute_url(self):
        return reverse("application", args=[self.pk])

    @property
    def letters(self):
        return Letter.objects.about(self)

    @property
    def phase(self) -> str:
        return "applications"

    # -- the maker ------------------------------------------------------------------------------

    @transition(
        state,
        source=State.DRAFT,
        target=State.SUBMITTED,
        conditions=[
            guards.procedure_takes_applications,
            guards.applications_deadline_is_ahead,
            guards.application_names_lots,
            guards.lots_stay_within_the_limit,
            guards.reserved_lots_are_declared,
            guards.answers_are_complete,
            guards.envelope_holds_files,
        ],
        permission=allowed("procurement.sign_submission"),
        custom=verb(
            _("Indienen"),
            consequence=_(
                "De aanvraag wordt verzegeld: niemand kan ze lezen voor de opening. Tot de uiterste datum kunt u ze intrekken "
                "en een nieuwe indienen."
            ),
            action="procurement.submit_application",
        ),
    )
    def submit(self, *, by):
        self.submitted_by, self.submitted_at = by, clock.now()

    @transition(
        state,
        source=[State.DRAFT, State.SUBMITTED],
        target=State.WITHDRAWN,
        conditions=[guards.procedure_takes_applications, guards.applications_deadline_is_ahead],
        permission=allowed("procurement.sign_submission"),
        custom=verb(
            _("Intrekken"),
            consequence=_("De inhoud wordt nooit geopend. U kunt tot de uiterste datum een nieuwe aanvraag indienen."),
            action="procurement.withdraw_application",
        ),
    )
    def withdraw(self, *, by):
        pass

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.SUBMITTED,
        conditions=[guards.submissions_still_come_in, guards.something_is_to_confirm],
        permission=allowed("procurement.sign_submission"),
        custom=CONFIRM,
    )
    def confirm(self, *, by, addendum):
        self._confirm(by, addendum)

    # -- the authority --------------------------------------------------------------------------

    @transition(
        state,
        source=[State.DRAFT, State.SUBMITTED],
        target=State.CLOSED,
        permission=allowed("procurement.close_submission"),
        custom=CLOSE,
    )
    def close_unopened(self, *, by):
        pass

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.OPENED,
        conditions=[guards.applications_deadline_is_past],
        permission=allowed("procurement.open_submissions"),
        custom=verb(
            _("Openen"),
            consequence=_("De inhoud wordt leesbaar."),
            action="procurement.open_applications",
            offered=False,
        ),
    )
    def open(self, *, by):
        pass

    @transition(
        state,
        source=State.OPENED,
        target=State.INCOMPLETE,
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.assess_application"),
        custom=verb(
            _("Onvolledig bevinden"), consequence=_("De aanvraag kan worden aangevuld of beoordeeld zoals ze is.")
        ),
    )
    def find_incomplete(self, *, by, reason):
        self.regularisation_request = reason

    @transition(
        state,
        source=State.INCOMPLETE,
        target=State.REGULARISATION,
        permission=allowed("procurement.assess_application"),
        custom=verb(
            _("Aanvulling vragen"),
            consequence=_("De kandidaat krijgt één lijst en één termijn, gelijk voor iedereen."),
            action="procurement.request_regularisation",
        ),
    )
    def request_regularisation(self, *, by, last_day):
        self.regularisation_last_day = last_day

    @transition(
        state,
        source=[State.OPENED, State.INCOMPLETE, State.REGULARISATION],
        target=State.ASSESSED,
        conditions=[guards.regularisation_is_closed, guards.every_condition_is_judged, guards.outcome_is_reasoned],
        permission=allowed("procurement.assess_application"),
        custom=verb(
            _("Beoordelen"),
            consequence=_("De uitkomst wordt voorgesteld aan de beslissingsnemer."),
            action="procurement.assess_application",
            facts=["outcome"],
        ),
    )
    def assess(self, *, by, outcome, reasons):
        self.assessed_by, self.outcome, self.reasons = by, outcome, reasons

    @transition(
        state,
        source=State.ASSESSED,
        target=State.SELECTED,
        permission=allowed("procurement.decide_selection"),
        custom=verb(_("Selecteren"), action="procurement.decide_selection", offered=False),
    )
    def select(self, *, by):
        pass

    @transition(
        state,
        source=State.ASSESSED,
        target=State.NOT_SELECTED,
        permission=allowed("procurement.decide_selection"),
        custom=verb(_("Niet selecteren"), action="procurement.decide_selection", offered=False),
    )
    def not_select(self, *, by):
        pass

    @transition(
        state,
        source=State.ASSESSED,
        target=State.EXCLUDED,
        permission=allowed("procurement.decide_selection"),
        custom=verb(_("Uitsluiten"), action="procurement.decide_selection", offered=False),
    )
    def exclude(self, *, by):
        pass


class ConditionFinding(models.Model):
    """Whether one selection condition is met by one application, and why."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="findings")
    condition = models.ForeignKey(SelectionCondition, models.PROTECT, related_name="+")
    met = models.BooleanField(_("voldaan"))
    reason = models.TextField(_("motivering"))

    class Meta:
        ordering = ["condition__code"]
        constraints = [
            models.UniqueConstraint(fields=["application", "condition"], name="one_finding_per_condition"),
            models.CheckConstraint(condition=~Q(reason=""), name="finding_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.condition.code}: {self.met}"
