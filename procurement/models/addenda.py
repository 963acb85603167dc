"""Addenda: what was changed of what had been published, dated and numbered; a published one never changes again."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from documents.models import Document
from lifecycle import clock
from lifecycle.models import Recorded, RecordedQuerySet
from lifecycle.steps import allowed, verb
from procurement import guards, rectifying
from procurement.models.outages import Outage
from procurement.models.procedures import Procedure

PERSON = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "null": True, "related_name": "+"}


class AddendumQuerySet(RecordedQuerySet):
    def visible_to(self, user):
        if user.is_authenticated and user.has_perm("procurement.view_internal_procedure"):
            return self
        return self.published()

    def published(self):
        return self.filter(state=Addendum.State.PUBLISHED)

    def to_confirm(self):
        """What a submission that was made before it has to be confirmed after."""
        return self.published().filter(kind=Addendum.Kind.RECTIFICATION).exclude(phase="")


class Addendum(Recorded):
    """A change of what was published, told to everybody at once (act of 17 June 2016, arts 45 and 46, § 4).

    `changes` says per field what stood there and what stands there now (see `procurement.rectifying`); `phase` is that of
    the submissions which could still come in then, empty between two phases.
    """

    class Kind(models.TextChoices):
        RECTIFICATION = "rectification", _("Rectificatie")
        EXTENSION = "extension", _("Verlenging")
        OUTAGE = "outage", _("Verlenging na een storing")

    class State(models.TextChoices):
        DRAFT = "draft", _("Ontwerp")
        PUBLISHED = "published", _("Bekendgemaakt")
        DROPPED = "dropped", _("Niet bekendgemaakt")

    TONES = {State.DRAFT: "waiting", State.PUBLISHED: "good", State.DROPPED: "stopped"}
    NAMED_WITH = ("procedure",)
    TRAIL_WORDS = {"draft": _("Addendum opgesteld"), "edit": _("Ontwerp van addendum aangepast")}

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="addenda")
    kind = models.CharField(_("soort"), max_length=14, choices=Kind, default=Kind.RECTIFICATION)
    number = models.PositiveSmallIntegerField(_("nummer"), null=True)
    phase = models.SlugField(_("fase"), max_length=40, blank=True)
    title = models.CharField(_("titel"), max_length=120)
    reason = models.TextField(_("reden"))
    text = models.TextField(_("toelichting"), blank=True)
    changes = models.JSONField(default=list, blank=True)
    old_deadline = models.DateTimeField(_("vorige uiterste datum"), null=True)
    new_deadline = models.DateTimeField(_("nieuwe uiterste datum"), null=True)
    questions_move = models.BooleanField(_("de termijn om vragen te stellen schuift mee"), default=True)
    old_questions_until = models.DateTimeField(_("vragen konden tot"), null=True)
    new_questions_until = models.DateTimeField(_("vragen kunnen tot"), null=True)
    # Dates of the timetable that moved along, as sentences.
    replanned = models.JSONField(default=list, blank=True)
    outage = models.ForeignKey(Outage, models.PROTECT, null=True, related_name="addenda")
    state = FSMField(_("toestand"), choices=State, default=State.DRAFT, protected=True)

    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    published_by = models.ForeignKey(**PERSON)
    published_at = models.DateTimeField(null=True)
    # What stood published after it, by digest.
    content_digest = models.CharField(max_length=64, blank=True)
    drop_reason = models.TextField(_("waarom het niet bekendgemaakt werd"), blank=True)

    objects = AddendumQuerySet.as_manager()

    class Meta:
        ordering = ["procedure", F("number").asc(nulls_last=True), "pk"]
        verbose_name = _("addendum")
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="one_addendum_per_number"),
            models.CheckConstraint(
                condition=Q(state="published", number__isnull=False, published_at__isnull=False)
                | ~Q(state="published") & Q(number=None, published_at=None, published_by=None),
                name="addendum_publication_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind="rectification") | Q(published_by=None) | ~Q(published_by=F("drafted_by")),
                name="addendum_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(new_deadline=None) | Q(new_deadline__gt=F("old_deadline")),
                name="addendum_moves_a_deadline_later",
            ),
            models.CheckConstraint(
                condition=Q(old_questions_until=None, new_questions_until=None)
                | Q(new_questions_until__gt=F("old_questions_until")),
                name="addendum_moves_questions_later",
            ),
            models.CheckConstraint(
                condition=Q(kind="outage", outage__isnull=False) | ~Q(kind="outage") & Q(outage=None),
                name="addendum_names_its_outage",
            ),
        ]

    def __str__(self):
        return f"{self.procedure.number} {self.name}"

    @property
    def name(self):
        """`Addendum 2: Gewichten van de criteria`; a draft has no number yet."""
        if self.number is None:
            return _("Ontwerp van addendum: %(title)s") % {"title": self.title}
        return _("Addendum %(number)s: %(title)s") % {"number": self.number, "title": self.title}

    @property
    def dossier(self):
        return self.procedure.ref

    def get_absolute_url(self):
        return reverse("addendum", args=[self.pk])

    @property
    def documents(self):
        return Document.objects.filter(subject=self.ref)

    def move_questions(self, move):
        """Keep until when questions can be asked from now on, where that changes."""
        if move and move.new > move.old:
            self.old_questions_until, self.new_questions_until = move.old, move.new

    def still_fits(self) -> bool:
        return rectifying.still_fits(self.procedure, self.changes)

    @property
    def touches_the_notice(self) -> bool:
        """Whether the official notice says something that this changes, so that one of change belongs to it (art. 46, § 4)."""
        return self.new_deadline is not None or any(
            change["part"] not in {"criterion", "sub_criterion"} for change in self.changes
        )

    # -- its verbs ------------------------------------------------------------------------------

    @transition(
        state,
        source=State.DRAFT,
        target=State.PUBLISHED,
        conditions=[
            guards.procedure_can_be_rectified,
            guards.addendum_is_of_this_phase,
            guards.addendum_says_what_changes,
            guards.changes_still_fit,
            guards.rectified_parts_may_change,
            guards.rectified_deadline_is_ahead,
            guards.rectified_deadline_moves_later,
            guards.rectified_deadline_leaves_the_minimum,
            guards.rectification_leaves_the_days,
        ],
        permission=allowed("procurement.publish_addendum"),
        custom=verb(
            _("Addendum bekendmaken"),
            consequence=_(
                "De wijziging geldt meteen. Iedereen die zich kenbaar maakte krijgt bericht, en wie al indiende, bevestigt "
                "of vervangt zijn inzending."
            ),
            action="procurement.publish_addendum",
        ),
    )
    def publish(self, *, by, number):
        self._publish(by, number)

    @transition(
        state,
        source=State.DRAFT,
        target=State.PUBLISHED,
        permission=allowed("procurement.publish_extension"),
        custom=verb(
            _("Verlenging bekendmaken"),
            action=[
                "procurement.extend_deadline",
                "procurement.confirm_outage",
                "procurement.set_questions_deadline",
            ],
            offered=False,
        ),
    )
    def publish_extension(self, *, by, number):
        self._publish(by, number)

    def _publish(self, by, number):
        self.number, self.published_by, self.published_at = number, by, clock.now()

    @transition(
        state,
        source=State.DRAFT,
        target=State.DROPPED,
        conditions=[guards.reason_is_given],
        permission=allowed("procurement.drop_addendum"),
        custom=verb(
            _("Niet bekendmaken"), consequence=_("Het ontwerp blijft in het dossier staan en verandert niets.")
        ),
    )
    def drop(self, *, by, reason):
        self.drop_reason = reason
