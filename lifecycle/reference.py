"""Loads the numbers of the law from `data/legal_values.json`: adds what is missing, never overwrites a row."""

import json
from pathlib import Path

from lifecycle.models import LegalValue

SOURCE = Path(__file__).parent / "data" / "legal_values.json"


def load(using="default") -> None:
    """What was brought along once stays as it is, also when a later row supersedes it."""
    rows = json.loads(SOURCE.read_text(encoding="utf-8"))
    known = {(key, str(day)) for key, day in LegalValue.objects.using(using).values_list("key", "valid_from")}
    missing = [row for row in rows if (row["key"], row["valid_from"]) not in known]
    LegalValue.objects.using(using).bulk_create(
        (LegalValue(state=LegalValue.State.APPROVED, **row) for row in missing), ignore_conflicts=True
    )
