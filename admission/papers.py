"""The documents of an Open House call: what each may speak of, with a complete example in fictional data."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from documents.kinds import ADDRESSEE, SIGNATORY, DocumentKind

CALL = {
    "number": _("kenmerk van de oproep"),
    "title": _("de titel ervan"),
    "action": _("de flankerende actie waarvoor ze is"),
}
CONDITION = {"code": _("code van de bekendgemaakte voorwaarde"), "title": _("de naam ervan")}
PARTNER = {
    "name": _("de organisatie"),
    "legal_form": _("de rechtsvorm ervan"),
    "enterprise_number": _("het ondernemingsnummer ervan"),
    "address": _("de zetel ervan op één regel"),
    "representative": _("wie ervoor tekent"),
    "function": _("in welke functie"),
}
ESTABLISHMENT = {
    "name": _("vestiging"),
    "address": _("het adres ervan"),
    "capacity": _("aangegeven beschikbaarheid, als tekst"),
}

ADMISSION_LETTER = {
    "addressee": ADDRESSEE,
    "sending": _("hoe de brief verzonden wordt"),
    "call": CALL,
    "version": _("nummer van de versie van de voorwaarden"),
    "applied_on": _("dag van de aanvraag"),
    "decided_on": _("dag van de beslissing"),
    "starts_on": _("eerste dag van de toelating"),
    "conditions": [CONDITION | {"finding": _("waarop steunt dat eraan voldaan is")}],
    "agreement": _("nummer van de bijgevoegde overeenkomst, of leeg"),
    "signatory": SIGNATORY,
}
REFUSAL_LETTER = {
    "addressee": ADDRESSEE,
    "sending": _("hoe de brief verzonden wordt"),
    "call": CALL,
    "version": _("nummer van de versie van de voorwaarden"),
    "applied_on": _("dag van de aanvraag"),
    "decided_on": _("dag van de beslissing"),
    "unmet": [
        CONDITION | {"text": _("de voorwaarde zoals bekendgemaakt"), "reason": _("waarom er niet aan voldaan is")}
    ],
    "met": [CONDITION],
    "hearing": _("wat de aanvrager aanvoerde en het antwoord daarop, als alinea's, of leeg"),
    "remedies": {"annulment_days": _("dagen om nietigverklaring te vragen")},
    "signatory": SIGNATORY,
}
ADMISSION_AGREEMENT = {
    "partner": PARTNER,
    "signatory": SIGNATORY,
    "call": CALL | {"combines_with": _("met welke basisproducten de actie combineert, als zin")},
    "version": _("nummer van de versie van de voorwaarden"),
    "published_on": _("dag waarop die versie bekendgemaakt werd"),
    "conditions": [CONDITION | {"text": _("de voorwaarde zoals bekendgemaakt")}],
    "establishments": [ESTABLISHMENT],
    "fees": [
        {"name": _("wat betaald wordt"), "amount": _("bedrag, exclusief btw"), "basis": _("wanneer ze verschuldigd is")}
    ],
    "term": {"starts_on": _("eerste dag"), "ends_on": _("laatste dag van de regeling")},
    "notice_days": _("opzegging door de partner, in dagen"),
    "change_days": _("dagen tussen de bekendmaking van nieuwe voorwaarden en de dag waarop ze gelden"),
}
CALL_CONDITIONS = {
    "call": CALL | {"combines_with": _("met welke basisproducten de actie combineert, als zin")},
    "summary": _("waarover de oproep gaat"),
    "version": _("nummer van de versie van de voorwaarden"),
    "applies_from": _("eerste dag waarop deze versie geldt, voor iedereen"),
    "term": {
        "opens_on": _("eerste dag voor aanvragen"),
        "apply_until": _("laatste dag voor aanvragen"),
        "starts_on": _("eerste dag van de dienstverlening"),
        "ends_on": _("laatste dag van de regeling"),
    },
    "conditions": [CONDITION | {"text": _("de voorwaarde"), "evidence": _("het gevraagde bewijs")}],
    "fees": [
        {"name": _("wat betaald wordt"), "amount": _("bedrag, exclusief btw"), "basis": _("wanneer ze verschuldigd is")}
    ],
    "agreement": [_("een alinea van de overeenkomst")],
    "notice_days": _("opzegging door de partner, in dagen"),
    "terms": {
        "completion_days": _("dagen om een aanvraag te vervolledigen, eenmalig"),
        "decision_days": _("dagen om over een volledige aanvraag te beslissen"),
        "hearing_days": _("dagen om op een voorgenomen weigering te reageren"),
        "change_days": _("dagen tussen de bekendmaking van nieuwe voorwaarden en de dag waarop ze gelden"),
        "closing_days": _("dagen tussen de aankondiging van de sluiting en de laatste dag voor aanvragen"),
    },
    "digest": _("SHA-256 over alles wat van deze versie bekendgemaakt wordt"),
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
