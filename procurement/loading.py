"""Loads the exclusion grounds of the law from `data/exclusion_grounds.json`: adds what is missing, overwrites nothing."""

import json
from pathlib import Path

from procurement.models import ExclusionGround

SOURCE = Path(__file__).parent / "data" / "exclusion_grounds.json"


def load(using="default") -> None:
    rows = json.loads(SOURCE.read_text(encoding="utf-8"))["grounds"]
    grounds = [ExclusionGround(position=position, **row) for position, row in enumerate(rows, start=1)]
    ExclusionGround.objects.using(using).bulk_create(grounds, ignore_conflicts=True)
