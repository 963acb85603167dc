"""A letter: a document on its way to somebody, with the proof of both sendings."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.documents import Document


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


class Letter(models.Model):
    """The law asks the electronic sending and the registered letter on the same day; periods run from the last one.

    Law of 17 June 2013, art. 9/1: the proof is kept per sending, as it happened, whether or not the days agree.
    """

    TRAIL_WORDS = {
        "owe": _("Brief klaargezet"),
        "send_electronically": _("Elektronisch verzonden"),
        "record_registered_sending": _("Aangetekende zending opgetekend"),
    }
    NAMED_WITH = ("document",)

    document = models.ForeignKey(Document, models.PROTECT, related_name="letters", verbose_name=_("document"))
    # A secret of this letter: who knows it may say that its mail came back.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=120, db_index=True)
    reason = models.SlugField(_("aanleiding"), max_length=40)
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

    objects = LetterQuerySet.as_manager()

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
    def last_sent_at(self):
        """The moment from which periods run: the last of the required sendings; None while one is missing."""
        if not self.is_sent:
            return None
        return max(filter(None, [self.electronic_sent_at, self.registered_sent_at]))
