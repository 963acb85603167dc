"""Belgian municipalities and postcodes (partners/data/README.md names the source)."""

import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _


class Province(models.TextChoices):
    """The provinces by their REFNIS code; Brussels has none and stands under the code of its region."""

    ANTWERP = "10000", _("Antwerpen")
    LIMBURG = "70000", _("Limburg")
    EAST_FLANDERS = "40000", _("Oost-Vlaanderen")
    FLEMISH_BRABANT = "20001", _("Vlaams-Brabant")
    WEST_FLANDERS = "30000", _("West-Vlaanderen")
    BRUSSELS = "04000", _("Brussel")
    WALLOON_BRABANT = "20002", _("Waals-Brabant")
    HAINAUT = "50000", _("Henegouwen")
    LIEGE = "60000", _("Luik")
    LUXEMBOURG = "80000", _("Luxemburg")
    NAMUR = "90000", _("Namen")


class Region(models.TextChoices):
    FLANDERS = "02000", _("Vlaams Gewest")
    WALLONIA = "03000", _("Waals Gewest")
    BRUSSELS = "04000", _("Brussels Hoofdstedelijk Gewest")


class Municipality(models.Model):
    """A municipality since the mergers of 1 January 2025."""

    refnis = models.CharField(_("REFNIS-code"), primary_key=True, max_length=5)
    name = models.CharField(_("gemeente"), max_length=80)
    province = models.CharField(_("provincie"), max_length=5, choices=Province)
    region = models.CharField(_("gewest"), max_length=5, choices=Region)

    class Meta:
        ordering = ["name"]
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")
        constraints = [
            models.CheckConstraint(condition=Q(refnis__regex=r"^[0-9]{5}$"), name="refnis_shape"),
            models.CheckConstraint(condition=Q(province__in=Province.values), name="province_is_known"),
            models.CheckConstraint(condition=Q(region__in=Region.values), name="region_is_known"),
        ]

    def __str__(self):
        return self.name


class PostcodeQuerySet(models.QuerySet):
    def place(self, code, municipality=""):
        """The postcode in its municipality, as people type them; the municipality may be left out where there is but one.

        Raises `ValidationError` on `postcode` when it does not exist, on `municipality` when they do not go together.
        """
        code = code.strip()
        found = list(self.filter(code=code).select_related("municipality").order_by("municipality__name"))
        if not found:
            raise ValidationError({"postcode": _now("De postcode %(code)s bestaat niet.") % {"code": code}})
        if municipality.strip():
            matching = [each for each in found if _plain(each.municipality.name) == _plain(municipality)]
        else:
            matching = found if len(found) == 1 else []
        if not matching:
            names = _now(" of ").join(each.municipality.name for each in found)
            sentence = _now("Bij de postcode %(code)s hoort %(names)s.") % {"code": code, "names": names}
            raise ValidationError({"municipality": sentence})
        return matching[0]


def _plain(name) -> str:
    """A name without accents, capitals, spaces and signs."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


class Postcode(models.Model):
    """One postcode of one municipality; a few codes belong to two."""

    code = models.CharField(_("postcode"), max_length=4)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="postcodes", verbose_name=_("gemeente"))

    objects = PostcodeQuerySet.as_manager()

    class Meta:
        ordering = ["code", "municipality"]
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        constraints = [
            models.UniqueConstraint(fields=["code", "municipality"], name="postcode_once"),
            models.CheckConstraint(condition=Q(code__regex=r"^[1-9][0-9]{3}$"), name="postcode_shape"),
        ]

    def __str__(self):
        return f"{self.code} {self.municipality.name}"
