"""The copies that a partner hands in: each is kept with its verdict, only a valid one counts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.contracts import Contract
from documents import storage
from documents.models import Document


class SignedCopyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(contract__in=Contract.objects.visible_to(user))


class SignedCopy(models.Model):
    """An uploaded file, judged against the document that was issued; the file lies under its digest in the media folder.

    `signers`: who signed behind the issued document, as the certificates say, without the numbers of persons in them.
    `reasons`: in Dutch, everything for which it was refused.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="signed_copies")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    valid = models.BooleanField(_("aanvaard"))
    signers = models.JSONField(default=list)
    reasons = models.JSONField(default=list)

    objects = SignedCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("ondertekend exemplaar")
        verbose_name_plural = _("ondertekende exemplaren")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid=True, reasons=[]) & ~Q(signers=[]) | Q(valid=False) & ~Q(reasons=[]),
                name="signed_copy_verdict_is_whole",
            )
        ]

    def __str__(self):
        return f"{self.contract.number} {self.sha256[:8]}"

    @property
    def signer_names(self) -> str:
        return ", ".join(signer["name"] for signer in self.signers)

    def read(self) -> bytes:
        return storage.read(self.sha256)
