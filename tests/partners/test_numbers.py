"""Enterprise and establishment numbers, as people type them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partners.models import Establishment, Organisation
from partners.numbers import clean_enterprise_number, clean_establishment_number, with_check_digits, write_number
from tests.people import make_establishment, make_organisation, postcode


@pytest.mark.parametrize("typed", ["0428759497", "BE 0428.759.497", "428759497", " BE0428759497 ", "0428 759 497"])
def test_an_enterprise_number_is_kept_as_ten_digits(typed):
    assert clean_enterprise_number(typed) == "0428759497"


@pytest.mark.parametrize(
    "typed", ["0428759498", "2428759497", "042875949", "04287594970", "abc", "", "BE", "0000000000"]
)
def test_what_is_no_enterprise_number_is_refused(typed):
    with pytest.raises(ValidationError, match="Dit is geen geldig ondernemingsnummer"):
        clean_enterprise_number(typed)


@pytest.mark.parametrize("typed", ["2999000171", "2.999.000.171", "2 999 000 171", " 2999000171"])
def test_an_establishment_number_is_kept_as_ten_digits(typed):
    assert clean_establishment_number(typed) == "2999000171"


@pytest.mark.parametrize(
    "typed",
    [
        "2999000172",
        "0428759497",
        "9999000171",
        "299900017",
        "",
        "abcdefghij",
        "²999000171",
        "2²99000171",
        "٢999000171",
        "nr 2999000171",
    ],
)
def test_what_is_no_establishment_number_is_refused(typed):
    with pytest.raises(ValidationError, match="Dit is geen geldig vestigingsnummer"):
        clean_establishment_number(typed)


def test_numbers_are_written_as_people_read_them():
    assert [write_number("0428759497"), write_number("2999000171")] == ["0428.759.497", "2.999.000.171"]


def test_check_digits_belong_to_the_first_eight():
    assert [with_check_digits(4_287_594), with_check_digits(29_990_001)] == ["0428759497", "2999000171"]


@pytest.mark.parametrize("number", ["0428759498", "2428759497", "428759497", "BE42875949"])
def test_the_database_keeps_no_wrong_enterprise_number(db, number):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_organisation(enterprise_number=number)

    assert list(Organisation.objects.all()) == []


@pytest.mark.parametrize("number", ["2999000172", "0428759497", "9999000171", "2.99900016"])
def test_the_database_keeps_no_wrong_establishment_number(db, partner_org, number):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_establishment(partner_org, number=number)

    assert list(Establishment.objects.all()) == []


def test_validating_an_organisation_normalises_its_number(db):
    organisation = Organisation(
        enterprise_number="BE 0428.759.497",
        name="Voorbeeld",
        kind="private",
        email="post@voorbeeld.example",
        street="Voorbeeldstraat 1",
        postcode=postcode(),
    )
    organisation.full_clean()

    assert (organisation.enterprise_number, organisation.written_number) == ("0428759497", "0428.759.497")
