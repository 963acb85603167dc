"""Offers: one per application, lot and round; sealed until the opening."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.rules import is_staff_member
from documents.models import Envelope
from lifecycle import clock
from lifecycle.models import RecordedQuerySet
from lifecycle.steps import allowed, verb
from partners.models import Participant
from procurement import guards
from procurement.models.applications import Application, without_conflict
from procurement.models.lots import Lot
from procurement.models.requirements import AwardCriterion
from procurement.models.submissions import CLOSE, CLOSED, CONFIRM, Submission, confirmation_is_whole


class OfferQuerySet(RecordedQuerySet):
    def visible_to(self, user):
        """The makers' own, at any time; for staff without a conflict, what was opened."""
        if not user.is_authenticated:
            return self.none()
        own = Q(application__participant__in=Participant.objects.of(user))
        if not user.has_perm("procurement.view_submissions"):
            return self.filter(own)
        opened = Q(state__in=Offer.OPENED_STATES) & Q(without_conflict(user, "lot__procedure"))
        return self.filter(own | opened)

    def submitted(self):
        return self.filter(state=Offer.State.SUBMITTED)

    def opened(self):
        return self.filter(state__in=Offer.OPENED_STATES)

    def last_of_each_tenderer(self):
        """The opened offer of the latest round of each tenderer for a lot."""
        later = Offer.objects.opened().filter(
            application=OuterRef("application"), lot=OuterRef("lot"), round__gt=OuterRef("round")
        )
        return self.opened().exclude(Exists(later))


class Offer(Submission):
    """One tenderer's offer for one lot in one round."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Niet ingediend")
        SUBMITTED = "submitted", _("Ingediend, verzegeld")
        WITHDRAWN = "withdrawn", _("Ingetrokken")
        CLOSED = "closed", CLOSED
        OPENED = "opened", _("Geopend")
        REGULAR = "regular", _("Regelmatig")
        IRREGULAR = "irregular", _("Onregelmatig")
        EVALUATED = "evaluated", _("Beoordeeld")
        AWARDED = "awarded", _("Gegund")
        NOT_AWARDED = "not_awarded", _("Niet gegund")

    SEALED_STATES = (State.DRAFT, State.SUBMITTED, State.WITHDRAWN, State.CLOSED)
    OPENED_STATES = (
        State.OPENED,
        State.REGULAR,
        State.IRREGULAR,
        State.EVALUATED,
        State.AWARDED,
        State.NOT_AWARDED,
    )
    TONES = {
        State.DRAFT: "stopped",
        State.SUBMITTED: "good",
        State.OPENED: "waiting",
        State.REGULAR: "waiting",
        State.IRREGULAR: "stopped",
        State.EVALUATED: "waiting",
        State.AWARDED: "good",
        State.NOT_AWARDED: "stopped",
    }

    # What the house found; its maker reads it in the letter about the award, with the reasons.
    UNTOLD = (State.REGULAR, State.IRREGULAR, State.EVALUATED, State.AWARDED, State.NOT_AWARDED)
    NAMED_WITH = ("application__participant", "lot__product", "lot__area")
    TRAIL_WORDS = {
        "start": _("Offerte begonnen"),
        "sealed": _("Verzegeld"),
        "late_attempt": _("Te late poging tot indienen"),
    }

    # What must be answered before it is submitted.
    QUESTIONS = ("capacity",)

    application = models.ForeignKey(Application, models.PROTECT, related_name="offers")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="offers")
    round = models.PositiveSmallIntegerField(_("ronde"), default=1)
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    state = FSMField(_("toestand"), choices=State, default=State.DRAFT, protected=True)

    answered = models.BooleanField(default=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    capacity = models.PositiveIntegerField(_("aangeboden capaciteit (trajecten per jaar)"), null=True)
    judgement = models.TextField(_("motivering van de regelmatigheid"), blank=True)
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=2, null=True)
    evaluated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["lot", "round", "pk"]
        verbose_name = _("offerte")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "lot", "round"], condition=~Q(state="withdrawn"), name="one_running_offer"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="offer_submission_is_whole",
            ),
            confirmation_is_whole("offer_confirmation_is_whole"),
        ]

    def __str__(self):
        return f"{self.participant} – {self.lot}"

    def state_told(self, user):
        hidden = self.state in self.UNTOLD and not is_staff_member(user) and not self.lot.is_told
        return self.State.OPENED if hidden else self.state

    @property
    def participant(self):
        return self.application.participant

    @property
    def standing(self) -> tuple:
        """What ranks it: its score, then its points on the criteria from the first one on."""
        return (self.score, *(each.points for each in self.scores.all()))

    @property
    def procedure(self):
        return self.lot.procedure

    @property
    def dossier(self):
        return self.lot.dossier

    def get_absolute_url(self):
        return reverse("offer", args=[self.pk])

    @property
    def phase(self) -> str:
        return f"offers-{self.round}"

    # -- the maker ------------------------------------------------------------------------------

    @transition(
        state,
        source=State.DRAFT,
        target=State.SUBMITTED,
        conditions=[
            guards.procedure_takes_offers,
            guards.offers_deadline_is_ahead,
            guards.maker_is_selected,
            guards.answers_are_complete,
            guards.envelope_holds_files,
        ],
        permission=allowed("procurement.sign_submission"),
        custom=verb(
            _("Indienen"),
            consequence=_(
                "De offerte wordt verzegeld: niemand kan ze lezen voor de opening. Tot de uiterste datum kunt u ze intrekken "
                "en een nieuwe indienen."
            ),
            action="procurement.submit_offer",
        ),
    )
    def submit(self, *, by):
        self.submitted_by, self.submitted_at = by, clock.now()

    @transition(
        state,
        source=[State.DRAFT, State.SUBMITTED],
        target=State.WITHDRAWN,
        conditions=[guards.procedure_takes_offers, guards.offers_deadline_is_ahead],
        permission=allowed("procurement.sign_submission"),
        custom=verb(
            _("Intrekken"),
            consequence=_("De inhoud wordt nooit geopend. U kunt tot de uiterste datum een nieuwe offerte indienen."),
            action="procurement.withdraw_offer",
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
        conditions=[guards.offers_deadline_is_past],
        permission=allowed("procurement.open_submissions"),
        custom=verb(
            _("Openen"), consequence=_("De inhoud wordt leesbaar."), action="procurement.open_tenders", offered=False
        ),
    )
    def open(self, *, by, capacity=None):
        self.capacity = capacity

    @transition(
        state,
        source=State.OPENED,
        target=State.REGULAR,
        conditions=[guards.procedure_is_in_evaluation],
        permission=allowed("procurement.evaluate_offer"),
        custom=verb(_("Regelmatig verklaren"), consequence=_("De offerte wordt inhoudelijk beoordeeld.")),
    )
    def declare_regular(self, *, by):
        pass

    @transition(
        state,
        source=State.OPENED,
        target=State.IRREGULAR,
        conditions=[guards.procedure_is_in_evaluation, guards.reason_is_given],
        permission=allowed("procurement.evaluate_offer"),
        custom=verb(
            _("Onregelmatig verklaren"),
            consequence=_("De offerte komt niet in aanmerking; de reden staat in de brief."),
        ),
    )
    def declare_irregular(self, *, by, reason):
        self.judgement = reason

    @transition(
        state,
        source=State.REGULAR,
        target=State.EVALUATED,
        conditions=[guards.procedure_is_in_evaluation, guards.every_criterion_is_scored],
        permission=allowed("procurement.evaluate_offer"),
        custom=verb(
            _("Beoordelen"),
            consequence=_("De scores staan vast en tellen voor de rangschikking."),
            action="procurement.evaluate_offer",
        ),
    )
    def evaluate(self, *, by, score):
        self.evaluated_by, self.score = by, score

    @transition(
        state,
        source=State.EVALUATED,
        target=State.AWARDED,
        permission=allowed("procurement.decide_award"),
        custom=verb(_("Gunnen"), action="procurement.decide_award", offered=False),
    )
    def award(self, *, by):
        pass

    @transition(
        state,
        source=[State.EVALUATED, State.IRREGULAR, State.REGULAR, State.OPENED],
        target=State.NOT_AWARDED,
        permission=allowed("procurement.decide_award"),
        custom=verb(_("Niet gunnen"), action=("procurement.decide_award", "procurement.decline_award"), offered=False),
    )
    def not_award(self, *, by):
        pass

    @transition(
        state,
        source=[State.AWARDED, State.NOT_AWARDED],
        target=State.OPENED,
        permission=allowed("procurement.decide_award"),
        custom=verb(_("Beoordeling hernemen"), action="procurement.retract_award", offered=False),
    )
    def reopen(self, *, by):
        self.score = self.evaluated_by = None


class CriterionScore(models.Model):
    """The panel's score of one offer on one criterion, out of 100, with its reasons."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(AwardCriterion, models.PROTECT, related_name="+")
    points = models.DecimalField(
        _("punten op 100"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    reasons = models.TextField(_("motivering"))

    class Meta:
        ordering = ["criterion__rank"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "criterion"], name="one_score_per_criterion"),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=100), name="score_out_of_100"),
            models.CheckConstraint(condition=~Q(reasons=""), name="score_has_reasons"),
        ]

    def __str__(self):
        return f"{self.criterion.rank}: {self.points}"
