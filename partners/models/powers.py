"""What a person may do for an organisation: prepare, sign, and up to which amount."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lifecycle.templatetags.lifecycle import euro


class Powers(models.Model):
    """May prepare, may sign, and up to which amount in euro; without a limit any amount."""

    may_prepare = models.BooleanField(_("mag voorbereiden"), default=True)
    may_sign = models.BooleanField(_("mag ondertekenen"), default=False)
    sign_limit = models.DecimalField(
        _("mag ondertekenen tot en met"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )

    class Meta:
        abstract = True

    @property
    def powers(self) -> dict:
        return {"may_prepare": self.may_prepare, "may_sign": self.may_sign, "sign_limit": self.sign_limit}

    @property
    def capabilities(self) -> str:
        """What the person may do, in words."""
        signing = _("ondertekenen")
        if self.sign_limit is not None:
            signing = _("ondertekenen tot en met %(amount)s") % {"amount": euro(self.sign_limit)}
        words = [(self.may_prepare, _("voorbereiden")), (self.may_sign, signing)]
        return ", ".join(str(word) for may, word in words if may)

    def may_sign_for(self, amount) -> bool:
        """Whether this amount is within what the person may sign; no amount (`None`): only who has no limit."""
        if not self.may_sign:
            return False
        return self.sign_limit is None or (amount is not None and amount <= self.sign_limit)


def powers_make_sense(model):
    """The constraints of a table with powers."""
    return [
        models.CheckConstraint(
            condition=Q(may_prepare=True) | Q(may_sign=True),
            name=f"{model}_is_for_something",
            violation_error_message=_("Een lid mag voorbereiden, ondertekenen, of beide."),
        ),
        models.CheckConstraint(
            condition=Q(sign_limit=None) | Q(may_sign=True, sign_limit__gt=0),
            name=f"{model}_limit_is_of_who_signs",
            violation_error_message=_("Een grens is er alleen voor wie mag ondertekenen."),
        ),
    ]
