"""The concession procedure up to and including the evaluation; after that each lot has its own line."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import User
from accounts.rules import is_staff_member
from documents.models import Document, SealingBox
from lifecycle import clock, timelimits
from lifecycle.models import Recorded
from lifecycle.steps import allowed, also_by_the_clock, verb
from procurement import guards
from procurement.models import constraints, content
from procurement.models.states import ENDED, INTERNAL, TONES, UNTOLD, ProcedureQuerySet, ProcedureRegime, ProcedureState


class Procedure(Recorded):
    """A concession procedure with selection and offers (acts of 17 June 2016 and 17 June 2013)."""

    Regime = ProcedureRegime
    State = ProcedureState
    INTERNAL, UNTOLD, ENDED, TONES = INTERNAL, UNTOLD, ENDED, TONES

    TRAIL_WORDS = {
        "create": _("Ontwerp aangemaakt"),
        "edit": _("Ontwerp aangepast"),
        "state_interests": _("Belangenverklaring afgelegd"),
    }

    number = models.CharField(_("nummer"), max_length=20, unique=True)
    title_nl = models.CharField(_("titel"), max_length=200)
    title_en = models.CharField(_("titel (Engels)"), max_length=200, blank=True)
    subject_nl = models.TextField(_("voorwerp"))
    subject_en = models.TextField(_("voorwerp (Engels)"), blank=True)
    regime = models.CharField(_("regime"), max_length=20, choices=ProcedureRegime)
    cpv = models.CharField(_("hoofdcode CPV"), max_length=10)
    state = FSMField(_("toestand"), choices=ProcedureState, default=ProcedureState.DRAFT, protected=True)

    estimated_value = models.DecimalField(
        _("geraamde waarde (EUR, exclusief btw)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    value_method = models.TextField(_("methode van raming"), blank=True)
    operating_risk_memo = models.TextField(_("nota exploitatierisico"), blank=True)
    term_start = models.DateField(_("begin van de concessie"))
    term_end = models.DateField(_("einde van de concessie"))
    recoupment_justification = models.TextField(_("berekening van de terugverdientijd"), blank=True)

    applications_deadline = models.DateTimeField(_("uiterste datum voor aanvragen"), null=True, blank=True)
    offers_deadline = models.DateTimeField(_("uiterste datum voor offertes"), null=True, blank=True)
    award_planned_on = models.DateField(_("gunning gepland op"), null=True, blank=True)
    conclusion_planned_on = models.DateField(_("sluiting gepland op"), null=True, blank=True)
    invitation_planned_on = models.DateField(_("concessiedocumenten gepland op"), null=True, blank=True)

    notice_number = models.CharField(_("nummer van de aankondiging"), max_length=60, blank=True)
    notice_sent_on = models.DateField(_("aankondiging verzonden op"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    criteria_digest = models.CharField(max_length=64, blank=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    round = models.PositiveSmallIntegerField(_("ronde"), default=1)

    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    selection_decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    selection_decided_at = models.DateTimeField(null=True)
    return_reason = models.TextField(_("reden van terugzending"), blank=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    end_reason = models.TextField(_("reden van beëindiging"), blank=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("procedure")
        constraints = constraints.PROCEDURE

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
    def term_months(self) -> int:
        """The term in whole or begun months (art. 37 of the act of 17 June 2016 tests it against 60)."""
        return timelimits.months_between(self.term_start, self.term_end)

    @property
    def is_light(self) -> bool:
        return self.regime == self.Regime.LIGHT

    def content_digest(self) -> str:
        return content.digest_of(self)

    def opening_officers_available(self) -> bool:
        """Whether two different people may release the sealed submissions together."""
        return User.objects.with_permission("documents.release_box").count() >= 2

    def box(self, phase) -> SealingBox:
        """The box that seals a phase: `applications`, `offers-1`, `offers-2` for the best and final offers, and so on."""
        return SealingBox.objects.get(subject=self.ref, phase=phase)

    @property
    def offers_phase(self) -> str:
        return f"offers-{self.round}"

    def documents_of(self, kind):
        return Document.objects.filter(subject=self.ref, kind=kind)

    # -- preparing ------------------------------------------------------------------------------

    @transition(
        state,
        source=State.DRAFT,
        target=State.IN_REVIEW,
        conditions=[
            guards.has_lots,
            guards.every_lot_is_valued,
            guards.has_ranked_criteria,
            guards.has_selection_conditions,
            guards.value_is_estimated,
            guards.operating_risk_is_argued,
            guards.term_is_justified,
            guards.has_applications_deadline,
        ],
        permission=allowed("procurement.submit_procedure"),
        custom=verb(
            _("Ter goedkeuring voorleggen"),
            consequence=_("De beslissingsnemer krijgt het dossier; tot de beslissing verandert er niets meer aan."),
            action="procurement.submit_for_approval",
        ),
    )
    def submit_for_approval(self, *, by, approved_digest):
        self.submitted_by, self.approved_digest = by, approved_digest

    @transition(
        state,
        source=State.IN_REVIEW,
        target=State.DRAFT,
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.approve_procedure"),
        custom=verb(_("Terugsturen"), consequence=_("De aankoper kan het dossier weer aanpassen.")),
    )
    def return_to_draft(self, *, by, reason):
        self.submitted_by, self.approved_digest, self.return_reason = None, "", reason

    @transition(
        state,
        source=State.IN_REVIEW,
        target=State.APPROVED,
        conditions=[guards.unchanged_since_submission],
        permission=allowed("procurement.approve_procedure"),
        custom=verb(_("Goedkeuren"), consequence=_("De aankoper kan de selectieleidraad bekendmaken.")),
    )
    def approve(self, *, by):
        self.approved_by, self.approved_at = by, clock.now()

    @transition(
        state,
        source=State.APPROVED,
        target=State.PUBLISHED,
        conditions=[
            guards.notice_is_recorded,
            guards.unchanged_since_submission,
            guards.applications_deadline_leaves_the_minimum,
            guards.opening_officers_can_open,
        ],
        permission=allowed("procurement.publish_procedure"),
        custom=verb(
            _("Bekendmaken"),
            consequence=_(
                "De selectieleidraad wordt opgemaakt en staat voor iedereen open. Aanvragen kunnen tot de uiterste datum."
            ),
            action="procurement.publish",
            facts=["notice_number"],
        ),
    )
    def publish(self, *, by, notice_number, notice_sent_on):
        self.notice_number, self.notice_sent_on = notice_number, notice_sent_on
        self.published_at = clock.now()

    # -- applications and selection -------------------------------------------------------------

    @transition(
        state,
        source=State.PUBLISHED,
        target=State.APPLICATIONS_CLOSED,
        conditions=[guards.applications_deadline_is_past],
        permission=also_by_the_clock("procurement.open_submissions"),
        custom=verb(_("Aanvragen afsluiten"), consequence=_("De uiterste datum is voorbij; de opening kan beginnen.")),
    )
    def close_applications(self, *, by):
        pass

    @transition(
        state,
        source=State.APPLICATIONS_CLOSED,
        target=State.UNSUCCESSFUL,
        conditions=[guards.no_application_was_submitted],
        permission=allowed("procurement.decide_award"),
        custom=verb(
            _("Vaststellen dat er geen aanvragen zijn"),
            consequence=_("De procedure eindigt zonder resultaat; dat wordt ook aangekondigd."),
        ),
    )
    def record_no_applications(self, *, by):
        self.end_reason = str(_("Geen aanvragen tot deelneming ontvangen."))

    @transition(
        state,
        source=State.APPLICATIONS_CLOSED,
        target=State.SELECTION,
        conditions=[guards.some_application_was_submitted, guards.applications_box_is_released],
        permission=allowed("procurement.open_submissions"),
        custom=verb(
            _("Aanvragen openen"),
            consequence=_("Alle ingediende aanvragen worden geopend; het proces-verbaal van opening wordt opgemaakt."),
            action="procurement.open_applications",
        ),
    )
    def open_applications(self, *, by):
        pass

    @transition(
        state,
        source=State.SELECTION,
        target=State.SELECTION_DECIDED,
        conditions=[guards.every_application_is_assessed],
        permission=allowed("procurement.decide_selection"),
        custom=verb(
            _("Selectie beslissen"),
            consequence=_("Elke kandidaat wordt geselecteerd, niet geselecteerd of uitgesloten, met de motivering."),
            action="procurement.decide_selection",
        ),
    )
    def decide_selection(self, *, by):
        self.selection_decided_by, self.selection_decided_at = by, clock.now()

    @transition(
        state,
        source=State.SELECTION_DECIDED,
        target=State.SELECTION_NOTIFIED,
        conditions=[guards.selection_decision_is_sealed],
        permission=allowed("procurement.notify_candidates"),
        custom=verb(
            _("Selectie meedelen"),
            consequence=_("Elke kandidaat krijgt zijn brief, elektronisch en dezelfde dag aangetekend."),
            action="procurement.notify_selection",
        ),
    )
    def notify_selection(self, *, by):
        pass

    @transition(
        state,
        source=State.SELECTION_NOTIFIED,
        target=State.TENDERING,
        conditions=[
            guards.some_candidate_is_selected,
            guards.every_non_selection_letter_is_sent,
            guards.has_ranked_criteria,
            guards.offers_deadline_leaves_the_minimum,
        ],
        permission=allowed("procurement.invite_tenders"),
        custom=verb(
            _("Uitnodigen tot offerte"),
            consequence=_("De concessiedocumenten worden bekendgemaakt en de geselecteerden uitgenodigd."),
            action="procurement.invite_tenders",
        ),
    )
    def invite_tenders(self, *, by, offers_deadline, criteria_digest):
        self.offers_deadline, self.criteria_digest = offers_deadline, criteria_digest
        self.invited_at = clock.now()

    # -- offers and evaluation ------------------------------------------------------------------

    @transition(
        state,
        source=State.TENDERING,
        target=State.TENDERS_CLOSED,
        conditions=[guards.offers_deadline_is_past],
        permission=also_by_the_clock("procurement.open_submissions"),
        custom=verb(_("Offertes afsluiten"), consequence=_("De uiterste datum is voorbij; de opening kan beginnen.")),
    )
    def close_tenders(self, *, by):
        pass

    @transition(
        state,
        source=State.TENDERS_CLOSED,
        target=State.UNSUCCESSFUL,
        conditions=[guards.no_offer_was_submitted],
        permission=allowed("procurement.decide_award"),
        custom=verb(
            _("Vaststellen dat er geen offertes zijn"), consequence=_("De procedure eindigt zonder resultaat.")
        ),
    )
    def record_no_offers(self, *, by):
        self.end_reason = str(_("Geen offertes ontvangen."))

    @transition(
        state,
        source=State.TENDERS_CLOSED,
        target=State.EVALUATION,
        conditions=[guards.some_offer_was_submitted, guards.offers_box_is_released],
        permission=allowed("procurement.open_submissions"),
        custom=verb(
            _("Offertes openen"),
            consequence=_("Alle ingediende offertes worden geopend; het proces-verbaal van opening wordt opgemaakt."),
            action="procurement.open_tenders",
        ),
    )
    def open_tenders(self, *, by):
        pass

    @transition(
        state,
        source=State.EVALUATION,
        target=State.NEGOTIATION,
        conditions=[guards.no_lot_is_proposed],
        permission=allowed("procurement.lead_evaluation"),
        custom=verb(
            _("Onderhandelingsronde beginnen"),
            consequence=_("Alle regelmatige inschrijvers worden gelijk uitgenodigd."),
        ),
    )
    def start_negotiation(self, *, by):
        pass

    @transition(
        state,
        source=State.NEGOTIATION,
        target=State.EVALUATION,
        permission=allowed("procurement.lead_evaluation"),
        custom=verb(_("Onderhandeling beëindigen"), consequence=_("De laatste geldige offertes tellen.")),
    )
    def end_negotiation(self, *, by):
        pass

    @transition(
        state,
        source=State.NEGOTIATION,
        target=State.BEST_AND_FINAL,
        conditions=[guards.criteria_are_unchanged, guards.new_deadline_is_ahead],
        permission=allowed("procurement.lead_evaluation"),
        custom=verb(
            _("Definitieve offertes vragen"),
            consequence=_("Iedereen in de ronde krijgt dezelfde vraag met dezelfde uiterste datum."),
            action="procurement.request_best_and_final",
        ),
    )
    def request_best_and_final(self, *, by, offers_deadline):
        self.offers_deadline = offers_deadline
        self.round += 1

    @transition(
        state,
        source=State.BEST_AND_FINAL,
        target=State.EVALUATION,
        conditions=[guards.offers_deadline_is_past, guards.offers_box_is_released],
        permission=allowed("procurement.open_submissions"),
        custom=verb(
            _("Definitieve offertes openen"),
            consequence=_("De definitieve offertes worden geopend; het proces-verbaal wordt opgemaakt."),
            action="procurement.open_tenders",
        ),
    )
    def open_best_and_final(self, *, by):
        pass

    # -- the end --------------------------------------------------------------------------------

    @transition(
        state,
        source=State.EVALUATION,
        target=State.COMPLETED,
        conditions=[guards.every_lot_is_final],
        permission=also_by_the_clock("procurement.publish_procedure"),
        custom=verb(
            _("Procedure afronden"), consequence=_("Alle percelen zijn definitief; het dossier wordt afgesloten.")
        ),
    )
    def complete(self, *, by):
        pass

    @transition(
        state,
        source=[
            State.PUBLISHED,
            State.APPLICATIONS_CLOSED,
            State.SELECTION,
            State.SELECTION_DECIDED,
            State.SELECTION_NOTIFIED,
            State.TENDERING,
            State.TENDERS_CLOSED,
            State.EVALUATION,
            State.NEGOTIATION,
            State.BEST_AND_FINAL,
        ],
        target=State.CANCELLED,
        conditions=[guards.reason_is_given, guards.no_lot_is_concluded],
        permission=allowed("procurement.cancel_procedure"),
        custom=verb(
            _("Stopzetten"),
            consequence=_(
                "De procedure eindigt. Wie een aanvraag of offerte indiende, krijgt de gemotiveerde beslissing."
            ),
            action="procurement.cancel",
        ),
    )
    def cancel(self, *, by, reason):
        self.cancelled_by, self.end_reason = by, reason

    @transition(
        state,
        source=[State.COMPLETED, State.CANCELLED, State.UNSUCCESSFUL],
        target=State.ARCHIVED,
        permission=allowed("procurement.archive_procedure"),
        custom=verb(_("Archiveren"), consequence=_("Het dossier blijft leesbaar en verandert niet meer.")),
    )
    def archive(self, *, by):
        pass
