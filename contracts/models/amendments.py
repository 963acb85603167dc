"""Amendments during the term: only on the grounds of the law, within their limits, by three different people."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from contracts import guards
from contracts.models.contracts import Contract
from lifecycle import timelimits
from lifecycle.models import Recorded, RecordedQuerySet
from lifecycle.steps import allowed, verb
from lifecycle.templatetags.lifecycle import euro


class AmendmentState(models.TextChoices):
    DRAFTED = "drafted", _("Ontwerp")
    CHECKED = "checked", _("Nagekeken, te ondertekenen")
    SIGNED = "signed", _("Ondertekend")
    ABANDONED = "abandoned", _("Niet doorgegaan")


class AmendmentQuerySet(RecordedQuerySet):
    def visible_to(self, user):
        """All for staff who may view contracts; for a partner those of its contracts that are signed."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("contracts.view_any_contract"):
            return self.all()
        return self.filter(contract__in=Contract.objects.visible_to(user), state=AmendmentState.SIGNED)


class Amendment(Recorded):
    """A change of a running contract (directive 2014/23/EU, art. 43)."""

    class Ground(models.TextChoices):
        REVIEW_CLAUSE = "mod-rev", _("Herzieningsclausule (lid 1, a)")
        ADDITIONAL = "add-wss", _("Noodzakelijke aanvullende diensten (lid 1, b)")
        UNFORESEEN = "mod-cir", _("Onvoorzienbare omstandigheden (lid 1, c)")
        REPLACEMENT = "mod-repl", _("Vervanging van de partner (lid 1, d)")
        NOT_SUBSTANTIAL = "mod-nons", _("Niet-wezenlijke wijziging (lid 1, e)")
        MINOR = "mod-minv", _("Geringe waarde (lid 2)")

    LIMITED = (Ground.ADDITIONAL, Ground.UNFORESEEN, Ground.MINOR)
    State = AmendmentState
    TONES = {
        AmendmentState.DRAFTED: "waiting",
        AmendmentState.CHECKED: "waiting",
        AmendmentState.SIGNED: "good",
        AmendmentState.ABANDONED: "stopped",
    }
    NAMED_WITH = ("contract",)
    TRAIL_WORDS = {"draft": _("Wijziging opgesteld")}

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="amendments", verbose_name=_("contract"))
    number = models.PositiveSmallIntegerField(_("nummer"))
    ground = models.CharField(_("grond"), max_length=8, choices=Ground)
    clause = models.CharField(_("herzieningsclausule"), max_length=200, blank=True)
    content = models.TextField(_("wat verandert"))
    reasons = models.TextField(_("motivering"))
    value_change = models.DecimalField(
        _("wijziging van de waarde (EUR, exclusief btw)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    state = FSMField(_("toestand"), choices=AmendmentState, default=AmendmentState.DRAFTED, protected=True)

    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(_("door beide partijen ondertekend op"), null=True)
    abandon_reason = models.TextField(_("reden"), blank=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "number"]
        verbose_name = _("wijziging")
        verbose_name_plural = _("wijzigingen")
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="amendment_number"),
            models.CheckConstraint(condition=Q(state__in=AmendmentState.values), name="amendment_state_is_known"),
            models.CheckConstraint(
                condition=Q(ground__in=["mod-rev", "add-wss", "mod-cir", "mod-repl", "mod-nons", "mod-minv"]),
                name="amendment_ground_is_legal",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("drafted_by")), name="amendment_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None)
                | Q(checked_by__isnull=False) & ~Q(signed_by=F("drafted_by")) & ~Q(signed_by=F("checked_by")),
                name="amendment_signed_by_a_third",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_by__isnull=False, signed_on__isnull=False),
                name="signed_amendment_is_whole",
            ),
            models.CheckConstraint(condition=~Q(state="abandoned") | ~Q(abandon_reason=""), name="abandoned_says_why"),
        ]

    def __str__(self):
        return _now("Wijziging %(number)s van %(contract)s") % {"number": self.number, "contract": self.contract.number}

    @property
    def dossier(self):
        return self.contract.dossier

    def get_absolute_url(self):
        return reverse("amendment", args=[self.pk])

    # -- its limits -----------------------------------------------------------------------------

    @property
    def has_limit(self) -> bool:
        return self.ground in self.LIMITED

    def excess(self) -> str:
        """In words, how it goes past the limit of its ground; empty when it does not."""
        initial = self.contract.initial_value
        if not self.has_limit or not initial or self.value_change is None:
            return ""
        if self.ground == self.Ground.MINOR:
            return self._excess_of_minor_ones(initial)
        limit = initial * timelimits.value("amendment-increase-percent") / 100
        return _past(self.value_change, limit) if self.value_change > limit else ""

    def _excess_of_minor_ones(self, initial):
        """The net value of all minor amendments together stays below a tenth and below the threshold."""
        earlier = self.contract.amendments.filter(ground=self.Ground.MINOR, state=AmendmentState.SIGNED)
        total = abs((earlier.aggregate(total=Sum("value_change"))["total"] or Decimal(0)) + self.value_change)
        tenth = initial * timelimits.value("amendment-minor-percent") / 100
        limit = min(tenth, timelimits.value("concession-threshold-eur"))
        return _past(total, limit) if total >= limit else ""

    # -- its life -------------------------------------------------------------------------------

    @transition(
        state,
        source=AmendmentState.DRAFTED,
        target=AmendmentState.CHECKED,
        conditions=[
            guards.contract_runs,
            guards.amendment_is_argued,
            guards.review_clause_is_named,
            guards.value_is_known,
            guards.limit_is_kept,
        ],
        permission=allowed("contracts.check_amendment"),
        custom=verb(
            _("Wettigheid bevestigen"), consequence=_("De wijziging kan door beide partijen worden ondertekend.")
        ),
    )
    def check_legality(self, *, by):
        self.checked_by = by

    @transition(
        state,
        source=AmendmentState.CHECKED,
        target=AmendmentState.SIGNED,
        conditions=[
            guards.contract_runs,
            guards.value_is_known,
            guards.limit_is_kept,
            guards.signing_day_is_given,
        ],
        permission=allowed("contracts.sign_amendment"),
        custom=verb(
            _("Ondertekening optekenen"),
            consequence=_(
                "Beide partijen hebben het addendum ondertekend; de wijziging maakt deel uit van het contract."
            ),
        ),
    )
    def sign(self, *, by, signed_on):
        self.signed_by, self.signed_on = by, signed_on

    @transition(
        state,
        source=[AmendmentState.DRAFTED, AmendmentState.CHECKED],
        target=AmendmentState.ABANDONED,
        conditions=[guards.reason_is_given],
        permission=allowed("contracts.manage_contract"),
        custom=verb(_("Niet doorgaan"), consequence=_("Het contract blijft zoals het is.")),
    )
    def abandon(self, *, by, reason):
        self.abandon_reason = reason


def _past(value, limit):
    return _now("%(value)s, en de grens is %(limit)s.") % {"value": euro(value), "limit": euro(limit)}
