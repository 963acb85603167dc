"""What the concession is worth: the estimate of a draft, and the value at the award with its sign-off."""

from django.core.exceptions import PermissionDenied

from lifecycle import clock, trail
from lifecycle.steps import Blocked, action
from procurement import guards
from procurement.actions.drafting import content_facts, lock_draft, may_edit
from procurement.models import AwardValue, Lot, ValueEstimate


@action("procurement.write_estimate")
def write_estimate(procedure, *, by, method, components):
    """Keep the seven components of a draft; their total and the method become those of the procedure."""
    procedure = lock_draft(procedure)
    may_edit(procedure, by)
    estimate, _created = ValueEstimate.objects.update_or_create(procedure=procedure, defaults=components)
    procedure.estimated_value, procedure.value_method = estimate.total, method
    procedure.save()
    trail.record(procedure, "estimate", by=by, facts={"total": estimate.total} | content_facts(procedure))
    return estimate


@action("procurement.record_award_value")
def record_award_value(record, *, by, value, method):
    """Record the value at award of a lot or of the whole procedure, once its offers are evaluated.

    Recorded again, it replaces the earlier value and asks a new sign-off where it exceeds the estimate.
    """
    record = type(record).objects.select_for_update().get(pk=record.pk)
    if not by.has_perm("procurement.record_award_value", record):
        raise PermissionDenied
    asked = (guards.award_is_undecided, guards.offers_are_evaluated)
    if reasons := [reason for guard in asked if (reason := guard.reason(record, {}))]:
        raise Blocked(reasons, record)
    lot, procedure = (record, record.procedure) if isinstance(record, Lot) else (None, record)
    written = {
        "value": value,
        "method": method,
        "recorded_by": by,
        "recorded_at": clock.now(),
        "signed_off_by": None,
        "signed_off_at": None,
        "sign_off_reason": "",
    }
    found, _created = AwardValue.objects.update_or_create(procedure=procedure, lot=lot, defaults=written)
    facts = {"value": value, "estimate": found.estimate, "exceeds": found.exceeds}
    trail.record(record, "record_award_value", by=by, facts=facts)
    return found


@action("procurement.sign_off_award_value")
def sign_off_award_value(award_value, *, by, reason):
    """Say with reasons what follows from a value that exceeds the estimate: by a legal officer who did not record it."""
    found = AwardValue.objects.select_for_update(of=("self",)).select_related("procedure", "lot").get(pk=award_value.pk)
    if not by.has_perm("procurement.sign_off_award_value", found):
        raise PermissionDenied
    record = found.lot or found.procedure
    if unmet := guards.sign_off_is_needed.reason(found, {}) or guards.reason_is_given.reason(found, {"reason": reason}):
        raise Blocked([unmet], record)
    found.signed_off_by, found.signed_off_at, found.sign_off_reason = by, clock.now(), reason
    found.save()
    trail.record(record, "sign_off_award_value", by=by, facts={"value": found.value, "reason": reason})
    return found
