"""Belgian numbers of the Crossroads Bank for Enterprises: enterprises and their establishment units."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.be import vat
from stdnum.exceptions import ValidationError as NumberError

# What people write between the digits.
SEPARATORS = str.maketrans("", "", " .-/\N{NO-BREAK SPACE}")


def clean_enterprise_number(text: str) -> str:
    """The ten digits of a valid enterprise number (it starts with 0 or 1, modulo 97); raises `ValidationError`."""
    try:
        return vat.validate(text)
    except NumberError as error:
        raise ValidationError(
            _("Dit is geen geldig ondernemingsnummer: tien cijfers, bijvoorbeeld 0123.456.749."),
            code="enterprise_number",
        ) from error


def clean_establishment_number(text: str) -> str:
    """The ten digits of a valid establishment unit number (it starts with 2 to 8, modulo 97)."""
    digits = text.translate(SEPARATORS)
    if not re.fullmatch(r"[2-8][0-9]{9}", digits) or 97 - int(digits[:8]) % 97 != int(digits[8:]):
        raise ValidationError(
            _("Dit is geen geldig vestigingsnummer: tien cijfers die met 2 tot 8 beginnen."),
            code="establishment_number",
        )
    return digits


def write_number(digits: str) -> str:
    """`0123.456.749` as people write it; establishment numbers as `2.123.456.789`."""
    if digits[:1] in "01":
        return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
    return f"{digits[:1]}.{digits[1:4]}.{digits[4:7]}.{digits[7:]}"


def with_check_digits(first_eight: int) -> str:
    """A valid number from its first eight digits (for demonstrations and tests)."""
    return f"{first_eight:08d}{97 - first_eight % 97:02d}"
