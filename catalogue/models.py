"""What can be bought: base products and their parts, flanking actions, and which combine. A new action is data."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lifecycle import clock


def are_nuts3_codes(codes):
    """`["BE211", ...]`: a notice refuses the code of a whole province (NUTS 2) and of anything coarser."""
    whole = isinstance(codes, list) and codes and all(isinstance(code, str) for code in codes)
    if not whole or not all(re.fullmatch(r"BE[1-3][0-9]{2}", code) for code in codes):
        raise ValidationError(_('Geef een lijst van Belgische NUTS 3-codes, zoals ["BE211", "BE212"].'))


class Bilingual(models.Model):
    """Names and descriptions in the language of the page; Dutch is the one that counts."""

    name_nl = models.CharField(_("naam"), max_length=120)
    name_en = models.CharField(_("naam (Engels)"), max_length=120)
    description_nl = models.TextField(_("omschrijving"), blank=True)
    description_en = models.TextField(_("omschrijving (Engels)"), blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def name(self):
        return (get_language() == "en" and self.name_en) or self.name_nl

    @property
    def description(self):
        return (get_language() == "en" and self.description_en) or self.description_nl


class Service(Bilingual):
    """One thing that a partner does for a customer, wherever it is part of."""

    code = models.SlugField(_("code"), max_length=60, unique=True)

    class Meta:
        ordering = ["name_nl"]
        verbose_name = _("dienst")
        verbose_name_plural = _("diensten")


class ProductQuerySet(models.QuerySet):
    def on_offer(self, on):
        """What can be bought or joined on a day."""
        return self.filter(Q(active_until=None) | Q(active_until__gte=on), active_from__lte=on)

    def not_ended(self, on):
        """What is on offer on a day or will be later."""
        return self.filter(Q(active_until=None) | Q(active_until__gte=on))

    def base_products(self):
        return self.filter(kind=Product.Kind.BASE)

    def flanking_actions(self):
        return self.filter(kind=Product.Kind.FLANKING)


class Product(Bilingual):
    """A base product, bought by concession, or a flanking action, opened to everyone who meets the conditions."""

    class Kind(models.TextChoices):
        BASE = "base_product", _("Basisproduct")
        FLANKING = "flanking_action", _("Flankerende actie")

    class Way(models.TextChoices):
        CONCESSION = "concession", _("Concessie")
        OPEN_HOUSE = "open_house", _("Open House")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("soort"), max_length=20, choices=Kind)
    way = models.CharField(_("contractvorm"), max_length=20, choices=Way)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=1)
    active_from = models.DateField(_("vanaf"))
    active_until = models.DateField(_("tot en met"), null=True, blank=True)
    services = models.ManyToManyField(Service, through="ProductPart", related_name="+")

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "code"]
        verbose_name = _("product")
        verbose_name_plural = _("producten")
        constraints = [
            models.CheckConstraint(
                condition=Q(active_until=None) | Q(active_until__gte=F("active_from")),
                name="product_ends_after_start",
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
            models.CheckConstraint(
                condition=Q(kind="base_product", way="concession") | Q(kind="flanking_action", way="open_house"),
                name="product_way_fits_kind",
                violation_error_message=_("Een basisproduct is een concessie, een flankerende actie is Open House."),
            ),
        ]


class ProductPart(models.Model):
    """A service as part of a product, and how it is used there."""

    class Use(models.TextChoices):
        FIXED = "fixed", _("vast onderdeel")
        WHERE_NEEDED = "where_needed", _("waar nodig")
        MODULAR = "modular", _("modulair")

    product = models.ForeignKey(Product, models.CASCADE, related_name="parts")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", verbose_name=_("dienst"))
    use = models.CharField(_("gebruik"), max_length=20, choices=Use)
    may_open_as_module = models.BooleanField(_("mag als module worden opengesteld"), default=False)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=1)

    class Meta:
        ordering = ["product", "position"]
        verbose_name = _("onderdeel")
        verbose_name_plural = _("onderdelen")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "service"],
                name="service_once_per_product",
                violation_error_message=_("Deze dienst is al een onderdeel van dit product."),
            ),
            models.CheckConstraint(condition=Q(use__in=["fixed", "where_needed", "modular"]), name="part_use_is_known"),
        ]

    def __str__(self):
        return f"{self.product}: {self.service}"


class Combination(models.Model):
    """A flanking action that may be combined with a base product, from a day on."""

    action = models.ForeignKey(Product, models.CASCADE, related_name="combines", verbose_name=_("flankerende actie"))
    base = models.ForeignKey(Product, models.CASCADE, related_name="flanked_by", verbose_name=_("basisproduct"))
    since = models.DateField(_("vanaf"))

    class Meta:
        ordering = ["base", "action"]
        verbose_name = _("combinatie")
        verbose_name_plural = _("combinaties")
        constraints = [
            models.UniqueConstraint(
                fields=["action", "base"],
                name="combination_once",
                violation_error_message=_("Deze combinatie bestaat al."),
            ),
            models.CheckConstraint(condition=~Q(action=F("base")), name="combination_of_two"),
        ]

    def __str__(self):
        return f"{self.action} + {self.base}"

    def clean(self):
        if self.action_id and self.action.kind != Product.Kind.FLANKING:
            raise ValidationError(
                {"action": _("Alleen een flankerende actie wordt met een basisproduct gecombineerd.")}
            )
        if self.base_id and self.base.kind != Product.Kind.BASE:
            raise ValidationError({"base": _("Een flankerende actie wordt met een basisproduct gecombineerd.")})


def combines(action, base, *, on=None) -> bool:
    """Whether a customer in this base product can be given this flanking action on a day (today, unless said)."""
    return Combination.objects.filter(action=action, base=base, since__lte=on or clock.today()).exists()


class Area(models.Model):
    """A Flemish province as the area of a lot, with its NUTS-3 codes: a notice never names it by its NUTS-2 code."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    name_nl = models.CharField(_("naam"), max_length=60)
    name_en = models.CharField(_("naam (Engels)"), max_length=60)
    nuts3 = models.JSONField(_("NUTS 3"), validators=[are_nuts3_codes])

    class Meta:
        ordering = ["code"]
        verbose_name = _("gebied")
        verbose_name_plural = _("gebieden")

    def __str__(self):
        return self.name

    @property
    def name(self):
        return (get_language() == "en" and self.name_en) or self.name_nl
