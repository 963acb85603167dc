"""Notices: dispatched outside the system, recorded here with their proof; the legal minima run from the dispatch."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents import storage
from documents.models import Correction
from lifecycle import clock
from lifecycle.models import WrittenOnce, WrittenOnceQuerySet, ref
from procurement.models.procedures import Procedure


class NoticeSubtype(models.TextChoices):
    """The forms of the eForms standard that exist for a concession (SDK 1.15.1)."""

    PRIOR_INFORMATION_LIGHT = "14", _("14: vooraankondiging als oproep, licht regime")
    CONCESSION = "19", _("19: aankondiging van concessie, volledig regime")
    EX_ANTE = "28", _("28: vrijwillige transparantie vooraf")
    AWARD_FULL = "32", _("32: gegunde concessie, volledig regime")
    AWARD_LIGHT = "35", _("35: gegunde concessie, licht regime")
    MODIFICATION = "40", _("40: wijziging van een concessie tijdens de looptijd")


CALLS = (NoticeSubtype.PRIOR_INFORMATION_LIGHT, NoticeSubtype.CONCESSION)


class SubtypeChoice(models.Model):
    """The subtype of the call, confirmed by legal staff: never inferred from the regime; the last choice counts."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="subtype_choices")
    subtype = models.CharField(
        _("subtype"), max_length=2, choices=[(each.value, each.label) for each in NoticeSubtype if each in CALLS]
    )
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["-confirmed_at", "-pk"]

    def __str__(self):
        return f"{self.procedure.number}: {self.subtype}"

    @classmethod
    def of(cls, procedure):
        """The choice that counts, or None."""
        return cls.objects.filter(procedure=procedure).select_related("confirmed_by").first()


class NoticeQuerySet(WrittenOnceQuerySet):
    def in_force(self):
        """What was not superseded by a corrected entry."""
        return self.filter(superseded_by=None)

    def visible_to(self, user):
        return self.filter(procedure__in=Procedure.objects.visible_to(user))


class Notice(WrittenOnce):
    """One notice as it left, on the word of who recorded it. Written once: a wrong entry is superseded by the next one.

    `whole_day`: only the day of the dispatch is known. Its publication comes days later and is filled in once. The proof can
    be anything that somebody uploaded: it lies under its digest, is never parsed or shown, only handed out as a download.
    """

    class Kind(models.TextChoices):
        CALL = "call", _("oproep")
        CHANGE = "change", _("wijziging van de oproep")
        EX_ANTE = "ex_ante", _("transparantie vooraf")
        AWARD = "award", _("resultaat")
        MODIFICATION = "modification", _("wijziging tijdens de looptijd")

    TRAIL_WORDS = {
        "record": _("Aankondiging opgetekend"),
        "record_publication": _("Publicatie opgetekend"),
        "record_corrected": _("Verbeterde aankondiging opgetekend"),
    }
    NAMED_WITH = ("procedure",)
    WRITTEN_ONCE = tuple("procedure_id kind subtype number dispatched_at whole_day supersedes_id recorded_at".split())

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="notices")
    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    subtype = models.CharField(_("subtype"), max_length=2, choices=NoticeSubtype, blank=True)
    number = models.CharField(_("nummer"), max_length=60)
    dispatched_at = models.DateTimeField(_("verzonden op"))
    whole_day = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    correction = models.OneToOneField(Correction, models.PROTECT, null=True, related_name="+")

    publication_number = models.CharField(_("publicatienummer"), max_length=60, blank=True)
    published_on = models.DateField(_("gepubliceerd op"), null=True)
    publication_recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proof_sha256 = models.CharField(max_length=64, blank=True)
    proof_size = models.PositiveIntegerField(default=0)
    proof_type = models.CharField(max_length=3, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["procedure", "dispatched_at", "pk"]
        verbose_name = _("aankondiging")
        verbose_name_plural = _("aankondigingen")
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="notice_has_a_number"),
            models.CheckConstraint(
                condition=Q(supersedes=None, correction=None) | Q(supersedes__isnull=False, correction__isnull=False),
                name="notice_is_superseded_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(published_on=None, publication_number="", publication_recorded_by=None)
                | Q(published_on__isnull=False, publication_recorded_by__isnull=False) & ~Q(publication_number=""),
                name="notice_publication_is_whole",
            ),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(kind="call", supersedes=None), name="one_call_notice_per_procedure"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    @property
    def ref(self) -> str:
        return ref(self)

    @property
    def dossier(self):
        return self.procedure.ref

    def get_absolute_url(self):
        return reverse("notice", args=[self.pk])

    @property
    def dispatched(self):
        """The moment of the dispatch, or its day where no more is known."""
        return clock.local_date(self.dispatched_at) if self.whole_day else self.dispatched_at

    @property
    def dispatched_on(self):
        """The day that periods run from."""
        return clock.local_date(self.dispatched_at)

    @property
    def is_in_force(self) -> bool:
        return not hasattr(self, "superseded_by")

    def read_proof(self) -> bytes:
        return storage.read(self.proof_sha256)

    @property
    def proof_name(self) -> str:
        return f"{self.procedure.number}-aankondiging-{self.pk}.{self.proof_type}"
