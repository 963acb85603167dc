"""The addendum: what changed of what was published."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from documents.kinds import SIGNATORY, DocumentKind
from lifecycle import clock
from procurement.papers.shared import A_PROCEDURE, A_SIGNATORY, PROCEDURE

ADDENDUM = {
    "procedure": PROCEDURE,
    "number": _("het hoeveelste addendum van deze procedure"),
    "subject": _("waarover het gaat"),
    "introduction": _("welke soort wijziging het is, als zin"),
    "published_at": _("moment van de bekendmaking ervan"),
    "reason": _("waarom, als alinea's"),
    "text": _("wat er naast de velden hieronder wijzigt, als alinea's, of leeg"),
    "changes": [
        {
            "where": _("waarvan"),
            "what": _("welk veld ervan"),
            "pieces": [
                {
                    "sort": _("kept (gebleven), gone (weg) of new (nieuw)"),
                    "text": _("een stuk van de tekst, in leesvolgorde"),
                }
            ],
        }
    ],
    "deadline": {
        "what": _("voor wat, in het meervoud"),
        "old": _("het moment dat tot nu gold"),
        "new": _("het moment dat voortaan geldt"),
    },
    "questions": {
        "old": _("tot wanneer vragen konden"),
        "new": _("tot wanneer vragen voortaan kunnen"),
    },
    "replanned": [_("een datum van de planning die mee opschuift, als zin")],
    "confirm": _("wat wie voordien indiende moet doen, als zin, of leeg"),
    "signatory": SIGNATORY,
}
# What every guide says beforehand about changes.
RULES = {
    "remaining_days": _("dagen die er na een rechtzetting minstens overblijven"),
    "outage_minutes": _("vanaf hoeveel minuten een storing een uiterste datum verlengt"),
    "outage_window_hours": _("in hoeveel uren voor een uiterste datum een storing die raakt"),
    "outage_extra_hours": _("wat bij de duur van de storing komt"),
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
        "questions": {"old": clock.at(dt.date(2026, 3, 9)), "new": clock.at(dt.date(2026, 3, 16))},
        "replanned": ["Opening van de aanvragen: do 26 mrt 2026, voorheen do 19 mrt 2026 (indicatief)."],
        "confirm": "Wie vóór deze bekendmaking al indiende, bevestigt of vervangt zijn inzending.",
        "signatory": A_SIGNATORY,
    }


KINDS = [DocumentKind("addendum", _("Addendum"), ADDENDUM, _addendum, "ADD", public=True)]
