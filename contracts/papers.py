"""The documents of the contract stage: what each may speak of, with a complete example in fictional data."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from documents.kinds import SIGNATORY, DocumentKind

CONCESSION_CONTRACT = {
    "number": _("het nummer van de overeenkomst"),
    "partner": {
        "name": _("de concessiehouder: een organisatie of een combinatie"),
        "legal_form": _("de rechtsvorm ervan"),
        "enterprise_number": _("het ondernemingsnummer ervan, of dat van de trekker"),
        "address": _("de zetel ervan op één regel"),
        "representative": _("wie ervoor tekent"),
        "function": _("in welke functie"),
        "email": _("waar mededelingen heen gaan"),
        "members": [_("lid van de combinatie, met het ondernemingsnummer")],
    },
    "signatory": SIGNATORY,
    "procedure": {"number": _("kenmerk van de procedure"), "title": _("de titel ervan")},
    "decision": {"number": _("nummer van de gunningsbeslissing"), "decided_on": _("de dag ervan")},
    "lots": [
        {
            "code": _("nummer van het perceel"),
            "name": _("naam van het perceel"),
            "product": _("basisproduct"),
            "area": _("waar het uitgevoerd wordt"),
        }
    ],
    "services": [{"name": _("dienst"), "description": _("wat het is")}],
    "capacities": [
        {
            "lot": _("nummer van het perceel"),
            "service": _("dienst"),
            "establishment": _("vestiging"),
            "address": _("het adres ervan"),
            "capacity": _("aantal trajecten dat tegelijk of per jaar kan lopen"),
        }
    ],
    "capacity_unit": _("wat de getallen tellen, als woordgroep"),
    "term": {
        "starts_on": _("eerste dag"),
        "ends_on": _("laatste dag"),
        "months": _("de duur ervan in maanden"),
        "intake_until": _("laatste dag waarop een klant kan starten"),
        "performance_until": _("laatste dag van de nazorg en de afrekening"),
    },
    "fees": [
        {
            "name": _("vergoeding"),
            "due": _("wat gedaan en aanvaard moet zijn"),
            "setting": _("hoe het bedrag bepaald wordt"),
        }
    ],
    "estimated_value": _("geraamde waarde van de percelen, exclusief btw"),
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
