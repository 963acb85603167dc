"""Mail that came back: which letter or copy of a message, and what a person did about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models.letters import Letter
from documents.models.messages import Delivery


class ReturnedMailQuerySet(models.QuerySet):
    def unhandled(self):
        return self.filter(handled_at=None)


class ReturnedMail(models.Model):
    """A mail to an organisation that its mail server refused for good: somebody has to reach it in another way.

    Of the report of the mail server only the status code is kept (RFC 3463): its words are a stranger's.
    """

    TOLD_BY_NUMBER = True
    TRAIL_WORDS = {"come_back": _("Mail teruggekomen"), "handle": _("Teruggekomen mail afgehandeld")}

    class Answer(models.TextChoices):
        OTHER_ADDRESS = "other_address", _("naar een ander adres verzonden")
        REGISTERED = "registered", _("aangetekend verzonden")
        TOLD = "told", _("anders meegedeeld")
        NOTHING = "nothing", _("niets nodig")

    dossier = models.CharField(max_length=120, db_index=True)
    letter = models.OneToOneField(Letter, models.PROTECT, null=True, related_name="returned")
    delivery = models.OneToOneField(Delivery, models.PROTECT, null=True, related_name="returned")
    status = models.CharField(_("code van de mailserver"), max_length=12)
    came_back_at = models.DateTimeField(_("teruggekomen"))
    answer = models.CharField(_("wat eraan gedaan is"), max_length=20, choices=Answer, blank=True)
    note = models.TextField(_("toelichting"), blank=True)
    handled_at = models.DateTimeField(_("afgehandeld"), null=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ReturnedMailQuerySet.as_manager()

    class Meta:
        ordering = ["-came_back_at", "-pk"]
        verbose_name = _("teruggekomen mail")
        verbose_name_plural = _("teruggekomen mails")
        constraints = [
            models.CheckConstraint(
                condition=Q(letter=None, delivery__isnull=False) | Q(letter__isnull=False, delivery=None),
                name="returned_mail_is_one_mail",
            ),
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None, answer="", note="")
                | Q(handled_at__isnull=False, handled_by__isnull=False) & ~Q(answer="") & ~Q(note=""),
                name="returned_mail_handling_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.dossier} / {self.pk}"

    def get_absolute_url(self):
        return reverse("documents:returned-mail", args=[self.pk])

    @property
    def is_handled(self) -> bool:
        return self.handled_at is not None

    @property
    def about(self) -> str:
        """The letter's document or the message's title."""
        return str(self.letter.document if self.letter else self.delivery.message)

    @property
    def why(self) -> str:
        """What the code means, in the words of RFC 3463."""
        return _WHY.get(self.status.partition(".")[2].partition(".")[0], _WHY[""])


_WHY = {
    "1": _("Het adres bestaat niet (meer)."),
    "2": _("De mailbox neemt niets aan: vol, gesloten of uitgeschakeld."),
    "3": _("De mailserver van de bestemmeling neemt niets aan."),
    "4": _("De mailserver van de bestemmeling was niet te bereiken."),
    "7": _("De mailserver van de bestemmeling weigert onze mail."),
    "": _("De mail kon niet worden bezorgd."),
}
