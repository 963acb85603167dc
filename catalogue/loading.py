"""Loads the catalogue of the brochure: adds what is missing, never overwrites what the authority changed."""

import json
from pathlib import Path

from catalogue.models import Area, Combination, Product, ProductPart, Service

SOURCE = Path(__file__).parent / "data" / "catalogue.json"


def load() -> None:
    data = json.loads(SOURCE.read_text(encoding="utf-8"))
    names = ("code", "name_nl", "name_en")
    for row in data["services"]:
        Service.objects.get_or_create(code=row[0], defaults=dict(zip(names, row, strict=True)))
    for code, name_nl, name_en, nuts3 in data["areas"]:
        Area.objects.get_or_create(code=code, defaults={"name_nl": name_nl, "name_en": name_en, "nuts3": nuts3})
    for row in data["products"]:
        _load_product(row)


def _load_product(row):
    parts, combines_with = row.pop("parts"), row.pop("combines_with", [])
    product, created = Product.objects.get_or_create(code=row["code"], defaults=row)
    if not created:
        return
    services = {service.code: service for service in Service.objects.all()}
    for position, (code, use, opens) in enumerate(parts, start=1):
        ProductPart.objects.create(
            product=product, service=services[code], use=use, may_open_as_module=opens, position=position
        )
    for code in combines_with:
        Combination.objects.create(action=product, base=Product.objects.get(code=code))
