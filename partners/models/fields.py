"""Columns that keep a Belgian number as its ten digits, however it was typed."""

from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Cast, Substr
from django.db.models.lookups import Exact

from partners.numbers import clean_enterprise_number, clean_establishment_number


class NumberField(models.CharField):
    """Validates and normalises in `full_clean`, so that forms, imports and actions agree."""

    checked_by = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 10} | kwargs)

    def clean(self, value, model_instance):
        if value:
            value = type(self).checked_by(value)
        return super().clean(value, model_instance)

    def formfield(self, **kwargs):
        """People type dots and spaces: the form takes more than the ten digits that are kept."""
        return super().formfield(**{"max_length": 30} | kwargs)


class EnterpriseNumberField(NumberField):
    checked_by = staticmethod(clean_enterprise_number)


class EstablishmentNumberField(NumberField):
    checked_by = staticmethod(clean_establishment_number)


def is_valid_number(column, first):
    """The condition of a constraint: ten digits of which the first is one of `first`, the last two 97 minus the rest mod 97."""
    first_eight = Cast(Substr(F(column), 1, 8), IntegerField())
    last_two = Cast(Substr(F(column), 9, 2), IntegerField())
    holds = Exact(Value(97) - first_eight % Value(97), last_two)
    # In this order: PostgreSQL cannot take what is no digits for a number.
    return Case(
        When(Q(**{f"{column}__regex": rf"^[{first}][0-9]{{9}}$"}), then=holds),
        default=Value(False),
        output_field=models.BooleanField(),
    )
