"""The conditions of a call, in versions: published as a whole, frozen, and equal for everybody."""

import functools
import hashlib

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from admission import guards
from admission.models.calls import Call, CallState
from lifecycle import clock
from lifecycle.models import Recorded, RecordedQuerySet
from lifecycle.steps import allowed, verb
from lifecycle.trail import canonical


class PublishedIsFixed(TypeError):
    """What was approved or published does not change: draft a new version, with a transition equal for all."""


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Ontwerp")
    APPROVED = "approved", _("Goedgekeurd")
    PUBLISHED = "published", _("Bekendgemaakt")


class VersionQuerySet(RecordedQuerySet):
    def published(self):
        return self.filter(state=VersionState.PUBLISHED)

    def editable(self):
        """Drafts; the first version only while its call is a draft too."""
        first = Q(number=1) & ~Q(call__state=CallState.DRAFT)
        return self.filter(state=VersionState.DRAFT).exclude(first)

    def visible_to(self, user):
        internal = user.is_authenticated and user.has_perm("admission.view_internal_call")
        return self.all() if internal else self.published()

    def update(self, **columns):
        raise PublishedIsFixed

    def delete(self):
        raise PublishedIsFixed


class ConditionsVersion(Recorded):
    """All conditions with their evidence, the fees and the text of the agreement, under one digest."""

    State = VersionState
    TONES = {VersionState.APPROVED: "waiting", VersionState.PUBLISHED: "good"}
    NAMED_WITH = ("call",)
    TRAIL_WORDS = {"edit": _("Voorwaarden aangepast"), "create": _("Nieuwe versie aangemaakt")}
    CONTENT = ("agreement_nl", "notice_days", "number", "call_id")
    PUBLICATION = ("published_at", "applies_from")
    REMEMBERED = ("state", "digest", *CONTENT, *PUBLICATION)

    call = models.ForeignKey(Call, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("versie"), default=1, validators=[MinValueValidator(1)])
    agreement_nl = models.TextField(_("tekst van de overeenkomst"), blank=True)
    notice_days = models.PositiveSmallIntegerField(_("opzegtermijn van de partner (dagen)"), default=60)
    state = FSMField(_("toestand"), choices=VersionState, default=VersionState.DRAFT, protected=True)

    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("bekendgemaakt op"), null=True)
    applies_from = models.DateField(_("geldt vanaf"), null=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["call", "-number"]
        verbose_name = _("versie van de voorwaarden")
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="one_version_per_number"),
            models.CheckConstraint(condition=Q(state__in=VersionState.values), name="version_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(published_at__isnull=False, applies_from__isnull=False) & ~Q(digest=""),
                name="published_version_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")), name="version_four_eyes"
            ),
            models.UniqueConstraint(
                fields=["call"], condition=~Q(state="published"), name="one_version_in_preparation"
            ),
        ]

    def __str__(self):
        return f"{self.call.number} v{self.number}"

    @classmethod
    def from_db(cls, *args):
        record = super().from_db(*args)
        record._remember(record.__dict__.get)  # noqa: SLF001 -- a record of this very class
        return record

    def _remember(self, value_of):
        self._read = {name: value_of(name) for name in self.REMEMBERED}

    def save(self, **options):
        """Refuses to change what was published, whoever asks."""
        read = getattr(self, "_read", None)
        fixed = {None: (), VersionState.DRAFT: (), VersionState.PUBLISHED: (*self.CONTENT, "digest", *self.PUBLICATION)}
        for name in fixed.get(read and read["state"], self.CONTENT):
            if read[name] != getattr(self, name):
                raise PublishedIsFixed
        super().save(**options)
        self._remember(functools.partial(getattr, self))

    def delete(self, **options):
        raise PublishedIsFixed

    @property
    def dossier(self):
        return self.call.ref

    @property
    def is_editable(self) -> bool:
        return self.state == VersionState.DRAFT and (self.number > 1 or self.call.state == CallState.DRAFT)

    @property
    def is_published(self) -> bool:
        return self.state == VersionState.PUBLISHED

    def get_absolute_url(self):
        return reverse("conditions-version", args=[self.pk])

    def as_data(self) -> dict:
        """Everything that is published of this version, as plain data."""
        return {
            "call": self.call.number,
            "version": self.number,
            "conditions": [condition.as_data() for condition in self.conditions.all()],
            "fees": [fee.as_data() for fee in self.fees.all()],
            "agreement": self.agreement_nl,
            "notice_days": self.notice_days,
        }

    def content_digest(self) -> str:
        return hashlib.sha256(canonical(self.as_data())).hexdigest()

    @property
    def is_unchanged(self) -> bool:
        """Whether what stands here is what was fixed by digest."""
        return bool(self.digest) and self.digest == self.content_digest()

    # -- the first version goes with its call; later ones are approved and published on their own ---

    @transition(
        state,
        source=VersionState.DRAFT,
        target=VersionState.PUBLISHED,
        conditions=[guards.version_is_whole],
        permission=allowed("admission.publish_call"),
        custom=verb(_("Met de oproep bekendmaken"), action="admission.publish_call", offered=False),
    )
    def publish_with_call(self, *, by, applies_from):
        self.digest, self.published_at, self.applies_from = self.content_digest(), clock.now(), applies_from

    @transition(
        state,
        source=VersionState.DRAFT,
        target=VersionState.APPROVED,
        conditions=[guards.call_is_running, guards.version_is_whole, guards.version_is_the_latest],
        permission=allowed("admission.approve_conditions"),
        custom=verb(_("Goedkeuren"), consequence=_("De nieuwe voorwaarden staan vast en kunnen worden bekendgemaakt.")),
    )
    def approve(self, *, by):
        self.approved_by, self.digest = by, self.content_digest()

    @transition(
        state,
        source=VersionState.APPROVED,
        target=VersionState.DRAFT,
        conditions=[guards.reason_is_given],
        permission=allowed("admission.manage_call"),
        custom=verb(_("Terug naar ontwerp"), consequence=_("De goedkeuring vervalt.")),
    )
    def return_to_draft(self, *, by, reason):
        self.approved_by, self.digest = None, ""

    @transition(
        state,
        source=VersionState.APPROVED,
        target=VersionState.PUBLISHED,
        conditions=[guards.call_is_running, guards.version_is_unchanged, guards.transition_is_long_enough],
        permission=allowed("admission.publish_call"),
        custom=verb(
            _("Nieuwe voorwaarden bekendmaken"),
            consequence=_(
                "Ze gelden voor nieuwe en voor toegelaten partners vanaf dezelfde dag; partners die ze niet bevestigen, "
                "verliezen dan hun toelating."
            ),
            action="admission.publish_version",
        ),
    )
    def publish(self, *, by, applies_from):
        self.published_at, self.applies_from = clock.now(), applies_from


class FixedWithVersionQuerySet(models.QuerySet):
    """Rows of a version: changed one by one, so that each is asked whether its version is still a draft."""

    def update(self, **columns):
        raise PublishedIsFixed

    def delete(self):
        raise PublishedIsFixed

    def bulk_update(self, *args, **options):
        raise PublishedIsFixed


class FixedWithVersion(models.Model):
    """A row that can only be written while its version is a draft."""

    objects = FixedWithVersionQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **options):
        self._refuse_once_fixed()
        super().save(**options)

    def delete(self, **options):
        self._refuse_once_fixed()
        return super().delete(**options)

    def _refuse_once_fixed(self):
        if not ConditionsVersion.objects.filter(pk=self.version_id).editable().exists():
            raise PublishedIsFixed


class Condition(FixedWithVersion):
    """One condition that is met or not met, with the evidence asked for it. Shown in the order of its code."""

    class Proof(models.TextChoices):
        DECLARATION = "declaration", _("Verklaring op eer")
        DOCUMENT = "document", _("Verklaring en bewijsstuk")

    version = models.ForeignKey(ConditionsVersion, models.CASCADE, related_name="conditions")
    code = models.SlugField(_("code"), max_length=10)
    title_nl = models.CharField(_("naam"), max_length=120)
    title_en = models.CharField(_("naam (Engels)"), max_length=120, blank=True)
    text_nl = models.TextField(_("voorwaarde"))
    text_en = models.TextField(_("voorwaarde (Engels)"), blank=True)
    evidence_nl = models.TextField(_("gevraagd bewijs"))
    evidence_en = models.TextField(_("gevraagd bewijs (Engels)"), blank=True)
    proof = models.CharField(_("vorm van het bewijs"), max_length=12, choices=Proof, default=Proof.DOCUMENT)

    class Meta:
        ordering = ["version", "code"]
        verbose_name = _("toelatingsvoorwaarde")
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="admission_condition_code")]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def title(self):
        return (get_language() == "en" and self.title_en) or self.title_nl

    @property
    def text(self):
        return (get_language() == "en" and self.text_en) or self.text_nl

    @property
    def evidence(self):
        return (get_language() == "en" and self.evidence_en) or self.evidence_nl

    def as_data(self) -> dict:
        names = ("code", "title_nl", "title_en", "text_nl", "text_en", "evidence_nl", "evidence_en", "proof")
        return {name: str(getattr(self, name)) for name in names}


class Fee(FixedWithVersion):
    """What is paid, the same for everybody: not negotiated."""

    version = models.ForeignKey(ConditionsVersion, models.CASCADE, related_name="fees")
    name_nl = models.CharField(_("vergoeding"), max_length=200)
    name_en = models.CharField(_("vergoeding (Engels)"), max_length=200, blank=True)
    amount = models.DecimalField(_("bedrag (EUR, exclusief btw)"), max_digits=10, decimal_places=2)
    basis_nl = models.CharField(_("wanneer"), max_length=200)
    basis_en = models.CharField(_("wanneer (Engels)"), max_length=200, blank=True)

    class Meta:
        ordering = ["version", "pk"]
        verbose_name = _("vergoeding")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="fee_is_positive")]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return (get_language() == "en" and self.name_en) or self.name_nl

    @property
    def basis(self):
        return (get_language() == "en" and self.basis_en) or self.basis_nl

    def as_data(self) -> dict:
        return {"name": self.name_nl, "amount": f"{self.amount:.2f}", "basis": self.basis_nl}
