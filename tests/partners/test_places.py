"""Municipalities and postcodes: complete, loaded once, and matched as people type them."""

import csv

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from lifecycle import triggers
from partners import loading
from partners.models import Municipality, Postcode, Province
from scripts import build_places


def counts():
    return Municipality.objects.count(), Postcode.objects.count()


def test_all_of_belgium_is_there_from_the_start(db):
    assert counts() == (565, 1152)


def test_loading_again_changes_nothing(db):
    loading.load()

    assert counts() == (565, 1152)


def test_loading_adds_what_is_missing(db):
    Postcode.objects.filter(code__startswith="9").delete()
    loading.load()

    assert counts() == (565, 1152)


@pytest.mark.django_db(transaction=True)
def test_places_are_there_again_after_the_tables_were_emptied():
    triggers.lift()
    try:
        call_command("flush", interactive=False, verbosity=0)
    finally:
        triggers.install()

    assert counts() == (565, 1152)


def test_every_flemish_province_has_its_municipalities(db):
    flemish = [
        Province.ANTWERP,
        Province.LIMBURG,
        Province.EAST_FLANDERS,
        Province.FLEMISH_BRABANT,
        Province.WEST_FLANDERS,
    ]

    assert {str(each.label): Municipality.objects.filter(province=each).count() for each in flemish} == {
        "Antwerpen": 67,
        "Limburg": 38,
        "Oost-Vlaanderen": 55,
        "Vlaams-Brabant": 63,
        "West-Vlaanderen": 62,
    }


def test_the_file_is_what_its_source_says():
    with build_places.TARGET.open(encoding="utf-8", newline="") as file:
        kept = [tuple(row) for row in list(csv.reader(file))[1:]]

    assert kept == sorted(set(build_places.rows()))


@pytest.mark.parametrize(
    "code,municipality,found",
    [
        ("9000", "Gent", "9000 Gent"),
        (" 9000 ", " gent ", "9000 Gent"),
        ("9000", "", "9000 Gent"),
        ("9120", "beveren kruibeke zwijndrecht", "9120 Beveren-Kruibeke-Zwijndrecht"),
        ("1040", "Etterbeek", "1040 Etterbeek"),
        ("1040", "BRUSSEL", "1040 Brussel"),
        ("4000", "luik", "4000 Luik"),
    ],
)
def test_a_place_is_found_as_people_type_it(db, code, municipality, found):
    assert str(Postcode.objects.place(code, municipality)) == found


@pytest.mark.parametrize(
    "code,municipality,errors",
    [
        ("9999", "", {"postcode": ["De postcode 9999 bestaat niet."]}),
        ("abcd", "Gent", {"postcode": ["De postcode abcd bestaat niet."]}),
        ("", "Gent", {"postcode": ["De postcode  bestaat niet."]}),
        ("9000", "Aalst", {"municipality": ["Bij de postcode 9000 hoort Gent."]}),
        ("1040", "", {"municipality": ["Bij de postcode 1040 hoort Brussel of Etterbeek."]}),
    ],
)
def test_a_place_that_does_not_exist_is_refused_beside_its_field(db, code, municipality, errors):
    with pytest.raises(ValidationError) as refused:
        Postcode.objects.place(code, municipality)

    assert refused.value.message_dict == errors
