"""The words of legal staff: templates and clauses, in versions that are approved by a second person and never change."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from documents import guards, kinds, language
from lifecycle import clock
from lifecycle.actors import is_system
from lifecycle.models import Recorded, RecordedQuerySet, ref
from lifecycle.steps import allowed, verb


class TextState(models.TextChoices):
    DRAFT = "draft", _("Ontwerp")
    APPROVED = "approved", _("Goedgekeurd")
    RETIRED = "retired", _("Vervangen")


class TextVersionQuerySet(RecordedQuerySet):
    def approved(self):
        return self.filter(state=TextState.APPROVED)

    def drafts(self):
        return self.filter(state=TextState.DRAFT)

    def visible_to(self, user):
        return self.all() if user.has_perm("documents.view_template") else self.none()


class TextVersion(Recorded):
    """One version of a text. A draft can still be written; from its approval on it never changes.

    What the house brings along has no author and no approver: it was approved when it was released.
    """

    State = TextState
    TONES = {TextState.DRAFT: "waiting", TextState.APPROVED: "good", TextState.RETIRED: "quiet"}

    TRAIL_WORDS = {"bring_along": _("Meegeleverd"), "draft": _("Ontwerp geschreven")}

    number = models.PositiveIntegerField(_("versie"))
    language = models.CharField(_("taal"), max_length=2, choices=[("nl", _("Nederlands"))], default="nl")
    body = models.TextField(_("tekst"))
    state = FSMField(_("toestand"), choices=TextState, default=TextState.DRAFT, protected=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = TextVersionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-number"]

    def __str__(self):
        return f"{self.text} v{self.number}"

    @classmethod
    def from_db(cls, *args):
        record = super().from_db(*args)
        record.__dict__["_read"] = (record.__dict__.get("state"), record.__dict__.get("body"))
        return record

    def save(self, **options):
        state, body = getattr(self, "_read", (TextState.DRAFT, None))
        if state != TextState.DRAFT and body != self.body:
            msg = f"{self} was approved: write a new version."
            raise TypeError(msg)
        super().save(**options)
        self._read = (self.state, self.body)

    @property
    def dossier(self):
        return ref(self.text)

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.body.encode()).hexdigest()

    @property
    def is_draft(self) -> bool:
        return self.state == TextState.DRAFT

    def clean(self):
        faults = self.faults()
        if faults:
            raise ValidationError({"body": [str(fault) for fault in faults]})

    @transition(
        state,
        source=TextState.DRAFT,
        target=TextState.APPROVED,
        conditions=[guards.text_is_sound],
        permission=allowed("documents.approve_template"),
        custom=verb(
            _("Goedkeuren"),
            consequence=_("Vanaf nu gebruiken nieuwe documenten deze versie; de vorige wordt vervangen."),
            action="documents.approve_text",
        ),
    )
    def approve(self, *, by):
        self.approved_by = None if is_system(by) else by
        self.approved_at = clock.now()

    @transition(
        state,
        source=TextState.APPROVED,
        target=TextState.RETIRED,
        permission=allowed("documents.approve_template"),
        custom=verb(_("Vervangen"), action="documents.approve_text", offered=False),
    )
    def retire(self, *, by):
        """Existing documents keep this version; new ones get the next."""


def _constraints(text):
    """What the database refuses about versions of a text; abstract constraints cannot name their foreign key."""
    return [
        models.UniqueConstraint(fields=[text, "number"], name=f"one_{text}_version_per_number"),
        models.UniqueConstraint(fields=[text], condition=Q(state="approved"), name=f"one_approved_{text}_version"),
        models.CheckConstraint(condition=Q(state__in=TextState.values), name=f"{text}_version_state_is_known"),
        models.CheckConstraint(
            condition=Q(approved_by=None) | ~Q(approved_by=models.F("author")), name=f"{text}_needs_two_people"
        ),
        models.CheckConstraint(
            condition=Q(state="draft", approved_at=None) | ~Q(state="draft") & Q(approved_at__isnull=False),
            name=f"{text}_approved_at_goes_with_state",
        ),
    ]


class Template(models.Model):
    """The text of one kind of document."""

    kind = models.SlugField(_("soort document"), max_length=40, unique=True)
    name = models.CharField(_("naam"), max_length=120)

    class Meta:
        verbose_name = _("sjabloon")
        verbose_name_plural = _("sjablonen")
        ordering = ["name"]

    def __str__(self):
        return str(self.name)


class TemplateVersion(TextVersion):
    """A body in the template language, over the closed context of its kind."""

    template = models.ForeignKey(Template, models.PROTECT, related_name="versions", verbose_name=_("sjabloon"))

    class Meta(TextVersion.Meta):
        verbose_name = _("versie van een sjabloon")
        constraints = _constraints("template")

    @property
    def text(self):
        return self.template

    @property
    def label(self) -> str:
        """How a document names the version that it was made with."""
        return f"{self.template.kind} v{self.number}"

    def get_absolute_url(self):
        return reverse("documents:template-version", kwargs={"pk": self.pk})

    def faults(self):
        """What is wrong with the body: against its kind, its clauses, and tried out on the kind's example."""
        kind = kinds.kind_of(self.template.kind)
        bodies = ClauseVersion.bodies()
        return language.check(self.body, kind.schema, bodies.keys()) or language.try_out(
            self.body, kinds.example_of(kind), bodies
        )


class Clause(models.Model):
    """A text that several templates share, such as the remedies."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("titel"), max_length=120)

    class Meta:
        verbose_name = _("clausule")
        verbose_name_plural = _("clausules")
        ordering = ["code"]

    def __str__(self):
        return str(self.title)


class ClauseVersion(TextVersion):
    """A body in the template language, over the context of every kind whose template uses the clause."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="versions", verbose_name=_("clausule"))

    class Meta(TextVersion.Meta):
        verbose_name = _("versie van een clausule")
        constraints = _constraints("clause")

    @property
    def text(self):
        return self.clause

    def get_absolute_url(self):
        return reverse("documents:clause-version", kwargs={"pk": self.pk})

    @classmethod
    def bodies(cls) -> dict[str, str]:
        """The texts of the clauses in force, by code."""
        return dict(cls.objects.approved().values_list("clause__code", "body"))

    def faults(self):
        """What is wrong with the body, in each kind whose template in force uses the clause (or else in every kind)."""
        approved = TemplateVersion.objects.approved().values_list("template__kind", "body")
        users = [kind for kind, body in approved if self.clause.code in language.clauses_in(body)]
        found = [
            language.check(self.body, kind.schema, clause_itself=True)
            or language.try_out(self.body, kinds.example_of(kind), {})
            for kind in kinds.registered()
            if not users or kind.code in users
        ]
        if not users and any(not faults for faults in found):
            return []
        return sorted({fault for faults in found for fault in faults})
