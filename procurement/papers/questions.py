"""The list of questions and answers that everybody gets."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from documents.kinds import DocumentKind
from lifecycle import clock
from procurement.papers.shared import A_PROCEDURE, PROCEDURE

QUESTION_LIST = {
    "procedure": PROCEDURE,
    "round": {
        "number": _("het nummer ervan, vanaf 1"),
        "published_on": _("de dag waarop de antwoorden bekendgemaakt werden"),
        "phase": _("waarover gevraagd wordt, in het meervoud: aanvragen tot deelneming, offertes"),
        "deadline": _("moment tot wanneer die ingediend kunnen worden"),
    },
    "questions": [
        {
            "number": _("nummer van de vraag in de hele procedure"),
            "asker": _("nummer van de vraagsteller: het verbindt vragen en verraadt niets"),
            "about": _("stuk en bladzijde, of leeg"),
            "question": _("de vraag zoals iedereen ze leest"),
            "answer": _("het antwoord"),
        }
    ],
}


def _question_list():
    return {
        "procedure": A_PROCEDURE,
        "round": {
            "number": 1,
            "published_on": dt.date(2026, 3, 10),
            "phase": "aanvragen tot deelneming",
            "deadline": clock.at(dt.date(2026, 3, 26), 12),
        },
        "questions": [
            {
                "number": 1,
                "asker": 57,
                "about": "Selectieleidraad, punt 4, voorwaarde S1",
                "question": "Tellen trajecten mee die in onderaanneming zijn uitgevoerd?",
                "answer": (
                    "Ja, voor zover de onderaannemer in de aanvraag wordt vermeld en zich ertoe verbindt zijn middelen ter "
                    "beschikking te stellen.\n\nDe referentie vermeldt het aandeel van elke onderneming."
                ),
            },
            {
                "number": 2,
                "asker": 12,
                "about": "",
                "question": "Kan een kandidaat voor beide producten een aanvraag indienen?",
                "answer": "Ja, met één aanvraag. De kandidaat duidt elk perceel aan.",
            },
        ],
    }


KINDS = [DocumentKind("question_list", _("Nota van inlichtingen"), QUESTION_LIST, _question_list, "VRA", public=True)]
