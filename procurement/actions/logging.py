"""Writing in the log of the preparation. The trail keeps a digest, never a name (act of 17 June 2016, arts 25, 40)."""

from django.core.exceptions import PermissionDenied

from lifecycle import clock, trail
from lifecycle.steps import action


@action("procurement.log_preparation")
def log_preparation(entry, *, by):
    """Record a consultation or an involvement; one that supersedes another says which, and why."""
    procedure = entry.procedure
    if not by.has_perm("procurement.keep_preparation_log", procedure):
        raise PermissionDenied
    entry.recorded_by, entry.recorded_at = by, clock.now()
    entry.save()
    facts = {
        "log": trail.Code(entry._meta.model_name),
        "log_entry": entry.pk,
        "log_digest": trail.Code(entry.digest()),
        "supersedes_entry": entry.supersedes_id,
    }
    trail.record(procedure, "log_preparation", by=by, facts=facts)
    return entry
