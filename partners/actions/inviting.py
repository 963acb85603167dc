"""Inviting a colleague by mail, and accepting from the mailbox."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lifecycle import clock, outbox, trail
from partners.actions.memberships import begin, locked, may_or_not, within_own_reach
from partners.models import Invitation, Membership
from partners.models.joining import new_nonce

# Sooner the same mail is not sent again: nobody's mailbox can be filled from our page.
PAUSE = dt.timedelta(minutes=10)


@transaction.atomic
def invite(organisation, *, by, email, may_prepare=True, may_sign=False, sign_limit=None, until=None) -> Invitation:
    """Owe the address a mail with a personal link; who accepts it acts for the organisation with these powers.

    Raises `PermissionDenied` for who does not sign for the confirmed organisation. The answer never says whether the
    address has an account here.
    """
    may_or_not(by, "partners.manage_members", organisation)
    organisation = locked(organisation)
    powers = {"may_prepare": may_prepare, "may_sign": may_sign, "sign_limit": sign_limit}
    within_own_reach(organisation, by=by, **powers)
    members = Membership.objects.current().filter(organisation=organisation).select_related("user")
    if any(email.lower() in member.user.proved_addresses() for member in members):
        raise ValidationError({"email": _("Deze persoon is al lid van deze organisatie.")})
    invitation = Invitation(
        organisation=organisation, email=email.lower(), until=until, invited_by=by, sent_at=clock.now(), **powers
    )
    invitation.full_clean(exclude=["token_digest"])
    invitation.save()
    _owe_mail(invitation)
    trail.record(organisation, "invite", by=by, facts={"invitation": invitation.pk, **powers, "until": until})
    return invitation


@transaction.atomic
def resend_invitation(invitation, *, by) -> Invitation:
    """A new mail with a new link; the link of the earlier one ends."""
    invitation = _locked_pending(invitation, by=by)
    if clock.now() < invitation.sent_at + PAUSE:
        raise ValidationError(_("Deze uitnodiging vertrok daarnet. Wacht tien minuten voor u ze opnieuw verstuurt."))
    invitation.nonce, invitation.sent_at = new_nonce(), clock.now()
    invitation.save()
    _owe_mail(invitation)
    trail.record(invitation.organisation, "resend_invitation", by=by, facts={"invitation": invitation.pk})
    return invitation


@transaction.atomic
def withdraw_invitation(invitation, *, by) -> Invitation:
    """The link ends at once."""
    invitation = _locked_pending(invitation, by=by)
    invitation.withdrawn_at = clock.now()
    invitation.save()
    trail.record(invitation.organisation, "withdraw_invitation", by=by, facts={"invitation": invitation.pk})
    return invitation


@transaction.atomic
def accept_invitation(invitation, *, by) -> Membership:
    """What the owner of the mailbox does: from now on this person acts for the organisation.

    Raises `PermissionDenied` for another person and for staff of the authority.
    """
    may_or_not(by, "partners.accept_invitation", invitation)
    organisation = locked(invitation.organisation)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open:
        raise ValidationError(_("Deze uitnodiging geldt niet meer. Vraag wie u uitnodigde om ze opnieuw te versturen."))
    membership = begin(
        organisation, by=by, user=by, until=invitation.until, what="accept_invitation", **invitation.powers
    )
    invitation.accepted_at, invitation.accepted_by = clock.now(), by
    invitation.save()
    return membership


def _locked_pending(invitation, *, by):
    may_or_not(by, "partners.manage_members", invitation.organisation)
    locked(invitation.organisation)
    found = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
    if not found.is_pending:
        raise ValidationError(_("Deze uitnodiging is al aanvaard of ingetrokken."))
    return found


def _owe_mail(invitation):
    key = f"{invitation.pk}/{invitation.nonce}"
    outbox.owe("partners.mail_invitation", key=key, payload={"invitation": invitation.pk})
