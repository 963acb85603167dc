"""The documents of a concession procedure: what each may speak of, with a complete example in fictional data."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from documents.kinds import ADDRESSEE, SIGNATORY, DocumentKind
from lifecycle import clock

PROCEDURE = {"number": "reference of the procedure", "title": "its title"}
LOT = {"code": "its number", "name": "its name", "product": "the base product", "area": "where it is performed"}
FILE = {"name": "file name", "size": "size in bytes", "digest": "SHA-256, hexadecimal"}
STANDSTILL = {
    "days": "length in days",
    "sent_on": "the day on which the last letter is sent",
    "last_day": "the last day, computed under Regulation 1182/71",
    "voluntary": "true where the law does not impose it (light regime)",
}
REMEDIES = {
    "suspension_days": "days to ask for suspension",
    "annulment_days": "days to ask for annulment",
    "warning_email": "where a claimant is invited to warn the authority",
}
LETTER = {
    "addressee": ADDRESSEE,
    "sending": "how the letter is sent, shown above the address",
    "procedure": PROCEDURE,
    "decided_on": "day of the decision",
    "signatory": SIGNATORY,
}

_PROCEDURE = {"number": "2026-001", "title": "Intensieve bemiddeling en begeleiding van werkzoekenden"}
_LOT = {"code": "B-ANT", "name": "Basisaanbod Antwerpen", "product": "Basisaanbod", "area": "provincie Antwerpen"}
_ADDRESSEE = {
    "name": "Kompas Fictief vzw",
    "attention": "mevrouw Ariane Voorbeeld",
    "street": "Denkbeeldige Kaai 12",
    "place": "2000 Antwerpen",
    "email": "ariane@kompas-fictief.example",
}
_SENDING = "Elektronisch en aangetekend verzonden"
_SIGNATORY = {"name": "D. Beslisser", "function": "afdelingshoofd Partnerschappen"}
_REMEDIES = {"suspension_days": 15, "annulment_days": 60, "warning_email": "samenwerking@vdab.be"}
_STANDSTILL = {
    "days": 15,
    "sent_on": dt.date(2026, 10, 30),
    "last_day": dt.date(2026, 11, 16),
    "voluntary": True,
}


def _letter(**more):
    return {
        "addressee": _ADDRESSEE,
        "sending": _SENDING,
        "procedure": _PROCEDURE,
        "decided_on": dt.date(2026, 10, 29),
        "signatory": _SIGNATORY,
    } | more


# -- selection guide ----------------------------------------------------------------------------

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
}


def _selection_guide():
    provinces = ["Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen"]
    values = [Decimal(24_000_000), Decimal(11_500_000), Decimal(19_800_000), Decimal(13_200_000), Decimal(14_600_000)]
    return {
        "procedure": _PROCEDURE
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
    }


# -- opening and receipt ------------------------------------------------------------------------

SUBMISSION_RECEIPT = {
    "procedure": PROCEDURE,
    "phase": "what was submitted, in the singular: aanvraag tot deelneming, initiële offerte",
    "submitter": {"name": "the organisation or consortium", "enterprise_number": "of the organisation or the lead"},
    "submitted_by": "the person who submitted",
    "submitted_at": "moment of submission, to the second",
    "deadline": "moment until which could be submitted",
    "lots": [{"code": "lot code", "name": "lot name"}],
    "files": [FILE],
}
OPENING_RECORD = {
    "procedure": PROCEDURE,
    "phase": "what was opened, in the plural: aanvragen tot deelneming, initiële offertes",
    "deadline": "moment until which could be submitted",
    "opened_at": "moment of the opening",
    "policy": "who had to release the key together, as a sentence",
    "officers": [SIGNATORY],
    "submissions": [
        {
            "number": "order of receipt",
            "name": "candidate or tenderer",
            "enterprise_number": "of the organisation or the lead",
            "lots": "lot codes in a row",
            "submitted_at": "moment of submission",
            "files": [FILE],
        }
    ],
    "late": [{"name": "who tried", "attempted_at": "when"}],
    "withdrawn": [{"name": "who withdrew", "withdrawn_at": "when"}],
    "remarks": "what the officers noted, or empty",
}

_FILES = [
    {"name": "aanvraag-tot-deelneming.pdf", "size": 482_113, "digest": "9f2c" * 16},
    {"name": "referenties.pdf", "size": 1_204_551, "digest": "41be" * 16},
]


def _submission_receipt():
    return {
        "procedure": _PROCEDURE,
        "phase": "aanvraag tot deelneming",
        "submitter": {"name": "Kompas Fictief vzw", "enterprise_number": "0123456749"},
        "submitted_by": "Ariane Voorbeeld",
        "submitted_at": clock.at(dt.date(2026, 3, 18), 16, 42, 7),
        "deadline": clock.at(dt.date(2026, 3, 19), 12),
        "lots": [{"code": "B-ANT", "name": "Basisaanbod Antwerpen"}, {"code": "B-LIM", "name": "Basisaanbod Limburg"}],
        "files": _FILES,
    }


def _opening_record():
    return {
        "procedure": _PROCEDURE,
        "phase": "aanvragen tot deelneming",
        "deadline": clock.at(dt.date(2026, 3, 19), 12),
        "opened_at": clock.at(dt.date(2026, 3, 19), 14, 3, 20),
        "policy": "De sleutel is vrijgegeven door twee openingsverantwoordelijken samen, elk met een tweede factor.",
        "officers": [
            {"name": "O. Opener", "function": "openingsverantwoordelijke"},
            {"name": "P. Tweede", "function": "openingsverantwoordelijke"},
        ],
        "submissions": [
            {
                "number": 1,
                "name": "Kompas Fictief vzw",
                "enterprise_number": "0123456749",
                "lots": "B-ANT, B-LIM",
                "submitted_at": clock.at(dt.date(2026, 3, 18), 16, 42, 7),
                "files": _FILES,
            },
            {
                "number": 2,
                "name": "Combinatie Zeilwind (Zeilwind Fictief nv, Baken Fictief vzw)",
                "enterprise_number": "0200065765",
                "lots": "B-WES, G-WES",
                "submitted_at": clock.at(dt.date(2026, 3, 19), 9, 15, 58),
                "files": _FILES[:1],
            },
        ],
        "late": [{"name": "Laatkomer Fictief bv", "attempted_at": clock.at(dt.date(2026, 3, 19), 12, 0, 41)}],
        "withdrawn": [],
        "remarks": None,
    }


# -- selection ----------------------------------------------------------------------------------

SELECTION_DECISION = {
    "procedure": PROCEDURE,
    "decided_on": "day of the decision",
    "decided_by": "the body or person that decides",
    "opened_on": "day on which the applications were opened",
    "conditions": [{"code": "code", "title": "name"}],
    "candidates": [{"name": "candidate", "enterprise_number": "of the organisation or lead", "lots": "codes in a row"}],
    "selected": [{"name": "candidate", "lots": "codes in a row", "reasons": "why, in law and in fact"}],
    "not_selected": [{"name": "candidate", "reasons": ["which condition is not met, and why"]}],
    "excluded": [{"name": "candidate", "ground": "ground with article", "reasons": "why"}],
    "signatory": SIGNATORY,
}
SELECTION_LETTER = LETTER | {
    "lots": [{"code": "lot code", "name": "lot name"}],
    "next": "when the invitation to tender may be expected, as a sentence",
}
NON_SELECTION_LETTER = LETTER | {
    "excluded": "true where a ground for exclusion applies",
    "reasons": [{"condition": "condition or ground with article", "reason": "why it is not met, or applies"}],
    "remedies": REMEDIES,
}


def _selection_decision():
    return {
        "procedure": _PROCEDURE,
        "decided_on": dt.date(2026, 5, 18),
        "decided_by": "het afdelingshoofd Partnerschappen van VDAB, bij delegatie",
        "opened_on": dt.date(2026, 3, 19),
        "conditions": [
            {"code": "S1", "title": "Ervaring met begeleiding naar werk"},
            {"code": "S2", "title": "Kwaliteitsregistratie"},
            {"code": "S3", "title": "Financiële draagkracht"},
        ],
        "candidates": [
            {"name": "Kompas Fictief vzw", "enterprise_number": "0123456749", "lots": "B-ANT, B-LIM"},
            {"name": "Combinatie Zeilwind", "enterprise_number": "0200065765", "lots": "B-WES, G-WES"},
            {"name": "Steiger Fictief bv", "enterprise_number": "0202239951", "lots": "G-OOS"},
        ],
        "selected": [
            {
                "name": "Kompas Fictief vzw",
                "lots": "B-ANT, B-LIM",
                "reasons": "Voldoet aan S1 (412 begeleidingen, bewezen met twee referenties), S2 en S3.",
            },
            {
                "name": "Combinatie Zeilwind",
                "lots": "B-WES, G-WES",
                "reasons": "Voldoet, met de draagkracht van beide leden.",
            },
        ],
        "not_selected": [
            {
                "name": "Steiger Fictief bv",
                "reasons": ["S1: de referenties tonen 140 begeleidingen, terwijl er minstens 300 gevraagd zijn."],
            }
        ],
        "excluded": [],
        "signatory": _SIGNATORY,
    }


def _selection_letter():
    return _letter(
        decided_on=dt.date(2026, 5, 18),
        lots=[{"code": "B-ANT", "name": "Basisaanbod Antwerpen"}, {"code": "B-LIM", "name": "Basisaanbod Limburg"}],
        next="U ontvangt de uitnodiging om een initiële offerte in te dienen naar verwachting op 22 mei 2026.",
    )


def _non_selection_letter():
    return _letter(
        decided_on=dt.date(2026, 5, 18),
        excluded=False,
        reasons=[
            {
                "condition": "S1 Ervaring met begeleiding naar werk",
                "reason": (
                    "De selectieleidraad vraagt minstens 300 individueel begeleide werkzoekenden in de voorbije drie "
                    "jaar. Uw referenties tonen er 140 aan. De gevraagde verduidelijking van 2 april 2026 vermeldt geen "
                    "andere opdrachten."
                ),
            }
        ],
        remedies=_REMEDIES,
    )


# -- award --------------------------------------------------------------------------------------

AWARD_DECISION = {
    "procedure": PROCEDURE,
    "lot": LOT,
    "decided_on": "day of the decision",
    "decided_by": "the body or person that decides",
    "opened_on": "day on which the offers were opened",
    "partners": "how many partners the lot is awarded to at most",
    "criteria": [{"rank": "rank", "title": "name", "weight": "weight in percent, or empty"}],
    "offers": [
        {
            "tenderer": "name",
            "enterprise_number": "of the organisation or lead",
            "outcome": "gegund, niet gegund, onregelmatig",
            "appraisals": [{"criterion": "name", "score": "score as text, or empty", "reasons": "why"}],
            "conclusion": "the reasons of this outcome, with its relative advantages",
            "capacity": "capacity that is awarded, as text, or empty",
        }
    ],
    "standstill": {"days": "length in days", "voluntary": "true where the law does not impose it"},
    "remedies": REMEDIES,
    "signatory": SIGNATORY,
}
AWARD_LETTER = LETTER | {
    "lot": LOT,
    "decision": "number of the award decision that is enclosed",
    "capacity": "what is awarded, as text, or empty",
    "standstill": STANDSTILL,
    "remedies": REMEDIES,
    "starts_on": "first day of the concession",
}
NON_AWARD_LETTER = LETTER | {
    "lot": LOT,
    "decision": "number of the award decision that is enclosed",
    "irregular": "true where the offer was set aside as irregular",
    "reasons": "the decisive reasons, as paragraphs",
    "comparison": [{"criterion": "name", "own": "appraisal of this offer", "chosen": "appraisal of the chosen offers"}],
    "chosen": [{"name": "chosen tenderer", "advantages": "characteristics and relative advantages"}],
    "standstill": STANDSTILL,
    "remedies": REMEDIES,
}


def _appraisals(first, second, third):
    return [
        {"criterion": "Kwaliteit van de begeleiding", "score": first[0], "reasons": first[1]},
        {"criterion": "Bereikbaarheid en snelheid van opstart", "score": second[0], "reasons": second[1]},
        {"criterion": "Samenwerking in het netwerk", "score": third[0], "reasons": third[1]},
    ]


def _award_decision():
    return {
        "procedure": _PROCEDURE,
        "lot": _LOT,
        "decided_on": dt.date(2026, 10, 29),
        "decided_by": "het afdelingshoofd Partnerschappen van VDAB, bij delegatie",
        "opened_on": dt.date(2026, 7, 10),
        "partners": 2,
        "criteria": [
            {"rank": 1, "title": "Kwaliteit van de begeleiding", "weight": 50},
            {"rank": 2, "title": "Bereikbaarheid en snelheid van opstart", "weight": 30},
            {"rank": 3, "title": "Samenwerking in het netwerk", "weight": 20},
        ],
        "offers": [
            {
                "tenderer": "Kompas Fictief vzw",
                "enterprise_number": "0123456749",
                "outcome": "gegund",
                "appraisals": _appraisals(
                    ("44 / 50", "Een uitgewerkte methodiek met wekelijks individueel contact en een vaste begeleider."),
                    ("26 / 30", "Vijf vestigingen, ook in de Kempen; eerste gesprek binnen vijf werkdagen."),
                    ("15 / 20", "Concrete afspraken met drie aanbieders van flankerende acties."),
                ),
                "conclusion": "De offerte combineert de sterkste begeleiding met een ruime spreiding van vestigingen.",
                "capacity": "1 200 trajecten per jaar",
            },
            {
                "tenderer": "Baken Fictief vzw",
                "enterprise_number": "0200065765",
                "outcome": "gegund",
                "appraisals": _appraisals(
                    ("41 / 50", "Sterke nazorg, met twaalf maanden opvolging na de start."),
                    ("22 / 30", "Twee vestigingen in Antwerpen en een in Mechelen."),
                    ("17 / 20", "Een uitgebouwd netwerk van werkgevers, met een eigen accountwerking."),
                ),
                "conclusion": "De offerte onderscheidt zich door nazorg en door het netwerk van werkgevers.",
                "capacity": "800 trajecten per jaar",
            },
            {
                "tenderer": "Steiger Fictief bv",
                "enterprise_number": "0202239951",
                "outcome": "niet gegund",
                "appraisals": _appraisals(
                    ("33 / 50", "De methodiek blijft algemeen; de frequentie van de contacten is niet bepaald."),
                    ("20 / 30", "Een vestiging; eerste gesprek binnen tien werkdagen."),
                    ("11 / 20", "Intenties tot samenwerking, zonder afspraken."),
                ),
                "conclusion": "De offerte is regelmatig maar scoort op elk criterium lager dan de gekozen offertes.",
                "capacity": None,
            },
        ],
        "standstill": {"days": 15, "voluntary": True},
        "remedies": _REMEDIES,
        "signatory": _SIGNATORY,
    }


def _award_letter():
    return _letter(
        lot=_LOT,
        decision="2026-001-GUN-14",
        capacity="1 200 trajecten per jaar",
        standstill=_STANDSTILL,
        remedies=_REMEDIES,
        starts_on=dt.date(2027, 1, 1),
    )


def _non_award_letter():
    return _letter(
        lot=_LOT,
        decision="2026-001-GUN-14",
        irregular=False,
        reasons=(
            "Uw offerte is regelmatig en werd aan de drie gunningscriteria getoetst. Ze wordt niet gekozen omdat ze op "
            "elk criterium lager werd beoordeeld dan de offertes van de gekozen inschrijvers.\n\n"
            "Doorslaggevend is het eerste criterium: uw aanpak beschrijft de begeleiding in algemene bewoordingen en "
            "bepaalt niet hoe vaak en door wie de klant wordt gezien."
        ),
        comparison=[
            {
                "criterion": "Kwaliteit van de begeleiding",
                "own": "33 / 50. De methodiek blijft algemeen; de frequentie van de contacten is niet bepaald.",
                "chosen": "44 en 41 / 50. Wekelijks contact met een vaste begeleider; twaalf maanden nazorg.",
            },
            {
                "criterion": "Bereikbaarheid en snelheid van opstart",
                "own": "20 / 30. Een vestiging; eerste gesprek binnen tien werkdagen.",
                "chosen": "26 en 22 / 30. Vijf en drie vestigingen; eerste gesprek binnen vijf werkdagen.",
            },
            {
                "criterion": "Samenwerking in het netwerk",
                "own": "11 / 20. Intenties tot samenwerking, zonder afspraken.",
                "chosen": "15 en 17 / 20. Concrete afspraken met aanbieders en werkgevers.",
            },
        ],
        chosen=[
            {
                "name": "Kompas Fictief vzw",
                "advantages": "de sterkste begeleiding en een ruime spreiding van vestigingen",
            },
            {"name": "Baken Fictief vzw", "advantages": "langdurige nazorg en een uitgebouwd netwerk van werkgevers"},
        ],
        standstill=_STANDSTILL,
        remedies=_REMEDIES,
    )


# -- invitation, regularisation, cancellation ---------------------------------------------------

CONCESSION_DOCUMENTS = {
    "procedure": PROCEDURE
    | {
        "starts_on": "first day of the concession",
        "ends_on": "last day of the concession",
        "sealing": "who can open offers, and when, as a sentence",
    },
    "lots": [LOT | {"partners": "how many partners at most"}],
    "minimum_requirements": [{"code": "code", "title": "name", "requirement": "what every offer must meet"}],
    "award_criteria": [
        {"rank": "rank, 1 first", "title": "name", "description": "what is appraised", "weight": "percent, or empty"}
    ],
    "criteria_digest": "SHA-256 of the award criteria, which are compared with it at the award",
    "offers_until": "moment until which an offer can be submitted",
    "questions_until": "last day for questions",
    "validity_days": "how many days an offer binds",
    "negotiation": "whether and how is negotiated, as a sentence",
}
INVITATION_LETTER = LETTER | {
    "lots": [{"code": "lot code", "name": "lot name"}],
    "offers_until": "moment until which an offer can be submitted",
    "questions_until": "last day for questions",
}
REGULARISATION_LETTER = LETTER | {
    "missing": [{"title": "what is missing or unclear", "request": "what is asked"}],
    "reply_until": "last day of the reply",
}
CANCELLATION_DECISION = {
    "procedure": PROCEDURE,
    "decided_on": "day of the decision",
    "decided_by": "the body or person that decides",
    "reasons": "why, in law and in fact, as paragraphs",
    "restart": "what follows, as a sentence, or empty",
    "remedies": REMEDIES,
    "signatory": SIGNATORY,
}


def _concession_documents():
    return {
        "procedure": _PROCEDURE
        | {
            "starts_on": dt.date(2027, 1, 1),
            "ends_on": dt.date(2031, 12, 31),
            "sealing": "Elke offerte blijft versleuteld tot twee openingsverantwoordelijken haar samen openen.",
        },
        "lots": [_LOT | {"partners": 6}],
        "minimum_requirements": [
            {
                "code": "M1",
                "title": "Eerste gesprek",
                "requirement": "Het eerste gesprek vindt plaats binnen tien werkdagen na de keuze van de klant.",
            },
            {
                "code": "M2",
                "title": "Registratie",
                "requirement": "Elke stap wordt binnen vijf werkdagen in het klantendossier geregistreerd.",
            },
        ],
        "award_criteria": [
            {
                "rank": 1,
                "title": "Kwaliteit van de begeleiding",
                "description": "De aanpak van begeleiding, jobhunting en nazorg.",
                "weight": 50,
            },
            {
                "rank": 2,
                "title": "Bereikbaarheid en snelheid van opstart",
                "description": "De spreiding van de vestigingen en de tijd tot het eerste gesprek.",
                "weight": 30,
            },
            {
                "rank": 3,
                "title": "Samenwerking in het netwerk",
                "description": "De afspraken met aanbieders van flankerende acties, werkgevers en lokale besturen.",
                "weight": 20,
            },
        ],
        "criteria_digest": "7d1a" * 16,
        "offers_until": clock.at(dt.date(2026, 7, 10), 12),
        "questions_until": dt.date(2026, 7, 3),
        "validity_days": 180,
        "negotiation": (
            "De aanbesteder kan met de inschrijvers van een perceel onderhandelen, maar kan ook gunnen op basis van de "
            "initiële offertes."
        ),
    }


def _invitation_letter():
    return _letter(
        decided_on=dt.date(2026, 5, 18),
        lots=[{"code": "B-ANT", "name": "Basisaanbod Antwerpen"}, {"code": "B-LIM", "name": "Basisaanbod Limburg"}],
        offers_until=clock.at(dt.date(2026, 7, 10), 12),
        questions_until=dt.date(2026, 7, 3),
    )


def _regularisation_letter():
    return _letter(
        decided_on=dt.date(2026, 4, 2),
        missing=[
            {
                "title": "Referentie 2 (S1)",
                "request": "Vermeld de periode en het aantal begeleide werkzoekenden, bevestigd door de opdrachtgever.",
            },
            {
                "title": "Fiscale schuld (art. 51)",
                "request": "Bewijs dat u de schuld hebt betaald of een akkoord naleeft.",
            },
        ],
        reply_until=dt.date(2026, 4, 10),
    )


def _cancellation_decision():
    return {
        "procedure": _PROCEDURE,
        "decided_on": dt.date(2026, 6, 3),
        "decided_by": "het afdelingshoofd Partnerschappen van VDAB, bij delegatie",
        "reasons": (
            "De behoefte is grondig gewijzigd door de nieuwe regeling van de werkloosheidsuitkering, waardoor de "
            "geraamde aantallen per perceel niet langer kloppen.\n\n"
            "De aanbesteder is niet verplicht om de concessie te gunnen of te sluiten (artikel 56 van de wet van "
            "17 juni 2016)."
        ),
        "restart": "De aanbesteder zal een nieuwe selectieleidraad bekendmaken.",
        "remedies": _REMEDIES,
        "signatory": _SIGNATORY,
    }


KINDS = [
    DocumentKind(
        "selection_guide", _("Selectieleidraad"), SELECTION_GUIDE, _selection_guide, "LEI", contents=True, public=True
    ),
    DocumentKind("submission_receipt", _("Ontvangstbewijs"), SUBMISSION_RECEIPT, _submission_receipt, "ONT"),
    DocumentKind("opening_record", _("Proces-verbaal van opening"), OPENING_RECORD, _opening_record, "PVO"),
    DocumentKind("selection_decision", _("Selectiebeslissing"), SELECTION_DECISION, _selection_decision, "SEL"),
    DocumentKind(
        "selection_letter", _("Mededeling van uw selectie"), SELECTION_LETTER, _selection_letter, "BSE", "letter"
    ),
    DocumentKind(
        "non_selection_letter",
        _("Mededeling dat uw aanvraag niet is geselecteerd"),
        NON_SELECTION_LETTER,
        _non_selection_letter,
        "BNS",
        "letter",
    ),
    DocumentKind("award_decision", _("Gemotiveerde gunningsbeslissing"), AWARD_DECISION, _award_decision, "GUN"),
    DocumentKind("award_letter", _("Mededeling van de gunning"), AWARD_LETTER, _award_letter, "BGU", "letter"),
    DocumentKind(
        "non_award_letter",
        _("Mededeling dat uw offerte niet is gekozen"),
        NON_AWARD_LETTER,
        _non_award_letter,
        "BNG",
        "letter",
    ),
    DocumentKind(
        "concession_documents",
        _("Concessiedocumenten"),
        CONCESSION_DOCUMENTS,
        _concession_documents,
        "DOC",
        contents=True,
        public=True,
    ),
    DocumentKind(
        "invitation_letter",
        _("Uitnodiging om een offerte in te dienen"),
        INVITATION_LETTER,
        _invitation_letter,
        "UIT",
        "letter",
    ),
    DocumentKind(
        "regularisation_letter",
        _("Verzoek om uw aanvraag te vervolledigen"),
        REGULARISATION_LETTER,
        _regularisation_letter,
        "REG",
        "letter",
    ),
    DocumentKind(
        "cancellation_decision",
        _("Beslissing tot stopzetting"),
        CANCELLATION_DECISION,
        _cancellation_decision,
        "STO",
        public=True,
    ),
]
