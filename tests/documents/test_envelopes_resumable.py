"""The tus protocol over a draft: a broken line goes on, two at once do not mix, and nothing of a refused file stays."""

import base64
import datetime as dt
import hashlib
import tracemalloc

import pytest
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import include, path

from documents.duties import forget_uploads
from documents.envelopes import actions, container, reading, resumable, shelf, tus
from documents.models import Envelope, Upload
from tests.documents.envelope_story import DEADLINE, OWNER, PDF, open_all

pytestmark = pytest.mark.urls(__name__)

CHUNK = container.CHUNK
BODY = "application/offset+octet-stream"
LARGE = PDF + bytes(range(256)) * 9000  # two whole chunks and a bit


def uploads(request, pk):
    envelope = Envelope.objects.get(pk=pk)
    if request.method == "OPTIONS":
        return tus.options()
    return tus.create(request, envelope, by=request.user, address=lambda number: f"/{pk}/{number}/")


def upload(request, pk, number):
    answers = {"HEAD": tus.offset, "PATCH": tus.append, "DELETE": tus.terminate}
    return answers[request.method](request, Envelope.objects.get(pk=pk), number, by=request.user)


def token(request):
    from django.middleware.csrf import get_token

    return HttpResponse(get_token(request))


urlpatterns = [
    path("<int:pk>/", uploads),
    path("<int:pk>/<int:number>/", upload),
    path("token/", token),
    path("", include("config.urls")),
]


class Sender:
    """A client that speaks tus."""

    def __init__(self, client, envelope):
        self.client, self.envelope = client, envelope

    def announce(self, size, name="offerte.pdf", **headers):
        metadata = f"filename {base64.b64encode(name.encode()).decode()},filetype eA=="
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": metadata} | headers
        return self.client.post(f"/{self.envelope.pk}/", headers=headers, content_type="")

    def send(self, where, content, offset=0, content_type=BODY):
        headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)}
        with committed():
            return self.client.patch(where, content, content_type=content_type, headers=headers)

    def ask(self, where):
        with committed():
            return self.client.head(where, headers={"Tus-Resumable": "1.0.0"})

    def throw_away(self, where):
        with committed():
            return self.client.delete(where, headers={"Tus-Resumable": "1.0.0"})


@pytest.fixture
def draft(box, maker):
    return actions.start(box, owner=OWNER, by=maker)


@pytest.fixture
def sender(client, maker, draft):
    client.force_login(maker)
    return Sender(client, draft)


def committed():
    """What happens once the transaction is through (ciphertext is removed) happens at the end of this block."""
    return TestCase.captureOnCommitCallbacks(execute=True)


def told(answer):
    return answer.status_code, answer.content.decode()


def stored(draft):
    return sorted(each.name for each in shelf.folder(draft.uid).glob("*"))


def test_what_the_server_can_is_told(sender, draft):
    answer = sender.client.options(f"/{draft.pk}/")

    assert answer.status_code == 204
    assert {name: answer[name] for name in ("Tus-Resumable", "Tus-Version", "Tus-Extension", "Tus-Max-Size")} == {
        "Tus-Resumable": "1.0.0",
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,termination",
        "Tus-Max-Size": "209715200",
    }


def test_a_file_in_one_piece_becomes_a_file_of_the_draft(sender, draft, maker):
    announced = sender.announce(len(LARGE))
    assert (announced.status_code, announced["Location"]) == (201, f"/{draft.pk}/1/")

    answer = sender.send(f"/{draft.pk}/1/", LARGE)

    assert (answer.status_code, answer["Upload-Offset"]) == (204, str(len(LARGE)))
    file = reading.stream_file(draft, 1, by=maker)
    assert (file.name, file.content_type, file.sha256) == (
        "offerte.pdf",
        "application/pdf",
        hashlib.sha256(LARGE).hexdigest(),
    )
    assert b"".join(file.chunks) == LARGE
    assert list(Upload.objects.all()) == []
    # The answer may have been lost: whoever asks hears that all of it came in.
    asked = sender.ask(f"/{draft.pk}/1/")
    assert (asked.status_code, asked["Upload-Offset"], asked["Upload-Length"]) == (
        200,
        str(len(LARGE)),
        str(len(LARGE)),
    )


def test_a_broken_line_goes_on_after_the_last_whole_chunk(sender, draft, maker, clock, officer, second_officer, box):
    where = sender.announce(len(LARGE))["Location"]

    assert sender.send(where, LARGE[: CHUNK + 5000])["Upload-Offset"] == str(CHUNK)
    asked = sender.ask(where)
    assert (asked["Upload-Offset"], asked["Upload-Length"], asked["Cache-Control"]) == (
        str(CHUNK),
        str(len(LARGE)),
        "no-store",
    )
    assert asked["Upload-Metadata"] == f"filename {base64.b64encode(b'offerte.pdf').decode()}"
    assert shelf.size(draft.uid, 1) == container.HEADER_BYTES + CHUNK + container.TAG_BYTES
    assert sender.send(where, LARGE[CHUNK : 2 * CHUNK], CHUNK)["Upload-Offset"] == str(2 * CHUNK)
    assert sender.send(where, LARGE[2 * CHUNK :], 2 * CHUNK)["Upload-Offset"] == str(len(LARGE))

    actions.seal(Envelope.objects.get(pk=draft.pk), by=maker)
    (opened,) = open_all(box, clock, officer, second_officer)
    assert opened.state == "opened"
    assert b"".join(reading.stream_file(opened, 1, by=officer).chunks) == LARGE


@pytest.mark.parametrize("offset", [1, CHUNK - 1, CHUNK + 1, 2 * CHUNK])
def test_a_wrong_offset_is_refused_and_changes_nothing(sender, draft, offset):
    where = sender.announce(len(LARGE))["Location"]
    sender.send(where, LARGE[:CHUNK])
    before = shelf.digest(draft.uid, 1)

    assert sender.send(where, LARGE[CHUNK:], offset).status_code == 409
    assert shelf.digest(draft.uid, 1) == before
    assert sender.ask(where)["Upload-Offset"] == str(CHUNK)


def test_two_at_once_do_not_mix(sender, draft):
    where = sender.announce(len(LARGE))["Location"]
    with shelf.reopen(draft.uid, 1):
        assert sender.send(where, LARGE).status_code == 409
        assert sender.ask(where)["Upload-Offset"] == "0"

    assert sender.send(where, LARGE).status_code == 204


def test_a_chunk_that_a_crash_tore_is_never_written_over(sender, draft):
    """A nonce is used once: the file begins anew under another key."""
    where = sender.announce(len(LARGE))["Location"]
    sender.send(where, LARGE[:CHUNK])
    with shelf.path(draft.uid, 1).open("ab") as file:
        file.write(b"half a chunk")

    assert sender.send(where, LARGE[CHUNK:], CHUNK).status_code == 409
    assert sender.ask(where).status_code == 410
    assert stored(draft) == []
    assert list(Upload.objects.all()) == []


def test_a_chunk_that_was_changed_on_disk_is_noticed(sender, draft):
    where = sender.announce(len(LARGE))["Location"]
    sender.send(where, LARGE[:CHUNK])
    content = bytearray(shelf.path(draft.uid, 1).read_bytes())
    content[5000] ^= 1
    shelf.path(draft.uid, 1).write_bytes(content)

    assert sender.send(where, LARGE[CHUNK:], CHUNK).status_code == 410
    assert stored(draft) == []


@pytest.mark.parametrize(
    "headers,status",
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": "many"}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Metadata": ""}, 400),
        ({"Upload-Metadata": "filename !!!"}, 400),
    ],
)
def test_what_is_no_tus_is_refused(sender, draft, headers, status):
    assert sender.announce(10, **headers).status_code == status
    assert list(Upload.objects.all()) == []


def test_a_body_of_another_kind_or_without_a_place_is_refused(sender):
    where = sender.announce(len(PDF))["Location"]

    assert sender.send(where, PDF, content_type="application/pdf").status_code == 415
    assert sender.send(where, PDF, offset="").status_code == 400


@pytest.mark.parametrize(
    "size,name,answer",
    [
        (0, "leeg.pdf", (422, "Het bestand is leeg.")),
        (209715201, "groot.pdf", (413, "Het bestand is te groot: hoogstens 200,0\xa0MB.")),
        (9, "virus.exe", (422, "Dit soort bestand wordt niet aanvaard: gebruik pdf, docx, xlsx, odt, png of jpg.")),
        (9, "\u202e", (422, "Het bestand heeft geen bruikbare naam: geef het een naam.")),
        (9, "Eerste.PDF", (403, "Er is al een bestand met deze naam: verwijder dat eerst.")),
    ],
)
def test_what_can_be_refused_before_it_comes_is_refused_then(sender, draft, size, name, answer):
    sender.send(sender.announce(len(PDF), "eerste.pdf")["Location"], PDF)

    assert told(sender.announce(size, name)) == answer
    assert stored(draft) == ["1.bin"]


def test_a_file_that_is_not_what_it_says_leaves_nothing(sender, draft):
    where = sender.announce(500)["Location"]

    assert told(sender.send(where, b"MZ" + bytes(498))) == (
        422,
        "Dit soort bestand wordt niet aanvaard: gebruik pdf, docx, xlsx, odt, png of jpg.",
    )
    assert stored(draft) == []
    assert sender.ask(where).status_code == 410


def test_more_than_was_announced_is_refused(sender, draft):
    where = sender.announce(len(PDF) - 1)["Location"]

    assert told(sender.send(where, PDF)) == (422, "Het bestand is intussen veranderd: kies het opnieuw.")
    assert stored(draft) == []


def test_what_is_thrown_away_is_gone(sender, draft):
    where = sender.announce(len(LARGE))["Location"]
    sender.send(where, LARGE[:CHUNK])

    assert sender.throw_away(where).status_code == 204
    assert stored(draft) == []
    assert [sender.throw_away(where).status_code, sender.send(where, LARGE).status_code] == [410, 410]


def test_only_makers_send_and_ask(sender, draft, client, rival, colleague):
    where = sender.announce(len(LARGE))["Location"]
    sender.send(where, LARGE[:CHUNK])
    client.force_login(rival)
    asked = [sender.announce(9), sender.send(where, LARGE), sender.ask(where), sender.throw_away(where)]
    assert [answer.status_code for answer in asked] == [403, 403, 403, 403]

    client.force_login(colleague)
    assert sender.send(where, LARGE[CHUNK:], CHUNK).status_code == 204


def test_the_deadline_refuses_what_still_comes(sender, draft, clock):
    where = sender.announce(len(LARGE))["Location"]
    sender.send(where, LARGE[:CHUNK])
    clock.travel_to(DEADLINE)

    late = [sender.announce(9, "later.pdf"), sender.send(where, LARGE[CHUNK:], CHUNK), sender.ask(where)]

    assert [answer.status_code for answer in late] == [403, 403, 403]
    assert told(late[1])[1].startswith("De uiterste datum is voorbij.")


def test_what_is_sealed_takes_nothing_and_keeps_nothing_unfinished(sender, draft, maker):
    sender.send(sender.announce(len(PDF), "eerste.pdf")["Location"], PDF)
    where = sender.announce(len(LARGE))["Location"]
    sender.send(where, LARGE[:CHUNK])

    with committed():
        actions.seal(draft, by=maker)

    assert [sender.announce(9).status_code, sender.send(where, LARGE[CHUNK:], CHUNK).status_code] == [410, 410]
    assert stored(draft) == ["1.bin"]


def test_a_draft_that_is_thrown_away_takes_its_uploads_along(sender, draft, maker):
    where = sender.announce(len(LARGE))["Location"]
    with committed():
        actions.withdraw(draft, by=maker)

    assert sender.send(where, LARGE).status_code == 410
    assert (stored(draft), list(Upload.objects.all())) == ([], [])


def test_what_nobody_went_on_with_for_a_day_is_erased(sender, draft, clock):
    old = sender.announce(len(LARGE))["Location"]
    sender.send(old, LARGE[:CHUNK])
    clock.travel_to(clock.now() + dt.timedelta(hours=20))
    sender.announce(len(LARGE), "later.pdf")
    clock.travel_to(clock.now() + dt.timedelta(hours=4, seconds=1))

    with committed():
        forget_uploads()

    assert (stored(draft), [each.number for each in Upload.objects.all()]) == (["2.bin"], [2])
    assert sender.ask(old).status_code == 410


def test_what_is_being_written_is_not_erased(sender, draft, clock):
    sender.announce(len(LARGE))
    clock.travel_to(clock.now() + dt.timedelta(days=2))
    with shelf.reopen(draft.uid, 1):
        forget_uploads()

    assert stored(draft) == ["1.bin"]


def test_a_wrong_token_opens_nothing(draft, maker):
    client = Client(enforce_csrf_checks=True)
    client.force_login(maker)
    sender = Sender(client, draft)
    assert sender.announce(len(PDF)).status_code == 403

    token = client.get("/token/").content.decode()
    answer = sender.announce(len(PDF), **{"X-CSRFToken": token})
    assert answer.status_code == 201
    assert sender.send(answer["Location"], PDF).status_code == 403


def test_memory_does_not_grow_with_the_file(draft, maker, settings):
    block = bytes(64 * 1024)

    def peak(megabytes):
        size = megabytes * CHUNK
        number = resumable.begin(draft, by=maker, name=f"{megabytes}.pdf", size=size).number
        pieces = (PDF + block[len(PDF) :] if index == 0 else block for index in range(size // len(block)))
        tracemalloc.start()
        resumable.receive(draft, number, by=maker, offset=0, chunks=pieces)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(48) < peak(8) + CHUNK
