"""What the selected are invited to tender for."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from documents.kinds import DocumentKind
from lifecycle import clock
from procurement.papers.shared import (
    A_LOT,
    A_PROCEDURE,
    AN_ANNOUNCED_STANDSTILL,
    ANNOUNCED_STANDSTILL,
    LETTER,
    LOT,
    PROCEDURE,
    SUB_CRITERION,
    a_letter,
)

CONCESSION_DOCUMENTS = {
    "procedure": PROCEDURE
    | {
        "starts_on": _("eerste dag van de concessie"),
        "ends_on": _("laatste dag van de concessie"),
        "sealing": _("wie offertes kan openen, en wanneer, als zin"),
    },
    "lots": [LOT | {"partners": _("hoeveel partners hoogstens")}],
    "minimum_requirements": [
        {"code": _("code"), "title": _("naam"), "requirement": _("waaraan elke offerte moet voldoen")}
    ],
    "max_lots_awarded": _("hoeveel percelen één inschrijver hoogstens kan krijgen, of leeg"),
    "award_criteria": [
        {
            "rank": _("rang, vanaf 1"),
            "title": _("naam"),
            "description": _("wat beoordeeld wordt"),
            "weight": _("procent, of leeg"),
            "parts": [SUB_CRITERION],
        }
    ],
    "criteria_digest": _("SHA-256 van de gunningscriteria, die er bij de gunning mee vergeleken worden"),
    "offers_until": _("moment tot wanneer een offerte ingediend kan worden"),
    "questions_until": _("laatste dag voor vragen"),
    "validity_days": _("hoeveel dagen een offerte bindt"),
    "negotiation": _("of en hoe onderhandeld wordt, als zin"),
    "standstill": ANNOUNCED_STANDSTILL,
    "informs_everybody": _("waar als de zes dagen van art. 45 binden: door de wet, of omdat de aanbesteder ze aannam"),
}
INVITATION_LETTER = LETTER | {
    "lots": [{"code": _("nummer van het perceel"), "name": _("naam van het perceel")}],
    "offers_until": _("moment tot wanneer een offerte ingediend kan worden"),
    "questions_until": _("laatste dag voor vragen"),
}


def _concession_documents():
    return {
        "procedure": A_PROCEDURE
        | {
            "starts_on": dt.date(2027, 1, 1),
            "ends_on": dt.date(2031, 12, 31),
            "sealing": "Elke offerte blijft versleuteld tot twee openingsverantwoordelijken haar samen openen.",
        },
        "lots": [A_LOT | {"partners": 6}],
        "max_lots_awarded": 3,
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
                "description": "De spreiding van de vestigingen en de tijd tot het eerste gesprek.",
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
        "criteria_digest": "7d1a" * 16,
        "offers_until": clock.at(dt.date(2026, 7, 10), 12),
        "questions_until": dt.date(2026, 7, 3),
        "validity_days": 180,
        "negotiation": (
            "De aanbesteder kan met de inschrijvers van een perceel onderhandelen, maar kan ook gunnen op basis van de "
            "initiële offertes."
        ),
        "standstill": AN_ANNOUNCED_STANDSTILL,
        "informs_everybody": True,
    }


def _invitation_letter():
    return a_letter(
        decided_on=dt.date(2026, 5, 18),
        lots=[{"code": "B-ANT", "name": "Basisaanbod Antwerpen"}, {"code": "B-LIM", "name": "Basisaanbod Limburg"}],
        offers_until=clock.at(dt.date(2026, 7, 10), 12),
        questions_until=dt.date(2026, 7, 3),
    )


KINDS = [
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
]
