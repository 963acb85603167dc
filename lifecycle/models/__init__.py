from lifecycle.models.clock import SimulatedClock
from lifecycle.models.outbox import Owed
from lifecycle.models.recorded import Recorded, RecordedQuerySet, ref
from lifecycle.models.reference import LegalValue, PolicyOverride
from lifecycle.models.trail import Anchor, AppendOnlyError, AppendOnlyQuerySet, Entry, Head

__all__ = [
    "Anchor",
    "AppendOnlyError",
    "AppendOnlyQuerySet",
    "Entry",
    "Head",
    "LegalValue",
    "Owed",
    "PolicyOverride",
    "Recorded",
    "RecordedQuerySet",
    "SimulatedClock",
    "ref",
]
