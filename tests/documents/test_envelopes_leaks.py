"""A marker inside an envelope is found nowhere before the opening: no dump, no file, no log, no message."""

import base64
import io
import json
import logging
import secrets
import tempfile
from pathlib import Path

import pytest
import structlog
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from documents.envelopes import actions, reading, resumable, shelf, tus, uploads
from documents.envelopes.kinds import Refused
from documents.envelopes.manifest import Manifest
from documents.models import Envelope
from lifecycle.steps import Blocked
from tests.documents.envelope_story import OTHER_OWNER, OWNER, open_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]


@csrf_exempt
def upload(request, pk):
    envelope = Envelope.objects.get(pk=pk)
    return uploads.receive(request, envelope, by=request.user, respond=lambda *_: HttpResponse("ok"))


def resumably(request, pk, number=None):
    envelope = Envelope.objects.get(pk=pk)
    if number is None:
        return tus.create(request, envelope, by=request.user, address=str)
    return tus.append(request, envelope, number, by=request.user)


urlpatterns = [
    path("<int:pk>/", upload),
    path("<int:pk>/tus/", resumably),
    path("<int:pk>/tus/<int:number>/", resumably),
    path("", include("config.urls")),
]


def forms_of(marker):
    """The marker as it could stand in a dump: plain, in wide characters, in hexadecimal, in base64 at any offset."""
    plain = marker.encode()
    found = {plain, marker.encode("utf-16-le"), marker.encode("utf-16-be"), plain.hex().encode()}
    found.add(plain.hex().upper().encode())
    for wide in (plain, marker.encode("utf-16-le")):
        for offset in range(3):
            # The first and last characters of base64 depend on the neighbours; what lies between does not.
            found.add(base64.b64encode(bytes(offset) + wide)[4:-4])
    return found


def places_of(marker, folders, texts):
    """Where the marker is found: names of files, names of tables, kinds of text."""
    forms = forms_of(marker)
    haystacks = {str(file): file.read_bytes() for folder in folders for file in folder.rglob("*") if file.is_file()}
    haystacks |= {f"name of {file}": str(file).encode() for folder in folders for file in folder.rglob("*")}
    haystacks |= _database() | {name: text.encode() for name, text in texts.items()}
    return {name for name, hay in haystacks.items() if any(form in hay for form in forms)}


def _database():
    dump = io.StringIO()
    call_command("dumpdata", stdout=dump)
    found = {"dumpdata": dump.getvalue().encode()}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("pragma wal_checkpoint(truncate)")
            file = Path(connection.settings_dict["NAME"])
            return found | {each.name: each.read_bytes() for each in file.parent.glob(f"{file.name}*")}
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f'copy "{table}" to stdout') as rows:
                found[table] = b"".join(bytes(row) for row in rows)
    return found


@pytest.fixture
def temp_folder(tmp_path, monkeypatch):
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def pdf_with(marker):
    return b"%PDF-1.7\n" + (marker.encode() + b"\n") * 100_000


def send(client, envelope, content, name):
    file = io.BytesIO(content)
    file.name = name
    return client.post(f"/{envelope.pk}/", {"files": [file]})


def test_the_search_finds_a_marker_that_does_leak(box, maker):
    marker = "M" + secrets.token_hex(12)
    envelope = actions.start(box, owner=OWNER, by=maker)
    Envelope.objects.filter(pk=envelope.pk).update(subject=marker)

    assert "dumpdata" in places_of(marker, [], {})
    assert places_of(marker, [], {"log": base64.b64encode(b"xx" + marker.encode() + b"yy").decode()}) >= {"log"}


def test_what_is_in_an_envelope_is_found_nowhere_before_the_opening(
    box, clock, client, maker, officer, second_officer, temp_folder, caplog, capfd, settings
):
    marker = "M" + secrets.token_hex(12)
    caplog.set_level(logging.DEBUG)
    client.force_login(maker)
    content = pdf_with(marker)
    draft, sealed = (actions.start(box, owner=owner, by=maker) for owner in (OWNER, OTHER_OWNER))
    for envelope in (draft, sealed):
        assert send(client, envelope, content, f"{marker}.pdf").content == b"ok"
        actions.write_answers(envelope, by=maker, answers={"price": marker, marker: 1})
    actions.seal(sealed, by=maker)

    def search():
        captured = capfd.readouterr()
        texts = {"log": caplog.text, "out": captured.out, "err": captured.err}
        return places_of(marker, [settings.MEDIA_ROOT, settings.KEY_DIR, temp_folder], texts)

    assert search() == set()
    assert list(temp_folder.iterdir()) == []
    assert shelf.path(sealed.uid, 1).stat().st_size >= len(content)

    (opened,) = open_all(box, clock, officer, second_officer)

    file = reading.stream_file(opened, 1, by=officer)
    assert (file.name, b"".join(file.chunks)) == (f"{marker}.pdf", content)
    assert reading.answers(opened, by=officer) == {"price": marker, marker: 1}
    assert search() == set()


def test_an_error_during_an_upload_logs_no_content(box, client, maker, settings):
    """A traceback is logged as lines of code, without the values that the code worked on."""
    marker = "M" + secrets.token_hex(12)
    envelope = actions.start(box, owner=OWNER, by=maker)
    shelf.folder(envelope.uid).mkdir(parents=True)
    shelf.path(envelope.uid, 1).write_bytes(b"in the way")
    client.force_login(maker)
    client.raise_request_exception = False
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(_house_formatter())
    logging.getLogger().addHandler(handler)

    answer = send(client, envelope, pdf_with(marker), f"{marker}.pdf")
    logging.getLogger().removeHandler(handler)

    assert answer.status_code == 500
    assert "FileExistsError" in written.getvalue()
    assert (
        places_of(marker, [settings.MEDIA_ROOT], {"log": written.getvalue(), "page": answer.content.decode()}) == set()
    )


def _house_formatter():
    formatters = [handler.formatter for handler in logging.getLogger().handlers]
    return next(each for each in formatters if isinstance(each, structlog.stdlib.ProcessorFormatter))


def test_no_message_or_representation_repeats_what_is_inside(box, maker):
    marker = "M" + secrets.token_hex(12)
    envelope = actions.start(box, owner=OWNER, by=maker)
    uploads.take_in(envelope, by=maker, name=f"{marker}.pdf", chunks=[pdf_with(marker)])
    envelope = actions.write_answers(envelope, by=maker, answers={"price": marker})
    manifest = reading.read_manifest(envelope, by=maker)
    file = reading.stream_file(envelope, 1, by=maker)
    refusals = []
    for name, content in ((f"{marker}.pdf", pdf_with(marker)), (f"{marker}.exe", pdf_with(marker)), (marker * 9, b"x")):
        with pytest.raises((Refused, Blocked)) as refusal:
            uploads.take_in(envelope, by=maker, name=name, chunks=[content])
        refusals += [str(refusal.value), repr(refusal.value), str(getattr(refusal.value, "sentence", ""))]
    receipt = actions.seal(envelope, by=maker)
    refused = uploads.Refusal(marker, marker)
    received = uploads.Received([marker], [refused])
    said = [envelope, manifest, *manifest.files, file, receipt, Manifest(answers={"a": marker}), refused, received]

    told = json.dumps([f"{each} {each!r}" for each in said] + refusals)

    assert marker not in told


def test_during_and_after_an_upload_nothing_of_it_lies_anywhere_in_the_clear(
    box, maker, client, temp_folder, caplog, capfd, settings
):
    """In one piece and over a line that breaks: looked for after every piece that came in."""
    marker = "M" + secrets.token_hex(12)
    caplog.set_level(logging.DEBUG)
    envelope = actions.start(box, owner=OWNER, by=maker)
    content = pdf_with(marker)
    found, looks = set(), []

    def look():
        captured = capfd.readouterr()
        texts = {"log": caplog.text, "out": captured.out, "err": captured.err}
        found.update(places_of(marker, [settings.MEDIA_ROOT, settings.KEY_DIR, temp_folder], texts))
        looks.append([each.name for each in temp_folder.rglob("*")])

    def pieces(of):
        for start in range(0, len(of), 800_000):
            yield of[start : start + 800_000]
            look()

    uploads.take_in(envelope, by=maker, name=f"{marker}.pdf", chunks=pieces(content))
    number = resumable.begin(envelope, by=maker, name=f"{marker}-2.pdf", size=len(content)).number
    reached = resumable.receive(envelope, number, by=maker, offset=0, chunks=pieces(content[:1_500_000]))
    look()
    rest = pieces(content[reached:])
    assert resumable.receive(envelope, number, by=maker, offset=reached, chunks=rest) == len(content)
    look()

    client.force_login(maker)
    start = tus_headers({"Upload-Length": str(len(content)), "Upload-Metadata": f"filename {name_of(marker)}"})
    assert client.post(f"/{envelope.pk}/tus/", headers=start, content_type="").status_code == 201
    body = {"content_type": "application/offset+octet-stream", "headers": tus_headers({"Upload-Offset": "0"})}
    assert client.patch(f"/{envelope.pk}/tus/3/", content[:1_500_000], **body)["Upload-Offset"] == str(reached)
    look()

    assert (found, looks) == (set(), [[]] * len(looks))
    assert len(looks) >= 9
    assert [file.size for file in reading.read_manifest(envelope, by=maker).files] == [len(content)] * 2


def tus_headers(headers):
    return {"Tus-Resumable": "1.0.0"} | headers


def name_of(marker):
    return base64.b64encode(f"{marker}-3.pdf".encode()).decode()
