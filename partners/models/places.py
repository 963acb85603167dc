"""Belgian municipalities and postcodes (partners/data/README.md names the source)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    refnis = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(_("gemeente"), max_length=80)
    province = models.CharField(_("provincie"), max_length=5, blank=True)
    region = models.CharField(_("gewest"), max_length=5)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Postcode(models.Model):
    """One postcode of one municipality; a few codes belong to two."""

    code = models.CharField(_("postcode"), max_length=4)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="postcodes")

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["code", "municipality"], name="postcode_once")]

    def __str__(self):
        return f"{self.code} {self.municipality.name}"
