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
        "starts_on": "first day of the concession",
        "ends_on": "last day of the concession",
        "sealing": "who can open offers, and when, as a sentence",
    },
    "lots": [LOT | {"partners": "how many partners at most"}],
    "minimum_requirements": [{"code": "code", "title": "name", "requirement": "what every offer must meet"}],
    "max_lots_awarded": "how many lots one tenderer may be awarded at most, or empty",
    "award_criteria": [
        {
            "rank": "rank, 1 first",
            "title": "name",
            "description": "what is appraised",
            "weight": "percent, or empty",
            "parts": [SUB_CRITERION],
        }
    ],
    "criteria_digest": "SHA-256 of the award criteria, which are compared with it at the award",
    "offers_until": "moment until which an offer can be submitted",
    "questions_until": "last day for questions",
    "validity_days": "how many days an offer binds",
    "negotiation": "whether and how is negotiated, as a sentence",
    "standstill": ANNOUNCED_STANDSTILL,
    "informs_everybody": "true where the six days of art. 45 bind: by law, or because the authority adopted them",
}
INVITATION_LETTER = LETTER | {
    "lots": [{"code": "lot code", "name": "lot name"}],
    "offers_until": "moment until which an offer can be submitted",
    "questions_until": "last day for questions",
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
