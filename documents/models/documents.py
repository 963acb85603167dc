"""A document: asked for once, made once, and never changed after that."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from documents import guards, kinds, readers, storage
from documents.models.texts import TemplateVersion
from lifecycle import clock
from lifecycle.models import Recorded, RecordedQuerySet
from lifecycle.steps import allowed, verb


class DocumentState(models.TextChoices):
    REQUESTED = "requested", _("Wordt opgemaakt")
    RENDERED = "rendered", _("Opgemaakt")
    SEALED = "sealed", _("Verzegeld")
    DELIVERED = "delivered", _("Bezorgd")
    FAILED = "failed", _("Mislukt")


READABLE = (DocumentState.SEALED, DocumentState.DELIVERED)
# What a document is made from, and what was made: written once.
REQUEST = (
    "kind number running title template_version_id clauses context context_digest dossier subject trail_head "
    "requested_at addressee".split()
)  # fmt: skip
RESULT = ("rendered_sha256", "sha256", "size", "pages", "fingerprint", "places", "rendered_at", "sealed_at")
KEPT = ("state", *REQUEST, *RESULT)


class DocumentQuerySet(RecordedQuerySet):
    def readable(self):
        """Documents that stand, sealed: what can be downloaded and sent."""
        return self.filter(state__in=READABLE)

    def about(self, subject):
        return self.filter(subject=subject.ref)

    def of_dossier(self, dossier):
        return self.filter(dossier=dossier)

    def owed_by_post(self):
        """Documents with a letter that went out electronically and still has to go by registered post."""
        owed = {"by_registered_post": True, "registered_sent_at": None, "electronic_sent_at__isnull": False}
        owing = self.model.letters.rel.related_model.objects.filter(document=OuterRef("pk"), **owed)
        return self.filter(Exists(owing))

    def public(self):
        """What everybody may read from now on."""
        return self.readable().filter(public_from__lte=clock.now())

    def visible_to(self, user):
        """Everything for who may view documents; else what is public or addressed to an organisation of the user."""
        if user.is_authenticated and user.has_perm("documents.view_document"):
            return self.all()
        readable = Q(public_from__lte=clock.now())
        if user.is_authenticated:
            refs = readers.refs_of(user)
            readable |= Q(addressee__in=refs) | _told_to(refs) | _of_kinds_for(user)
        return self.readable().filter(readable)

    def update(self, **columns):
        if set(columns) & {*REQUEST, *RESULT}:
            msg = "A document never changes."
            raise TypeError(msg)
        return super().update(**columns)

    def delete(self):
        msg = "A document is never deleted here: retention leaves a tombstone."
        raise TypeError(msg)


def _told_to(refs):
    """What was sent to these readers by letter, or enclosed with one: from its sending on they may read it."""
    from documents.models.letters import Letter  # noqa: PLC0415 -- a letter knows its documents

    sent = Letter.objects.filter(recipient__in=refs, electronic_sent_at__isnull=False)
    return Q(pk__in=sent.values("document")) | Q(pk__in=sent.exclude(enclosed=None).values("enclosed"))


def _of_kinds_for(user):
    """What is written for a role rather than for an addressee: a record of opening for who opened."""
    found = Q(pk=None)
    for kind in kinds.registered():
        if kind.subjects_for and (subjects := kind.subjects_for(user)):
            found |= Q(kind=kind.code, subject__in=subjects)
    return found


class Document(Recorded):
    """Requested with a snapshot of its data, rendered, sealed, delivered.

    `subject` is the record it is about, `dossier` the chain of the trail it belongs to, `addressee` the `ref` of the
    organisation that may read it, `trail_head` the head of the dossier's chain when it was requested, which it prints.
    `sha256` is the digest of the sealed file, `rendered_sha256` of what was sealed.
    """

    State = DocumentState
    TONES = {
        DocumentState.REQUESTED: "waiting",
        DocumentState.RENDERED: "waiting",
        DocumentState.SEALED: "good",
        DocumentState.DELIVERED: "good",
        DocumentState.FAILED: "stopped",
    }

    TRAIL_WORDS = {"request": _("Document gevraagd")}

    kind = models.SlugField(_("soort"), max_length=40, db_index=True)
    number = models.CharField(_("nummer"), max_length=60, unique=True)
    running = models.PositiveIntegerField()
    title = models.CharField(_("titel"), max_length=200)
    template_version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="+")
    clauses = models.JSONField(default=dict)
    context = models.JSONField()
    context_digest = models.CharField(max_length=64)
    dossier = models.CharField(max_length=120, db_index=True)
    subject = models.CharField(max_length=120, db_index=True)
    addressee = models.CharField(max_length=120, blank=True, db_index=True)
    trail_head = models.CharField(max_length=90, blank=True)
    state = FSMField(_("toestand"), choices=DocumentState, default=DocumentState.REQUESTED, protected=True)

    requested_at = models.DateTimeField(_("gevraagd op"))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # The first attempt to make it: what the seal says, so that a second attempt makes the same bytes.
    begun_at = models.DateTimeField(null=True)
    rendered_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    public_from = models.DateTimeField(null=True)

    rendered_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, db_index=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    fingerprint = models.JSONField(default=dict)
    # Where the signatures go: see `documents.rendering.Rendered.places`.
    places = models.JSONField(default=list)
    failure = models.CharField(max_length=300, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documenten")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "running"], name="one_document_per_running_number"),
            models.CheckConstraint(condition=Q(state__in=DocumentState.values), name="document_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "failed"]) | Q(rendered_at__isnull=False) & ~Q(rendered_sha256=""),
                name="rendered_document_has_content",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sealed", "delivered"])
                | Q(sealed_at__isnull=False, size__gt=0, pages__gt=0) & ~Q(sha256=""),
                name="sealed_document_has_a_file",
            ),
            models.CheckConstraint(
                condition=~Q(state="delivered") | Q(delivered_at__isnull=False), name="delivered_document_has_a_moment"
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(failure=""), name="failed_document_says_why"),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    @classmethod
    def from_db(cls, *args):
        record = super().from_db(*args)
        record.__dict__["_read"] = {name: record.__dict__[name] for name in KEPT if name in record.__dict__}
        return record

    def save(self, **options):
        """Refuses to change what the document was made from, and, once it is sealed, what was made."""
        read = getattr(self, "_read", None)
        if read is not None:
            fixed = (*REQUEST, *RESULT) if read.get("state") in READABLE else REQUEST
            changed = [name for name in fixed if name in read and read[name] != getattr(self, name)]
            if changed:
                msg = f"Document {self.number} never changes: {', '.join(changed)}."
                raise TypeError(msg)
        super().save(**options)
        self._read = {name: self.__dict__[name] for name in KEPT if name in self.__dict__}

    def delete(self, **options):
        msg = "A document is never deleted here: retention leaves a tombstone."
        raise TypeError(msg)

    def get_absolute_url(self):
        return reverse("documents:document", kwargs={"pk": self.pk})

    @property
    def download_url(self):
        return reverse("documents:document-download", kwargs={"pk": self.pk})

    @property
    def kind_title(self):
        return kinds.kind_of(self.kind).title if kinds.is_registered(self.kind) else self.kind

    def is_told_to(self, refs) -> bool:
        """Whether it was sent to one of these readers by letter, or enclosed with one."""
        sent = {"recipient__in": refs, "electronic_sent_at__isnull": False}
        return self.is_ready and (self.letters.filter(**sent).exists() or self.enclosed_with.filter(**sent).exists())

    @property
    def addressees(self) -> str:
        """Who gets it by letter, in words; lists prefetch `letters`."""
        return ", ".join(letter.name for letter in self.letters.all())

    @property
    def dated_at(self):
        """The moment that it speaks from, which it prints: when it was asked for, not when the machine was done with it."""
        return max(self.requested_at, self.public_from) if self.public_from else self.requested_at

    @property
    def is_ready(self) -> bool:
        """Sealed: it can be downloaded and sent."""
        return self.state in READABLE

    @property
    def is_failed(self) -> bool:
        return self.state == DocumentState.FAILED

    @property
    def is_being_made(self) -> bool:
        return not self.is_ready and not self.is_failed

    @property
    def is_public(self) -> bool:
        return self.public_from is not None and self.public_from <= clock.now()

    @property
    def file(self):
        """Where the sealed PDF lies; `file.read_bytes()`."""
        return storage.path_of(self.sha256)

    @property
    def dossier_number(self) -> str:
        """The number of its dossier, which its own begins with."""
        return self.number.rsplit("-", 2)[0]

    @property
    def file_name(self) -> str:
        return f"{self.number}.pdf"

    # -- its life: made by the system, tried again by a person ------------------------------------

    @transition(
        state,
        source=DocumentState.REQUESTED,
        target=DocumentState.RENDERED,
        permission=allowed(None),
        custom=verb(_("Opmaken"), facts=["rendered_sha256"]),
    )
    def render(self, *, by, rendered_sha256, pages, fingerprint, places=()):
        self.rendered_sha256, self.pages, self.fingerprint = rendered_sha256, pages, fingerprint
        self.places = list(places)
        self.rendered_at = clock.now()

    @transition(
        state,
        source=DocumentState.RENDERED,
        target=DocumentState.SEALED,
        conditions=[guards.nothing_was_sealed],
        permission=allowed(None),
        custom=verb(_("Verzegelen"), facts=["sha256"]),
    )
    def seal(self, *, by, sha256, size):
        self.sha256, self.size = sha256, size
        self.sealed_at = clock.now()

    @transition(
        state,
        source=DocumentState.SEALED,
        target=DocumentState.DELIVERED,
        permission=allowed(None),
        custom=verb(_("Bezorgen")),
    )
    def deliver(self, *, by):
        self.delivered_at = clock.now()

    @transition(
        state,
        source=DocumentState.REQUESTED,
        target=DocumentState.FAILED,
        permission=allowed(None),
        custom=verb(_("Opmaak opgeven")),
    )
    def give_up(self, *, by, failure):
        self.failure = failure[:300]

    @transition(
        state,
        source=DocumentState.FAILED,
        target=DocumentState.REQUESTED,
        conditions=[guards.nothing_was_sealed],
        permission=allowed("documents.retry_document"),
        custom=verb(
            _("Opnieuw opmaken"),
            consequence=_(
                "Het document wordt opnieuw opgemaakt uit dezelfde gegevens en dezelfde versie van de tekst."
            ),
            action="documents.retry_document",
        ),
    )
    def retry(self, *, by):
        self.failure = ""
        self.attempt += 1
