"""The contract: what follows an award or an admission, from its preparation to its archive."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from admission.models import Admission
from contracts import guards
from contracts.grounds import TERM
from contracts.models.constraints import CONTRACT_CONSTRAINTS
from contracts.models.states import RUNNING, ContractKind, ContractQuerySet, ContractState, EndGround, Mode
from documents.models import Document
from lifecycle import clock, timelimits
from lifecycle.models import Recorded
from lifecycle.steps import allowed, also_by_the_clock, transitions, verb
from partners.models import Participant
from procurement.models import Award, Lot, Procedure

# What stands in the way of concluding a lot stands in the way of countersigning its contracts.
CONCLUSION_OF_A_LOT = [
    guards.of_every_lot(each)
    for each in next(found for found in transitions(Lot) if found.name == "conclude").conditions
]


class Contract(Recorded):
    """With one participant, on exactly one ground: awards of one procedure, or one admission.

    `document` is the sealed PDF that was issued, `final_sha256` the digest of the one that both signed. The notice of
    default and the measure in force stand in columns; who did what before that stands in the trail.
    """

    Kind = ContractKind
    Mode = Mode
    Ground = EndGround
    State = ContractState
    TONES = {
        ContractState.ISSUED: "waiting",
        ContractState.SIGNED: "good",
        ContractState.ACTIVE: "good",
        ContractState.SUSPENDED: "stopped",
        ContractState.IN_DEFAULT: "stopped",
        ContractState.TERMINATED: "stopped",
    }
    NAMED_WITH = ("participant",)
    TRAIL_WORDS = {
        "prepare": _("Contract opgemaakt"),
        "adjust": _("Contract aangepast"),
        "refuse_signed_copy": _("Opgeladen exemplaar geweigerd"),
    }

    number = models.CharField(_("nummer"), max_length=40, unique=True)
    running = models.PositiveSmallIntegerField()
    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+", verbose_name=_("partner"))
    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, blank=True, related_name="+")
    admission = models.ForeignKey(Admission, models.PROTECT, null=True, blank=True, related_name="+")
    mode = models.CharField(_("wijze van sluiting"), max_length=16, choices=Mode, default=Mode.SIGNED_BY_BOTH)
    state = FSMField(_("toestand"), choices=ContractState, default=ContractState.PREPARED, protected=True)

    term_start = models.DateField(_("eerste dag"))
    term_end = models.DateField(_("laatste dag"))
    intake_until = models.DateField(_("nieuwe klanten tot en met"), null=True, blank=True)
    settles_until = models.DateField(_("nazorg en afrekening tot en met"), null=True, blank=True)
    recoupment_justification = models.TextField(_("berekening van de terugverdientijd"), blank=True)
    initial_value = models.DecimalField(
        _("aanvankelijke waarde (EUR, exclusief btw)"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(_("uitgereikt op"), null=True, blank=True)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("gesloten op"), null=True, blank=True)
    final_sha256 = models.CharField(max_length=64, blank=True)
    final_size = models.PositiveIntegerField(default=0)
    activated_at = models.DateTimeField(_("actief sinds"), null=True, blank=True)

    reason = models.TextField(_("reden"), blank=True)
    notice_served_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer_last_day = models.DateField(_("antwoorden en herstellen tot en met"), null=True, blank=True)
    ground = models.CharField(_("grond van beëindiging"), max_length=16, choices=Ground, blank=True)
    ended_at = models.DateTimeField(_("beëindigd op"), null=True, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("contract")
        verbose_name_plural = _("contracten")
        constraints = CONTRACT_CONSTRAINTS

    def __str__(self):
        return f"{self.number} {self.participant.name}"

    def get_absolute_url(self):
        return reverse("contract", args=[self.pk])

    def clean(self):
        """A long term needs its justification, next to the field that holds it."""
        if self.term_start and self.term_end and self.term_end > self.term_start:
            reason = guards.term_is_justified.reason(self, {})
            if reason:
                raise ValidationError({"recoupment_justification": f"{reason.sentence} ({TERM})"})

    # -- what it rests on -----------------------------------------------------------------------

    @property
    def is_concession(self) -> bool:
        return self.kind == self.Kind.CONCESSION

    @property
    def origin(self):
        """The record that it follows from."""
        return self.procedure if self.is_concession else self.admission

    @cached_property
    def lots(self):
        """The lots that it is about, in their order."""
        found = Lot.objects.filter(pk__in=self.contract_lots.values("lot"))
        return list(found.select_related("procedure", "product", "area").order_by("number"))

    @cached_property
    def awards(self):
        found = Award.objects.filter(pk__in=self.contract_lots.values("award"))
        return list(
            found.select_related("offer__submitted_by", "lot__decided_by", "lot__product").order_by("lot__number")
        )

    # -- what the guards and pages ask ----------------------------------------------------------

    @property
    def subject(self) -> str:
        """What it is about, in one line."""
        return self.procedure.title if self.is_concession else self.admission.call.title

    @property
    def lot_numbers(self) -> str:
        """`1, 5`: from what a list read beforehand (`prefetch_related("contract_lots__lot")`)."""
        return ", ".join(str(number) for number in sorted(each.lot.number for each in self.contract_lots.all()))

    @property
    def term_months(self) -> int:
        return timelimits.months_between(self.term_start, self.term_end)

    @property
    def longest_term_without_justification(self) -> int | None:
        """In months; art. 37 of the act of 17 June 2016 is about concessions only."""
        return int(timelimits.value("term-without-justification-months")) if self.is_concession else None

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def is_editable(self) -> bool:
        return self.state == ContractState.PREPARED

    @property
    def needs_partner_signature(self) -> bool:
        return self.mode == self.Mode.SIGNED_BY_BOTH

    @property
    def waits_for_partner(self) -> bool:
        """Whether the next thing to happen is the partner's signature."""
        return self.state == ContractState.ISSUED and self.needs_partner_signature and self.signed_copy is None

    @property
    def grounds_of_termination(self) -> list[tuple[str, str]]:
        """The grounds on which a contract that was concluded can end."""
        return [pair for pair in self.Ground.choices if pair[0] != self.Ground.NOT_CONCLUDED]

    @property
    def signed_copy(self):
        """The partner's last valid copy of the document that is issued now, or None."""
        if self.document_id is None:
            return None
        return self.signed_copies.filter(document=self.document_id, valid=True).order_by("-uploaded_at", "-pk").first()

    @property
    def final_name(self) -> str:
        return f"{self.number}-gesloten.pdf"

    # -- up to the conclusion -------------------------------------------------------------------

    @transition(
        state,
        source=ContractState.PREPARED,
        target=ContractState.ISSUED,
        conditions=[
            guards.has_services,
            guards.capacity_is_as_offered,
            guards.term_is_justified,
            guards.every_lot_is_ready,
            guards.admission_still_runs,
        ],
        permission=allowed("contracts.prepare_contract"),
        custom=verb(
            _("Uitreiken"),
            consequence=_("Het document wordt opgemaakt en verzegeld; de partner kan het downloaden en ondertekenen."),
            action="contracts.issue",
        ),
    )
    def issue(self, *, by, document):
        self.document, self.issued_at = document, clock.now()

    @transition(
        state,
        source=ContractState.ISSUED,
        target=ContractState.PREPARED,
        conditions=[guards.reason_is_given],
        permission=allowed("contracts.prepare_contract"),
        custom=verb(
            _("Terugnemen"),
            consequence=_(
                "Het uitgereikte document vervalt, ook als het al ondertekend is; daarna kan het contract worden aangepast."
            ),
        ),
    )
    def take_back(self, *, by, reason):
        self.document, self.issued_at, self.reason = None, None, reason

    @transition(
        state,
        source=ContractState.ISSUED,
        target=ContractState.ISSUED,
        conditions=[guards.partner_must_sign, guards.document_is_sealed],
        permission=allowed("contracts.sign_contract"),
        custom=verb(
            _("Ondertekend exemplaar opladen"),
            consequence=_(
                "Wij gaan na of het bestand het uitgereikte document is, met een geldige handtekening en niets anders."
            ),
            action="contracts.receive_signed_copy",
            facts=["sha256"],
        ),
    )
    def receive_signed_copy(self, *, by):
        """The copy itself is a record of its own; a refused one is kept too, without this verb."""

    @transition(
        state,
        source=ContractState.ISSUED,
        target=ContractState.SIGNED,
        conditions=[
            guards.document_is_sealed,
            guards.partner_has_signed,
            guards.term_is_justified,
            guards.every_lot_is_ready,
            *CONCLUSION_OF_A_LOT,
            guards.admission_still_runs,
        ],
        permission=allowed("contracts.countersign_contract"),
        custom=verb(
            _("Tegentekenen en sluiten"),
            consequence=_(
                "VDAB ondertekent en het contract is gesloten. Een perceel is gesloten zodra elk contract ervan gesloten is. "
                "Ga eerst na of de ondertekenaar de partner mag verbinden."
            ),
            action="contracts.countersign",
            facts=["final_sha256"],
        ),
    )
    def countersign(self, *, by, final_sha256, final_size):
        self.countersigned_by, self.signed_at = by, clock.now()
        self.final_sha256, self.final_size, self.reason = str(final_sha256), final_size, ""

    @transition(
        state,
        source=[ContractState.PREPARED, ContractState.ISSUED],
        target=ContractState.TERMINATED,
        conditions=[guards.reason_is_given],
        permission=allowed("contracts.prepare_contract"),
        custom=verb(
            _("Intrekken voor de sluiting"),
            consequence=_(
                "Dit contract wordt niet gesloten; de gunning of de toelating blijft en kan een nieuw contract krijgen."
            ),
            action="contracts.withdraw",
        ),
    )
    def withdraw(self, *, by, reason):
        self.ground, self.reason, self.ended_at = self.Ground.NOT_CONCLUDED, reason, clock.now()

    # -- running --------------------------------------------------------------------------------

    @transition(
        state,
        source=ContractState.SIGNED,
        target=ContractState.ACTIVE,
        conditions=[guards.term_has_begun],
        permission=also_by_the_clock("contracts.manage_contract"),
        custom=verb(_("Activeren"), consequence=_("Wat de partner aanbiedt, kan door klanten worden gekozen.")),
    )
    def activate(self, *, by):
        self.activated_at = clock.now()

    @transition(
        state,
        source=ContractState.ACTIVE,
        target=ContractState.SUSPENDED,
        conditions=[guards.reason_is_given],
        permission=allowed("contracts.manage_contract"),
        custom=verb(
            _("Schorsen"),
            consequence=_("De partner krijgt geen nieuwe klanten; lopende trajecten gaan voort."),
        ),
    )
    def suspend(self, *, by, reason):
        self.reason = reason

    @transition(
        state,
        source=ContractState.SUSPENDED,
        target=ContractState.ACTIVE,
        conditions=[guards.reason_is_given],
        permission=allowed("contracts.manage_contract"),
        custom=verb(_("Schorsing opheffen"), consequence=_("De partner kan weer gekozen worden.")),
    )
    def resume(self, *, by, reason):
        self.reason = ""

    @transition(
        state,
        source=[ContractState.ACTIVE, ContractState.SUSPENDED],
        target=ContractState.IN_DEFAULT,
        conditions=[guards.reason_is_given],
        permission=allowed("contracts.manage_contract"),
        custom=verb(
            _("In gebreke stellen"),
            consequence=_(
                "De partner leest de vastgestelde tekortkoming en krijgt de tijd om te antwoorden en te herstellen."
            ),
        ),
    )
    def serve_notice_of_default(self, *, by, reason):
        self.reason, self.notice_served_by = reason, by
        self.answer_last_day = timelimits.period_end(
            clock.today(), days=timelimits.days("contract-default-answer-days")
        )

    @transition(
        state,
        source=ContractState.IN_DEFAULT,
        target=ContractState.ACTIVE,
        conditions=[guards.reason_is_given],
        permission=allowed("contracts.manage_contract"),
        custom=verb(_("Herstel vaststellen"), consequence=_("De ingebrekestelling is afgehandeld.")),
    )
    def remedy(self, *, by, reason):
        self.reason, self.notice_served_by, self.answer_last_day = "", None, None

    # -- the end --------------------------------------------------------------------------------

    @transition(
        state,
        source=[
            ContractState.SIGNED,
            ContractState.ACTIVE,
            ContractState.SUSPENDED,
            ContractState.IN_DEFAULT,
        ],
        target=ContractState.TERMINATED,
        conditions=[guards.ground_is_given, guards.partner_could_answer],
        permission=allowed("contracts.terminate_contract"),
        custom=verb(
            _("Beëindigen"),
            consequence=_(
                "Het contract eindigt vandaag; de partner legt een plan voor de warme overdracht van lopende klanten voor."
            ),
            facts=["ground"],
        ),
    )
    def terminate(self, *, by, ground, reason):
        self.ground, self.reason, self.ended_at = ground, reason, clock.now()

    @transition(
        state,
        source=[ContractState.ACTIVE, ContractState.SUSPENDED, ContractState.IN_DEFAULT],
        target=ContractState.EXPIRED,
        conditions=[guards.term_is_over],
        permission=also_by_the_clock("contracts.manage_contract"),
        custom=verb(
            _("Afloop vaststellen"), consequence=_("De looptijd is voorbij; nazorg en afrekening lopen voort.")
        ),
    )
    def expire(self, *, by):
        self.ended_at = clock.now()

    @transition(
        state,
        source=[ContractState.TERMINATED, ContractState.EXPIRED],
        target=ContractState.ARCHIVED,
        conditions=[guards.settlement_is_over],
        permission=allowed("contracts.manage_contract"),
        custom=verb(_("Archiveren"), consequence=_("Het dossier is afgerond; de bewaartermijn loopt.")),
    )
    def archive(self, *, by):
        pass
