"""A fictional award that can be concluded: its procedure, lots, tenderers, letters and standstill."""

import datetime as dt
import functools
import io
from decimal import Decimal

import pikepdf

from catalogue.models import Area, Product
from contracts import actions
from documents import demo_signing, sealing, storage
from documents.envelopes import actions as envelopes
from documents.models import Document, Letter, SealingBox, TemplateVersion
from lifecycle import clock, outbox
from lifecycle.actors import SYSTEM
from lifecycle.models import Owed
from lifecycle.steps import fire
from partners.actions import create_participant
from procurement.models import Application, Award, Lot, Offer, Procedure
from tests.people import make_establishment, make_member, make_organisation, postcode

CONCLUSION_DAY = clock.at(dt.date(2026, 11, 17), 9)
D = dt.date


def organisation(name, signer, *, places=("2000",)):
    """A confirmed organisation with an establishment per postcode, its signer, and itself as participant."""
    found = make_organisation(name, email=f"info@{name.split()[0].lower()}.example", postcode=postcode(places[0]))
    make_member(found, signer)
    for code in places:
        make_establishment(found, f"{name.split()[0]} {code}", postcode=postcode(code))
    return create_participant(by=signer, lead=found)


def procedure(decider, **fields):
    given = {
        "number": "2026-001",
        "title_nl": "Intensieve bemiddeling en begeleiding",
        "subject_nl": "Begeleiding van werkzoekenden naar werk.",
        "regime": Procedure.Regime.LIGHT,
        "cpv": "79611000-0",
        "estimated_value": Decimal(40_000_000),
        "term_start": D(2027, 1, 1),
        "term_end": D(2031, 12, 31),
        "state": "evaluation",
    }
    return Procedure.objects.create(**(given | fields))


def lot(procedure, decider, *, number, area="10000", product="basic-offer", state="ready_to_conclude"):
    return Lot.objects.create(
        procedure=procedure,
        number=number,
        product=Product.objects.get(code=product),
        area=Area.objects.get(code=area),
        estimated_value=Decimal(12_000_000),
        max_concessionaires=2,
        state=state,
        decided_by=decider,
        decided_at=clock.at(D(2026, 10, 29), 10),
        registry_checked_at=clock.at(D(2026, 11, 17), 8),
    )


def application(procedure, participant, signer):
    return Application.objects.create(
        procedure=procedure,
        participant=participant,
        envelope=_envelope(procedure, "applications", participant, signer),
        state="selected",
        started_by=signer,
        submitted_by=signer,
        submitted_at=clock.at(D(2026, 3, 10), 10),
    )


def award(application, lot, *, rank, capacity=1200):
    signer = application.submitted_by
    offer = Offer.objects.create(
        application=application,
        lot=lot,
        envelope=_envelope(lot.procedure, "offers-1", application.participant, signer),
        state="awarded",
        started_by=signer,
        submitted_by=signer,
        submitted_at=clock.at(D(2026, 7, 1), 10),
        capacity=capacity,
    )
    return Award.objects.create(lot=lot, offer=offer, rank=rank, decided_at=lot.decided_at)


def _envelope(procedure, phase, participant, signer):
    found = SealingBox.objects.filter(subject=procedure.ref, phase=phase).first()
    box = found or envelopes.make_box(
        subject=procedure.ref,
        dossier=procedure.dossier,
        phase=phase,
        opens_at=clock.now() + dt.timedelta(days=400),
        by=signer,
    )
    return envelopes.start(box, owner=participant.ref, by=signer)


def letter_about(lot, name, officer, *, sent_at=None):
    """The letter to a tenderer, sent both ways on 30 October 2026 unless `sent_at` is False."""
    moment = clock.at(D(2026, 10, 30), 9) if sent_at is None else sent_at
    sent = {
        "electronic_sent_at": moment,
        "message_id": f"<{lot.pk}-{name}@example.org>",
        "sent_sha256": "0" * 64,
        "registered_sent_at": moment,
        "registered_number": f"RW {lot.pk} {name}",
        "registered_by": officer,
        "registered_recorded_at": moment,
    }
    return Letter.objects.create(
        document=sealed_document(lot, "award_letter"),
        subject=lot.ref,
        reason="award_letter",
        name=name,
        email="info@example.org",
        owed_at=lot.decided_at,
        **(sent if moment else {}),
    )


def sealed_document(subject, kind):
    """A document that stands, without making its PDF."""
    running = Document.objects.filter(dossier=subject.dossier).count() + 500
    return Document.objects.create(
        kind=kind,
        number=f"{subject.procedure.number}-{kind}-{running}",
        running=running,
        title=kind,
        template_version=TemplateVersion.objects.get(template__kind=kind),
        context={},
        context_digest="0" * 64,
        dossier=subject.dossier,
        subject=subject.ref,
        state="sealed",
        requested_at=subject.decided_at,
        rendered_at=subject.decided_at,
        sealed_at=subject.decided_at,
        rendered_sha256="0" * 64,
        sha256="0" * 64,
        size=1,
        pages=1,
    )


def render(document):
    """Do the work that this document owes, with the real worker."""
    for pk in Owed.objects.filter(kind="documents.render", done_at=None).values_list("pk", flat=True):
        outbox.deliver(pk)
    return fresh(document)


def seal_quickly(document):
    """Sealed with the real seal, around a page that says little: most stories are not about how it looks."""
    data = sealing.seal(_small_pdf(document.number), at=clock.now())
    document = fire(document, "render", by=SYSTEM, rendered_sha256="1" * 64, pages=1, fingerprint={})
    return fire(document, "seal", by=SYSTEM, sha256=storage.store(data), size=len(data))


def _small_pdf(text):
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    made.docinfo["/Title"] = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def issued(contract, by):
    contract = actions.issue(contract, by=by)
    seal_quickly(contract.document)
    return fresh(contract)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def pdf_of(contract):
    return contract.document.file.read_bytes()


def signed_by(data, name, organisation="Kompas Fictief vzw"):
    return demo_signing.sign(data, _identity(name, organisation), at=clock.now())


@functools.cache
def _identity(name, organisation):
    """Making a key takes a second; the keys of the house are those of the whole run."""
    return demo_signing.identity_of(name, organisation=organisation)
