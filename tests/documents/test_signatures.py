"""The seal of the house, and what comes back signed."""

import datetime as dt
import io
import subprocess

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from documents import demo_signing, keys, rendering, sealing, signatures
from lifecycle import clock
from tests.documents.test_papers import paper

MOMENT = clock.at(dt.date(2026, 11, 17), 10, 30)
CHANGED = "Dit is niet het uitgereikte document"


@pytest.fixture(scope="module")
def unsealed():
    return rendering.render(paper("award_letter")).data


@pytest.fixture
def issued(unsealed, seal_keys):
    return sealing.seal(unsealed, at=MOMENT)


@pytest.fixture(scope="module")
def _signers():
    return {}


@pytest.fixture
def partner(seal_keys, _signers):
    """A fictional director with a certificate of the demonstration's authority."""
    if "partner" not in _signers:
        _signers["partner"] = demo_signing.identity_of(
            "Ariane Voorbeeld", organisation="Kompas Fictief vzw", serial="F-1"
        )
    return _signers["partner"]


def check(issued, uploaded):
    return signatures.check_upload(issued, uploaded, at=MOMENT)


def test_seal_is_an_incremental_update_that_is_believed(unsealed, issued):
    verdict = signatures.verify(issued, at=MOMENT)

    assert issued.startswith(unsealed)
    assert verdict.reasons == []
    assert [(signer.field, signer.name, signer.covers_everything) for signer in verdict.signers] == [
        ("Zegel", "VDAB elektronisch zegel", True)
    ]
    assert verdict.signers[0].claimed_at == MOMENT.replace(microsecond=0)


def test_seal_of_the_same_bytes_and_moment_is_the_same(unsealed, issued):
    assert sealing.seal(unsealed, at=MOMENT) == issued


def test_seal_keeps_the_document_accessible(issued, tmp_path):
    import pdfua

    file = tmp_path / "sealed.pdf"
    file.write_bytes(issued)

    assert pdfua.validate(file).findings == ()


@pytest.mark.parametrize("place", [None, {"page": 0, "box": [72, 92, 272, 134]}])
def test_issued_document_with_a_signature_is_accepted(issued, partner, place):
    verdict = check(issued, demo_signing.sign(issued, partner, at=MOMENT, place=place, who="Ariane Voorbeeld"))

    assert verdict.reasons == []
    assert verdict.is_accepted
    (signer,) = verdict.signers
    assert (signer.name, signer.serial, signer.issuer) == ("Ariane Voorbeeld", "F-1", "Partnerloket Demo CA (fictief)")


def test_signatures_of_a_contract_stand_in_their_blocks_in_our_words(seal_keys, partner, tmp_path):
    rendered = rendering.render(paper("concession_contract"))
    issued = sealing.seal(rendered.data, at=MOMENT)
    authority, other = rendered.places
    signed = demo_signing.sign(issued, partner, at=MOMENT, place=other, who="Ariane Voorbeeld, 100 %")
    final = sealing.sign(
        signed, keys.seal(), field="Tegentekening", at=MOMENT, reason="Ondertekening", place=authority, who="VDAB"
    )
    file = tmp_path / "final.pdf"
    file.write_bytes(final)
    last = ["-f", str(rendered.pages), "-layout", str(file), "-"]
    words = subprocess.run(["pdftotext", *last], capture_output=True, text=True, check=True).stdout
    fonts = subprocess.run(["pdffonts", str(file)], capture_output=True, text=True, check=True).stdout

    assert [authority["page"], other["page"]] == [rendered.pages - 1] * 2
    assert authority["box"][2] < other["box"][0]
    assert check(issued, final).reasons == []
    lines = [" ".join(line.split()) for line in words.splitlines()]
    assert "Elektronisch ondertekend Elektronisch ondertekend" in lines
    assert "VDAB Ariane Voorbeeld, 100 %" in lines
    assert "17/11/2026, 10.30.00 uur 17/11/2026, 10.30.00 uur" in lines
    assert "Courier" not in fonts


def test_two_signatures_one_after_the_other_are_accepted(issued, partner):
    once = demo_signing.sign(issued, partner, at=MOMENT)
    twice = demo_signing.sign(once, partner, at=MOMENT, field="Tweede")

    assert [signer.field for signer in check(issued, twice).signers] == ["Handtekening", "Tweede"]
    assert check(issued, twice).is_accepted


def test_unsigned_document_is_refused(issued):
    assert check(issued, issued).reasons == ["Het document is nog niet ondertekend."]


def test_update_without_a_signature_is_refused(issued):
    assert check(issued, issued + b"\n% x\n").is_accepted is False


def test_something_that_is_no_pdf_is_refused(issued):
    assert check(issued, b"PK\x03\x04").reasons == ["Dit bestand is geen PDF."]


def test_changed_byte_is_refused(issued, partner):
    signed = bytearray(demo_signing.sign(issued, partner, at=MOMENT))
    signed[2000] ^= 1

    assert check(issued, bytes(signed)).reasons[0].startswith(CHANGED)


def test_changed_byte_in_the_signature_is_refused(issued, partner):
    signed = demo_signing.sign(issued, partner, at=MOMENT)
    start = signed.rindex(b"/Contents <") + len(b"/Contents <")
    # The signature value ends the container; the zeros behind it are padding.
    place = start + len(signed[start : signed.index(b">", start)].rstrip(b"0")) - 40
    changed = signed[:place] + (b"1" if signed[place : place + 1] == b"0" else b"0") + signed[place + 1 :]

    assert check(issued, changed).is_accepted is False


def test_other_document_with_a_valid_signature_is_refused(issued, partner):
    other = sealing.seal(rendering.render(paper("selection_letter")).data, at=MOMENT)

    assert check(issued, demo_signing.sign(other, partner, at=MOMENT)).reasons[0].startswith(CHANGED)


def test_document_saved_anew_is_refused(issued, partner):
    result = io.BytesIO()
    with pikepdf.open(io.BytesIO(issued)) as pdf:
        pdf.save(result)

    assert check(issued, demo_signing.sign(result.getvalue(), partner, at=MOMENT)).reasons[0].startswith(CHANGED)


def test_signature_of_a_stranger_is_refused(issued, seal_keys):
    stranger_key, stranger = self_made("Vreemde CA")
    identity = keys.issue((stranger_key, stranger), "Iemand Anders", organisation="Onbekend bv")

    (reason,) = check(issued, demo_signing.sign(issued, identity, at=MOMENT)).reasons
    assert reason.startswith(
        "De handtekening van Iemand Anders steunt op een certificaat (Vreemde CA) dat wij niet erkennen"
    )


def self_made(name):
    key = keys.new_key()
    subject = keys._name(name)
    return key, keys._certificate(subject, key, subject, key, ca=True)


def test_page_added_before_signing_is_refused(issued, partner):
    verdict = check(issued, demo_signing.sign(with_another_page(issued), partner, at=MOMENT))

    assert verdict.reasons == [
        "Na de handtekening van VDAB elektronisch zegel is de inhoud van het document gewijzigd."
    ]


def test_page_added_after_signing_is_refused(issued, partner):
    verdict = check(issued, with_another_page(demo_signing.sign(issued, partner, at=MOMENT)))

    assert "Na de handtekening van Ariane Voorbeeld is de inhoud van het document gewijzigd." in verdict.reasons


def with_another_page(data):
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Page"),
            generic.pdf_name("/MediaBox"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 595, 842)]),
        }
    )
    pages = writer.root["/Pages"]
    page[generic.pdf_name("/Parent")] = writer.root.raw_get("/Pages")
    pages["/Kids"].append(writer.add_object(page))
    pages[generic.pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) + 1)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def test_visible_signature_over_the_page_is_refused(issued, partner):
    whole = {"page": 0, "box": [0, 0, 595, 842]}
    signed = demo_signing.sign(issued, partner, field="Groot", at=MOMENT, place=whole, who="Ariane Voorbeeld")

    assert check(issued, signed).reasons == [
        "De zichtbare handtekening van Ariane Voorbeeld bedekt te veel van de bladzijde."
    ]


def test_certificate_that_expired_is_refused(issued, partner):
    signed = demo_signing.sign(issued, partner, at=MOMENT)

    assert signatures.check_upload(issued, signed, at=MOMENT.replace(year=2050)).is_accepted is False


def test_demonstration_authority_is_not_believed_in_production(issued, partner, settings):
    signed = demo_signing.sign(issued, partner, at=MOMENT)
    settings.PRODUCTION = True

    assert check(issued, signed).is_accepted is False


def test_keys_are_made_once_and_closed(settings, tmp_path):
    settings.KEY_DIR = tmp_path / "keys"
    made = keys.make_keys()
    before = {path: path.read_bytes() for path in made}

    assert keys.make_keys() == []
    assert {path: path.read_bytes() for path in made} == before
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in made if path.suffix == ".key"} == {
        "ca.key": "0o600",
        "seal.key": "0o600",
    }


def test_no_demonstration_authority_in_production(settings, tmp_path):
    settings.KEY_DIR, settings.PRODUCTION = tmp_path / "keys", True
    keys.make_keys()

    assert sorted(path.name for path in (tmp_path / "keys" / "trust").iterdir()) == ["partnerloket-ca.pem"]
    with pytest.raises(keys.KeysMissing):
        keys.demo_authority()


def test_seal_without_keys_says_what_to_do(settings, tmp_path):
    settings.KEY_DIR = tmp_path

    with pytest.raises(keys.KeysMissing, match="make_keys"):
        keys.seal()
