"""Organisations, their establishments and the people who act for them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from lifecycle import clock
from lifecycle.models import Recorded, RecordedQuerySet
from lifecycle.steps import allowed, verb
from partners.models.places import Postcode
from partners.numbers import clean_enterprise_number, clean_establishment_number, write_number


class OrganisationQuerySet(RecordedQuerySet):
    def of(self, user):
        """The organisations that this person is a member of now."""
        return self.filter(pk__in=Membership.objects.current().filter(user=user).values("organisation"))

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self if user.has_perm("partners.view_any_organisation") else self.of(user)


class Organisation(Recorded):
    """An enterprise with its number in the Crossroads Bank; claimed by its first member, confirmed by the authority."""

    class State(models.TextChoices):
        CLAIMED = "claimed", _("Aangemeld")
        CONFIRMED = "confirmed", _("Bevestigd")

    class Kind(models.TextChoices):
        PRIVATE = "private", _("Onderneming")
        NON_PROFIT = "non_profit", _("Vzw")
        PUBLIC = "public", _("Openbaar bestuur")

    TONES = {State.CLAIMED: "waiting", State.CONFIRMED: "good"}

    enterprise_number = models.CharField(_("ondernemingsnummer"), max_length=10, unique=True)
    name = models.CharField(_("naam"), max_length=160)
    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    email = models.EmailField(_("e-mailadres voor kennisgevingen"))
    phone = models.CharField(_("telefoon"), max_length=20, blank=True)
    street = models.CharField(_("straat en nummer"), max_length=160)
    postcode = models.ForeignKey(Postcode, models.PROTECT, related_name="+", verbose_name=_("postcode en gemeente"))
    state = FSMField(_("toestand"), choices=State, default=State.CLAIMED, protected=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("organisatie")
        constraints = [
            models.CheckConstraint(condition=Q(enterprise_number__regex=r"^[01][0-9]{9}$"), name="enterprise_number_shape")
        ]

    def __str__(self):
        return self.name

    def clean(self):
        self.enterprise_number = clean_enterprise_number(self.enterprise_number)

    def get_absolute_url(self):
        return reverse("organisation", args=[self.pk])

    @property
    def written_number(self):
        return write_number(self.enterprise_number)

    @property
    def place(self):
        return str(self.postcode)

    @transition(
        state,
        source=State.CLAIMED,
        target=State.CONFIRMED,
        permission=allowed("partners.confirm_organisation"),
        custom=verb(
            _("Bevestigen"), consequence=_("De aanmelder vertegenwoordigt de organisatie en kan voor haar indienen.")
        ),
    )
    def confirm(self, *, by):
        pass


class Establishment(models.Model):
    """A place where an organisation works, with its establishment unit number."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="establishments")
    number = models.CharField(_("vestigingsnummer"), max_length=10, unique=True)
    name = models.CharField(_("naam"), max_length=160)
    street = models.CharField(_("straat en nummer"), max_length=160)
    postcode = models.ForeignKey(Postcode, models.PROTECT, related_name="+", verbose_name=_("postcode en gemeente"))

    class Meta:
        ordering = ["organisation", "name"]
        verbose_name = _("vestiging")
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=r"^[2-8][0-9]{9}$"), name="establishment_number_shape")
        ]

    def __str__(self):
        return f"{self.name}, {self.postcode}"

    def clean(self):
        self.number = clean_establishment_number(self.number)

    @property
    def written_number(self):
        return write_number(self.number)

    @property
    def province(self):
        return self.postcode.municipality.province


class MembershipQuerySet(models.QuerySet):
    def current(self, on=None):
        day = on or clock.today()
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Membership(models.Model):
    """What a person may do for an organisation, from a day up to and including a day."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    may_prepare = models.BooleanField(_("mag voorbereiden"), default=True)
    may_sign = models.BooleanField(_("mag ondertekenen"), default=False)
    since = models.DateField(_("vanaf"))
    until = models.DateField(_("tot en met"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "user"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user", "since"], name="membership_once_a_day"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_after_start"),
            models.CheckConstraint(condition=Q(may_prepare=True) | Q(may_sign=True), name="membership_is_for_something"),
        ]

    def __str__(self):
        return f"{self.user} – {self.organisation}"
