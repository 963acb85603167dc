"""The mails about who acts for an organisation. Run by the outbox in worker processes."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from documents import post
from lifecycle import outbox
from partners.models import Invitation, JoinRequest, Membership


@outbox.handler("partners.mail_invitation")
def mail_invitation(payload):
    """The personal link, to the address alone. An invitation that was sent again meanwhile has a later mail."""
    invitation = Invitation.objects.select_related("organisation", "invited_by").get(pk=payload["invitation"])
    if not invitation.is_open:
        return
    words = {"invitation": invitation, "url": _address(invitation.path)}
    _mail("invitation", f"Uitnodiging om te handelen voor {invitation.organisation}", [invitation.email], words)


@outbox.handler("partners.tell_deciders")
def tell_deciders(payload):
    """Those who sign for the organisation: that somebody asks, and where they decide."""
    request = JoinRequest.objects.select_related("organisation", "user").get(pk=payload["request"])
    if not request.is_waiting or not request.organisation.is_confirmed:
        return
    signing = Membership.objects.signing().filter(organisation=request.organisation).select_related("user")
    addresses = sorted({membership.user.email for membership in signing if membership.user.is_active})
    words = {"request": request, "url": _address(request.get_absolute_url())}
    for address in addresses:
        _mail("join_request", f"Iemand vraagt toegang tot {request.organisation}", [address], words)


@outbox.handler("partners.tell_decision")
def tell_decision(payload):
    """Who asked: what was decided, and why not."""
    request = JoinRequest.objects.select_related("organisation", "user").get(pk=payload["request"])
    path = request.organisation.get_absolute_url() if request.accepted else request.get_absolute_url()
    words = {"request": request, "url": _address(path)}
    _mail(
        "join_decision",
        f"Over uw vraag om toegang ({request.organisation.written_number})",
        [request.user.email],
        words,
    )


def _address(path):
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _mail(template, subject, to, words):
    with translation.override("nl"):
        body = render_to_string(f"mail/{template}.txt", words | {"authority": settings.CONTRACTING_AUTHORITY})
    post.send(EmailMessage(subject=subject, body=body, to=to, headers={"Auto-Submitted": "auto-generated"}))
