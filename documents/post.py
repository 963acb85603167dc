"""Handing mail to the mail server: each copy with an envelope sender of its own, over one connection per batch."""

import re
import smtplib
import uuid
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from lifecycle import outbox

_kept: ContextVar = ContextVar("mail_connection", default=None)


def envelope_sender(uid: uuid.UUID) -> str:
    """The address to which this very copy comes back; nobody can guess that of another one."""
    if not settings.BOUNCE_ADDRESS:
        return settings.DEFAULT_FROM_EMAIL
    name, _at, domain = settings.BOUNCE_ADDRESS.partition("@")
    return f"{name}+{uid.hex}@{domain}"


def uids_in(addresses: str) -> list[uuid.UUID]:
    """The copies that the addresses in a header speak of."""
    name, _at, domain = settings.BOUNCE_ADDRESS.partition("@")
    if not domain:
        return []
    token = rf"(?<![\w.+-]){re.escape(name)}\+([0-9a-f]{{32}})@{re.escape(domain)}(?![\w.-])"
    return [uuid.UUID(found) for found in re.findall(token, addresses, re.IGNORECASE)]


def copy_of(uid: uuid.UUID, *, headers: dict, **parts) -> EmailMessage:
    """A mail whose readers see the house as its sender, and whose servers send it back to where we recognise it."""
    return EmailMessage(
        from_email=envelope_sender(uid),
        headers={"From": settings.DEFAULT_FROM_EMAIL, "Auto-Submitted": "auto-generated"} | headers,
        **parts,
    )


def send(message: EmailMessage) -> None:
    """Hand it over; raises what the mail server says. Within a batch the connection stays open."""
    connection = _kept.get()
    if connection is not None:
        _ready(connection)
        message.connection = connection
    message.send()


def _ready(connection):
    """Open, and still alive: asked before a mail is handed over, so that none is in doubt because the server hung up."""
    server = getattr(connection, "connection", None)
    if server is not None:
        try:
            alive = server.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            alive = False
        if not alive:
            _close(connection)
    connection.open()


def _close(connection):
    with suppress(smtplib.SMTPException, OSError):
        connection.close()


@outbox.batch
@contextmanager
def one_connection():
    """Around a batch of owed work: the mail server is called once."""
    connection = get_connection()
    token = _kept.set(connection)
    try:
        yield
    finally:
        _kept.reset(token)
        _close(connection)
