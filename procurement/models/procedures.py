"""The concession procedure up to and including the evaluation; after that each lot has its own line."""

from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from lifecycle import clock, timelimits
from lifecycle.steps import allowed, also_by_the_clock, verb
from procurement import guards
from procurement.models import constraints
from procurement.models.changing import ProcedureChanges
from procurement.models.states import ProcedureQuerySet, ProcedureState


class Procedure(ProcedureChanges):
    """A concession procedure with selection and offers (acts of 17 June 2016 and 17 June 2013)."""

    State = ProcedureState

    TRAIL_WORDS = {
        "create": _("Ontwerp aangemaakt"),
        "edit": _("Ontwerp aangepast"),
        "plan": _("Planning gewijzigd"),
        "write_milestone": _("Mijlpaal beschreven"),
        "remove_milestone": _("Mijlpaal verwijderd"),
        "copy": _("Gekopieerd naar een nieuw ontwerp"),
        "join_team": _("Lid van het team aangewezen"),
        "leave_team": _("Lid van het team beëindigd"),
        "log_preparation": _("Voorbereiding opgetekend"),
        "estimate": _("Waarde geraamd"),
        "freeze_version": _("Goedgekeurde versie vastgelegd"),
        "record_award_value": _("Waarde bij gunning opgetekend"),
        "sign_off_award_value": _("Waarde boven de raming afgetekend"),
        "state_interests": _("Belangenverklaring afgelegd"),
        "publish_answers": _("Antwoorden bekendgemaakt"),
        "set_questions_deadline": _("Termijn voor vragen gekozen"),
        "confirm_notice_subtype": _("Subtype van de aankondiging bevestigd"),
        "outage_without_extension": _("Storing zonder verlenging"),
    }

    state = FSMField(_("toestand"), choices=ProcedureState, default=ProcedureState.DRAFT, protected=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("procedure")
        constraints = constraints.PROCEDURE

    # -- preparing ------------------------------------------------------------------------------

    @transition(
        state,
        source=State.DRAFT,
        target=State.IN_REVIEW,
        conditions=[
            guards.has_lots,
            guards.every_lot_is_valued,
            guards.has_ranked_criteria,
            guards.sub_criteria_add_up,
            guards.has_selection_conditions,
            guards.value_is_estimated,
            guards.operating_risk_is_argued,
            guards.term_is_justified,
            guards.dates_are_in_order,
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
        self.submitted_by, self.submitted_at, self.approved_digest = by, clock.now(), approved_digest
        self.intake_until, self.performance_until = self.last_intake_day, self.last_performance_day

    @transition(
        state,
        source=State.IN_REVIEW,
        target=State.DRAFT,
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.approve_procedure"),
        custom=verb(_("Terugsturen"), consequence=_("De aankoper kan het dossier weer aanpassen.")),
    )
    def return_to_draft(self, *, by, reason):
        self.submitted_by = self.submitted_at = None
        self.approved_digest, self.return_reason = "", reason

    @transition(
        state,
        source=State.IN_REVIEW,
        target=State.APPROVED,
        conditions=[guards.unchanged_since_submission, guards.value_is_within_the_delegation],
        permission=allowed("procurement.approve_procedure"),
        custom=verb(
            _("Goedkeuren"),
            consequence=_(
                "De inhoud wordt woord voor woord vastgelegd. De aankoper kan de selectieleidraad bekendmaken."
            ),
            action="procurement.approve",
        ),
    )
    def approve(self, *, by):
        self.approved_by, self.approved_at = by, clock.now()

    @transition(
        state,
        source=State.IN_REVIEW,
        target=State.APPROVED,
        conditions=[guards.unchanged_since_submission, guards.outside_decision_is_dated],
        permission=allowed("procurement.record_outside_approval"),
        custom=verb(
            _("Goedkeuring door een orgaan optekenen"),
            consequence=_(
                "De inhoud wordt woord voor woord vastgelegd, met de notulen van het orgaan. De aankoper kan de "
                "selectieleidraad bekendmaken."
            ),
            action="procurement.record_outside_approval",
            facts=["minutes_sha256"],
        ),
    )
    def record_outside_approval(self, *, by, decided_on):
        self.approved_by, self.approved_at = by, clock.now()

    @transition(
        state,
        source=State.APPROVED,
        target=State.PUBLISHED,
        conditions=[
            guards.notice_is_recorded,
            guards.notice_follows_the_approval,
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
    def publish(self, *, by, notice_sent_on):
        self.legal_values = timelimits.in_force(on=notice_sent_on)
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
            guards.sub_criteria_add_up,
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
                "De procedure eindigt. Wie een aanvraag of offerte indiende, krijgt de gemotiveerde beslissing; iedereen die "
                "zich kenbaar maakte krijgt bericht. Wat nog verzegeld is, wordt nooit geopend."
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
