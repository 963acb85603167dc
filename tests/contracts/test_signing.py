"""From an issued contract to one that both signed: what comes back is judged, and nothing is concluded too early."""

import io
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader

from contracts import actions
from contracts.models import SignedCopy
from documents import demo_signing, keys, sealing, signatures, storage
from documents.models import Letter
from lifecycle import clock, trail
from lifecycle.models import Entry
from lifecycle.steps import Blocked, fire, steps
from tests.contracts import world


def test_a_real_document_is_made_signed_and_countersigned(prepared, lawyer, signer, decider):
    """Once with everything real: the text of the house, the worker, the seal, two signatures."""
    contract = actions.issue(prepared, by=lawyer)
    document = world.render(contract.document)
    copy = actions.receive_signed_copy(
        contract, by=signer, file=world.signed_by(storage.read(document.sha256), "Kim Kompas")
    )
    contract = actions.countersign(world.fresh(contract), by=decider)

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(storage.read(contract.final_sha256))).pages)

    assert copy.reasons == []
    assert document.pages >= 5
    assert "1 januari 2027" in text
    assert "31 december 2031" in text
    assert "2026-001-C001" in text


def test_the_document_says_what_was_agreed(issued, kompas):
    context = issued.document.context

    assert issued.document.number == "2026-001-C001-CON-01"
    assert issued.document.addressee == kompas.ref
    assert context["number"] == "2026-001-C001"
    assert context["term"] == {
        "starts_on": "2027-01-01",
        "ends_on": "2031-12-31",
        "months": 60,
        "intake_until": "2031-06-30",
        "performance_until": "2032-06-30",
    }
    assert [(row["lot"], row["service"], row["establishment"], row["capacity"]) for row in context["capacities"]] == [
        ("1", "Basisaanbod", "Kompas 2000", 600),
        ("1", "Basisaanbod", "Kompas 2300", 600),
        ("5", "Basisaanbod", "Kompas 3500", 901),
    ]
    assert context["partner"]["representative"] == "Kim Kompas"
    assert context["signatory"] == {"name": "Dina Beslisser", "function": "beslissingsnemer"}


def test_the_partner_is_told_by_mail_only(issued):
    letter = Letter.objects.about(issued).get()

    assert (letter.reason, letter.by_registered_post, letter.email) == ("contract_issued", False, "info@kompas.example")


def test_it_can_be_downloaded_once_it_is_sealed(prepared, lawyer, signer):
    contract = actions.issue(prepared, by=lawyer)

    with pytest.raises(Blocked) as refusal:
        actions.receive_signed_copy(contract, by=signer, file=b"%PDF-")

    assert [reason.guard for reason in refusal.value.reasons] == ["document_is_sealed"]


# -- what comes back ------------------------------------------------------------------------------


def test_the_issued_document_with_a_signature_is_accepted(issued, signer):
    data = world.signed_by(world.pdf_of(issued), "Kim Kompas")

    copy = actions.receive_signed_copy(issued, by=signer, file=io.BytesIO(data))

    assert (copy.valid, copy.reasons, copy.signer_names) == (True, [], "Kim Kompas")
    assert copy.signers[0].keys() == {"name", "issuer", "certificate_sha256", "claimed_at", "timestamped_at"}
    assert (copy.uploaded_by, copy.size, copy.read()) == (signer, len(data), data)
    assert world.fresh(issued).signed_copy == copy
    entry = Entry.objects.get(subject=issued.ref, verb="receive_signed_copy")
    assert (entry.source, entry.target, entry.facts["sha256"]) == ("issued", "issued", copy.sha256)


NOT_OURS = (
    "Dit is niet het uitgereikte document: de inhoud verschilt. Onderteken het bestand dat u gedownload hebt, zonder "
    "het opnieuw op te slaan, af te drukken of samen te voegen."
)


def tampered(data):
    """Signed, and afterwards something was added."""
    opened = pikepdf.open(io.BytesIO(world.signed_by(data, "Kim Kompas")))
    opened.docinfo["/Title"] = "Andere overeenkomst"
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def signed_by_a_stranger(data):
    """By a certificate that nobody we believe has issued."""
    authority = keys._authority(Path(settings.KEY_DIR) / "elsewhere" / "ca", "Elders CA", [])
    identity = keys.issue(authority, "Kim Kompas", organisation="Elders")
    return demo_signing.sign(data, identity, at=clock.now())


def another_document(data):
    """A document of ours, sealed and signed, but not this contract."""
    return world.signed_by(sealing.seal(world._small_pdf("Een andere overeenkomst"), at=clock.now()), "Kim Kompas")


@pytest.mark.parametrize(
    "make,sentence",
    [
        (lambda data: data, "Het document is nog niet ondertekend."),
        (lambda _data: b"geen pdf", "Dit bestand is geen PDF."),
        (another_document, NOT_OURS),
        (tampered, NOT_OURS),
        (
            signed_by_a_stranger,
            (
                "De handtekening van Kim Kompas steunt op een certificaat (Elders CA) dat wij niet erkennen, of dat op dit "
                "ogenblik niet geldig is."
            ),
        ),
    ],
    ids=["unsigned", "no pdf", "another document", "tampered", "unknown certificate"],
)
def test_anything_else_is_refused_and_kept(issued, signer, make, sentence):
    data = make(world.pdf_of(issued))

    copy = actions.receive_signed_copy(issued, by=signer, file=data)

    assert (copy.valid, copy.reasons, copy.told) == (False, [sentence], [sentence])
    assert SignedCopy.objects.get().read() == data
    assert world.fresh(issued).signed_copy is None
    entry = Entry.objects.get(subject=issued.ref, verb="refuse_signed_copy")
    assert entry.facts == {"sha256": copy.sha256, "reasons": 1}


def test_a_file_that_was_changed_inside_is_refused(issued, signer):
    document = world.pdf_of(issued)
    data = bytearray(world.signed_by(document, "Kim Kompas"))
    data[len(document) + 40] ^= 1  # in what the signature covers, behind the issued document

    copy = actions.receive_signed_copy(issued, by=signer, file=bytes(data))

    assert copy.valid is False
    assert len(copy.reasons) >= 1


def test_only_who_may_sign_for_the_partner_hands_in(issued, rival, stranger, lawyer, decider):
    data = world.signed_by(world.pdf_of(issued), "Kim Kompas")
    for person in (rival, stranger, lawyer, decider):
        with pytest.raises(PermissionDenied):
            actions.receive_signed_copy(issued, by=person, file=data)
    assert SignedCopy.objects.count() == 0


def test_a_copy_of_a_document_that_was_taken_back_does_not_count(handed_in, lawyer, decider):
    prepared = fire(handed_in, "take_back", by=lawyer, reason="De looptijd klopte niet.")
    issued = world.issued(prepared, lawyer)

    with pytest.raises(Blocked) as refusal:
        actions.countersign(issued, by=decider)

    assert issued.document.number == "2026-001-C001-CON-02"
    assert [reason.guard for reason in refusal.value.reasons] == ["partner_has_signed"]


# -- countersigning -------------------------------------------------------------------------------


def test_countersigning_concludes(handed_in, decider, clock, antwerp, limburg):
    contract = actions.countersign(handed_in, by=decider)

    assert (contract.state, contract.signed_at, contract.countersigned_by) == ("signed", clock.now(), decider)
    assert storage.read(contract.final_sha256).startswith(handed_in.signed_copy.read())
    assert contract.final_size == len(storage.read(contract.final_sha256))
    # Baken, the other concessionaire of Antwerp, has not signed yet.
    assert (world.fresh(antwerp).state, world.fresh(limburg).state) == ("ready_to_conclude", "concluded")
    assert list(trail.verify()) == []


def test_a_lot_is_concluded_when_all_its_contracts_are_signed(signed, awards, lawyer, rival, decider, antwerp):
    other = world.issued(actions.conclude(award=awards["baken"], by=lawyer), lawyer)
    actions.receive_signed_copy(other, by=rival, file=world.signed_by(world.pdf_of(other), "Bas Baken"))

    other = actions.countersign(other, by=decider)

    entry = Entry.objects.get(subject=antwerp.ref, verb="conclude")
    assert world.fresh(antwerp).state == "concluded"
    assert entry.facts["contracts"] == [signed.ref, other.ref]


def test_the_final_copy_holds_every_signature(signed, clock):
    data = storage.read(signed.final_sha256)
    names = [each.field_name for each in PdfFileReader(io.BytesIO(data)).embedded_regular_signatures]
    verdict = signatures.verify(data, at=clock.now())

    assert names == ["Zegel", "Handtekening", "Tegentekening"]
    assert verdict.reasons == []


def test_the_preparer_does_not_countersign(handed_in, lawyer, manager, signer):
    for person in (lawyer, manager, signer):
        with pytest.raises(PermissionDenied):
            actions.countersign(handed_in, by=person)


def test_nothing_is_countersigned_before_the_partner_signed(issued, decider):
    with pytest.raises(Blocked) as refusal:
        actions.countersign(issued, by=decider)

    assert [reason.guard for reason in refusal.value.reasons] == ["partner_has_signed"]


def test_nothing_is_concluded_with_an_unsent_letter(handed_in, decider, officer, limburg):
    world.letter_about(limburg, "Vergeten", officer, sent_at=False)

    with pytest.raises(Blocked) as refusal:
        actions.countersign(handed_in, by=decider)

    assert [str(reason) for reason in refusal.value.reasons] == [
        "Niet elke brief is verzonden, elektronisch en aangetekend. Perceel 5. Zonder verzendbewijs: Vergeten.",
        "De wachttermijn loopt nog. Perceel 5.",
        (
            "De griffie van de Raad van State is na de wachttermijn nog niet nagezien op een vordering tot schorsing. "
            "Perceel 5."
        ),
    ]
    assert (world.fresh(handed_in).state, world.fresh(limburg).state) == ("issued", "ready_to_conclude")


def test_nothing_is_concluded_while_a_standstill_runs(handed_in, decider, officer, limburg, clock):
    world.letter_about(limburg, "Laat", officer, sent_at=clock.at(world.D(2026, 11, 10), 9))

    with pytest.raises(Blocked) as refusal:
        actions.countersign(handed_in, by=decider)

    running = refusal.value.reasons[0]
    assert running.guard == "standstill_is_over"
    assert running.opens_at == clock.at(world.D(2026, 11, 26))


def test_the_page_says_what_stands_in_the_way(issued, decider):
    found = {step.verb: [reason.guard for reason in step.reasons] for step in steps(issued, decider)}

    assert found == {"countersign": ["partner_has_signed"]}


def test_a_renounced_lot_blocks_its_contract(handed_in, decider, limburg):
    from procurement.actions.awarding import renounce

    renounce(limburg, by=decider, reason="De behoefte is weggevallen.")

    with pytest.raises(Blocked) as refusal:
        actions.countersign(handed_in, by=decider)

    assert [str(reason) for reason in refusal.value.reasons] == [
        "Niet elk perceel van dit contract is klaar voor sluiting. Perceel 5 staat op “Vervallen”."
    ]


def test_two_who_countersign_at_once_sign_once(handed_in, decider):
    actions.countersign(handed_in, by=decider)

    with pytest.raises(Blocked):
        actions.countersign(handed_in, by=decider)

    assert Entry.objects.filter(subject=handed_in.ref, verb="countersign").count() == 1


def test_by_notification_the_partner_does_not_sign(prepared, lawyer, signer, decider):
    contract = world.issued(actions.adjust(prepared, by=lawyer, mode="notification"), lawyer)

    with pytest.raises(Blocked) as refusal:
        actions.receive_signed_copy(contract, by=signer, file=world.pdf_of(contract))
    contract = actions.countersign(contract, by=decider)

    assert [reason.guard for reason in refusal.value.reasons] == ["partner_must_sign"]
    assert contract.state == "signed"
    assert Letter.objects.about(contract).get(reason="contract_concluded").by_registered_post is True


# -- not concluding -------------------------------------------------------------------------------


def test_a_withdrawn_contract_releases_its_awards(issued, awards, lawyer):
    ended = actions.withdraw(issued, by=lawyer, reason="De percelen worden apart gesloten.")
    again = actions.conclude(award=awards["kompas"], by=lawyer, with_awards=[])

    assert (ended.state, ended.ground) == ("terminated", "not_concluded")
    assert (again.number, len(again.lots)) == ("2026-001-C002", 1)
