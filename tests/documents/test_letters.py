"""Letters: mailed once the document is sealed, registered by a person, proved both ways."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from documents import actions, tasks
from documents.models import Letter
from lifecycle import clock as legal_clock
from lifecycle import outbox
from lifecycle.models import Entry, Owed
from tests.documents.paper_story import Subject, made, request

pytestmark = pytest.mark.usefixtures("seal_keys")


def owe(document, by, **more):
    given = {
        "name": "Kompas Fictief vzw",
        "email": "ariane@kompas-fictief.example",
        "address": "Denkbeeldige Kaai 12\n2000 Antwerpen",
        "reason": "award_letter",
    }
    return actions.owe_letter(document=document, subject=Subject(), by=by, **(given | more))


@pytest.fixture
def letter(buyer):
    """A letter that was mailed and still has to be registered."""
    letter = owe(request("award_letter", by=buyer), buyer)
    outbox.sweep()
    outbox.sweep()
    return Letter.objects.get(pk=letter.pk)


def test_letter_is_mailed_with_the_sealed_document(letter):
    (message,) = mail.outbox
    document = letter.document

    assert message.to == ["ariane@kompas-fictief.example"]
    assert message.subject == "Mededeling van de gunning (2026-001-BGU-01)"
    assert message.attachments == [("2026-001-BGU-01.pdf", document.file.read_bytes(), "application/pdf")]
    assert message.extra_headers["Message-ID"] == letter.message_id
    assert letter.sent_sha256 == document.sha256
    assert letter.electronic_sent_at == legal_clock.now()
    assert document.state == "delivered"
    assert Entry.objects.filter(verb="send_electronically").values_list("documents", flat=True).get() == [
        document.sha256
    ]


def test_letter_waits_for_its_document(buyer):
    letter = owe(request("award_letter", by=buyer), buyer)

    with pytest.raises(outbox.NotYet):
        tasks.send({"letter": letter.pk})
    assert mail.outbox == []
    assert Owed.objects.get(kind="documents.send_letter").failed_at is None


def test_letter_that_was_mailed_is_not_mailed_again(letter):
    assert tasks.send({"letter": letter.pk}) is None
    assert len(mail.outbox) == 1


def test_interrupted_mailing_counts_from_the_last_and_once(buyer, clock):
    letter = owe(made(request("award_letter", by=buyer)), buyer)
    first = tasks.send({"letter": letter.pk})
    second = tasks.send({"letter": letter.pk})
    first()
    second()

    assert Entry.objects.filter(verb="send_electronically").count() == 1
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1


def test_periods_run_from_the_last_sending(letter, buyer, clock):
    assert letter.last_sent_at is None
    assert list(Letter.objects.about(Subject()).unsent()) == [letter]

    clock.travel_to(legal_clock.at(dt.date(2026, 2, 16), 17))
    posted = legal_clock.at(dt.date(2026, 2, 16), 16, 5)
    letter = actions.record_registered_sending(letter, by=buyer, number="RN 0123 4567", sent_at=posted)

    assert letter.last_sent_at == posted
    assert list(Letter.objects.about(Subject()).unsent()) == []
    assert Entry.objects.filter(verb="record_registered_sending").values_list("facts", flat=True).get() == {
        "number": "RN 0123 4567",
        "sent_at": "2026-02-16T15:05:00.000000+00:00",
    }


def test_letter_without_registered_post_is_sent_when_it_is_mailed(buyer):
    letter = owe(made(request("award_letter", by=buyer)), buyer, by_registered_post=False)
    outbox.sweep()
    letter = Letter.objects.get(pk=letter.pk)

    assert letter.last_sent_at == letter.electronic_sent_at
    assert list(Letter.objects.unsent()) == []


@pytest.mark.parametrize(
    ("number", "hours", "field"),
    [("", 0, "number"), ("RN 1", 3, "sent_at"), ("RN 1", -48, "sent_at")],
)
def test_impossible_registration_is_refused_next_to_its_field(letter, buyer, number, hours, field):
    moment = legal_clock.now() + dt.timedelta(hours=hours)

    with pytest.raises(ValidationError) as refusal:
        actions.record_registered_sending(letter, by=buyer, number=number, sent_at=moment)
    assert list(refusal.value.message_dict) == [field]


def test_registration_is_recorded_once_and_a_number_belongs_to_one_letter(letter, buyer):
    other = owe(letter.document, buyer)
    actions.record_registered_sending(letter, by=buyer, number="RN 1", sent_at=legal_clock.now())

    for again in (letter, other):
        with pytest.raises(ValidationError):
            actions.record_registered_sending(again, by=buyer, number="RN 1", sent_at=legal_clock.now())


def test_only_who_may_registers_a_sending(letter, maker, officer):
    for person in (maker, officer):
        with pytest.raises(PermissionDenied):
            actions.record_registered_sending(letter, by=person, number="RN 1", sent_at=legal_clock.now())
