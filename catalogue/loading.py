"""Loads the catalogue of the brochure: adds what is missing, never overwrites what the authority changed."""

import json
from pathlib import Path

from catalogue.models import Area, Combination, Product, ProductPart, Service

SOURCE = Path(__file__).parent / "data" / "catalogue.json"


def load() -> None:
    data = json.loads(SOURCE.read_text(encoding="utf-8"))
    for row in data["services"]:
        Service.objects.get_or_create(code=row["code"], defaults=row)
    for row in data["areas"]:
        Area.objects.get_or_create(code=row["code"], defaults=row)
    new = [product for row in data["products"] if (product := _product(row))]
    for product, combinations in new:
        bases = {base.code: base for base in Product.objects.base_products()}
        for row in combinations:
            Combination.objects.create(action=product, base=bases[row["base"]], since=row["since"])


def _product(row):
    """The product with its parts and the combinations that it still owes, or None when the authority has it already."""
    row = dict(row)
    parts, combinations = row.pop("parts"), row.pop("combines_with", [])
    product, created = Product.objects.get_or_create(code=row["code"], defaults=row)
    if not created:
        return None
    services = {service.code: service for service in Service.objects.all()}
    ProductPart.objects.bulk_create(
        ProductPart(
            product=product,
            service=services[part["service"]],
            use=part["use"],
            may_open_as_module=part.get("may_open_as_module", False),
            position=position,
        )
        for position, part in enumerate(parts, start=1)
    )
    return product, combinations
