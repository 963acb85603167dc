"""Mail over a real mail server: what it carries, who it comes back to, once each, over one connection."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from documents.messaging import Recipient, owe_message
from documents.models import Delivery, Letter
from documents.post import envelope_sender, uids_in
from lifecycle import outbox
from lifecycle.models import Owed
from partners.models import Organisation
from tests.documents.paper_story import made, request
from tests.documents.test_letters import owe
from tests.mailbox import BOUNCE_ADDRESS
from tests.people import make_organisation

pytestmark = pytest.mark.usefixtures("seal_keys")


def tell(buyer, *emails, **more):
    given = {
        "subject": Organisation.objects.first() or make_organisation(),
        "reason": "test",
        "title": "2026-001: wijziging van de selectieleidraad",
        "body": "Perceel 2 verviel; vanaf € 5 miljoen geldt één drempel.",
        "path": "/procedures/1/",
        "to": [Recipient(email=email, leave_path=f"/abonnementen/{number}/") for number, email in enumerate(emails)],
        "by": buyer,
    }
    return owe_message(**(given | more))


def test_message_reaches_each_reader_once_from_an_address_of_its_own(mail_server, buyer):
    emails = [f"lezer{number}@voorbeeld.example" for number in range(5)]
    message = tell(buyer, *emails)
    outbox.sweep()
    outbox.sweep()

    assert sorted(one.to for one in mail_server.received) == [[email] for email in emails]
    copies = {copy.email: copy for copy in message.deliveries.all()}
    for one in mail_server.received:
        copy = copies[one.to[0]]
        assert one.sender == f"terug+{copy.uid.hex}@post.example"
        assert one.message_id == copy.mail_id == f"<message-{copy.uid}@partnerloket.example>"
        assert one.mail["To"] == copy.email
        assert one.mail["From"] == "Partnerloket <noreply@partnerloket.example>"
        assert one.mail["Auto-Submitted"] == "auto-generated"
        assert one.mail["List-Unsubscribe"] == f"<http://localhost:8000{copy.leave_path}>"
        assert one.mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len({one.sender for one in mail_server.received}) == 5


def test_mail_is_in_dutch_with_its_signs(mail_server, buyer):
    tell(buyer, "lezer@voorbeeld.example")
    outbox.sweep()
    (one,) = mail_server.received

    assert one.mail["Subject"] == "2026-001: wijziging van de selectieleidraad"
    assert "Perceel 2 verviel; vanaf € 5 miljoen geldt één drempel." in one.text
    assert "Met vriendelijke groeten" in one.text


def test_letter_comes_back_to_an_address_of_its_own(mail_server, buyer):
    letter = owe(made(request("award_letter", by=buyer)), buyer)
    outbox.sweep()
    (one,) = mail_server.received
    letter = Letter.objects.get(pk=letter.pk)

    assert one.sender == f"terug+{letter.uid.hex}@post.example"
    assert one.message_id == letter.message_id
    assert [part.get_content_type() for part in one.mail.iter_attachments()] == ["application/pdf"]


def test_one_connection_serves_a_batch(mail_server, buyer):
    tell(buyer, *(f"lezer{number}@voorbeeld.example" for number in range(10)))
    outbox.sweep()

    assert len(mail_server.received) == 10
    assert len(mail_server.sessions) == 1


def test_refused_address_is_tried_again_and_holds_up_nobody(mail_server, buyer):
    mail_server.refuse.add("lezer1@voorbeeld.example")
    message = tell(buyer, *(f"lezer{number}@voorbeeld.example" for number in range(3)))
    outbox.sweep()

    assert sorted(message.deliveries.exclude(sent_at=None).values_list("email", flat=True)) == [
        "lezer0@voorbeeld.example",
        "lezer2@voorbeeld.example",
    ]
    assert "no such mailbox" in Owed.objects.get(done_at=None).error


def test_without_a_place_to_come_back_to_mail_comes_back_to_its_sender(settings, buyer):
    settings.BOUNCE_ADDRESS = ""
    tell(buyer, "lezer@voorbeeld.example")

    assert envelope_sender(Delivery.objects.get().uid) == settings.DEFAULT_FROM_EMAIL
    assert uids_in("+@") == []


def test_only_whole_addresses_are_recognised(settings, buyer):
    settings.BOUNCE_ADDRESS = BOUNCE_ADDRESS
    tell(buyer, "lezer@voorbeeld.example")
    uid = Delivery.objects.get().uid
    address = envelope_sender(uid)

    assert uids_in(f"Terug <{address.upper()}>, iemand@elders.example") == [uid]
    assert uids_in(f"x{address}") == []
    assert uids_in(f"{address}.elders.example") == []
    assert uids_in(address.replace("terug+", "terugx")) == []


def test_thousands_of_copies_never_stand_before_a_letter(buyer):
    tell(buyer, *(f"lezer{number}@voorbeeld.example" for number in range(500)))
    letter = outbox.owe("documents.send_letter", key="later", payload={})

    due = outbox.due(200)

    assert due[0] == letter.pk
    assert len(due) == 200
    assert len(outbox.due(4)) == 4


def test_bulk_work_keeps_a_quarter_for_itself(buyer):
    tell(buyer, *(f"lezer{number}@voorbeeld.example" for number in range(30)))
    letters = {outbox.owe("documents.send_letter", key=str(number)).pk for number in range(30)}

    assert [pk in letters for pk in outbox.due(20)] == [True] * 20 + [False] * 5


def test_long_queue_is_told_once_while_a_lease_lasts(buyer, settings):
    tell(buyer, *(f"lezer{number}@voorbeeld.example" for number in range(30)))

    assert len(outbox.to_nudge()) == 30
    assert outbox.to_nudge() == []
    settings.OUTBOX_LEASE_SECONDS = -1
    assert len(outbox.to_nudge()) == 30


@pytest.mark.parametrize("value", ["ssl", "on", ""])
def test_security_of_the_connection_is_said_clearly(value):
    with pytest.raises(ImproperlyConfigured, match="SMTP_SECURITY"):
        env.smtp_security(value)


def test_security_of_the_connection():
    assert [env.smtp_security(value) for value in ("none", "starttls", "tls")] == [
        (False, False),
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize("value", ["terug", "@post.example", "Terug <terug@post.example>", "terug+x@post.example"])
def test_bounce_address_is_bare(monkeypatch, value):
    monkeypatch.setenv("BOUNCE_ADDRESS", value)
    with pytest.raises(ImproperlyConfigured, match="BOUNCE_ADDRESS"):
        env.address("BOUNCE_ADDRESS")


@pytest.mark.slow
@pytest.mark.parametrize(
    "given",
    [
        {"SMTP_USER": "iemand"},
        {"SMTP_USER": "iemand", "SMTP_PASSWORD": "geheim"},
        {"BOUNCE_MAILDIR": "/var/mail/terug"},
    ],
)
def test_settings_that_make_no_sense_stop_the_start(given):
    import os
    import subprocess
    import sys

    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **given}
    ended = subprocess.run(
        [sys.executable, "-c", "import config.settings"], env=environment, capture_output=True, text=True, check=False
    )

    assert ended.returncode != 0
    assert "ImproperlyConfigured" in ended.stderr
