"""The call: an Open House scheme for one flanking action, open to everybody who meets its conditions."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from admission import guards
from catalogue.models import Product
from lifecycle import clock, timelimits
from lifecycle.models import Recorded, RecordedQuerySet
from lifecycle.steps import allowed, also_by_the_clock, verb
from lifecycle.trail import canonical


class CallState(models.TextChoices):
    DRAFT = "draft", _("Ontwerp")
    IN_REVIEW = "in_review", _("Ter goedkeuring")
    APPROVED = "approved", _("Goedgekeurd")
    PUBLISHED = "published", _("Open")
    PAUSED = "paused", _("Onderbroken voor iedereen")
    CLOSING_ANNOUNCED = "closing_announced", _("Open, sluiting aangekondigd")
    CLOSED = "closed", _("Gesloten voor aanvragen")
    ENDED = "ended", _("Beëindigd")


class CallQuerySet(RecordedQuerySet):
    def public(self):
        """What anyone may see: everything from its publication on."""
        return self.exclude(state__in=Call.INTERNAL)

    def visible_to(self, user):
        internal = user.is_authenticated and user.has_perm("admission.view_internal_call")
        return self.all() if internal else self.public()

    def running(self):
        return self.filter(state__in=Call.RUNNING)

    def taking_applications(self):
        """Calls to which anybody may apply today."""
        today = clock.today()
        return self.filter(state__in=Call.TAKING, open_from__lte=today, apply_until__gte=today)


class Call(Recorded):
    """Conditions published in advance, binary, for everybody, during the whole term; nobody is compared or capped."""

    State = CallState
    INTERNAL = (CallState.DRAFT, CallState.IN_REVIEW, CallState.APPROVED)
    TAKING = (CallState.PUBLISHED, CallState.CLOSING_ANNOUNCED)
    RUNNING = (CallState.PUBLISHED, CallState.PAUSED, CallState.CLOSING_ANNOUNCED, CallState.CLOSED)
    TONES = {
        CallState.IN_REVIEW: "waiting",
        CallState.APPROVED: "waiting",
        CallState.PUBLISHED: "good",
        CallState.PAUSED: "stopped",
        CallState.CLOSING_ANNOUNCED: "waiting",
    }
    TRAIL_WORDS = {
        "create": _("Oproep aangemaakt"),
        "edit": _("Oproep aangepast"),
        "conditions_published": _("Voorwaarden vastgelegd en bekendgemaakt"),
    }

    number = models.CharField(_("nummer"), max_length=20, unique=True)
    title_nl = models.CharField(_("titel"), max_length=200)
    title_en = models.CharField(_("titel (Engels)"), max_length=200, blank=True)
    summary_nl = models.TextField(_("omschrijving"))
    summary_en = models.TextField(_("omschrijving (Engels)"), blank=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("flankerende actie"))
    open_from = models.DateField(_("open vanaf"))
    open_until = models.DateField(_("looptijd tot en met"))
    starts_on = models.DateField(_("dienstverlening vanaf"))
    state = FSMField(_("toestand"), choices=CallState, default=CallState.DRAFT, protected=True)

    # The last day to apply: published with the call, and moved only by announcing that it closes for everybody.
    apply_until = models.DateField(_("aanvragen tot en met"), null=True)
    published_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_digest = models.CharField(max_length=64, blank=True)
    checklist_signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checklist_signed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reden"), blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("oproep")
        verbose_name_plural = _("oproepen")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="call_state_is_known"),
            models.CheckConstraint(
                condition=Q(open_until__gt=F("open_from")),
                name="call_ends_after_it_opens",
                violation_error_message=_("De oproep moet eindigen na de dag waarop ze opengaat."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("open_until")),
                name="call_services_start_within_term",
                violation_error_message=_("De dienstverlening begint na het einde van de looptijd."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("submitted_by")), name="call_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(checklist_signed_by=None) | ~Q(checklist_signed_by=F("submitted_by")),
                name="call_checklist_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in_review", "approved"])
                | Q(published_at__isnull=False, apply_until__isnull=False, checklist_signed_at__isnull=False),
                name="published_call_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def title(self):
        return (get_language() == "en" and self.title_en) or self.title_nl

    @property
    def summary(self):
        return (get_language() == "en" and self.summary_en) or self.summary_nl

    def get_absolute_url(self):
        return reverse("call", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.state not in self.INTERNAL

    @property
    def is_running(self) -> bool:
        return self.state in self.RUNNING

    @property
    def takes_applications(self) -> bool:
        """Whether anybody may apply at this legal moment."""
        day = clock.today()
        return self.state in self.TAKING and self.open_from <= day <= self.apply_until

    @cached_property
    def first_version(self):
        return self.versions.filter(number=1).first()

    def version_in_force(self, on=None):
        """The conditions that hold on a day, for everybody alike."""
        return self.versions.published().filter(applies_from__lte=on or clock.today()).order_by("-number").first()

    def newest_version(self):
        """The last one published, also when its transition still runs."""
        return self.versions.published().order_by("-number").first()

    def content_digest(self) -> str:
        """A digest of everything that is approved: what is published must be exactly this."""
        names = ("number", "title_nl", "title_en", "summary_nl", "summary_en", "open_from", "open_until", "starts_on")
        data = {name: str(getattr(self, name)) for name in names}
        version = self.versions.filter(number=1).first()
        data |= {"product": self.product.code, "conditions": version.content_digest() if version else ""}
        return hashlib.sha256(canonical(data)).hexdigest()

    # -- preparing ------------------------------------------------------------------------------

    @transition(
        state,
        source=CallState.DRAFT,
        target=CallState.IN_REVIEW,
        conditions=[guards.has_conditions, guards.has_fees_and_agreement, guards.term_is_ahead],
        permission=allowed("admission.manage_call"),
        custom=verb(
            _("Ter goedkeuring voorleggen"),
            consequence=_(
                "De jurist en de beslissingsnemer krijgen de oproep; tot hun beslissing verandert er niets aan."
            ),
        ),
    )
    def submit_for_review(self, *, by):
        self.submitted_by, self.submitted_digest = by, self.content_digest()

    @transition(
        state,
        source=[CallState.IN_REVIEW, CallState.APPROVED],
        target=CallState.DRAFT,
        conditions=[guards.reason_is_given],
        permission=allowed("admission.return_call"),
        custom=verb(
            _("Terugsturen"),
            consequence=_("De aankoper kan de oproep weer aanpassen; checklist en goedkeuring vervallen."),
        ),
    )
    def return_to_draft(self, *, by, reason):
        self.submitted_by, self.submitted_digest, self.reason = None, "", reason
        self.checklist_signed_by = self.checklist_signed_at = self.approved_by = self.approved_at = None

    @transition(
        state,
        source=CallState.IN_REVIEW,
        target=CallState.IN_REVIEW,
        conditions=[guards.every_item_is_confirmed, guards.call_is_unchanged],
        permission=allowed("admission.sign_checklist"),
        custom=verb(
            _("Checklist Open House ondertekenen"),
            consequence=_(
                "U bevestigt dat VDAB in deze oproep niet kiest; zonder deze checklist is er geen bekendmaking."
            ),
            facts=["items"],
        ),
    )
    def sign_checklist(self, *, by, items):
        self.checklist_signed_by, self.checklist_signed_at = by, clock.now()

    @transition(
        state,
        source=CallState.IN_REVIEW,
        target=CallState.APPROVED,
        conditions=[guards.checklist_is_signed, guards.call_is_unchanged],
        permission=allowed("admission.approve_call"),
        custom=verb(_("Goedkeuren"), consequence=_("De aankoper kan de oproep bekendmaken.")),
    )
    def approve(self, *, by):
        self.approved_by, self.approved_at = by, clock.now()

    @transition(
        state,
        source=CallState.APPROVED,
        target=CallState.PUBLISHED,
        conditions=[guards.checklist_is_signed, guards.call_is_unchanged, guards.term_is_ahead],
        permission=allowed("admission.publish_call"),
        custom=verb(
            _("Bekendmaken"),
            consequence=_(
                "De voorwaarden, de vergoedingen en de overeenkomst staan vast en zijn voor iedereen te lezen."
            ),
            action="admission.publish_call",
        ),
    )
    def publish(self, *, by):
        days = timelimits.days("admission-decision-days")
        self.published_at, self.reason = clock.now(), ""
        self.apply_until = timelimits.last_day_before(self.open_until, days=days)

    # -- running --------------------------------------------------------------------------------

    @transition(
        state,
        source=CallState.PUBLISHED,
        target=CallState.PAUSED,
        conditions=[guards.reason_is_given],
        permission=allowed("admission.manage_call"),
        custom=verb(
            _("Onderbreken"),
            consequence=_("Niemand kan een aanvraag indienen tot de oproep wordt hervat; de reden is openbaar."),
        ),
    )
    def pause(self, *, by, reason):
        self.reason = reason

    @transition(
        state,
        source=CallState.PAUSED,
        target=CallState.PUBLISHED,
        permission=allowed("admission.manage_call"),
        custom=verb(_("Hervatten"), consequence=_("Iedereen kan weer aanvragen.")),
    )
    def resume(self, *, by):
        self.reason = ""

    @transition(
        state,
        source=CallState.PUBLISHED,
        target=CallState.CLOSING_ANNOUNCED,
        conditions=[guards.reason_is_given, guards.closing_leaves_the_notice, guards.closing_comes_sooner],
        permission=allowed("admission.manage_call"),
        custom=verb(
            _("Sluiting aankondigen"),
            consequence=_("De laatste dag om aan te vragen staat dan vast, voor iedereen; de reden is openbaar."),
        ),
    )
    def announce_closing(self, *, by, apply_until, reason):
        self.apply_until, self.reason = apply_until, reason

    @transition(
        state,
        source=[CallState.PUBLISHED, CallState.PAUSED, CallState.CLOSING_ANNOUNCED],
        target=CallState.CLOSED,
        conditions=[guards.applying_is_over],
        permission=also_by_the_clock("admission.manage_call"),
        custom=verb(
            _("Sluiten voor aanvragen"),
            consequence=_("De laatste dag is voorbij; toegelaten partners werken voort tot het einde van de looptijd."),
        ),
    )
    def close(self, *, by):
        pass

    @transition(
        state,
        source=CallState.CLOSED,
        target=CallState.ENDED,
        conditions=[guards.term_is_over, guards.every_application_is_decided],
        permission=allowed("admission.manage_call"),
        custom=verb(
            _("Beëindigen"),
            consequence=_("Alle toelatingen van deze oproep vervallen met het einde van de looptijd."),
            action="admission.end_call",
        ),
    )
    def end(self, *, by):
        self.ended_at = clock.now()
