"""What is known of a concession procedure: its columns and what follows from them. Its verbs are in `procedures`."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import is_staff_member
from documents.models import Document, SealingBox
from lifecycle import clock, timelimits
from lifecycle.models import Recorded
from procurement.models import content
from procurement.models.states import (
    CALLED_OFF,
    ENDED,
    INTERNAL,
    RECEIVING,
    RECTIFIABLE,
    TONES,
    UNTOLD,
    ProcedureRegime,
    ProcedureState,
)
from procurement.models.terms import ProcedureTerms


class ProcedureFacts(ProcedureTerms, Recorded):
    """The facts of a procedure: what it is about, what it is worth, its dates, and who did what."""

    Regime = ProcedureRegime
    State = ProcedureState
    INTERNAL, UNTOLD, ENDED, TONES = INTERNAL, UNTOLD, ENDED, TONES
    RECEIVING, RECTIFIABLE = RECEIVING, RECTIFIABLE

    number = models.CharField(_("nummer"), max_length=20, unique=True)
    title_nl = models.CharField(_("titel"), max_length=200)
    title_en = models.CharField(_("titel (Engels)"), max_length=200, blank=True)
    subject_nl = models.TextField(_("voorwerp"))
    subject_en = models.TextField(_("voorwerp (Engels)"), blank=True)
    regime = models.CharField(_("regime"), max_length=20, choices=ProcedureRegime)
    cpv = models.CharField(_("hoofdcode CPV"), max_length=10)

    estimated_value = models.DecimalField(
        _("geraamde waarde (EUR, exclusief btw)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    value_method = models.TextField(_("methode van raming"), blank=True)
    operating_risk_memo = models.TextField(_("nota exploitatierisico"), blank=True)
    term_start = models.DateField(_("begin van de concessie"))
    term_end = models.DateField(_("einde van de concessie"))
    recoupment_justification = models.TextField(_("berekening van de terugverdientijd"), blank=True)

    max_lots_applied = models.PositiveSmallIntegerField(
        _("hoogste aantal percelen per kandidaat"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    max_lots_awarded = models.PositiveSmallIntegerField(
        _("hoogste aantal te gunnen percelen per inschrijver"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")

    applications_deadline = models.DateTimeField(_("uiterste datum voor aanvragen"), null=True, blank=True)
    offers_deadline = models.DateTimeField(_("uiterste datum voor offertes"), null=True, blank=True)
    applications_questions_until = models.DateTimeField(_("vragen over de aanvragen tot"), null=True, blank=True)
    offers_questions_until = models.DateTimeField(_("vragen over de offertes tot"), null=True, blank=True)
    award_planned_on = models.DateField(_("gunning gepland op"), null=True, blank=True)
    conclusion_planned_on = models.DateField(_("sluiting gepland op"), null=True, blank=True)
    invitation_planned_on = models.DateField(_("concessiedocumenten gepland op"), null=True, blank=True)

    notice_number = models.CharField(_("nummer van de aankondiging"), max_length=60, blank=True)
    notice_sent_on = models.DateField(_("aankondiging verzonden op"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    # The numbers of the law that were in force when the notice was sent: key -> value, unit, valid_from, source.
    legal_values = models.JSONField(default=dict, blank=True)
    criteria_digest = models.CharField(max_length=64, blank=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    round = models.PositiveSmallIntegerField(_("ronde"), default=1)

    has_team = models.BooleanField(default=False)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    selection_decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    selection_decided_at = models.DateTimeField(null=True)
    return_reason = models.TextField(_("reden van terugzending"), blank=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    end_reason = models.TextField(_("reden van beëindiging"), blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def is_selecting(self) -> bool:
        """Whether the selection is made and nobody outside the house was told about it."""
        return self.state in (self.State.SELECTION, *self.UNTOLD)

    def state_told(self, user):
        return self.State.SELECTION if self.state in self.UNTOLD and not is_staff_member(user) else self.state

    @property
    def title(self):
        return (get_language() == "en" and self.title_en) or self.title_nl

    @property
    def subject(self):
        return (get_language() == "en" and self.subject_en) or self.subject_nl

    def get_absolute_url(self):
        return reverse("procedure", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.state not in self.INTERNAL

    @property
    def is_called_off(self) -> bool:
        """Whether it ended before anything was concluded: what was planned after that does not happen."""
        return self.state in CALLED_OFF or (self.state == self.State.ARCHIVED and bool(self.cancelled_by_id))

    @property
    def term_months(self) -> int:
        """The term in whole or begun months (art. 37 of the act of 17 June 2016 tests it against 60)."""
        return timelimits.months_between(self.term_start, self.term_end)

    @property
    def is_light(self) -> bool:
        return self.regime == self.Regime.LIGHT

    def legal_value(self, key, *, on=None) -> Decimal:
        """A number of the law for this procedure: the one that was in force at its publication, until then the table's."""
        kept = self.legal_values.get(key)
        return Decimal(kept["value"]) if kept else timelimits.value(key, on=on)

    def legal_days(self, key, *, on=None) -> int:
        return int(self.legal_value(key, on=on))

    @property
    def law_counts_on(self):
        """The day whose numbers of the law count: that of the publication, once there is one."""
        return clock.local_date(self.published_at) if self.published_at else clock.today()

    def content_digest(self) -> str:
        return content.digest_of(self)

    def opening_officers_available(self) -> bool:
        """Whether two different people may release the sealed submissions together: of the team, where it names any."""
        officers = User.objects.with_permission("documents.release_box")
        named = self.team.filter(role="opener")
        if named.exists():
            officers = officers.filter(pk__in=named.current(clock.today()).values("user"))
        return officers.count() >= 2

    def box(self, phase) -> SealingBox:
        """The box that seals a phase: `applications`, `offers-1`, `offers-2` for the best and final offers, and so on."""
        return SealingBox.objects.get(subject=self.ref, phase=phase)

    @property
    def offers_phase(self) -> str:
        return f"offers-{self.round}"

    @property
    def phase(self) -> str:
        """The phase that submissions come in for, or came in for and are not opened yet; empty between two phases."""
        if self.state in (self.State.PUBLISHED, self.State.APPLICATIONS_CLOSED):
            return "applications"
        receiving = (self.State.TENDERING, self.State.TENDERS_CLOSED, self.State.BEST_AND_FINAL)
        return self.offers_phase if self.state in receiving else ""

    @property
    def is_receiving(self) -> bool:
        """Whether submissions come in now, as far as the state says; the deadline says the rest."""
        return self.state in self.RECEIVING

    @property
    def rectifiable_parts(self) -> frozenset:
        """What a rectification may still change. Nobody can adapt an application that is no longer taken in, so after that
        deadline what it was judged by stands; what offers are compared by may change until theirs (art. 46, § 6)."""
        if self.state == self.State.PUBLISHED:
            return frozenset({"procedure", "lot", "condition", "criterion", "sub_criterion"})
        return frozenset({"criterion", "sub_criterion"} if self.state in self.RECTIFIABLE else ())

    @property
    def rules_date(self):
        """The day whose published rules hold for this procedure."""
        return clock.local_date(self.published_at) if self.published_at else clock.today()

    @property
    def phase_deadline(self):
        """The moment until which submissions of the phase come in, or None between two phases."""
        if not self.phase:
            return None
        return self.applications_deadline if self.phase == "applications" else self.offers_deadline

    def documents_of(self, kind):
        return Document.objects.filter(subject=self.ref, kind=kind)
