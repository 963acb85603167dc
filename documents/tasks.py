"""The work that documents owe: making them, and mailing letters. Run by the outbox in worker processes."""

import datetime as dt
import hashlib
from functools import partial

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from documents import kinds, post, sealing, storage
from documents.models import ClauseVersion, Delivery, Document, Letter
from lifecycle import clock, outbox, trail
from lifecycle.actors import SYSTEM
from lifecycle.steps import fire


@outbox.handler("documents.render")
def make(payload):
    """Render, conform, seal and store a document, outside any transaction; what was made is recorded when it is done.

    Interrupted anywhere, a next attempt makes the same bytes, which have one place on disk: nothing is doubled.
    """
    from documents import rendering  # noqa: PLC0415 -- only workers load the font machinery

    document = Document.objects.select_related("template_version__template").get(pk=payload["document"])
    if document.state != Document.State.REQUESTED:
        return None
    begun_at = _begin(document)
    try:
        rendered = rendering.render(paper_of(document))
    except rendering.RenderingFailed as error:
        return partial(_give_up, document.pk, str(error))
    data = sealing.seal(rendered.data, at=begun_at)
    return partial(_record, document.pk, rendered, storage.store(data), len(data))


def _begin(document) -> dt.datetime:
    """The moment of the first attempt, kept: the seal says it, and a next attempt must make the same bytes."""
    Document.objects.filter(pk=document.pk, begun_at=None).update(begun_at=clock.now())
    return Document.objects.values_list("begun_at", flat=True).get(pk=document.pk)


def paper_of(document):
    """Everything that decides the bytes of a document, from what was fixed when it was requested."""
    from documents.rendering import Paper  # noqa: PLC0415 -- only workers load the font machinery

    kind, version = kinds.kind_of(document.kind), document.template_version
    clauses = ClauseVersion.objects.filter(pk__in=document.clauses.values()).values_list("clause__code", "body")
    return Paper(
        frame=kind.frame,
        contents=kind.contents,
        body=version.body,
        clauses=dict(clauses),
        context=document.context,
        requested_at=document.requested_at,
        template=version.label,
        trail_head=document.trail_head,
    )


def _record(pk, rendered, sha256, size):
    document = Document.objects.get(pk=pk)
    if document.state != Document.State.REQUESTED:
        return
    document = fire(
        document,
        "render",
        by=SYSTEM,
        rendered_sha256=hashlib.sha256(rendered.data).hexdigest(),
        pages=rendered.pages,
        fingerprint=rendered.fingerprint,
        places=rendered.places,
    )
    fire(document, "seal", by=SYSTEM, sha256=sha256, size=size)


def _give_up(pk, failure):
    document = Document.objects.get(pk=pk)
    if document.state == Document.State.REQUESTED:
        fire(document, "give_up", by=SYSTEM, failure=failure)


@outbox.handler("documents.send_letter")
def send(payload):
    """Mail a letter with its sealed document; until the document is sealed the letter waits."""
    letter = Letter.objects.select_related("document", "enclosed").get(pk=payload["letter"])
    if letter.electronic_sent_at is not None:
        return None
    document = letter.document
    papers = [document, letter.enclosed] if letter.enclosed else [document]
    if not all(paper.is_ready for paper in papers):
        raise outbox.NotYet
    message_id = f"<letter-{letter.pk}-{document.sha256[:16]}@{_domain()}>"
    with translation.override("nl"):
        message = post.copy_of(
            letter.uid,
            subject=f"{document.title} ({document.number})",
            body=render_to_string("mail/letter.txt", _words(letter)),
            to=[letter.email],
            # The same on every attempt: a letter that was mailed twice can be seen to be one.
            headers={"Message-ID": message_id},
        )
    for paper in papers:
        message.attach(paper.file_name, storage.read(paper.sha256), "application/pdf")
    post.send(message)
    return partial(_record_mailing, letter.pk, message_id)


def _words(letter):
    url = f"{settings.SITE_URL.rstrip('/')}{letter.document.get_absolute_url()}"
    return {"letter": letter, "document": letter.document, "authority": settings.CONTRACTING_AUTHORITY, "url": url}


def _domain():
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")


def _record_mailing(pk, message_id):
    """After the mail was handed over: the moment counts from here, never from before."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("document", "enclosed").get(pk=pk)
    if letter.electronic_sent_at is not None:
        return
    document, enclosed = letter.document, letter.enclosed
    letter.electronic_sent_at, letter.message_id, letter.sent_sha256 = clock.now(), message_id, document.sha256
    letter.save()
    facts = {"document": document, "sent_at": letter.electronic_sent_at}
    digests = [document.sha256, enclosed.sha256] if enclosed else [document.sha256]
    trail.record(letter, "send_electronically", by=SYSTEM, facts=facts, documents=digests)
    if document.state == Document.State.SEALED:
        fire(document, "deliver", by=SYSTEM)


@outbox.handler("documents.send_message", bulk=True)
def send_message(payload):
    """Mail one copy of a message; a copy that left is never mailed again."""
    delivery = Delivery.objects.select_related("message__document").get(pk=payload["delivery"])
    if delivery.sent_at is not None or not delivery.email:
        return None
    mail_id = f"<message-{delivery.uid}@{_domain()}>"
    site = settings.SITE_URL.rstrip("/")
    words = {
        "delivery": delivery,
        "message": delivery.message,
        "authority": settings.CONTRACTING_AUTHORITY,
        "url": f"{site}{delivery.message.path}",
        "leave_url": f"{site}{delivery.leave_path}" if delivery.leave_path else "",
    }
    headers = {"Message-ID": mail_id}
    if delivery.leave_path:
        # RFC 8058: the mail program of the reader may end it at one click, by POST.
        headers |= {
            "List-Unsubscribe": f"<{words['leave_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    with translation.override("nl"):
        mail = post.copy_of(
            delivery.uid,
            subject=delivery.message.title,
            body=render_to_string("mail/message.txt", words),
            to=[delivery.email],
            headers=headers,
        )
    post.send(mail)
    return partial(_record_delivery, delivery.pk, mail_id)


def _record_delivery(pk, mail_id):
    Delivery.objects.filter(pk=pk, sent_at=None).update(sent_at=clock.now(), mail_id=mail_id)


@trail.witness
def heads_in_sealed_documents():
    """What sealed documents print about their dossier's chain must still be in it."""
    sealed = Document.objects.readable().exclude(trail_head="").values_list("number", "dossier", "trail_head")
    for number, dossier, head in sealed.iterator():
        yield f"document {number}", dossier, head
