"""A real mail server in the test process (aiosmtpd): `mail_server.received` are the mails that it took in."""

import email
import email.policy
from dataclasses import dataclass

import pytest
from aiosmtpd.controller import Controller
from django.core.mail.backends.smtp import EmailBackend

BOUNCE_ADDRESS = "terug@post.example"


@dataclass(frozen=True)
class Received:
    """One mail, with the addresses that its envelope carried."""

    sender: str
    to: list[str]
    mail: email.message.EmailMessage

    @property
    def message_id(self):
        """As it stands: a long one is on a line of its own."""
        return self.mail["Message-ID"].strip()

    @property
    def text(self):
        return self.mail.get_body().get_content()


class _Controller(Controller):
    """On a port that is free: the test of readiness asks the port that it became."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class MailServer:
    """Takes in everything; `refuse` names an address whose mails it will not have."""

    def __init__(self):
        self.received, self.refuse, self.sessions = [], set(), set()
        self.controller = _Controller(self, hostname="127.0.0.1", port=0)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's name for it
        self.sessions.add(session.peer)
        if address in self.refuse:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name for it
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.received.append(Received(envelope.mail_from, list(envelope.rcpt_tos), mail))
        return "250 OK"

    @property
    def port(self):
        return self.controller.port


@pytest.fixture
def mail_server(settings):
    """Mails of this test go to a real server, and come back to an address per copy."""
    server = MailServer()
    server.controller.start()
    settings.EMAIL_BACKEND = f"{EmailBackend.__module__}.{EmailBackend.__qualname__}"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.BOUNCE_ADDRESS = BOUNCE_ADDRESS
    yield server
    server.controller.stop()


@pytest.fixture
def mail_environment(mail_server):
    """What a child process needs to mail to the same server."""
    return {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(mail_server.port), "BOUNCE_ADDRESS": BOUNCE_ADDRESS}


def report(to, *, action="failed", status="5.1.1", about=b""):
    """What a mail server answers when it could not deliver (RFC 3464)."""
    lines = [
        "From: MAILER-DAEMON@mx.elders.example",
        f"To: {to}",
        "Subject: Undelivered Mail Returned to Sender",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="grens"',
        "",
        "--grens",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        "This is the mail system at host mx.elders.example.",
        "",
        "--grens",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.elders.example",
        "",
        "Final-Recipient: rfc822; iemand@elders.example",
        f"Action: {action}",
        f"Status: {status}",
        "Diagnostic-Code: smtp; 550 5.1.1 <iemand@elders.example>: <script>alert(1)</script>",
        "",
        "--grens",
        "Content-Type: message/rfc822",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + about + b"\r\n--grens--\r\n"
