"""Mail that comes back: recognised, counted once, a task for a person; hostile or forged reports change nothing."""

import io
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from documents import actions, bounces
from documents.messaging import Recipient
from documents.models import Delivery, ReturnedMail
from documents.post import envelope_sender
from lifecycle import outbox
from lifecycle.models import Entry, Owed
from tests.documents.paper_story import made, request
from tests.documents.test_letters import owe
from tests.documents.test_post import tell
from tests.mailbox import BOUNCE_ADDRESS, report

pytestmark = pytest.mark.usefixtures("seal_keys")
PARTNER = Recipient(email="post@kompas-fictief.example", name="Kompas Fictief vzw", ref="partners.participant:1")


@pytest.fixture(autouse=True)
def _bounce_address(settings):
    settings.BOUNCE_ADDRESS = BOUNCE_ADDRESS


@pytest.fixture
def copy(buyer):
    return tell(buyer, to=[PARTNER]).deliveries.get()


@pytest.fixture
def maildir(tmp_path, settings):
    for name in ("new", "cur", "tmp"):
        (tmp_path / "terug" / name).mkdir(parents=True)
    settings.BOUNCE_MAILDIR = str(tmp_path / "terug")
    return tmp_path / "terug"


def reports_of(row, **more):
    return report(envelope_sender(row.uid), **more)


def test_copy_that_failed_is_a_task(copy, clock):
    assert bounces.receive(reports_of(copy)) == 1

    returned = ReturnedMail.objects.get()
    copy = Delivery.objects.get(pk=copy.pk)
    assert (copy.bounced_at, copy.bounce) == (clock.now(), "5.1.1")
    assert (returned.delivery, returned.status, returned.dossier) == (copy, "5.1.1", copy.message.dossier)
    assert str(returned.why) == "Het adres bestaat niet (meer)."
    entry = Entry.objects.get(verb="come_back")
    assert (entry.actor, entry.facts) == ("system", {"status": "5.1.1"})


def test_letter_that_failed_is_a_task(buyer):
    letter = owe(made(request("award_letter", by=buyer)), buyer)

    assert bounces.receive(reports_of(letter, status="5.2.2")) == 1
    assert ReturnedMail.objects.get().letter == letter


def test_saying_it_again_changes_nothing(copy):
    bounces.receive(reports_of(copy))
    before = Delivery.objects.values().get(), ReturnedMail.objects.values().get(), Entry.objects.count()

    assert bounces.receive(reports_of(copy, status="5.7.1")) == 0
    assert (Delivery.objects.values().get(), ReturnedMail.objects.values().get(), Entry.objects.count()) == before


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "", "mislukt"])
def test_only_a_final_failure_counts(copy, action):
    assert bounces.receive(reports_of(copy, action=action)) == 0
    assert not ReturnedMail.objects.exists()


def test_failure_after_days_of_trying_counts(copy):
    assert bounces.receive(reports_of(copy, status="4.4.7")) == 1
    assert ReturnedMail.objects.get().status == "4.4.7"


def test_guessed_address_changes_nothing(copy):
    forged = report(envelope_sender(uuid.uuid4()))

    assert bounces.receive(forged) == 0
    assert bounces.receive(report(BOUNCE_ADDRESS)) == 0
    assert bounces.receive(report(f"terug+{copy.uid.hex}@elders.example")) == 0
    assert not ReturnedMail.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 1000,
        b"Subject: =?utf-8?b?////?=\r\n\r\nhallo",
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\n--",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=a\r\n\r\n" + b"--a\r\n" * 5000,
        b"Content-Type: multipart/report; report-type*0*=utf-8''%ff; boundary=a\r\nTo: " + b"<" * 9000 + b"\r\n\r\n",
        b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n\r\n",
    ],
)
def test_what_is_no_report_changes_nothing(copy, data):
    assert bounces.receive(data) == 0
    assert bounces.receive(f"To: {envelope_sender(copy.uid)}\r\n".encode() + data) == 0
    assert not ReturnedMail.objects.exists()


def test_reply_of_a_person_is_no_failure(copy):
    reply = f"To: {envelope_sender(copy.uid)}\r\nSubject: Ik ben afwezig\r\n\r\nTot 5 maart.\r\n"

    assert bounces.receive(reply.encode()) == 0


def test_report_is_read_at_its_beginning_only(copy):
    assert bounces.receive(reports_of(copy, about=b"x" * 2_000_000)) == 1


def test_words_of_the_report_are_not_kept(copy):
    bounces.receive(reports_of(copy, status="5.1.1 <b>weg</b>"))

    assert ReturnedMail.objects.get().status == "5.1.1"
    assert Delivery.objects.get().bounce == "5.1.1"


def test_report_without_a_code_counts_all_the_same(copy):
    assert bounces.receive(reports_of(copy, status="weg")) == 1
    assert ReturnedMail.objects.get().status == "5.0.0"


def test_subscriber_becomes_no_task_but_leaves(buyer):
    copy = tell(buyer, "lezer@voorbeeld.example").deliveries.get()

    assert bounces.receive(reports_of(copy)) == 1
    assert not ReturnedMail.objects.exists()
    assert Owed.objects.filter(kind="documents.subscriber_left").values_list("payload", flat=True).get() == {
        "delivery": copy.pk
    }


def test_subscriber_whose_mailbox_is_only_unreachable_stays(buyer):
    copy = tell(buyer, "lezer@voorbeeld.example").deliveries.get()

    assert bounces.receive(reports_of(copy, status="4.4.7")) == 1
    assert not Owed.objects.filter(kind="documents.subscriber_left").exists()


# -- from where it comes --------------------------------------------------------------------------------


def test_maildir_is_emptied_by_the_sweep(copy, maildir):
    (maildir / "new" / "1.post").write_bytes(reports_of(copy))
    (maildir / "new" / "2.post").write_bytes(b"geen rapport")
    outbox.run_periodic()

    assert ReturnedMail.objects.count() == 1
    assert list((maildir / "new").iterdir()) == []
    assert sorted(path.name for path in (maildir / "cur").iterdir()) == ["1.post:2,S", "2.post:2,S"]


def test_command_reads_the_maildir(copy, maildir):
    (maildir / "new" / "1.post").write_bytes(reports_of(copy))
    out = io.StringIO()
    call_command("receive_bounces", stdout=out)

    assert out.getvalue() == "1 came back.\n"


def test_command_reads_one_mail_from_standard_input(copy, monkeypatch):
    pipe = io.TextIOWrapper(io.BytesIO(reports_of(copy, about=b"x" * 1_000_000)))
    monkeypatch.setattr("sys.stdin", pipe)
    call_command("receive_bounces", "--stdin", stdout=io.StringIO())

    assert ReturnedMail.objects.count() == 1
    assert pipe.buffer.read() == b""


def test_command_without_an_address_says_so(settings, clock):
    settings.BOUNCE_ADDRESS = ""
    with pytest.raises(CommandError, match="BOUNCE_ADDRESS"):
        call_command("receive_bounces")


# -- what a person does about it ------------------------------------------------------------------------


def test_handling_is_recorded_once(copy, buyer, clock):
    bounces.receive(reports_of(copy))
    returned = ReturnedMail.objects.get()
    actions.handle_returned(returned, by=buyer, answer="registered", note="Aangetekend op 16 februari.")
    again = actions.handle_returned(returned, by=buyer, answer="nothing", note="Toch niet.")

    assert (again.answer, again.note, again.handled_by) == ("registered", "Aangetekend op 16 februari.", buyer)
    assert not ReturnedMail.objects.unhandled().exists()
    facts = Entry.objects.filter(verb="handle").values_list("facts", flat=True).get()
    assert facts["answer"] == "registered"
    assert facts["note"].startswith("sha256:")


def test_only_who_sends_letters_handles_it(copy, officer, maker):
    bounces.receive(reports_of(copy))
    for person in (officer, maker):
        with pytest.raises(PermissionDenied):
            actions.handle_returned(ReturnedMail.objects.get(), by=person, answer="nothing", note="Niets.")


def test_handling_is_whole_in_the_database(copy, buyer):
    bounces.receive(reports_of(copy))
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnedMail.objects.update(handled_by=buyer)
