"""Loads the numbers of the law from `data/legal_values.json`: adds what is missing, never overwrites a row."""

import json
from pathlib import Path

from lifecycle.models import LegalValue

SOURCE = Path(__file__).parent / "data" / "legal_values.json"


def load(using="default") -> None:
    rows = [LegalValue(**row) for row in json.loads(SOURCE.read_text(encoding="utf-8"))]
    LegalValue.objects.using(using).bulk_create(rows, ignore_conflicts=True)
