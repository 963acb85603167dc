"""Approving a procedure: by the decision maker, or by a body outside the system. What was approved is kept word for word."""

from documents import storage
from lifecycle import clock, trail
from lifecycle.steps import action, fire
from procurement.models import ApprovedVersion, content


@action("procurement.approve")
def approve(procedure, *, by):
    """Approve within the delegation, and freeze what was approved."""
    procedure = fire(procedure, "approve", by=by)
    _freeze(procedure, by=by)
    return procedure


@action("procurement.record_outside_approval")
def record_outside_approval(procedure, *, by, body, decided_on, minutes):
    """Record that a body approved what was submitted; `minutes` are the bytes of its minutes, a PDF that was checked."""
    sha256 = storage.store(minutes)
    procedure = fire(
        procedure,
        "record_outside_approval",
        by=by,
        body=body,
        decided_on=decided_on,
        minutes_sha256=sha256,
    )
    _freeze(procedure, by=by, body=body, decided_on=decided_on, minutes_sha256=sha256, minutes_size=len(minutes))
    return procedure


def _freeze(procedure, *, by, **outside):
    """Keep the content as the next version; its digest is the one that the approver saw."""
    frozen = content.content_of(procedure)
    version = ApprovedVersion.objects.create(
        procedure=procedure,
        number=procedure.approved_versions.count() + 1,
        content=frozen,
        digest=content.digest(frozen),
        recorded_by=by,
        approved_at=clock.now(),
        **outside,
    )
    facts = {"version": version.number, "content": trail.Code(version.digest)}
    trail.record(procedure, "freeze_version", by=by, facts=facts)
    return version
