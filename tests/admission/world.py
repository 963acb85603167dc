"""Fictional people, organisations and calls that the tests of Open House share."""

import datetime as dt
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from admission import actions
from catalogue.models import Product
from lifecycle import clock
from lifecycle.steps import fire
from partners.actions import create_participant
from tests.people import make_establishment, make_member, make_organisation

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
CONDITIONS = [
    {
        "code": "T1",
        "title_nl": "Kwaliteitsregistratie",
        "title_en": "Quality registration",
        "text_nl": "De aanvrager is geregistreerd in het kwaliteits- en registratiemodel WSE.",
        "text_en": "The applicant is registered in the WSE quality and registration model.",
        "evidence_nl": "het registratienummer",
        "proof": "declaration",
    },
    {
        "code": "T2",
        "title_nl": "Bekwaamheid van de coaches",
        "title_en": "Ability of the coaches",
        "text_nl": "Elke taalcoach heeft een diploma NT2 of drie jaar ervaring met taalcoaching.",
        "evidence_nl": "de diploma's of een bewijs van ervaring",
        "proof": "document",
    },
]
FEES = [
    {"name_nl": "Individuele taalcoaching, per uur", "amount": Decimal("68.50"), "basis_nl": "na aanvaarde prestatie"}
]


def party(name, signer):
    """A confirmed organisation with one establishment, one person who signs, and itself as participant."""
    found = make_organisation(name, email=f"info@{name.split()[0].lower()}.example")
    make_member(found, signer)
    place = make_establishment(found, f"{name} Gent")
    return create_participant(by=signer, lead=found), place


def upload(name="diploma.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def draft_call(by, *, number="OH-2026-03", product=None, **fields):
    product = product or Product.objects.flanking_actions().get(code="language-coaching")
    given = {
        "number": number,
        "title_nl": "Taalcoaching op de werkvloer en in opleiding",
        "title_en": "Language coaching at work and in training",
        "summary_nl": "Coaching Nederlands tijdens werk of opleiding.",
        "product": product,
        "open_from": dt.date(2026, 4, 20),
        "open_until": dt.date(2031, 12, 31),
        "starts_on": dt.date(2027, 1, 1),
        "conditions": CONDITIONS,
        "fees": FEES,
        "agreement_nl": "De partner verleent de dienst onder de bekendgemaakte voorwaarden.",
        "notice_days": 60,
    }
    return actions.create_call(by=by, **(given | fields))


def published_call(officer, lawyer, decider, **fields):
    from admission.checklist import ITEMS

    call = draft_call(officer, **fields)
    call = fire(call, "submit_for_review", by=officer)
    call = fire(call, "sign_checklist", by=lawyer, items=list(ITEMS))
    call = fire(call, "approve", by=decider)
    return actions.publish_call(call, by=officer)


def filled_application(call, signer, participant, place, *, conditions=None):
    """A draft in which everything is declared and proved."""
    draft = actions.start_application(call, by=signer, participant=participant)
    service = call.product.services.first()
    actions.declare_service(draft, by=signer, service=service, establishment=place, availability=20)
    for condition in draft.conditions_version.conditions.all():
        actions.declare(draft, by=signer, condition=condition, confirmed=True)
        if condition.proof == "document":
            actions.add_evidence(draft, by=signer, condition=condition, upload=upload())
    return draft


def submitted_application(call, signer, participant, place):
    draft = filled_application(call, signer, participant, place)
    return actions.submit(draft, by=signer, agreement_accepted=True)


def in_assessment(call, signer, participant, place, *, checker):
    return fire(submitted_application(call, signer, participant, place), "find_complete", by=checker)


def results(*, t1=True, t2=True):
    return {
        "T1": (t1, "register geraadpleegd" if t1 else "niet in het register"),
        "T2": (t2, "diploma's van vier coaches" if t2 else "voor twee coaches is er geen diploma"),
    }


def at(year, month, day, hour=9):
    return clock.at(dt.date(year, month, day), hour)
