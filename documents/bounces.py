"""Mail that comes back (RFC 3464): read with distrust, recognised by the address it came back to, turned into a task.

Whoever knows the envelope sender of a copy can say that it came back, and nothing else: only a final failure counts, said
twice it changes nothing, and of the report nothing is kept but a code.
"""

import email
import os
import re
from contextlib import suppress
from email.message import Message as Mail
from pathlib import Path

import structlog
from django.db import transaction

from documents.models import Delivery, Letter, ReturnedMail
from documents.post import uids_in
from lifecycle import clock, outbox, trail
from lifecycle.actors import SYSTEM

log = structlog.get_logger(__name__)

# A report stands at the beginning; what follows is the mail that came back, with its attachment.
MOST_BYTES = 256 * 1024
MOST_AT_ONCE = 500
# Where mail servers write the address that they delivered to.
ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
STATUS = re.compile(r"[45]\.\d{1,3}\.\d{1,3}")
UNKNOWN = "5.0.0"


def receive(data: bytes) -> int:
    """Take in one mail; returns how many copies it says came back. What is no report, or not about us, changes nothing."""
    try:
        mail = email.message_from_bytes(data[:MOST_BYTES])
        failure = failure_in(mail)
        uids = {uid for name in ADDRESSED for value in mail.get_all(name, []) for uid in uids_in(str(value))}
    except Exception as error:  # noqa: BLE001 -- whatever a stranger's mail does to the parser, it is no report
        log.warning("unreadable mail came back", error=type(error).__name__)
        return 0
    if failure is None:
        return 0
    return sum(came_back(uid, failure) for uid in uids)


def failure_in(mail: Mail) -> str | None:
    """The status code of a delivery that failed for good; None for everything else (delayed, delivered, no report)."""
    if mail.get_content_type() != "multipart/report" or mail.get_param("report-type") != "delivery-status":
        return None
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for group in part.get_payload():
                if str(group.get("Action", "")).strip().lower() == "failed":
                    found = STATUS.search(str(group.get("Status", "")))
                    return found.group() if found else UNKNOWN
    return None


def came_back(uid, status) -> bool:
    """Record that a letter or a copy of a message came back; true if that is news."""
    with clock.stamped(), transaction.atomic():
        copy = Delivery.objects.select_for_update(of=("self",)).select_related("message").filter(uid=uid).first()
        if copy is not None:
            return _copy_came_back(copy, status)
        letter = Letter.objects.select_for_update(of=("self",)).select_related("document").filter(uid=uid).first()
        return letter is not None and _task(letter.dossier, status, letter=letter)


def _copy_came_back(copy, status):
    if copy.bounced_at is not None:
        return False
    copy.bounced_at, copy.bounce = clock.now(), status
    copy.save(update_fields=["bounced_at", "bounce"])
    if copy.recipient:
        return _task(copy.message.dossier, status, delivery=copy)
    if status.startswith("5"):
        # A subscriber is told nothing any more; who that is, the app that took the subscription knows.
        outbox.owe("documents.subscriber_left", key=str(copy.pk), payload={"delivery": copy.pk})
    return True


def _task(dossier, status, **about):
    returned, created = ReturnedMail.objects.get_or_create(
        **about, defaults={"dossier": dossier, "status": status, "came_back_at": clock.now()}
    )
    if created:
        trail.record(returned, "come_back", by=SYSTEM, facts={"status": trail.Code(status)})
    return created


def receive_all(maildir) -> int:
    """Take in what is new in a Maildir, and move it to what was seen; returns how many copies came back.

    Killed on the way, the next run reads the same mail again, which changes nothing.
    """
    folder, done = Path(maildir), 0
    for path in sorted((folder / "new").iterdir())[:MOST_AT_ONCE]:
        # Another worker may have taken it.
        with suppress(FileNotFoundError):
            with path.open("rb") as file:
                done += receive(file.read(MOST_BYTES))
            os.replace(path, folder / "cur" / f"{path.name}:2,S")
    return done
