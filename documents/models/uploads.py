"""Files that are still coming in: what a broken line left, until its maker goes on with it or a day has passed."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.envelopes import Envelope
from lifecycle import clock

KEPT = dt.timedelta(days=1)


class UploadQuerySet(models.QuerySet):
    def abandoned(self):
        return self.filter(touched_at__lt=clock.now() - KEPT)


class Upload(models.Model):
    """A file on its way into a draft, over as many requests as it takes (documents.envelopes.resumable).

    How much of it came in, the container on disk tells. Its name and size are in `details`, under the content key.
    """

    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="uploads")
    number = models.PositiveIntegerField()
    details = models.BinaryField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    touched_at = models.DateTimeField(db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["envelope", "number"]
        verbose_name = _("onvolledig opgeladen bestand")
        constraints = [models.UniqueConstraint(fields=["envelope", "number"], name="one_upload_per_number")]

    def __str__(self):
        return f"{self.envelope_id} / {self.number}"
