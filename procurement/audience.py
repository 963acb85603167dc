"""Who is told of what changes in a procedure: subscribers, everybody who made a submission or is making one, who asked."""

from collections.abc import Iterator

from django.urls import reverse

from documents.messaging import Recipient, owe_message
from lifecycle import outbox
from partners.addresses import addressee
from procurement.models import Application, Offer, Procedure, QuestionAsker, Subscription

ANSWERS = "answers_published"
_WITH_ADDRESS = ("participant__lead__postcode__municipality",)


def everybody(procedure) -> Iterator[Recipient]:
    """The same news for all at the same moment (act of 17 June 2016, arts 45 and 46, § 4)."""
    yield from subscribers(procedure)
    yield from makers(procedure)


def subscribers(procedure) -> Iterator[Recipient]:
    for row in Subscription.objects.filter(procedure=procedure).current().iterator(2000):
        yield Recipient(email=row.email, leave_path=row.leave_path)


def makers(procedure) -> list[Recipient]:
    """Every participant with a draft, an application or an offer that is not withdrawn."""
    return [_recipient(participant) for participant in _making(procedure)]


def askers(procedure) -> list[QuestionAsker]:
    """Who asked something and leads no submission. They stand among no recipients: only the system knows who asks (ADR 15)."""
    told = {participant.lead_id for participant in _making(procedure)}
    return list(QuestionAsker.objects.filter(procedure=procedure).exclude(organisation__in=told).order_by("pk"))


def _making(procedure):
    gone = Application.State.WITHDRAWN
    found = {one.participant for one in procedure.applications.exclude(state=gone).select_related(*_WITH_ADDRESS)}
    offers = Offer.objects.filter(lot__procedure=procedure).exclude(state=Offer.State.WITHDRAWN)
    found |= {one.participant for one in offers.select_related(*(f"application__{path}" for path in _WITH_ADDRESS))}
    return sorted(found, key=lambda participant: participant.pk)


def how_many(procedure) -> tuple[int, int]:
    """How many subscribers and how many organisations would be told: numbers, never names."""
    following = Subscription.objects.filter(procedure=procedure).current().count()
    applying = procedure.applications.exclude(state=Application.State.WITHDRAWN).order_by()
    offering = Offer.objects.filter(lot__procedure=procedure).exclude(state=Offer.State.WITHDRAWN).order_by()
    making = applying.values("participant").union(offering.values("application__participant")).count()
    return following, making + len(askers(procedure))


def known_makers(user, dossiers) -> Iterator[tuple[str, str]]:
    """Whose submission was opened, for who may see it: only they may be named among those who were told."""
    label = Procedure._meta.label_lower
    numbers = [int(number) for kind, _colon, number in (each.partition(":") for each in dossiers) if kind == label]
    found = Application.objects.visible_to(user).opened().filter(procedure__in=numbers).select_related("participant")
    for application in found:
        yield f"{label}:{application.procedure_id}", application.participant.ref


def _recipient(participant):
    where = addressee(participant)
    return Recipient(email=where["email"], name=where["name"], ref=participant.ref)


def tell_everybody(procedure, *, reason, title, body, by, subject=None, document=None, tab=""):
    """Owe everybody who is known the same message. `subject`: the record that it is about, else the procedure itself."""
    path = reverse("procedure", args=[procedure.pk]) + (f"?tab={tab}" if tab else "")
    message = owe_message(
        subject=subject or procedure,
        reason=reason,
        title=f"{procedure.number}: {title}",
        body=body,
        path=path,
        to=everybody(procedure),
        by=by,
        document=document,
    )
    if reason != ANSWERS:
        # Whose question was answered is told of that answer.
        news = [(f"{message.pk}/{each.pk}", {"message": message.pk, "asker": each.pk}) for each in askers(procedure)]
        outbox.owe_many("procurement.tell_asker_news", news)
    return message
