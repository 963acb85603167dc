"""Asking to act for an organisation that is registered already, and deciding on it.

Who asks learns nothing about who is registered: every answer is the same until somebody decided.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lifecycle import clock, outbox, trail
from partners.actions.memberships import begin, locked, may_or_not, within_own_reach
from partners.models import JoinRequest, Membership, Organisation


@transaction.atomic
def ask_to_join(*, by, enterprise_number, words) -> JoinRequest | None:
    """Keep the question, once, and owe those who decide a mail. An unknown number, or one's own organisation: nothing."""
    may_or_not(by, "partners.ask_to_join", None)
    found = Organisation.objects.select_for_update().filter(enterprise_number=enterprise_number).first()
    if found is None or Membership.objects.current().filter(organisation=found, user=by).exists():
        return None
    asked, created = JoinRequest.objects.get_or_create(
        organisation=found, user=by, decided_at=None, defaults={"words": words, "asked_at": clock.now()}
    )
    if created:
        outbox.owe("partners.tell_deciders", key=str(asked.pk), payload={"request": asked.pk})
        trail.record(found, "ask_to_join", by=by, facts={"join_request": asked.pk})
    return asked


@transaction.atomic
def accept_join_request(request, *, by, may_prepare=True, may_sign=False, sign_limit=None, until=None) -> Membership:
    """Let the person act for the organisation with these powers."""
    request = _locked_waiting(request, by=by)
    powers = {"may_prepare": may_prepare, "may_sign": may_sign, "sign_limit": sign_limit}
    within_own_reach(request.organisation, by=by, **powers)
    membership = begin(
        request.organisation, by=by, user=request.user, until=until, what="accept_join_request", **powers
    )
    _decide(request, by=by, accepted=True)
    return membership


@transaction.atomic
def refuse_join_request(request, *, by, reason) -> JoinRequest:
    """The person reads why."""
    request = _locked_waiting(request, by=by)
    if not reason.strip():
        raise ValidationError({"reason": _("Zeg waarom u weigert: de vrager leest het.")})
    _decide(request, by=by, accepted=False, reason=reason)
    facts = {"user": request.user, "join_request": request.pk, "reason": reason}
    trail.record(request.organisation, "refuse_join_request", by=by, facts=facts)
    return request


def _locked_waiting(request, *, by):
    locked(request.organisation)
    rows = JoinRequest.objects.select_for_update(of=("self",)).select_related("organisation", "user")
    request = rows.get(pk=request.pk)
    may_or_not(by, "partners.decide_join_request", request)
    if not request.is_waiting:
        raise ValidationError(_("Iemand anders besliste al over deze vraag."))
    return request


def _decide(request, *, by, accepted, reason=""):
    request.decided_at, request.decided_by = clock.now(), by
    request.accepted, request.reason = accepted, reason
    request.save()
    outbox.owe("partners.tell_decision", key=str(request.pk), payload={"request": request.pk})
