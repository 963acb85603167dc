"""CPV codes (Regulation (EC) 2195/2002): their form, their check digit, and which of them the light regime covers."""

import functools
import json
import re
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ANNEX_V = Path(__file__).resolve().parent / "data" / "annex_v.json"
WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7)


def check_digit(code: str) -> int:
    """The ninth digit of a code of eight digits; holds for every code printed in Annex V."""
    return sum(int(digit) * weight for digit, weight in zip(code, WEIGHTS, strict=True)) % 10


def validate_cpv(value: str) -> None:
    """Refuses what is not `79611000-0`: eight digits, a hyphen, the check digit that belongs to them."""
    if not re.fullmatch(r"[0-9]{8}-[0-9]", value):
        raise ValidationError(
            _("Een CPV-code heeft acht cijfers, een streepje en een controlecijfer: 79611000-0."), "form"
        )
    code, _hyphen, digit = value.partition("-")
    if check_digit(code) != int(digit):
        raise ValidationError(_("Het controlecijfer van deze CPV-code klopt niet."), "check_digit")


@functools.cache
def _ranges() -> tuple[tuple[str, str], ...]:
    groups = json.loads(ANNEX_V.read_text(encoding="utf-8"))["groups"]
    codes = [code for group in groups for code in group["codes"]]
    return tuple((code, code) if isinstance(code, str) else tuple(code) for code in codes)


def in_light_regime(value: str) -> bool:
    """Whether Annex V of the act of 17 June 2016 names the code, alone or within a range (art. 34)."""
    code = value[:8]
    return any(first[:8] <= code <= last[:8] for first, last in _ranges())
