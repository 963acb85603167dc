"""The mails that procedures owe beside letters and messages. Run by the outbox in worker processes."""

from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from documents import post
from documents.models import Delivery, Message
from lifecycle import clock, outbox
from procurement.actions import end_subscription
from procurement.models import Procedure, Question, QuestionAsker, Subscription

# What the asker of a question is told, by the state that it came to.
SENTENCES = {
    "published": "Uw vraag over {number} is beantwoord. Het antwoord is aan iedereen bekendgemaakt.",
    "answered_alone": "Uw vertrouwelijke vraag over {number} is beantwoord. Alleen u krijgt het antwoord.",
    "sent_back": (
        "Uw vraag over {number} kan niet vertrouwelijk beantwoord worden. U leest waarom, en u kunt ze openlijk stellen of "
        "intrekken."
    ),
}


@outbox.handler("procurement.mail_subscription")
def mail_subscription(payload):
    """Ask the owner of the address to confirm; who confirmed before is told so, and how it ends."""
    found = Subscription.objects.select_related("procedure").filter(pk=payload["subscription"], ended_at=None)
    subscription = found.first()
    if subscription is None or subscription.is_expired:
        return
    site = settings.SITE_URL.rstrip("/")
    with translation.override("nl"):
        words = {
            "subscription": subscription,
            "procedure": subscription.procedure,
            "authority": settings.CONTRACTING_AUTHORITY,
            "procedure_url": f"{site}{subscription.procedure.get_absolute_url()}",
            "confirm_url": f"{site}{subscription.confirm_path}",
            "leave_url": f"{site}{subscription.leave_path}",
        }
        message = EmailMessage(
            subject=f"{subscription.procedure.number}: {_subject(subscription)}",
            body=render_to_string("mail/subscription.txt", words),
            to=[subscription.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
    post.send(message)


def _subject(subscription):
    return "u bent al geabonneerd" if subscription.is_confirmed else "bevestig uw abonnement"


@outbox.handler("procurement.tell_asker")
def tell_asker(payload):
    """Mail the person who asked: that there is something to read, never what."""
    question = Question.objects.select_related("procedure", "asked_by").get(pk=payload["question"])
    if question.state not in SENTENCES:
        return None
    number = question.procedure.number
    words = {
        "sentence": SENTENCES[question.state].format(number=number),
        "url": f"{settings.SITE_URL.rstrip('/')}{question.get_absolute_url()}",
        "authority": settings.CONTRACTING_AUTHORITY,
    }
    body = render_to_string("mail/question.txt", words)
    post.send(EmailMessage(subject=f"{number}: over uw vraag", body=body, to=[question.asked_by.email]))
    return partial(_record_telling, question.pk)


@outbox.handler("procurement.tell_asker_news")
def tell_asker_news(payload):
    """Mail who only asked what everybody else got as a message: the same news, kept among no recipients."""
    message = Message.objects.get(pk=payload["message"])
    asker = QuestionAsker.objects.select_related("organisation").get(pk=payload["asker"])
    words = {
        "text": message.body,
        "url": f"{settings.SITE_URL.rstrip('/')}{message.path}",
        "authority": settings.CONTRACTING_AUTHORITY,
    }
    body = render_to_string("mail/asker_news.txt", words)
    post.send(EmailMessage(subject=message.title, body=body, to=[asker.organisation.email]))


def _record_telling(pk):
    Question.objects.filter(pk=pk).update(told_at=clock.now())


@outbox.handler("documents.subscriber_left")
def end_what_came_back(payload):
    """The mailbox of a subscriber is gone for good: no more news there, and nobody needs to know."""
    copy = Delivery.objects.select_related("message").get(pk=payload["delivery"])
    label, _colon, number = copy.message.dossier.partition(":")
    if label != Procedure._meta.label_lower or not copy.email:
        return None
    found = Subscription.objects.filter(procedure=number, email=copy.email, ended_at=None).first()
    return partial(end_subscription, found) if found else None
