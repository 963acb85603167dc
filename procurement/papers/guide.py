"""The selection guide: what is conceded, and what a candidate has to show."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from documents.kinds import DocumentKind
from lifecycle import clock
from procurement.papers.changing import RULES, THE_RULES
from procurement.papers.shared import A_PROCEDURE, LOT, PROCEDURE

SELECTION_GUIDE = {
    "procedure": PROCEDURE
    | {
        "subject": "what is conceded, as paragraphs",
        "cpv": "main CPV code with its name",
        "regime": "the legal regime, as a sentence",
        "estimated_value": "total estimated value, excluding VAT",
        "valuation_method": "how it was estimated",
        "starts_on": "first day of the concession",
        "ends_on": "last day of the concession",
        "sealing": "who can open applications and offers, and when, as a sentence",
    },
    "products": [{"name": "base product", "description": "for whom it is", "parts": ["part of the product"]}],
    "lots": [LOT | {"estimated_value": "estimated value, excluding VAT", "partners": "how many partners at most"}],
    "exclusion_grounds": [{"title": "ground", "article": "article", "evidence": "what proves that it does not apply"}],
    "selection_conditions": [
        {"code": "code", "title": "name", "requirement": "what is asked", "evidence": "what proves it"}
    ],
    "award_criteria": [{"rank": "rank, 1 first", "title": "name", "description": "what is appraised"}],
    "timeline": [{"what": "step", "when": "date or month, as text", "binding": "false while it is indicative"}],
    "applications_until": "moment until which an application can be submitted",
    "questions_until": "last day for questions",
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
            "starts_on": dt.date(2027, 1, 1),
            "ends_on": dt.date(2031, 12, 31),
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
            }
            for letter, product in (("B", "Basisaanbod"), ("G", "Gespecialiseerd aanbod"))
            for province, value in zip(provinces, values, strict=True)
        ],
        "exclusion_grounds": [
            {
                "title": "Strafrechtelijke veroordeling",
                "article": "art. 50",
                "evidence": "verklaring op erewoord; uittreksel uit het strafregister van wie voorlopig gegund wordt",
            },
            {
                "title": "Fiscale en sociale schulden",
                "article": "art. 51",
                "evidence": "verklaring op erewoord; de aanbesteder raadpleegt zelf de attesten",
            },
            {
                "title": "Faillissement, ernstige fout, belangenconflict en andere facultatieve gronden",
                "article": "art. 52",
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
            },
            {
                "rank": 2,
                "title": "Bereikbaarheid en snelheid van opstart",
                "description": "De spreiding van de vestigingen en de tijd tussen keuze en eerste gesprek.",
            },
            {
                "rank": 3,
                "title": "Samenwerking in het netwerk",
                "description": "De afspraken met aanbieders van flankerende acties, werkgevers en lokale besturen.",
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
            {"what": "Start van de dienstverlening", "when": "1 januari 2027", "binding": False},
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
