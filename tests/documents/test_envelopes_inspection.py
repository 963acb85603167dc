"""Hostile files are refused with a reason, from their stream alone, and nothing of them is kept."""

import io
import struct
import zipfile

import pytest

from documents.envelopes import actions, archives, shelf
from documents.envelopes.inspection import Inspection
from documents.envelopes.kinds import DOCX, PDF, PNG, Refused, in_words
from documents.envelopes.uploads import take_in
from tests.documents.envelope_story import OWNER
from tests.documents.envelope_story import PDF as PAPER

TYPES, BODY = ("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(2000)


def archive(*members, comment=b""):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
        file.comment = comment
    return sink.getvalue()


def docx(*members):
    return archive(TYPES, BODY, *members)


def changed(content, mark, place, value):
    """An archive whose first record with this mark says something else at a place."""
    start = content.index(mark) + place
    return content[:start] + value + content[start + len(value) :]


def locked():
    content = changed(docx(), b"PK\x01\x02", 8, b"\x01\x00")
    return changed(content, b"PK\x03\x04", 6, b"\x01\x00")


def bomb_that_says_so():
    return docx(("word/media/image1.bin", bytes(80 * 1024 * 1024)))


def bomb_that_overlaps():
    """Every part of the table of contents points at the same packed bytes."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as file:
        for name, content in (TYPES, BODY, ("word/media/a.bin", bytes(90_000))):
            file.writestr(name, content)
        whole = file.infolist()[-1]
        for number in range(50):
            twin = zipfile.ZipInfo(f"word/media/{number}.bin")
            twin.header_offset, twin.CRC = whole.header_offset, whole.CRC
            twin.compress_size, twin.file_size = whole.compress_size, whole.file_size
            file.filelist.append(twin)
            file.NameToInfo[twin.filename] = twin
    return sink.getvalue()


HOSTILE = {
    "empty": (b"", "leeg.pdf", "empty"),
    "program": (b"MZ\x90\x00" + bytes(200), "offerte.pdf", "kind"),
    "page": (b"<!DOCTYPE html><script>alert(1)</script>", "offerte.pdf", "kind"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "offerte.docx", "kind"),
    "PDF after a line": (b"\n" + PAPER, "offerte.pdf", "kind"),
    "PDF that is an archive too": (PAPER + archive(("x.exe", b"MZ")), "offerte.pdf", "two_things"),
    "PDF that is an archive too, with a note": (PAPER + archive(("x", b"y"), comment=b"%%EOF"), "o.pdf", "two_things"),
    "PDF that is a page too": (b"%PDF-1.7\n<HTML><script>alert(1)</script>\n" + PAPER, "offerte.pdf", "two_things"),
    "image that is a page too": (PICTURE[:60] + b"<script>alert(1)</script>" + PICTURE, "plan.png", "two_things"),
    "image that is a PDF too": (PICTURE[:60] + PAPER, "plan.png", "two_things"),
    "image that is an archive too": (PICTURE + archive(("x.jar", b"y")), "plan.png", "two_things"),
    "office file that is a PDF too": (archive(("%PDF-1.7", b""), TYPES, BODY), "o.docx", "two_things"),
    "archive with another name": (archive(("x.exe", b"MZ")), "offerte.docx", "kind"),
    "sheet that says it is a text": (archive(TYPES, ("xl/workbook.xml", b"<x/>")), "offerte.docx", "extension"),
    "cut off": (docx()[:-9], "offerte.docx", "archive"),
    "with something after it": (docx() + b"MZ", "offerte.docx", "archive"),
    "with a note": (archive(TYPES, BODY, comment=b"x"), "offerte.docx", "archive"),
    "locked": (locked(), "offerte.docx", "locked"),
    "with macros": (docx(("word/vbaProject.bin", b"x")), "offerte.docx", "macros"),
    "with a way out": (docx(("../../etc/passwd", b"x")), "offerte.docx", "archive_names"),
    "with a path from the root": (docx(("/etc/passwd", b"x")), "offerte.docx", "archive_names"),
    "with a control character": (docx(("word/a\x07.xml", b"x")), "offerte.docx", "archive_names"),
    "bomb": (bomb_that_says_so(), "offerte.docx", "bomb"),
    "bomb that overlaps": (bomb_that_overlaps(), "offerte.docx", "bomb"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_refused_and_nothing_is_kept(box, maker, what):
    content, name, reason = HOSTILE[what]
    draft = actions.start(box, owner=OWNER, by=maker)

    with pytest.raises(Refused) as refusal:
        take_in(draft, by=maker, name=name, chunks=[content[:700], content[700:]])

    assert refusal.value.reason == reason
    assert str(refusal.value.sentence).endswith(".")
    assert list(draft.files.all()) == []
    assert list(shelf.folder(draft.uid).glob("*")) == []


def inspected(content, name):
    inspection = Inspection(name)
    for start in range(0, len(content), 100_000):
        inspection.write(content[start : start + 100_000])
    return inspection.finish()


def test_ordinary_files_pass():
    # What follows its first MiB is a picture: the parts of a text may stand anywhere.
    large = archive(TYPES, ("word/media/image1.png", PICTURE * 900), BODY)
    attached = PAPER + docx() + bytes(70_000) + b"%%EOF\n"

    assert [inspected(large, "a.docx"), inspected(attached, "a.pdf"), inspected(PICTURE, "a.png")] == [DOCX, PDF, PNG]


def test_the_table_of_contents_is_read_without_trusting_a_length():
    """A record that says it is longer than what there is ends the reading."""
    content = changed(docx(), b"PK\x01\x02", 28, struct.pack("<H", 60_000))

    with pytest.raises(Refused) as refusal:
        archives.check(content, len(content))
    assert refusal.value.reason == "archive"


def test_what_is_taken_in_is_a_setting(settings):
    settings.ENVELOPE_KINDS = ["pdf"]

    assert (inspected(PAPER, "offerte.pdf"), in_words()) == (PDF, "pdf")
    with pytest.raises(Refused) as refusal:
        inspected(PICTURE, "plan.png")
    assert str(refusal.value.sentence) == "Dit soort bestand wordt niet aanvaard: gebruik pdf."
