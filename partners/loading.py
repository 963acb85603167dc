"""Loads municipalities and postcodes: adds what is missing, leaves what is there."""

import csv
from pathlib import Path

from partners.models import Municipality, Postcode

SOURCE = Path(__file__).parent / "data" / "places.csv"


def load() -> None:
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    municipalities = {
        row["refnis"]: Municipality(row["refnis"], row["municipality"], row["province"], row["region"]) for row in rows
    }
    Municipality.objects.bulk_create(municipalities.values(), ignore_conflicts=True)
    postcodes = [Postcode(code=row["postcode"], municipality_id=row["refnis"]) for row in rows]
    Postcode.objects.bulk_create(postcodes, ignore_conflicts=True)
