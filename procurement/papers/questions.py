"""The list of questions and answers that everybody gets."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from documents.kinds import DocumentKind
from lifecycle import clock
from procurement.papers.shared import A_PROCEDURE, PROCEDURE

QUESTION_LIST = {
    "procedure": PROCEDURE,
    "round": {
        "number": "its number, 1 first",
        "published_on": "the day on which the answers were published",
        "phase": "what is asked about, in the plural: aanvragen tot deelneming, offertes",
        "deadline": "moment until which those can be submitted",
    },
    "questions": [
        {
            "number": "number of the question in the whole procedure",
            "asker": "number of who asked it: it links questions and reveals nothing",
            "about": "document and page, or empty",
            "question": "the question as everybody reads it",
            "answer": "the answer",
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
