"""A lot: from the proposal of award on it decides, notifies, stands still and is concluded for itself."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.rules import is_staff_member
from catalogue.models import Area, Product
from documents.models import Document, Letter
from lifecycle import clock, timelimits
from lifecycle.models import Recorded, RecordedQuerySet
from lifecycle.steps import allowed, verb
from procurement import guards
from procurement.models.procedures import Procedure


class LotQuerySet(RecordedQuerySet):
    def visible_to(self, user):
        if user.is_authenticated and user.has_perm("procurement.view_internal_procedure"):
            return self
        return self.exclude(procedure__state__in=Procedure.INTERNAL)


class Lot(Recorded):
    """One product in one area, for which several concessionaires may be awarded."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        AWARD_PROPOSED = "award_proposed", _("Gunning voorgesteld")
        AWARD_DECIDED = "award_decided", _("Gunning beslist")
        STANDSTILL = "standstill", _("Wachttermijn")
        SUSPENDED = "suspended", _("Schorsing gevorderd")
        UNDER_REVIEW = "under_review", _("Gunning geschorst")
        READY_TO_CONCLUDE = "ready_to_conclude", _("Klaar voor sluiting")
        CONCLUDED = "concluded", _("Gesloten")
        NOT_AWARDED = "not_awarded", _("Niet gegund")
        LAPSED = "lapsed", _("Vervallen")

    FINAL = (State.CONCLUDED, State.NOT_AWARDED, State.LAPSED)
    TONES = {
        State.AWARD_PROPOSED: "waiting",
        State.AWARD_DECIDED: "waiting",
        State.STANDSTILL: "waiting",
        State.SUSPENDED: "stopped",
        State.UNDER_REVIEW: "stopped",
        State.READY_TO_CONCLUDE: "good",
        State.CONCLUDED: "good",
        State.NOT_AWARDED: "stopped",
        State.LAPSED: "stopped",
    }

    # Decided inside the house, told to nobody outside it yet (act of 17 June 2013, art. 8: together with the reasons).
    UNTOLD = (State.AWARD_PROPOSED, State.AWARD_DECIDED)
    AWARD_LETTERS = ("award_letter", "non_award_letter")
    NAMED_WITH = ("product", "area")
    TRAIL_WORDS = {
        "check_registry": _("Griffie van de Raad van State nagezien"),
        "record_award_value": _("Waarde bij gunning opgetekend"),
        "sign_off_award_value": _("Waarde boven de raming afgetekend"),
    }

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="lots")
    number = models.PositiveSmallIntegerField(_("nummer"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("product"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("gebied"))
    estimated_value = models.DecimalField(
        _("geraamde waarde (EUR, exclusief btw)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    max_concessionaires = models.PositiveSmallIntegerField(_("aantal concessiehouders"))
    is_reserved = models.BooleanField(_("voorbehouden"), default=False)
    state = FSMField(_("toestand"), choices=State, default=State.OPEN, protected=True)

    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    suspension_filed_on = models.DateField(_("schorsing gevorderd op"), null=True)
    registry_checked_at = models.DateTimeField(_("griffie nagezien op"), null=True)
    concluded_at = models.DateTimeField(null=True)
    end_reason = models.TextField(_("reden"), blank=True)

    objects = LotQuerySet.as_manager()

    class Meta:
        ordering = ["procedure", "number"]
        verbose_name = _("perceel")
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="lot_number"),
            models.UniqueConstraint(fields=["procedure", "product", "area"], name="lot_product_area"),
            models.CheckConstraint(condition=Q(max_concessionaires__gte=1), name="lot_has_a_concessionaire"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="lot_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="lot_decision_is_whole",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self):
        word = "Lot" if get_language() == "en" else "Perceel"
        return f"{word} {self.number}: {self.name}"

    @property
    def name(self):
        return f"{self.product.name}, {self.area.name}"

    @property
    def is_told(self) -> bool:
        """Whether the tenderers were told what was decided."""
        return self.state not in (self.State.OPEN, *self.UNTOLD)

    def state_told(self, user):
        if self.procedure.is_called_off and self.state not in self.FINAL:
            return self.State.LAPSED
        return self.State.OPEN if self.state in self.UNTOLD and not is_staff_member(user) else self.state

    @property
    def dossier(self):
        return self.procedure.ref

    def get_absolute_url(self):
        return reverse("lot", args=[self.pk])

    @property
    def letters(self):
        """The letters about the award in force: the start and end of the standstill follow from their sending.

        What is told later, that the award is withdrawn or given up, starts no standstill and delays none.
        """
        letters = Letter.objects.about(self).filter(reason__in=self.AWARD_LETTERS)
        return letters.filter(owed_at__gte=self.decided_at) if self.decided_at else letters.none()

    def documents_of(self, kind):
        """Documents of one kind about the decision in force."""
        found = Document.objects.filter(subject=self.ref, kind=kind)
        return found.filter(requested_at__gte=self.decided_at) if self.decided_at else found

    def offers_in_play(self):
        """What counts for each tenderer: its last opened offer; without a best and final one the earlier one stands."""
        return self.offers.last_of_each_tenderer()

    def ranked_offers(self):
        """The evaluated offers, best first: by score, then by the points on the criteria in their published order."""
        offers = self.offers_in_play().filter(state="evaluated").prefetch_related("scores")
        return sorted(offers, key=lambda offer: offer.standing, reverse=True)

    @property
    def standstill_last_day(self):
        """The last day of the standstill, or None while a letter lacks a proof of sending.

        Fifteen days from the last sending of the reasoned decision (act of 17 June 2013, arts 9/1 and 11).
        """
        sent = [letter.last_sent_at for letter in self.letters]
        if not sent or None in sent:
            return None
        last = clock.local_date(max(sent))
        return timelimits.period_end(last, days=self.procedure.legal_days("standstill-days", on=last))

    # -- decision -------------------------------------------------------------------------------

    @transition(
        state,
        source=State.OPEN,
        target=State.AWARD_PROPOSED,
        conditions=[
            guards.procedure_is_in_evaluation,
            guards.every_offer_is_evaluated,
            guards.some_offer_is_regular,
            guards.ranking_decides,
            guards.tenderers_stay_within_their_lots,
            guards.criteria_are_unchanged,
            guards.award_value_is_recorded,
        ],
        permission=allowed("procurement.propose_award"),
        custom=verb(
            _("Gunning voorstellen"),
            consequence=_("De best gerangschikte offertes worden voorgesteld aan de beslissingsnemer."),
            action="procurement.propose_award",
        ),
    )
    def propose_award(self, *, by):
        self.proposed_by = by

    @transition(
        state,
        source=State.AWARD_PROPOSED,
        target=State.OPEN,
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.decide_award"),
        custom=verb(
            _("Voorstel terugsturen"),
            consequence=_("De beoordeling van dit perceel wordt hernomen."),
            action="procurement.return_proposal",
        ),
    )
    def return_proposal(self, *, by, reason):
        self.proposed_by, self.end_reason = None, reason

    @transition(
        state,
        source=State.AWARD_PROPOSED,
        target=State.AWARD_DECIDED,
        conditions=[
            guards.criteria_are_unchanged,
            guards.award_value_is_recorded,
            guards.award_value_is_within_the_estimate,
        ],
        permission=allowed("procurement.decide_award"),
        custom=verb(
            _("Gunnen"),
            consequence=_("De gemotiveerde gunningsbeslissing van dit perceel wordt opgemaakt."),
            action="procurement.decide_award",
        ),
    )
    def decide_award(self, *, by):
        self.decided_by, self.decided_at = by, clock.now()
        self.registry_checked_at = None

    @transition(
        state,
        source=[State.OPEN, State.AWARD_PROPOSED],
        target=State.NOT_AWARDED,
        conditions=[guards.procedure_is_in_evaluation, guards.reason_is_given],
        permission=allowed("procurement.decide_award"),
        custom=verb(
            _("Niet gunnen"),
            consequence=_("Het perceel eindigt zonder gunning; de inschrijvers krijgen de gemotiveerde beslissing."),
            action="procurement.decline_award",
        ),
    )
    def decline_award(self, *, by, reason):
        self.decided_by, self.decided_at, self.end_reason = by, clock.now(), reason

    # -- notification and standstill ------------------------------------------------------------

    @transition(
        state,
        source=State.AWARD_DECIDED,
        target=State.STANDSTILL,
        conditions=[guards.award_decision_is_sealed],
        permission=allowed("procurement.notify_award"),
        custom=verb(
            _("Gunningsbeslissing meedelen"),
            consequence=_(
                "Elke inschrijver krijgt zijn brief, elektronisch en dezelfde dag aangetekend. De wachttermijn loopt vanaf de "
                "laatste verzending."
            ),
            action="procurement.notify_award",
        ),
    )
    def notify_award(self, *, by):
        pass

    @transition(
        state,
        source=State.STANDSTILL,
        target=State.SUSPENDED,
        conditions=[guards.filing_date_is_given],
        permission=allowed("procurement.record_proceedings"),
        custom=verb(
            _("Vordering tot schorsing optekenen"),
            consequence=_("Dit perceel wordt niet gesloten zolang de rechter niet geoordeeld heeft."),
        ),
    )
    def record_suspension_request(self, *, by, filed_on):
        self.suspension_filed_on = filed_on

    @transition(
        state,
        source=State.SUSPENDED,
        target=State.STANDSTILL,
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.record_proceedings"),
        custom=verb(
            _("Verwerping of afstand optekenen"), consequence=_("De wachttermijn wordt weer de enige hinderpaal.")
        ),
    )
    def record_rejection(self, *, by, reason):
        self.suspension_filed_on, self.end_reason = None, reason

    @transition(
        state,
        source=State.SUSPENDED,
        target=State.UNDER_REVIEW,
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.record_proceedings"),
        custom=verb(_("Schorsing optekenen"), consequence=_("De gunning van dit perceel moet herzien worden.")),
    )
    def record_suspension(self, *, by, reason):
        self.end_reason = reason

    @transition(
        state,
        source=State.UNDER_REVIEW,
        target=State.OPEN,
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.decide_award"),
        custom=verb(
            _("Beslissing intrekken en hernemen"),
            consequence=_("De gunningsbeslissing wordt ingetrokken; de beoordeling van dit perceel wordt hernomen."),
            action="procurement.retract_award",
        ),
    )
    def retract_award(self, *, by, reason):
        self.proposed_by = self.decided_by = self.decided_at = self.suspension_filed_on = None
        self.end_reason = reason

    @transition(
        state,
        source=[State.UNDER_REVIEW, State.READY_TO_CONCLUDE],
        target=State.LAPSED,
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.decide_award"),
        custom=verb(
            _("Afzien van de sluiting"),
            consequence=_("Het perceel vervalt; de betrokkenen krijgen de gemotiveerde beslissing."),
            action="procurement.renounce",
        ),
    )
    def renounce(self, *, by, reason):
        self.end_reason = reason

    @transition(
        state,
        source=State.STANDSTILL,
        target=State.READY_TO_CONCLUDE,
        conditions=[
            guards.every_award_letter_is_sent,
            guards.standstill_is_over,
            guards.registry_is_checked_after_the_standstill,
        ],
        permission=allowed("procurement.record_proceedings"),
        custom=verb(
            _("Einde van de wachttermijn vaststellen"),
            consequence=_("Het perceel mag gesloten worden."),
        ),
    )
    def end_standstill(self, *, by):
        pass

    @transition(
        state,
        source=State.READY_TO_CONCLUDE,
        target=State.CONCLUDED,
        conditions=[
            guards.every_award_letter_is_sent,
            guards.standstill_is_over,
            guards.registry_is_checked_after_the_standstill,
        ],
        permission=allowed("contracts.countersign_contract"),
        custom=verb(
            _("Sluiten"),
            consequence=_("De concessie is gesloten met alle concessiehouders van dit perceel."),
            action="contracts.countersign",
            offered=False,
        ),
    )
    def conclude(self, *, by):
        self.concluded_at = clock.now()
