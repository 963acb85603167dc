"""A letter: a document on its way to somebody, with the proof of both sendings."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from documents.models.corrections import Correction
from documents.models.documents import Document
from lifecycle.models import ref


class LetterQuerySet(models.QuerySet):
    def about(self, subject):
        """The letters about a record, oldest first."""
        return self.filter(subject=subject.ref).order_by("pk")

    def unsent(self):
        """Letters of which a sending that is required has no proof yet."""
        return self.filter(Q(electronic_sent_at=None) | Q(by_registered_post=True, registered_sent_at=None))

    def to_register(self):
        """Letters that a person still has to send by registered post."""
        return self.filter(by_registered_post=True, registered_sent_at=None)


class LetterManager(models.Manager.from_queryset(LetterQuerySet)):
    """Reads with each letter the sending that a second person confirmed instead of the one that was recorded first."""

    def get_queryset(self):
        subject = Concat(Value("documents.letter:"), Cast(OuterRef("pk"), CharField()))
        last = Correction.objects.that_count().filter(subject=subject).order_by("-running")
        return (
            super()
            .get_queryset()
            .annotate(
                corrected_sent_at=Subquery(last.values("moment")[:1]),
                corrected_number=Subquery(last.values("number")[:1]),
            )
        )


class Letter(models.Model):
    """The law asks the electronic sending and the registered letter on the same day; periods run from the last one.

    Law of 17 June 2013, art. 9/1: the proof is kept per sending, as it happened, whether or not the days agree. What was
    recorded wrongly stays as it was written: the corrections (`documents.correcting`) say what counts instead.
    """

    TRAIL_WORDS = {
        "owe": _("Brief klaargezet"),
        "send_electronically": _("Elektronisch verzonden"),
        "record_registered_sending": _("Aangetekende zending opgetekend"),
    }
    NAMED_WITH = ("document",)

    document = models.ForeignKey(Document, models.PROTECT, related_name="letters", verbose_name=_("document"))
    # What goes along in the same mail and the same envelope, and is told by it: a reasoned decision.
    enclosed = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="enclosed_with", verbose_name=_("bijlage")
    )
    # A secret of this letter: who knows it may say that its mail came back.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=120, db_index=True)
    reason = models.SlugField(_("aanleiding"), max_length=40)
    # The ref of the party that it is for, whose members may read what was sent to it.
    recipient = models.CharField(max_length=120, blank=True, db_index=True)
    name = models.CharField(_("bestemmeling"), max_length=200)
    email = models.EmailField(_("e-mailadres"))
    address = models.TextField(_("postadres"), blank=True)
    by_registered_post = models.BooleanField(_("ook aangetekend"), default=True)
    owed_at = models.DateTimeField(_("verschuldigd sinds"))
    owed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    electronic_sent_at = models.DateTimeField(_("elektronisch verzonden"), null=True)
    message_id = models.CharField(max_length=200, blank=True)
    sent_sha256 = models.CharField(max_length=64, blank=True)
    registered_sent_at = models.DateTimeField(_("aangetekend verzonden"), null=True)
    registered_number = models.CharField(_("nummer van de aangetekende zending"), max_length=60, blank=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    registered_recorded_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(_("gelezen"), null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = LetterManager()

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("brieven")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(electronic_sent_at=None, message_id="", sent_sha256="")
                | Q(electronic_sent_at__isnull=False) & ~Q(message_id="") & ~Q(sent_sha256=""),
                name="electronic_sending_is_proved",
            ),
            models.CheckConstraint(
                condition=Q(
                    registered_sent_at=None, registered_number="", registered_by=None, registered_recorded_at=None
                )
                | Q(
                    registered_sent_at__isnull=False,
                    registered_by__isnull=False,
                    registered_recorded_at__gte=models.F("registered_sent_at"),
                )
                & ~Q(registered_number=""),
                name="registered_sending_is_proved",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                name="letter_reading_is_whole",
            ),
            models.UniqueConstraint(
                fields=["registered_number"],
                condition=~Q(registered_number=""),
                name="one_letter_per_registered_number",
            ),
        ]

    def __str__(self):
        return f"{self.document.number} / {self.name}"

    @property
    def dossier(self):
        return self.document.dossier

    @property
    def is_sent(self) -> bool:
        """Every sending that is required has its proof."""
        return self.electronic_sent_at is not None and (
            not self.by_registered_post or self.registered_sent_at is not None
        )

    @property
    def registration(self) -> dict | None:
        """The registered sending that counts: its number and moment, and whether a correction says so."""
        if self.registered_sent_at is None:
            return None
        number, sent_at = self._corrected()
        first = {"number": self.registered_number, "sent_at": self.registered_sent_at, "corrected": False}
        return {"number": number, "sent_at": sent_at, "corrected": True} if sent_at else first

    def _corrected(self):
        """What the manager read along; for a letter that came by another way (a foreign key) it is asked for."""
        if "corrected_sent_at" not in self.__dict__:
            last = Correction.objects.that_count().filter(subject=ref(self)).order_by("-running").first()
            self.corrected_number, self.corrected_sent_at = (last.number, last.moment) if last else (None, None)
        return self.corrected_number, self.corrected_sent_at

    @property
    def last_sent_at(self):
        """The moment from which periods run: the last of the required sendings; None while one is missing."""
        return self.last_sent_if(self.registration and self.registration["sent_at"])

    def last_sent_if(self, registered_sent_at):
        """The same, had the registered letter been posted at this moment."""
        if not self.is_sent:
            return None
        return max(filter(None, [self.electronic_sent_at, registered_sent_at]))
