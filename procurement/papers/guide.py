"""The selection guide: what is conceded, and what a candidate has to show."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from documents.kinds import DocumentKind
from lifecycle import clock
from procurement.papers.changing import RULES, THE_RULES
from procurement.papers.shared import (
    A_PROCEDURE,
    AN_ANNOUNCED_STANDSTILL,
    ANNOUNCED_STANDSTILL,
    LOT,
    PROCEDURE,
    SUB_CRITERION,
)

SELECTION_GUIDE = {
    "procedure": PROCEDURE
    | {
        "subject": _("wat in concessie gegeven wordt, als alinea's"),
        "cpv": _("hoofdcode CPV, dan de bijkomende"),
        "regime": _("het regime, als zin"),
        "estimated_value": _("totale geraamde waarde, exclusief btw"),
        "valuation_method": _("hoe ze geraamd is"),
        "light": _("waar in het licht regime"),
        "starts_on": _("eerste dag van de concessie"),
        "ends_on": _("laatste dag van de concessie"),
        "intake_until": _("laatste dag waarop een klant kan starten"),
        "performance_until": _("laatste dag van de nazorg en de afrekening"),
        "sealing": _("wie aanvragen en offertes kan openen, en wanneer, als zin"),
    },
    "products": [
        {"name": _("basisproduct"), "description": _("voor wie het is"), "parts": [_("onderdeel van het product")]}
    ],
    "lots": [
        LOT
        | {
            "estimated_value": _("geraamde waarde, exclusief btw"),
            "partners": _("hoeveel partners hoogstens"),
            "reserved": _("waar voor een voorbehouden perceel (art. 33)"),
        }
    ],
    "limits": {
        "applied": _("voor hoeveel percelen één kandidaat hoogstens mag indienen, of leeg"),
        "awarded": _("hoeveel percelen één inschrijver hoogstens kan krijgen, of leeg"),
    },
    "reserved_percent": _("kleinste aandeel werknemers van de doelgroep als een perceel voorbehouden is, anders leeg"),
    "exclusion_grounds": [
        {
            "title": _("grond"),
            "article": _("artikel"),
            "mandatory": _("waar als de wet ze oplegt"),
            "years": _("hoeveel jaar ze uitsluit, of leeg"),
            "evidence": _("wat bewijst dat ze niet geldt"),
        }
    ],
    "own_rules": [
        {
            "label": _("naam"),
            "meaning": _("waartoe ze de aanbesteder verbindt"),
            "article": _("artikel van het volledige regime"),
        }
    ],
    "standstill": ANNOUNCED_STANDSTILL,
    "selection_conditions": [
        {
            "code": _("code"),
            "title": _("naam"),
            "requirement": _("wat gevraagd wordt"),
            "evidence": _("wat het bewijst"),
        }
    ],
    "award_criteria": [
        {
            "rank": _("rang, vanaf 1"),
            "title": _("naam"),
            "description": _("wat beoordeeld wordt"),
            "weight": _("procent, of leeg"),
            "parts": [SUB_CRITERION],
        }
    ],
    "timeline": [
        {"what": _("stap"), "when": _("datum of maand, als tekst"), "binding": _("onwaar zolang het richtinggevend is")}
    ],
    "applications_until": _("moment tot wanneer een aanvraag ingediend kan worden"),
    "questions_until": _("laatste dag voor vragen"),
    "changes": RULES,
}


def _selection_guide():
    provinces = ["Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen"]
    values = [Decimal(24_000_000), Decimal(11_500_000), Decimal(19_800_000), Decimal(13_200_000), Decimal(14_600_000)]
    return {
        "procedure": A_PROCEDURE
        | {
            "subject": (
                "VDAB vernieuwt het aanbod van intensieve bemiddeling en begeleiding van werkzoekenden. Vanaf 2027 "
                "bestaat dat aanbod uit twee basisproducten: het basisaanbod en het gespecialiseerde aanbod.\n\n"
                "De klant komt in het traject terecht na een inschatting door een VDAB-bemiddelaar. Het jobdoelwit van "
                "de klant is dan al bepaald, en er is geen of beperkte nood aan bijkomende technische "
                "competentieversterking. De klant kiest zelf bij welke partner hij de dienstverlening opneemt."
            ),
            "cpv": "79611000-0 Diensten voor het zoeken van werk",
            "regime": (
                "De opdracht is een concessie voor sociale en andere specifieke diensten in de zin van artikel 34 van "
                "de wet van 17 juni 2016 betreffende de concessieovereenkomsten."
            ),
            "estimated_value": Decimal(166_200_000),
            "valuation_method": (
                "De raming is de totale omzet van de concessiehouders over de looptijd, exclusief btw, berekend als "
                "het verwachte aantal trajecten per perceel maal de gemiddelde vergoeding per traject "
                "(artikel 35 van dezelfde wet)."
            ),
            "light": True,
            "starts_on": dt.date(2027, 1, 1),
            "ends_on": dt.date(2031, 12, 31),
            "intake_until": dt.date(2031, 6, 30),
            "performance_until": dt.date(2032, 6, 30),
            "sealing": (
                "Elke aanvraag wordt vanaf het opladen versleuteld bewaard en kan pas na de uiterste datum worden "
                "geopend, door twee openingsverantwoordelijken samen."
            ),
        },
        "products": [
            {
                "name": "Basisaanbod",
                "description": "Voor klanten bij wie contextfactoren geen of een beperkte impact hebben op de weg naar werk.",
                "parts": [
                    "sollicitatieondersteuning",
                    "jobhunting en -matching",
                    "nazorg",
                    "verfijnen van het jobdoelwit",
                ],
            },
            {
                "name": "Gespecialiseerd aanbod",
                "description": (
                    "Voor klanten met een indicatie PmP of PmAH, of bij wie contextfactoren een grote impact hebben."
                ),
                "parts": [
                    "sollicitatieondersteuning",
                    "jobhunting en -matching",
                    "nazorg",
                    "PMAB-expertise en rapporteren in functie van indicering",
                    "jobcarving",
                    "aanpassen van het jobdoelwit",
                ],
            },
        ],
        "lots": [
            {
                "code": f"{letter}-{province[:3].upper()}",
                "name": f"{product} {province}",
                "product": product,
                "area": f"provincie {province}",
                "estimated_value": value,
                "partners": 6,
                "reserved": letter == "G" and province == "Limburg",
            }
            for letter, product in (("B", "Basisaanbod"), ("G", "Gespecialiseerd aanbod"))
            for province, value in zip(provinces, values, strict=True)
        ],
        "limits": {"applied": 4, "awarded": 3},
        "reserved_percent": 30,
        "own_rules": [
            {
                "label": "Minimumtermijnen",
                "meaning": "Aanvragen en offertes krijgen minstens de termijnen van het gewone regime.",
                "article": "art. 47, wet van 17 juni 2016 betreffende de concessieovereenkomsten",
            },
            {
                "label": "Wachttermijn",
                "meaning": (
                    "Na de mededeling van de gunningsbeslissing wordt niet gesloten voor het einde van de wachttermijn."
                ),
                "article": "art. 11, wet van 17 juni 2013 betreffende de motivering, de informatie en de rechtsmiddelen",
            },
        ],
        "standstill": AN_ANNOUNCED_STANDSTILL,
        "exclusion_grounds": [
            {
                "title": "Fraude",
                "article": "art. 50, 3°",
                "mandatory": True,
                "years": 5,
                "evidence": "verklaring op erewoord; uittreksel uit het strafregister van wie voorlopig gegund wordt",
            },
            {
                "title": "Niet-betaling van belastingen",
                "article": "art. 51",
                "mandatory": True,
                "years": None,
                "evidence": "verklaring op erewoord; de aanbesteder raadpleegt zelf de attesten",
            },
            {
                "title": "Ernstige beroepsfout",
                "article": "art. 52, 3°",
                "mandatory": False,
                "years": 3,
                "evidence": "verklaring op erewoord, met corrigerende maatregelen waar nodig (art. 53)",
            },
        ],
        "selection_conditions": [
            {
                "code": "S1",
                "title": "Ervaring met begeleiding naar werk",
                "requirement": "In de voorbije drie jaar minstens 300 werkzoekenden individueel naar werk begeleid.",
                "evidence": "Twee referenties met opdrachtgever, periode, aantal en resultaat.",
            },
            {
                "code": "S2",
                "title": "Kwaliteitsregistratie",
                "requirement": "Geregistreerd als dienstverlener in het kwaliteits- en registratiemodel WSE.",
                "evidence": "Registratienummer; de aanbesteder raadpleegt zelf het register.",
            },
            {
                "code": "S3",
                "title": "Financiële draagkracht",
                "requirement": "Gemiddelde jaaromzet van minstens 500 000 euro over de laatste drie boekjaren.",
                "evidence": "Neergelegde jaarrekeningen of gelijkwaardige verklaring.",
            },
        ],
        "award_criteria": [
            {
                "rank": 1,
                "title": "Kwaliteit van de begeleiding",
                "description": "De aanpak van begeleiding, jobhunting en nazorg, en hoe maatwerk wordt verzekerd.",
                "weight": 50,
                "parts": [
                    {
                        "rank": "1.1",
                        "title": "Maatwerk",
                        "description": "Hoe het traject op elke klant wordt afgestemd.",
                        "weight": 30,
                    },
                    {"rank": "1.2", "title": "Nazorg", "description": "De opvolging na de start.", "weight": 20},
                ],
            },
            {
                "rank": 2,
                "title": "Bereikbaarheid en snelheid van opstart",
                "description": "De spreiding van de vestigingen en de tijd tussen keuze en eerste gesprek.",
                "weight": 30,
                "parts": [],
            },
            {
                "rank": 3,
                "title": "Samenwerking in het netwerk",
                "description": "De afspraken met aanbieders van flankerende acties, werkgevers en lokale besturen.",
                "weight": 20,
                "parts": [],
            },
        ],
        "timeline": [
            {"what": "Bekendmaking van de selectieleidraad", "when": "16 februari 2026", "binding": True},
            {
                "what": "Uiterste datum voor aanvragen tot deelneming",
                "when": "19 maart 2026, 12.00 uur",
                "binding": True,
            },
            {"what": "Selectiebeslissing en concessiedocumenten", "when": "mei 2026", "binding": False},
            {"what": "Uiterste datum voor initiële offertes", "when": "juli 2026", "binding": False},
            {"what": "Sluiting van de overeenkomsten", "when": "november 2026", "binding": False},
            {"what": "Start van de dienstverlening", "when": "1 januari 2027", "binding": True},
        ],
        "applications_until": clock.at(dt.date(2026, 3, 19), 12),
        "questions_until": dt.date(2026, 3, 12),
        "changes": THE_RULES,
    }


KINDS = [
    DocumentKind(
        "selection_guide", _("Selectieleidraad"), SELECTION_GUIDE, _selection_guide, "LEI", contents=True, public=True
    ),
]
