"""A message: one text told to many at once, and what happened to each copy of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models.documents import Document


class MessageQuerySet(models.QuerySet):
    def counted(self):
        """With the numbers of its copies, in the same query: how many there are, left, came back, and were read."""
        copies = {"owed": Q(), "sent": Q(deliveries__sent_at__isnull=False)}
        copies |= {"came_back": Q(deliveries__bounced_at__isnull=False), "read": Q(deliveries__read_at__isnull=False)}
        copies |= {"to_subscribers": Q(deliveries__recipient="")}
        # The usual order, said aloud: Django forgets it where rows are counted along.
        return self.annotate(
            **{f"copies_{name}": models.Count("deliveries", filter=which) for name, which in copies.items()}
        ).order_by("-owed_at", "-pk")

    def sent_to(self, refs):
        """The messages of which these organisations got a copy."""
        return self.filter(pk__in=Delivery.objects.filter(recipient__in=refs).values("message"))


class Message(models.Model):
    """What everybody concerned was told, word for word; the copies are its `deliveries`.

    Unlike a letter it starts no period by itself and goes by electronic mail alone. `subject` is the ref of the record
    that it is about, `reason` the code of the fact that caused it, `path` the page where the reader finds the rest.
    """

    NAMED_WITH = ()
    TRAIL_WORDS = {"owe": _("Bericht aan alle betrokkenen")}

    dossier = models.CharField(max_length=120, db_index=True)
    subject = models.CharField(max_length=120, db_index=True)
    reason = models.SlugField(_("aanleiding"), max_length=40)
    title = models.CharField(_("onderwerp"), max_length=200)
    body = models.TextField(_("tekst"))
    path = models.CharField(max_length=200)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    owed_at = models.DateTimeField(_("verschuldigd sinds"))
    owed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-owed_at", "-pk"]
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("documents:message", args=[self.pk])


class Delivery(models.Model):
    """One copy of a message: to whom, when it left, whether it came back, and who read it in the portal.

    `recipient` is the ref of the organisation that it is for; empty for a subscriber, of whom nothing else is known and whose
    address is erased in time.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.CharField(max_length=120, blank=True, db_index=True)
    name = models.CharField(_("bestemmeling"), max_length=200, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    # The way out that every mail to a subscriber carries.
    leave_path = models.CharField(max_length=200, blank=True)

    sent_at = models.DateTimeField(_("verzonden"), null=True)
    mail_id = models.CharField(max_length=200, blank=True)
    bounced_at = models.DateTimeField(_("teruggekomen"), null=True)
    bounce = models.CharField(_("waarom het terugkwam"), max_length=300, blank=True)
    read_at = models.DateTimeField(_("gelezen"), null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("zending")
        verbose_name_plural = _("zendingen")
        constraints = [
            models.UniqueConstraint(
                fields=["message", "recipient", "email"], condition=~Q(email=""), name="one_copy_per_reader"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, mail_id="") | Q(sent_at__isnull=False) & ~Q(mail_id=""),
                name="delivery_is_proved",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                name="delivery_reading_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.message} / {self.name or self.email}"
