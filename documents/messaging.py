"""Telling everybody concerned at once: one text, a copy for each, owed in the transaction of its cause."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from documents.models import Delivery, Document, Message
from lifecycle import clock, outbox, trail
from lifecycle.actors import is_system
from lifecycle.models import ref

BATCH = 1000


@dataclass(frozen=True)
class Recipient:
    """Who gets a copy. `ref`: the organisation that it is for; `leave_path`: where a subscriber ends the subscription."""

    email: str
    name: str = ""
    ref: str = ""
    leave_path: str = ""


def owe_message(
    *,
    subject,
    reason: str,
    title: str,
    body: str,
    path: str,
    to: Iterable[Recipient],
    by,
    document: Document | None = None,
) -> Message:
    """Owe one text to many, each once; a document is named in it, never attached. Texts are Dutch: they are legal acts.

    The trail keeps how many copies are owed and the digest of the text, never who they are for: who is preparing a
    submission is nobody's business before the opening.
    """
    with clock.stamped(), transaction.atomic():
        message = Message.objects.create(
            dossier=subject.dossier,
            subject=ref(subject),
            reason=reason,
            title=title,
            body=body,
            path=path,
            document=document,
            owed_at=clock.now(),
            owed_by=None if is_system(by) else by,
        )
        once = {(one.ref, one.email.lower()): one for one in to}
        copies = [
            Delivery(message=message, recipient=one.ref, name=one.name, email=one.email, leave_path=one.leave_path)
            for one in once.values()
        ]
        copies = Delivery.objects.bulk_create(copies, batch_size=BATCH)
        outbox.owe_many("documents.send_message", [(str(copy.pk), {"delivery": copy.pk}) for copy in copies])
        facts = {"reason": trail.Code(reason), "text": body, "copies": len(copies), "document": document}
        trail.record(message, "owe", by=by, facts=facts, dossier=subject.dossier)
    return message


def forget_subscribers(dossier: str, emails: Iterable[str] | None = None) -> int:
    """Erase these addresses, or all, from the copies that went to subscribers of a dossier; that they went stays known."""
    copies = Delivery.objects.filter(message__dossier=dossier, recipient="").exclude(email="")
    if emails is not None:
        copies = copies.filter(email__in=emails)
    return copies.update(email="", name="", leave_path="")
