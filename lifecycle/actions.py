"""Changing the numbers of the law: one legal officer proposes, another one approves. Nothing is ever written over."""

from django.core.exceptions import PermissionDenied

from lifecycle import clock, legal_guards, trail
from lifecycle.models import LegalValue
from lifecycle.steps import Blocked, action, fire


@action("lifecycle.propose_value")
def propose_value(like, *, by, value, valid_from, source, certain, reason=""):
    """Propose a number for the key of `like`, from a day on; it counts for nothing until a second person approves it."""
    return _propose(like, None, by, value=value, valid_from=valid_from, source=source, certain=certain, reason=reason)


@action("lifecycle.correct_value")
def correct_value(wrong, *, by, value, valid_from, source, certain, reason):
    """Propose what an approved row should have said, with the reason; the wrong row stays readable."""
    conditions = (legal_guards.row_counts, legal_guards.reason_is_given)
    if reasons := [found for guard in conditions if (found := guard.reason(wrong, {"reason": reason}))]:
        raise Blocked(reasons, wrong)
    return _propose(wrong, wrong, by, value=value, valid_from=valid_from, source=source, certain=certain, reason=reason)


def _propose(like, supersedes, by, **content):
    if not by.has_perm("lifecycle.propose_value", like):
        raise PermissionDenied
    proposal = LegalValue.objects.create(
        key=like.key,
        unit=like.unit,
        meaning=like.meaning,
        supersedes=supersedes,
        proposed_by=by,
        proposed_at=clock.now(),
        **content,
    )
    facts = {
        "key": trail.Code(proposal.key),
        "value": proposal.value,
        "valid_from": proposal.valid_from,
        "certain": proposal.certain,
        "source": proposal.source,
        "supersedes": supersedes,
        "reason": proposal.reason or None,
    }
    trail.record(proposal, "propose", by=by, target=proposal.state, facts=facts)
    return proposal


@action("lifecycle.approve_value")
def approve_value(proposal, *, by):
    """Put the number into the table, in the place of the row that it supersedes, if it supersedes one."""
    wrong = proposal.supersedes
    # The row that it supersedes leaves first: one number counts per day.
    if wrong is not None and LegalValue.objects.proposed().filter(pk=proposal.pk).exists():
        fire(wrong, "supersede", by=by)
    return fire(proposal, "approve", by=by)
