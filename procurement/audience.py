"""Who is told of what changes in a procedure: subscribers, and everybody who made a submission or is making one."""

from collections.abc import Iterator

from django.urls import reverse

from documents.messaging import Recipient, owe_message
from partners.addresses import addressee
from procurement.models import Application, Offer, Subscription


def everybody(procedure) -> Iterator[Recipient]:
    """The same news for all at the same moment (act of 17 June 2016, arts 45 and 46, § 4)."""
    yield from subscribers(procedure)
    yield from makers(procedure)


def subscribers(procedure) -> Iterator[Recipient]:
    for row in Subscription.objects.filter(procedure=procedure).current().iterator(2000):
        yield Recipient(email=row.email, leave_path=row.leave_path)


def makers(procedure) -> list[Recipient]:
    """Every participant with a draft, an application or an offer that is not withdrawn."""
    gone = Application.State.WITHDRAWN
    found = {one.participant for one in procedure.applications.exclude(state=gone).select_related("participant__lead")}
    offers = Offer.objects.filter(lot__procedure=procedure).exclude(state=Offer.State.WITHDRAWN)
    found |= {one.participant for one in offers.select_related("application__participant__lead")}
    return [_recipient(participant) for participant in sorted(found, key=lambda participant: participant.pk)]


def how_many(procedure) -> tuple[int, int]:
    """How many subscribers and how many makers would be told: numbers, never names."""
    following = Subscription.objects.filter(procedure=procedure).current().count()
    applying = procedure.applications.exclude(state=Application.State.WITHDRAWN).order_by()
    offering = Offer.objects.filter(lot__procedure=procedure).exclude(state=Offer.State.WITHDRAWN).order_by()
    return following, applying.values("participant").union(offering.values("application__participant")).count()


def _recipient(participant):
    where = addressee(participant)
    return Recipient(email=where["email"], name=where["name"], ref=participant.ref)


def tell_everybody(procedure, *, reason, title, body, by, subject=None, document=None, tab=""):
    """Owe everybody who is known the same message. `subject`: the record that it is about, else the procedure itself."""
    path = reverse("procedure", args=[procedure.pk]) + (f"?tab={tab}" if tab else "")
    return owe_message(
        subject=subject or procedure,
        reason=reason,
        title=f"{procedure.number}: {title}",
        body=body,
        path=path,
        to=everybody(procedure),
        by=by,
        document=document,
    )
