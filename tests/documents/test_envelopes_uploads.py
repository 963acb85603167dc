"""Taking files in: what is accepted, under which name, and that nothing of a refused upload stays."""

import io
import zipfile

import pytest
from django.http import HttpResponse, JsonResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from documents.envelopes import actions, container, kinds, reading, shelf
from documents.envelopes.inspection import Inspection
from documents.envelopes.kinds import Refused, clean_name, kind_of
from documents.envelopes.uploads import receive, take_in
from documents.models import Envelope
from tests.documents.envelope_story import DEADLINE, OWNER, PDF

pytestmark = pytest.mark.urls(__name__)


# -- a view as an upper app writes it -----------------------------------------------------------


@csrf_exempt
def upload(request, pk):
    envelope = Envelope.objects.get(pk=pk)
    return receive(request, envelope, by=request.user, respond=_tell)


def _tell(request, received):
    refusals = [[refusal.name, refusal.sentence] for refusal in received.refusals]
    return JsonResponse({"kept": received.kept, "refused": refusals, "note": request.POST.get("note")})


def checked_too_early(request, pk):
    return upload(request, pk)


def token(request):
    from django.middleware.csrf import get_token

    return HttpResponse(get_token(request))


def download(request, pk, number):
    return reading.response(reading.stream_file(Envelope.objects.get(pk=pk), number, by=request.user))


urlpatterns = [
    path("<int:pk>/upload/", upload),
    path("<int:pk>/too-early/", checked_too_early),
    path("<int:pk>/<int:number>/", download),
    path("token/", token),
    path("", include("config.urls")),  # the pages that refuse are the house's own
]


@pytest.fixture
def draft(box, maker):
    return actions.start(box, owner=OWNER, by=maker)


@pytest.fixture
def browser_of_maker(client, maker):
    client.force_login(maker)
    return client


def file_of(content, name):
    file = io.BytesIO(content)
    file.name = name
    return file


def archive(*records):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in records:
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(name, content, compress_type=kind)
    return sink.getvalue()


def xlsx():
    from openpyxl import Workbook

    sink = io.BytesIO()
    book = Workbook()
    book.active["A1"] = "prijs"
    book.save(sink)
    return sink.getvalue()


DOCX = archive(("[Content_Types].xml", "<Types/>"), ("_rels/.rels", "<r/>"), ("word/document.xml", "<w/>"))
ODT = archive(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<o/>"))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
JPG = b"\xff\xd8\xff\xe0" + bytes(40)


def inspected(content, name):
    inspection = Inspection(name)
    for start in range(0, len(content), 1000):
        inspection.write(content[start : start + 1000])
    return inspection.finish()


# -- kinds and names ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content,name,kind",
    [
        (PDF, "Offerte.PDF", kinds.PDF),
        (DOCX, "offerte.docx", kinds.DOCX),
        (xlsx(), "prijzen.xlsx", kinds.XLSX),
        (ODT, "offerte.odt", kinds.ODT),
        (PNG, "plan.png", kinds.PNG),
        (JPG, "plan.jpeg", kinds.JPEG),
    ],
)
def test_kinds_that_are_taken_in_are_known_by_their_content(content, name, kind):
    assert kind_of(content[: kinds.HEAD_BYTES], name) == kind
    assert inspected(content, name) == kind


@pytest.mark.parametrize(
    "content,name,reason",
    [
        (b"MZ\x90\x00" + bytes(100), "offerte.pdf", "kind"),
        (b"\x7fELF" + bytes(100), "offerte.pdf", "kind"),
        (b"#!/bin/sh\n", "offerte.pdf", "kind"),
        (b"<html><script>", "offerte.pdf", "kind"),
        (b"\n%PDF-1.7", "offerte.pdf", "kind"),
        (archive(("offerte.exe", "x")), "offerte.docx", "kind"),
        (archive(("mimetype", "application/epub+zip")), "offerte.odt", "kind"),
        (PDF, "offerte.pdf.exe", "extension"),
        (PDF, "offerte", "extension"),
        (DOCX, "offerte.docm", "extension"),
        (PNG, "plan.pdf", "extension"),
    ],
)
def test_other_kinds_and_names_that_deny_the_content_are_refused(content, name, reason):
    with pytest.raises(Refused) as refusal:
        inspected(content, name)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    "name,clean",
    [
        ("offerte.pdf", "offerte.pdf"),
        ("C:\\Users\\jan\\offerte.pdf", "offerte.pdf"),
        ("../../etc/offerte.pdf", "offerte.pdf"),
        ("offerte\r\nX-Evil: 1.pdf", "offerteX-Evil_ 1.pdf"),
        ("offerte\u202efdp.exe.pdf", "offertefdp.exe.pdf"),
        ("  .offerte   2026 .pdf. ", "offerte 2026 .pdf"),
        ('a<b>"c|d?e*.pdf', "a_b__c_d_e_.pdf"),
        ("aux.pdf", "_aux.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
    ],
)
def test_hostile_names_are_cleaned(name, clean):
    assert clean_name(name) == clean


@pytest.mark.parametrize(
    "name,reason",
    [("", "no_name"), ("..", "no_name"), ("/", "no_name"), ("\x00\x1f", "no_name"), ("a" * 121, "long_name")],
)
def test_names_that_cannot_be_cleaned_are_refused(name, reason):
    with pytest.raises(Refused) as refusal:
        clean_name(name)
    assert refusal.value.reason == reason


@hypothesis_settings(deadline=None)
@given(st.text())
def test_any_name_is_refused_or_comes_out_safe_and_stays_so(name):
    try:
        clean = clean_name(name)
    except Refused:
        return
    assert clean == clean_name(clean)
    assert clean.isprintable()
    assert not set(clean) & set('/\\<>:"|?*')
    assert 0 < len(clean) <= 121


# -- through a page -----------------------------------------------------------------------------


def test_files_come_in_encrypted_and_go_out_as_they_were(draft, maker, browser_of_maker):
    large = PDF + bytes(range(256)) * 9000
    data = {"note": "hallo", "files": [file_of(large, "offerte.pdf"), file_of(DOCX, "plan van aanpak.docx")]}

    answer = browser_of_maker.post(f"/{draft.pk}/upload/", data)

    assert answer.json() == {"kept": ["offerte.pdf", "plan van aanpak.docx"], "refused": [], "note": "hallo"}
    page = browser_of_maker.get(f"/{draft.pk}/1/")
    assert page.getvalue() == large
    assert {
        name: page[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control", "Content-Length")
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="offerte.pdf"',
        "Cache-Control": "private, no-store",
        "Content-Length": str(len(large)),
    }
    assert page["X-Content-Type-Options"] == "nosniff"
    assert PDF not in shelf.path(draft.uid, 1).read_bytes()


def test_each_refused_file_is_named_with_its_reason_and_the_others_are_kept(draft, browser_of_maker, settings):
    settings.ENVELOPE_MAX_BYTES = 200_000
    files = [
        file_of(PDF, "eerste.pdf"),
        file_of(b"", "leeg.pdf"),
        file_of(b"MZ" + bytes(500), "virus.pdf"),
        file_of(PDF + bytes(200_000), "groot.pdf"),
        file_of(PDF, "Eerste.PDF"),
        file_of(PDF, "laatste.pdf"),
    ]

    answer = browser_of_maker.post(f"/{draft.pk}/upload/", {"files": files}).json()

    assert answer["kept"] == ["eerste.pdf", "laatste.pdf"]
    assert answer["refused"] == [
        ["leeg.pdf", "Het bestand is leeg."],
        ["virus.pdf", "Dit soort bestand wordt niet aanvaard: gebruik pdf, docx, xlsx, odt, png of jpg."],
        ["groot.pdf", "Het bestand is te groot: hoogstens 195,3\xa0KB."],
        ["Eerste.PDF", "Er is al een bestand met deze naam: verwijder dat eerst."],
    ]
    stored = {f"{file.number}.bin" for file in draft.files.all()}
    assert {path.name for path in shelf.folder(draft.uid).iterdir()} == stored
    assert len(stored) == 2


def test_a_wrong_token_keeps_nothing(draft, maker):
    client = Client(enforce_csrf_checks=True)
    client.force_login(maker)

    refused = client.post(f"/{draft.pk}/upload/", {"files": [file_of(PDF, "offerte.pdf")]})
    assert refused.status_code == 403
    assert list(draft.files.all()) == []
    assert not list(shelf.folder(draft.uid).glob("*"))

    token = client.get("/token/").content.decode()
    data = {"csrfmiddlewaretoken": token, "files": [file_of(PDF, "offerte.pdf")]}
    assert client.post(f"/{draft.pk}/upload/", data).json()["kept"] == ["offerte.pdf"]


def test_a_view_that_forgot_to_be_exempt_fails_loudly(draft, maker):
    client = Client(enforce_csrf_checks=True)
    client.force_login(maker)
    token = client.get("/token/").content.decode()

    with pytest.raises(AttributeError, match="upload handlers"):
        client.post(f"/{draft.pk}/too-early/", {"csrfmiddlewaretoken": token, "files": [file_of(PDF, "offerte.pdf")]})


def test_a_stranger_and_a_late_maker_are_refused_before_anything_is_read(draft, clock, client, rival, maker):
    client.force_login(rival)
    assert client.post(f"/{draft.pk}/upload/", {"files": [file_of(PDF, "offerte.pdf")]}).status_code == 403

    clock.travel_to(DEADLINE)
    client.force_login(maker)
    assert client.post(f"/{draft.pk}/upload/", {"files": [file_of(PDF, "offerte.pdf")]}).status_code == 409
    assert not shelf.folder(draft.uid).exists()


def test_an_upload_that_breaks_off_leaves_nothing(draft, maker):
    def breaks_off():
        yield PDF + bytes(3 * container.CHUNK)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        take_in(draft, by=maker, name="offerte.pdf", chunks=breaks_off())

    assert list(draft.files.all()) == []
    assert list(shelf.folder(draft.uid).iterdir()) == []


def test_what_lies_on_disk_is_for_the_owner_alone(draft, maker):
    take_in(draft, by=maker, name="offerte.pdf", chunks=[PDF])

    assert shelf.folder(draft.uid).stat().st_mode & 0o777 == 0o700
    assert shelf.path(draft.uid, 1).stat().st_mode & 0o777 == 0o600
