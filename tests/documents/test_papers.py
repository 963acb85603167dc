"""Every document that the house brings along: sound, conformant, deterministic."""

import datetime as dt
import io
import json
import subprocess

import pdfua
import pikepdf
import pypdf
import pytest

from documents import initial_texts, kinds, language, rendering, snapshot
from lifecycle import clock
from tests.documents.paper_story import CODES

MOMENT = clock.at(dt.date(2026, 10, 30), 9, 15)
CLAUSES = {code: initial_texts._body_in(path) for code, path in initial_texts.clause_files().items()}


def paper(code, **changes):
    kind = kinds.kind_of(code)
    given = {
        "frame": kind.frame,
        "contents": kind.contents,
        "body": initial_texts._body_in(initial_texts.files()[code]),
        "context": kinds.example_of(kind),
        "requested_at": MOMENT,
        "clauses": CLAUSES,
        "template": f"{code} v1",
        "trail_head": "7:" + "ab" * 32,
    }
    return rendering.Paper(**(given | changes))


def test_every_kind_has_a_text_and_every_text_a_kind():
    assert sorted(initial_texts.files()) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_example_follows_the_context_of_its_kind(code):
    kind = kinds.kind_of(code)

    assert kinds.departures(kind.schema, kinds.example_of(kind)) == []


@pytest.mark.parametrize("code", CODES)
def test_text_is_sound(code):
    kind, body = kinds.kind_of(code), paper(code).body

    assert language.check(body, kind.schema, CLAUSES.keys()) == []
    assert language.try_out(body, kinds.example_of(kind), CLAUSES) == []


@pytest.mark.parametrize("code", CODES)
def test_document_is_conformant_and_deterministic(code, tmp_path):
    rendered = rendering.render(paper(code))
    file = tmp_path / "document.pdf"
    file.write_bytes(rendered.data)

    assert pdfua.validate(file).findings == ()
    assert subprocess.run(["qpdf", "--check", file], check=False, capture_output=True).returncode == 0
    assert rendering.render(paper(code)).data == rendered.data


def test_same_bytes_after_other_documents():
    first = rendering.render(paper("award_letter")).data
    rendering.render(paper("opening_record"))

    assert rendering.render(paper("award_letter")).data == first


def test_document_says_what_it_is_and_carries_its_data():
    made = paper("concession_contract")
    rendered = rendering.render(made)

    with pikepdf.open(io.BytesIO(rendered.data)) as pdf:
        metadata = bytes(pdf.Root.Metadata.read_bytes())
        (relationship,) = [str(file.AFRelationship) for file in pdf.Root.AF]
        data = json.loads(pdf.attachments["gegevens.json"].get_file().read_bytes())
        headers = {str(cell.A.Scope) for cell in pdf.objects if is_header_cell(cell)}
        assert str(pdf.Root.Lang) == "nl"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert len(pdf.pages) == rendered.pages

    assert b'pdfaid:part="3"' in metadata
    assert b'pdfaid:conformance="A"' in metadata
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert relationship == "/Data"
    assert data == {
        "data": made.context,
        "digest": snapshot.digest(made.context),
        "template": "concession_contract v1",
        "trail_head": made.trail_head,
    }
    assert headers == {"/Column", "/Row"}


def is_header_cell(thing):
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == pikepdf.Name.TH


def test_contract_shows_both_dates_its_articles_and_who_signs():
    text = text_of(rendering.render(paper("concession_contract")).data)

    for words in (
        "1 januari 2027",
        "31 december 2031",
        "Artikel 5. Duur",
        "Herzieningsclausule",
        "namens Kompas Fictief vzw",
    ):
        assert words in text


def test_every_page_names_the_document_and_its_data():
    made = paper("award_letter")
    reader = pypdf.PdfReader(io.BytesIO(rendering.render(made).data))
    pages = [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in reader.pages]

    for number, page in enumerate(pages, start=1):
        assert f"2026-001-BGU-01 · gegevens {made.digest[:8]}" in page
        assert f"Pagina {number} van {len(pages)}" in page


def test_letter_to_a_losing_tenderer_has_what_the_law_asks():
    text = text_of(rendering.render(paper("non_award_letter")).data)

    for words in (
        "wachttermijn van 15 dagen",
        "tot en met maandag 16 november 2026, 24.00 uur",
        "binnen 15 dagen (artikelen 15 en 23",
        "binnen 60 dagen (artikelen 14 en 23",
        "artikel 24 van de wet van 17 juni 2013",
        "samenwerking@vdab.be",
        "Raad van State",
    ):
        assert words in text


def text_of(data):
    reader = pypdf.PdfReader(io.BytesIO(data))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ").split())


def test_only_our_own_fonts_are_in_it():
    with pikepdf.open(io.BytesIO(rendering.render(paper("concession_contract")).data)) as pdf:
        names = {
            str(thing.FontName).split("+")[-1]
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == pikepdf.Name.FontDescriptor
        }

    assert {name.split("-")[0].lower() for name in names} == {"source", "public"} or all(
        name.lower().startswith(("source", "public", "house")) for name in names
    )


@pytest.mark.parametrize(
    "body",
    [
        "<link rel=attachment href='file:///etc/passwd'>",
        "<img src='file:///etc/passwd' alt='x'>",
        "<img src='http://127.0.0.1:9/x.png' alt='x'>",
        "<img src='https://example.com/x.png' alt='x'>",
        "<img src='../../manage.py' alt='x'>",
        "<img src='data:image/png;base64,AAAA' alt='x'>",
        "<p style=\"background:url('file:///etc/passwd')\">x</p>",
        "<link rel=stylesheet href='http://127.0.0.1:9/x.css'>",
    ],
)
def test_nothing_outside_the_assets_is_reached_even_by_a_text_that_was_never_checked(body):
    with pytest.raises(rendering.RenderingFailed):
        rendering.render(paper("selection_letter", body=body))


def test_link_to_a_local_file_is_refused_through_a_symbolic_link(tmp_path, settings):
    fetcher = rendering.LockedFetcher(tmp_path)
    (tmp_path / "door").symlink_to("/etc/passwd")

    with pytest.raises(PermissionError):
        fetcher.fetch((tmp_path / "door").as_uri())


def test_fonts_are_the_ones_of_the_manifest(settings):
    import hashlib

    folder = settings.DOCUMENT_ASSETS / "fonts"
    manifest = json.loads((folder / "manifest.json").read_text())["files"]

    assert manifest == {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.glob("*.woff2"))
    }


def test_fingerprint_names_every_tool():
    assert set(rendering.fingerprint()) == {
        "weasyprint", "pydyf", "fonttools", "pango", "harfbuzz", "pikepdf", "qpdf", "fonts", "style", "frames", "code",
    }  # fmt: skip
