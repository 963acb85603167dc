"""Organisations, their establishments and the people who act for them."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from lifecycle import clock
from lifecycle.models import Recorded, RecordedQuerySet
from lifecycle.steps import allowed, verb
from partners.models.fields import EnterpriseNumberField, EstablishmentNumberField, is_valid_number
from partners.models.places import Postcode
from partners.models.powers import Powers, powers_make_sense
from partners.numbers import write_number

is_a_phone_number = RegexValidator(
    r"^\+?[0-9][0-9 ./()-]{6,}$", _("Dit is geen telefoonnummer: cijfers, zoals +32 2 123 45 67.")
)


class OrganisationQuerySet(RecordedQuerySet):
    def of(self, user):
        """The organisations that this person is a member of now."""
        return self.filter(pk__in=Membership.objects.current().filter(user=user).values("organisation"))

    def visible_to(self, user):
        """All for staff who may see partners, their own for members, nothing for anybody else."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.has_perm("partners.view_any_organisation") else self.of(user)


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

    enterprise_number = EnterpriseNumberField(
        _("ondernemingsnummer"),
        unique=True,
        error_messages={
            "unique": _(
                "Er is al een organisatie met dit ondernemingsnummer. Vraag toegang aan wie voor haar ondertekent."
            )
        },
    )
    name = models.CharField(_("naam"), max_length=160)
    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    legal_form = models.CharField(_("rechtsvorm"), max_length=60, blank=True)
    email = models.EmailField(_("e-mailadres voor kennisgevingen"))
    phone = models.CharField(_("telefoon"), max_length=20, blank=True, validators=[is_a_phone_number])
    street = models.CharField(_("straat en nummer"), max_length=160)
    postcode = models.ForeignKey(Postcode, models.PROTECT, related_name="+", verbose_name=_("postcode en gemeente"))
    state = FSMField(_("toestand"), choices=State, default=State.CLAIMED, protected=True)

    objects = OrganisationQuerySet.as_manager()

    TRAIL_WORDS = {
        "register": _("Aangemeld"),
        "add_member": _("Lid toegevoegd"),
        "end_membership": _("Lidmaatschap beëindigd"),
        "change_powers": _("Bevoegdheden van een lid gewijzigd"),
        "invite": _("Collega uitgenodigd"),
        "resend_invitation": _("Uitnodiging opnieuw verstuurd"),
        "withdraw_invitation": _("Uitnodiging ingetrokken"),
        "accept_invitation": _("Uitnodiging aanvaard"),
        "ask_to_join": _("Toegang gevraagd"),
        "accept_join_request": _("Toegang gegeven"),
        "refuse_join_request": _("Toegang geweigerd"),
        "add_establishment": _("Vestiging toegevoegd"),
        "create_participant": _("Deelnemer gevormd"),
        "import": _("Ingelezen uit een bestand"),
    }

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        constraints = [
            models.CheckConstraint(
                condition=is_valid_number("enterprise_number", first="01"), name="enterprise_number_is_valid"
            ),
            models.CheckConstraint(condition=Q(kind__in=["private", "non_profit", "public"]), name="organisation_kind"),
            models.CheckConstraint(condition=Q(state__in=["claimed", "confirmed"]), name="organisation_state"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisation", args=[self.pk])

    @property
    def is_confirmed(self):
        return self.state == self.State.CONFIRMED

    @property
    def written_number(self):
        return write_number(self.enterprise_number)

    @property
    def place(self):
        return str(self.postcode)

    @property
    def legal_form_in_words(self):
        """As a contract names it: the legal form, else the kind of organisation."""
        return self.legal_form or str(self.get_kind_display()).lower()

    @transition(
        state,
        source=State.CLAIMED,
        target=State.CONFIRMED,
        permission=allowed("partners.confirm_organisation"),
        custom=verb(
            _("Bevestigen"), consequence=_("Wie mag ondertekenen voor deze organisatie, kan voor haar indienen.")
        ),
    )
    def confirm(self, *, by):
        """The authority checked that who registered it stands for it; the trail says who did and when."""


class Establishment(models.Model):
    """A place where an organisation works, with its establishment unit number."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="establishments")
    number = EstablishmentNumberField(
        _("vestigingsnummer"),
        unique=True,
        error_messages={"unique": _("Er is al een vestiging met dit vestigingsnummer.")},
    )
    name = models.CharField(_("naam"), max_length=160)
    street = models.CharField(_("straat en nummer"), max_length=160)
    postcode = models.ForeignKey(Postcode, models.PROTECT, related_name="+", verbose_name=_("postcode en gemeente"))

    class Meta:
        ordering = ["organisation", "name"]
        verbose_name = _("vestiging")
        verbose_name_plural = _("vestigingen")
        constraints = [
            models.CheckConstraint(
                condition=is_valid_number("number", first="2-8"), name="establishment_number_is_valid"
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.postcode}"

    @property
    def written_number(self):
        return write_number(self.number)

    @property
    def province(self):
        return self.postcode.municipality.province


class MembershipQuerySet(models.QuerySet):
    def current(self, at=None):
        """The memberships that hold at a moment (now, unless said otherwise)."""
        moment = at or clock.now()
        return self.filter(Q(until=None) | Q(until__gt=moment), since__lte=moment)

    def signing(self):
        return self.current().filter(may_sign=True)


class Membership(Powers):
    """What a person may do for an organisation, from a moment until a moment: once ended it holds for no request more."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisatie")
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("persoon"))
    since = models.DateTimeField(_("vanaf"))
    until = models.DateTimeField(_("tot"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "user", "since"]
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(until=None),
                name="membership_once_without_end",
                violation_error_message=_("Deze persoon is al lid van deze organisatie."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="membership_ends_after_start",
                violation_error_message=_("Het einde ligt niet na het begin."),
            ),
            *powers_make_sense("membership"),
        ]

    def __str__(self):
        return f"{self.user}, {self.organisation}"
