"""The documents of the contract stage: what each may speak of, with a complete example in fictional data."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from documents.kinds import SIGNATORY, DocumentKind

CONCESSION_CONTRACT = {
    "number": "the contract's number",
    "partner": {
        "name": "the concessionaire: an organisation or a consortium",
        "legal_form": "its legal form",
        "enterprise_number": "its enterprise number, or that of the lead",
        "address": "its seat in one line",
        "representative": "who signs for it",
        "function": "in which function",
        "email": "where notices go",
        "members": ["member of the consortium, with its enterprise number"],
    },
    "signatory": SIGNATORY,
    "procedure": {"number": "reference of the procedure", "title": "its title"},
    "decision": {"number": "number of the award decision", "decided_on": "its day"},
    "lots": [{"code": "lot code", "name": "lot name", "product": "base product", "area": "where it is performed"}],
    "services": [{"name": "service", "description": "what it is"}],
    "capacities": [
        {
            "lot": "lot code",
            "service": "service",
            "establishment": "establishment",
            "address": "its address",
            "capacity": "number of trajectories that can run at once, or per year",
        }
    ],
    "capacity_unit": "what the numbers count, as a phrase",
    "term": {
        "starts_on": "first day",
        "ends_on": "last day",
        "months": "its length in months",
        "intake_until": "last day on which a customer can start",
        "performance_until": "last day of after-care and settlement",
    },
    "fees": [{"name": "fee", "due": "what must be done and accepted", "setting": "how its amount is set"}],
    "estimated_value": "estimated value of the lots, excluding VAT",
}


def _concession_contract():
    return {
        "number": "2026-001-C03",
        "partner": {
            "name": "Kompas Fictief vzw",
            "legal_form": "vereniging zonder winstoogmerk",
            "enterprise_number": "0123456749",
            "address": "Denkbeeldige Kaai 12, 2000 Antwerpen",
            "representative": "Ariane Voorbeeld",
            "function": "gedelegeerd bestuurder",
            "email": "contracten@kompas-fictief.example",
            "members": [],
        },
        "signatory": {"name": "D. Beslisser", "function": "afdelingshoofd Partnerschappen"},
        "procedure": {"number": "2026-001", "title": "Intensieve bemiddeling en begeleiding van werkzoekenden"},
        "decision": {"number": "2026-001-GUN-14", "decided_on": dt.date(2026, 10, 29)},
        "lots": [
            {
                "code": "B-ANT",
                "name": "Basisaanbod Antwerpen",
                "product": "Basisaanbod",
                "area": "provincie Antwerpen",
            },
            {"code": "B-LIM", "name": "Basisaanbod Limburg", "product": "Basisaanbod", "area": "provincie Limburg"},
        ],
        "services": [
            {
                "name": "Sollicitatieondersteuning",
                "description": "de klant leert zich gericht en zelfstandig aanbieden",
            },
            {
                "name": "Jobhunting en -matching",
                "description": "actief zoeken naar vacatures die bij het jobdoelwit passen",
            },
            {"name": "Nazorg", "description": "opvolging van klant en werkgever na de start van de tewerkstelling"},
            {
                "name": "Verfijnen van het jobdoelwit",
                "description": "het bepaalde jobdoelwit scherper stellen waar nodig",
            },
        ],
        "capacities": [
            {
                "lot": "B-ANT",
                "service": "Basisaanbod",
                "establishment": "Kompas Antwerpen",
                "address": "Denkbeeldige Kaai 12, 2000 Antwerpen",
                "capacity": 700,
            },
            {
                "lot": "B-ANT",
                "service": "Basisaanbod",
                "establishment": "Kompas Turnhout",
                "address": "Bedachte Markt 4, 2300 Turnhout",
                "capacity": 500,
            },
            {
                "lot": "B-LIM",
                "service": "Basisaanbod",
                "establishment": "Kompas Hasselt",
                "address": "Fantasieplein 21, 3500 Hasselt",
                "capacity": 450,
            },
        ],
        "capacity_unit": "trajecten die per kalenderjaar kunnen starten",
        "term": {
            "starts_on": dt.date(2027, 1, 1),
            "ends_on": dt.date(2031, 12, 31),
            "months": 60,
            "intake_until": dt.date(2031, 6, 30),
            "performance_until": dt.date(2032, 6, 30),
        },
        "fees": [
            {
                "name": "Startvergoeding",
                "due": "het eerste gesprek en een aanvaard trajectplan",
                "setting": "bedrag in de vergoedingentabel",
            },
            {
                "name": "Inspanningsvergoeding",
                "due": "de aanvaarde registratie van de overeengekomen begeleiding",
                "setting": "bedrag in de vergoedingentabel",
            },
            {
                "name": "Resultaatsvergoeding",
                "due": "duurzame tewerkstelling, na succesvolle afsluiting van het traject",
                "setting": "bedrag per KOW-groep in de vergoedingentabel",
            },
        ],
        "estimated_value": 35_500_000,
    }


KINDS = [
    DocumentKind(
        "concession_contract",
        _("Concessieovereenkomst"),
        CONCESSION_CONTRACT,
        _concession_contract,
        "CON",
        "contract",
        contents=True,
    )
]
