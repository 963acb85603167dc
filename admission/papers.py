"""The documents of an Open House call: what each may speak of, with a complete example in fictional data."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from documents.kinds import ADDRESSEE, SIGNATORY, DocumentKind

CALL = {"number": "reference of the call", "title": "its title", "action": "the flanking action it is for"}
CONDITION = {"code": "code of the published condition", "title": "its name"}
PARTNER = {
    "name": "the organisation",
    "legal_form": "its legal form",
    "enterprise_number": "its enterprise number",
    "address": "its seat in one line",
    "representative": "who signs for it",
    "function": "in which function",
}
ESTABLISHMENT = {"name": "establishment", "address": "its address", "capacity": "declared availability, as text"}

ADMISSION_LETTER = {
    "addressee": ADDRESSEE,
    "sending": "how the letter is sent",
    "call": CALL,
    "version": "number of the version of the conditions",
    "applied_on": "day of the application",
    "decided_on": "day of the decision",
    "starts_on": "first day of the admission",
    "conditions": [CONDITION | {"finding": "on what it was found to be met"}],
    "agreement": "number of the agreement that is enclosed, or empty",
    "signatory": SIGNATORY,
}
REFUSAL_LETTER = {
    "addressee": ADDRESSEE,
    "sending": "how the letter is sent",
    "call": CALL,
    "version": "number of the version of the conditions",
    "applied_on": "day of the application",
    "decided_on": "day of the decision",
    "unmet": [CONDITION | {"text": "the condition as published", "reason": "why it is not met"}],
    "met": [CONDITION],
    "hearing": "what the applicant brought forward and the answer to it, as paragraphs, or empty",
    "remedies": {"annulment_days": "days to ask for annulment"},
    "signatory": SIGNATORY,
}
ADMISSION_AGREEMENT = {
    "partner": PARTNER,
    "signatory": SIGNATORY,
    "call": CALL | {"combines_with": "which base products the action combines with, as a sentence"},
    "version": "number of the version of the conditions",
    "published_on": "day on which that version was published",
    "conditions": [CONDITION | {"text": "the condition as published"}],
    "establishments": [ESTABLISHMENT],
    "fees": [{"name": "what is paid", "amount": "amount excluding VAT", "basis": "when it is due"}],
    "term": {"starts_on": "first day", "ends_on": "last day of the scheme"},
    "notice_days": "notice of the partner, in days",
    "change_days": "days between publication of new conditions and their entry into force",
}
CALL_CONDITIONS = {
    "call": CALL | {"combines_with": "which base products the action combines with, as a sentence"},
    "summary": "what the call is about",
    "version": "number of the version of the conditions",
    "applies_from": "first day on which this version holds, for everybody",
    "term": {
        "opens_on": "first day to apply",
        "apply_until": "last day to apply",
        "starts_on": "first day of the services",
        "ends_on": "last day of the scheme",
    },
    "conditions": [CONDITION | {"text": "the condition", "evidence": "the evidence asked"}],
    "fees": [{"name": "what is paid", "amount": "amount excluding VAT", "basis": "when it is due"}],
    "agreement": ["a paragraph of the agreement"],
    "notice_days": "notice of the partner, in days",
    "terms": {
        "completion_days": "days to complete an application, once",
        "decision_days": "days to decide on a complete application",
        "hearing_days": "days to react to an intended refusal",
        "change_days": "days between publication of new conditions and their entry into force",
        "closing_days": "days between the announcement of closing and the last day to apply",
    },
    "digest": "SHA-256 over everything that is published of this version",
}

_CALL = {
    "number": "OH-2026-03",
    "title": "Taalcoaching op de werkvloer en in opleiding",
    "action": "Taalcoaching",
}
_ADDRESSEE = {
    "name": "Taalbrug Fictief vzw",
    "attention": "de heer Noah Denkbeeld",
    "street": "Verzonnenstraat 7",
    "place": "9000 Gent",
    "email": "noah@taalbrug-fictief.example",
}
_SIGNATORY = {"name": "D. Beslisser", "function": "afdelingshoofd Partnerschappen"}
_CONDITIONS = [
    {
        "code": "T1",
        "title": "Kwaliteitsregistratie",
        "text": "De aanvrager is geregistreerd als dienstverlener in het kwaliteits- en registratiemodel WSE.",
    },
    {
        "code": "T2",
        "title": "Bekwaamheid van de coaches",
        "text": "Elke taalcoach heeft een diploma NT2 of drie jaar aantoonbare ervaring met taalcoaching.",
    },
    {
        "code": "T3",
        "title": "Bereikbare locatie",
        "text": "Minstens een vestiging in het Vlaamse Gewest of het Brusselse Hoofdstedelijke Gewest.",
    },
    {"code": "T4", "title": "Gegevensbescherming", "text": "De aanvrager aanvaardt de verwerkersafspraken van VDAB."},
]


def _admission_letter():
    findings = [
        "register geraadpleegd op 2 juni 2026",
        "diploma's van vier coaches",
        "vestiging in Gent",
        "aanvaard bij de aanvraag",
    ]
    return {
        "addressee": _ADDRESSEE,
        "sending": "Elektronisch verzonden",
        "call": _CALL,
        "version": 1,
        "applied_on": dt.date(2026, 5, 27),
        "decided_on": dt.date(2026, 6, 8),
        "starts_on": dt.date(2027, 1, 1),
        "conditions": [
            {"code": each["code"], "title": each["title"], "finding": finding}
            for each, finding in zip(_CONDITIONS, findings, strict=True)
        ],
        "agreement": "OH-2026-03-OVE-04",
        "signatory": _SIGNATORY,
    }


def _refusal_letter():
    return {
        "addressee": _ADDRESSEE,
        "sending": "Elektronisch en aangetekend verzonden",
        "call": _CALL,
        "version": 1,
        "applied_on": dt.date(2026, 5, 27),
        "decided_on": dt.date(2026, 6, 24),
        "unmet": [
            _CONDITIONS[1]
            | {
                "reason": (
                    "Voor twee van de vijf coaches is noch een diploma NT2, noch een bewijs van ervaring bijgebracht. "
                    "Op de vraag tot vervollediging van 9 juni 2026 volgde binnen de termijn geen bijkomend bewijs."
                )
            }
        ],
        "met": [{"code": each["code"], "title": each["title"]} for each in _CONDITIONS if each["code"] != "T2"],
        "hearing": (
            "U liet op 19 juni 2026 weten dat de twee coaches de opleiding in het najaar afronden. De voorwaarde moet "
            "vervuld zijn op het ogenblik van de beslissing; zodra de diploma's er zijn, kunt u opnieuw aanvragen."
        ),
        "remedies": {"annulment_days": 60},
        "signatory": _SIGNATORY,
    }


def _admission_agreement():
    return {
        "partner": {
            "name": "Taalbrug Fictief vzw",
            "legal_form": "vereniging zonder winstoogmerk",
            "enterprise_number": "0123456749",
            "address": "Verzonnenstraat 7, 9000 Gent",
            "representative": "Noah Denkbeeld",
            "function": "bestuurder",
        },
        "signatory": _SIGNATORY,
        "call": _CALL
        | {
            "combines_with": "Taalcoaching kan met het basisaanbod en met het gespecialiseerde aanbod worden gecombineerd."
        },
        "version": 1,
        "published_on": dt.date(2026, 4, 20),
        "conditions": _CONDITIONS,
        "establishments": [
            {"name": "Taalbrug Gent", "address": "Verzonnenstraat 7, 9000 Gent", "capacity": "20 plaatsen"},
            {"name": "Taalbrug Aalst", "address": "Bedachtlaan 3, 9300 Aalst", "capacity": "8 plaatsen"},
        ],
        "fees": [
            {
                "name": "Individuele taalcoaching, per uur",
                "amount": Decimal("68.50"),
                "basis": "na aanvaarde prestatie",
            },
            {"name": "Eindverslag", "amount": Decimal(95), "basis": "na aanvaarding van het verslag"},
        ],
        "term": {"starts_on": dt.date(2027, 1, 1), "ends_on": dt.date(2031, 12, 31)},
        "notice_days": 60,
        "change_days": 60,
    }


def _call_conditions():
    agreement = _admission_agreement()
    evidence = ["het registratienummer", "de diploma's of bewijzen van ervaring", "het vestigingsnummer", "verklaring"]
    return {
        "call": agreement["call"],
        "summary": "Een taalcoach begeleidt klanten in het Nederlands dat ze op het werk of in een opleiding nodig hebben.",
        "version": 1,
        "applies_from": dt.date(2026, 4, 20),
        "term": {
            "opens_on": dt.date(2026, 4, 20),
            "apply_until": dt.date(2031, 11, 21),
            "starts_on": dt.date(2027, 1, 1),
            "ends_on": dt.date(2031, 12, 31),
        },
        "conditions": [each | {"evidence": asked} for each, asked in zip(_CONDITIONS, evidence, strict=True)],
        "fees": agreement["fees"],
        "agreement": ["De partner verleent de dienst onder de bekendgemaakte voorwaarden en vergoedingen."],
        "notice_days": 60,
        "terms": {
            "completion_days": 14,
            "decision_days": 40,
            "hearing_days": 15,
            "change_days": 60,
            "closing_days": 60,
        },
        "digest": "9f2c" * 16,
    }


KINDS = [
    DocumentKind(
        "call_conditions", _("Oproep Open House en voorwaarden"), CALL_CONDITIONS, _call_conditions, "VWD", public=True
    ),
    DocumentKind(
        "admission_letter", _("Mededeling van uw toelating"), ADMISSION_LETTER, _admission_letter, "TOE", "letter"
    ),
    DocumentKind("refusal_letter", _("Weigering van uw toelating"), REFUSAL_LETTER, _refusal_letter, "WEI", "letter"),
    DocumentKind(
        "admission_agreement",
        _("Toelatingsovereenkomst"),
        ADMISSION_AGREEMENT,
        _admission_agreement,
        "OVE",
        "contract",
        contents=True,
    ),
]
