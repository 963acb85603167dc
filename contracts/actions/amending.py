"""Drafting an amendment; its further steps are its verbs."""

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from contracts import guards
from contracts.models import Amendment, Contract
from lifecycle import clock, trail
from lifecycle.steps import Blocked, action


@action("contracts.draft_amendment")
def draft_amendment(contract, *, by, ground, content, reasons, clause="", value_change=None):
    """Draft an amendment of a running contract on one of the grounds of the law. Raises `Blocked`, `ValidationError`."""
    fresh = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if not by.has_perm("contracts.manage_contract", fresh):
        raise PermissionDenied
    last = fresh.amendments.aggregate(last=Max("number"))["last"] or 0
    amendment = Amendment(
        contract=fresh,
        number=last + 1,
        ground=ground,
        clause=clause,
        content=content,
        reasons=reasons,
        value_change=value_change,
        drafted_by=by,
        drafted_at=clock.now(),
    )
    if reason := guards.contract_runs.reason(amendment, {}):
        raise Blocked([reason], fresh)
    amendment.full_clean(exclude=["checked_by", "signed_by", "signed_on"])
    amendment.save()
    facts = {"ground": trail.Code(ground), "value_change": value_change, "content": content}
    trail.record(amendment, "draft", by=by, target=amendment.state, facts=facts)
    return amendment
