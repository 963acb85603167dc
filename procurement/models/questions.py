"""Questions about a procedure: asked by a candidate, answered to all at once, never with the name of who asked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.rules import is_staff_member
from documents.models import Document
from lifecycle import clock
from lifecycle.models import Recorded, RecordedQuerySet
from lifecycle.steps import allowed, verb
from partners.models import Membership, Organisation
from procurement import guards
from procurement.models.procedures import Procedure
from procurement.models.question_terms import PHASES, QuestionPhase, phase_of, terms_of


class QuestionAsker(models.Model):
    """Who asks in one procedure, under a number that says nothing: drawn at random, not in the order of arrival.

    What links an organisation to its questions stands here and nowhere else; no page of the authority reads it.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "organisation"], name="one_number_per_asker"),
            models.UniqueConstraint(fields=["procedure", "number"], name="one_asker_per_number"),
        ]

    def __str__(self):
        return f"{self.procedure.number} / {self.number}"


class QuestionRound(models.Model):
    """Answers that were published together, with the list that was made of them (nota van inlichtingen)."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="question_rounds")
    number = models.PositiveSmallIntegerField(_("nummer"))
    phase = models.CharField(_("fase"), max_length=12, choices=QuestionPhase)
    published_at = models.DateTimeField(_("bekendgemaakt op"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["procedure", "number"]
        verbose_name = _("nota van inlichtingen")
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="question_round_number"),
            models.CheckConstraint(condition=Q(phase__in=QuestionPhase.values), name="question_round_phase"),
        ]

    def __str__(self):
        return str(_("Nota van inlichtingen %(number)s") % {"number": self.number})


class QuestionState(models.TextChoices):
    ASKED = "asked", _("Gesteld")
    ANSWERED = "answered", _("Antwoord ontworpen")
    CHECKED = "checked", _("Antwoord nagezien")
    PUBLISHED = "published", _("Bekendgemaakt")
    CONFIDENTIAL = "confidential", _("Vertrouwelijk gesteld")
    ACCEPTED = "accepted", _("Vertrouwelijkheid aanvaard")
    ANSWERED_ALONE = "answered_alone", _("Vertrouwelijk beantwoord")
    SENT_BACK = "sent_back", _("Teruggestuurd")
    WITHDRAWN = "withdrawn", _("Ingetrokken")


# What waits for the authority.
WAITING = (
    QuestionState.ASKED,
    QuestionState.ANSWERED,
    QuestionState.CHECKED,
    QuestionState.CONFIDENTIAL,
    QuestionState.ACCEPTED,
)


class QuestionQuerySet(RecordedQuerySet):
    def visible_to(self, user):
        """The questions of one's own organisations; for staff all of them, whoever asked. The public reads `published`."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("procurement.view_questions"):
            return self.all()
        return self.asked_by_those_of(user)

    def asked_by_those_of(self, user):
        if not user.is_authenticated:
            return self.none()
        own = Membership.objects.current().filter(user=user).values("organisation")
        return self.filter(asker__organisation__in=own)

    def published(self):
        return self.filter(state=QuestionState.PUBLISHED)

    def unanswered(self):
        return self.filter(state__in=WAITING)

    def unanswered_in_time(self):
        """What was asked in time in the phase that runs now and got no answer yet; a late question is never taken in."""
        running = Q()
        for state, phase in PHASES.items():
            running |= Q(procedure__state=state, phase=phase)
        return self.unanswered().filter(running)

    def ready(self):
        """Answers that a second person saw: what the next round will hold."""
        return self.filter(state=QuestionState.CHECKED)


class Question(Recorded):
    """One question. `text` is what was asked, word for word; `wording` what everybody reads of it."""

    State = QuestionState
    Phase = QuestionPhase

    TONES = {
        State.ASKED: "waiting",
        State.ANSWERED: "waiting",
        State.CHECKED: "waiting",
        State.PUBLISHED: "good",
        State.CONFIDENTIAL: "waiting",
        State.ACCEPTED: "waiting",
        State.ANSWERED_ALONE: "good",
        State.SENT_BACK: "stopped",
    }
    WAITING = WAITING
    # What the authority is working on; the asker hears of it when it is done.
    UNTOLD = (State.ANSWERED, State.CHECKED, State.ACCEPTED)
    TRAIL_WORDS = {"ask": _("Vraag gesteld")}
    # Nobody reads in a history who did this, the authority neither.
    UNNAMED = dict.fromkeys(["ask", "ask_openly", "withdraw"], _("De vraagsteller"))
    NAMED_WITH = ("procedure",)

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="questions")
    phase = models.CharField(_("fase"), max_length=12, choices=QuestionPhase)
    asker = models.ForeignKey(QuestionAsker, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("gesteld op"))
    about = models.CharField(_("stuk en bladzijde"), max_length=200, blank=True)
    text = models.TextField(_("vraag"))
    confidential = models.BooleanField(_("vertrouwelijk"), default=False)
    motive = models.TextField(_("motief van de vertrouwelijkheid"), blank=True)
    state = FSMField(_("toestand"), choices=QuestionState, default=QuestionState.ASKED, protected=True)

    sent_back_reason = models.TextField(_("waarom teruggestuurd"), blank=True)
    wording = models.TextField(_("vraag zoals iedereen ze leest"), blank=True)
    answer = models.TextField(_("antwoord"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("beantwoord op"), null=True)
    return_reason = models.TextField(_("wat anders moet"), blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    round = models.ForeignKey(QuestionRound, models.PROTECT, null=True, related_name="questions")
    number = models.PositiveIntegerField(_("nummer"), null=True)
    told_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["procedure", "pk"]
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="question_number"),
            models.CheckConstraint(condition=Q(phase__in=QuestionPhase.values), name="question_phase"),
            models.CheckConstraint(condition=Q(confidential=False) | ~Q(motive=""), name="confidential_has_a_motive"),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("answered_by")), name="answer_four_eyes"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "checked", "published", "accepted", "answered_alone"])
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="answer_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(round__isnull=False, number__gte=1, checked_by__isnull=False) & ~Q(wording=""),
                name="published_question_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent_back") | ~Q(sent_back_reason=""), name="sent_back_has_a_reason"
            ),
        ]

    def __str__(self):
        return str(_("%(procedure)s, vraag %(number)s") % {"procedure": self.procedure.number, "number": self.pk})

    @property
    def dossier(self):
        return self.procedure.ref

    def get_absolute_url(self):
        return reverse("question", args=[self.pk])

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the procedure: `v12`."""
        return f"v{self.number}"

    @property
    def terms(self):
        return terms_of(self.procedure, self.phase)

    @property
    def is_of_the_running_phase(self) -> bool:
        return phase_of(self.procedure) == self.phase

    @property
    def is_edited(self) -> bool:
        """Whether everybody reads other words than those that were asked."""
        return bool(self.wording) and self.wording != self.text

    @property
    def is_told(self) -> bool:
        """Whether who asked may read the answer."""
        return self.state in (self.State.PUBLISHED, self.State.ANSWERED_ALONE)

    def state_told(self, user):
        if self.state not in self.UNTOLD or is_staff_member(user):
            return self.state
        return self.State.CONFIDENTIAL if self.state == self.State.ACCEPTED else self.State.ASKED

    # -- answered to all ------------------------------------------------------------------------

    @transition(
        state,
        source=[State.ASKED, State.ANSWERED, State.CHECKED],
        target=State.ANSWERED,
        conditions=[guards.phase_takes_questions, guards.answer_is_written],
        permission=allowed("procurement.answer_question"),
        custom=verb(
            _("Antwoord ontwerpen"),
            consequence=_("Een tweede persoon ziet vraag en antwoord na. Tot de bekendmaking leest niemand anders ze."),
        ),
    )
    def draft_answer(self, *, by, wording, answer):
        self.wording, self.answer, self.answered_by, self.answered_at = wording, answer, by, clock.now()
        self.checked_by, self.checked_at, self.return_reason = None, None, ""

    @transition(
        state,
        source=State.ANSWERED,
        target=State.CHECKED,
        conditions=[guards.phase_takes_questions],
        permission=allowed("procurement.check_answer"),
        custom=verb(
            _("Antwoord goedkeuren"), consequence=_("Het antwoord staat klaar voor de volgende nota van inlichtingen.")
        ),
    )
    def approve_answer(self, *, by):
        self.checked_by, self.checked_at = by, clock.now()

    @transition(
        state,
        source=State.ANSWERED,
        target=State.ASKED,
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.check_answer"),
        custom=verb(_("Antwoord terugsturen"), consequence=_("De aankoper schrijft een ander antwoord.")),
    )
    def return_answer(self, *, by, reason):
        self.return_reason = reason

    @transition(
        state,
        source=State.CHECKED,
        target=State.PUBLISHED,
        conditions=[guards.phase_takes_questions, guards.answer_reaches_all_in_time],
        permission=allowed("procurement.publish_answers"),
        custom=verb(_("Antwoord bekendmaken"), action="procurement.publish_answers", offered=False),
    )
    def publish(self, *, by, number, in_round):
        self.number, self.round = number, in_round

    # -- asked confidentially -------------------------------------------------------------------

    @transition(
        state,
        source=State.CONFIDENTIAL,
        target=State.ACCEPTED,
        conditions=[guards.phase_takes_questions, guards.answer_is_written],
        permission=allowed("procurement.answer_question"),
        custom=verb(
            _("Vertrouwelijkheid aanvaarden"),
            consequence=_("Een tweede persoon ziet het antwoord na; daarna leest alleen de vraagsteller het."),
        ),
    )
    def accept_confidentiality(self, *, by, answer):
        self.answer, self.answered_by, self.answered_at, self.return_reason = answer, by, clock.now(), ""

    @transition(
        state,
        source=State.ACCEPTED,
        target=State.CONFIDENTIAL,
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.check_answer"),
        custom=verb(
            _("Aanvaarding terugsturen"), consequence=_("De aankoper aanvaardt opnieuw of stuurt de vraag terug.")
        ),
    )
    def return_acceptance(self, *, by, reason):
        self.return_reason = reason

    @transition(
        state,
        source=State.ACCEPTED,
        target=State.ANSWERED_ALONE,
        conditions=[guards.phase_takes_questions, guards.answer_reaches_all_in_time],
        permission=allowed("procurement.check_answer"),
        custom=verb(
            _("Vertrouwelijk antwoorden"),
            consequence=_("De vraagsteller leest het antwoord en krijgt een bericht. Niemand anders krijgt het."),
            action="procurement.answer_alone",
        ),
    )
    def answer_alone(self, *, by):
        self.checked_by, self.checked_at = by, clock.now()

    @transition(
        state,
        source=State.CONFIDENTIAL,
        target=State.SENT_BACK,
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.answer_question"),
        custom=verb(
            _("Terugsturen naar de vraagsteller"),
            consequence=_("De vraagsteller leest waarom, en stelt de vraag openlijk of trekt ze in."),
            action="procurement.send_back_question",
        ),
    )
    def send_back(self, *, by, reason):
        self.sent_back_reason = reason

    # -- the asker ------------------------------------------------------------------------------

    @transition(
        state,
        source=State.SENT_BACK,
        target=State.ASKED,
        conditions=[guards.phase_takes_questions, guards.answer_reaches_all_in_time],
        permission=allowed("procurement.ask_question"),
        custom=verb(
            _("Openlijk stellen"),
            consequence=_("De vraag wordt aan iedereen beantwoord, zonder te zeggen wie ze stelde."),
        ),
    )
    def ask_openly(self, *, by, text, about):
        self.text, self.about, self.confidential = text, about, False

    @transition(
        state,
        source=[State.ASKED, State.CONFIDENTIAL, State.SENT_BACK],
        target=State.WITHDRAWN,
        permission=allowed("procurement.ask_question"),
        custom=verb(_("Vraag intrekken"), consequence=_("De vraag wordt niet beantwoord.")),
    )
    def withdraw(self, *, by):
        pass
