"""The addendum: what changed of what was published."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from documents.kinds import SIGNATORY, DocumentKind
from lifecycle import clock
from procurement.papers.shared import A_PROCEDURE, A_SIGNATORY, PROCEDURE

ADDENDUM = {
    "procedure": PROCEDURE,
    "number": "which addendum of this procedure",
    "subject": "what it is about",
    "introduction": "what kind of change it is, as a sentence",
    "published_at": "moment of its publication",
    "reason": "why, as paragraphs",
    "text": "what changes beside the fields below, as paragraphs, or empty",
    "changes": [
        {
            "where": "of what",
            "what": "which field of it",
            "pieces": [{"sort": "kept, gone or new", "text": "a piece of the text, in reading order"}],
        }
    ],
    "deadline": {"what": "for what, in the plural", "old": "the moment until now", "new": "the moment from now on"},
    "confirm": "what who had submitted before has to do, as a sentence, or empty",
    "signatory": SIGNATORY,
}
# What every guide says beforehand about changes.
RULES = {
    "remaining_days": "days that remain at least after a rectification",
    "outage_minutes": "from how many minutes on an outage extends a deadline",
    "outage_window_hours": "in how many hours before a deadline an outage touches it",
    "outage_extra_hours": "what comes on top of the length of the outage",
}
THE_RULES = {"remaining_days": 10, "outage_minutes": 15, "outage_window_hours": 24, "outage_extra_hours": 4}


def _addendum():
    return {
        "procedure": A_PROCEDURE,
        "number": 1,
        "subject": "Gewichten van de gunningscriteria",
        "introduction": "De aanbesteder zet recht wat bekendgemaakt was.",
        "published_at": clock.at(dt.date(2026, 3, 2), 10, 4),
        "reason": "De gewichten telden samen niet op tot 100.",
        "text": None,
        "changes": [
            {
                "where": "Gunningscriterium 1. Kwaliteit van de begeleiding",
                "what": "Gewicht",
                "pieces": [{"sort": "gone", "text": "60"}, {"sort": "new", "text": "50"}],
            },
            {
                "where": "Gunningscriterium 2. Bereikbaarheid",
                "what": "Wat beoordeeld wordt",
                "pieces": [
                    {"sort": "kept", "text": "De spreiding van de vestigingen en de tijd tot het eerste "},
                    {"sort": "gone", "text": "contact."},
                    {"sort": "new", "text": "gesprek met een vaste begeleider."},
                ],
            },
        ],
        "deadline": {
            "what": "aanvragen tot deelneming",
            "old": clock.at(dt.date(2026, 3, 19), 12),
            "new": clock.at(dt.date(2026, 3, 26), 12),
        },
        "confirm": "Wie vóór deze bekendmaking al indiende, bevestigt of vervangt zijn inzending.",
        "signatory": A_SIGNATORY,
    }


KINDS = [DocumentKind("addendum", _("Addendum"), ADDENDUM, _addendum, "ADD", public=True)]
