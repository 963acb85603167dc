"""What proves that a submission came in, and how the submissions were opened."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from documents.kinds import SIGNATORY, DocumentKind
from lifecycle import clock
from procurement.models import InterestStatement
from procurement.papers.shared import A_PROCEDURE, FILE, PROCEDURE

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
    "unconfirmed": [{"name": "who did not confirm after a change", "addenda": "their numbers in a row"}],
    "withdrawn": [{"name": "who withdrew", "withdrawn_at": "when"}],
    "remarks": "what the officers noted, or empty",
}

_FILES = [
    {"name": "aanvraag-tot-deelneming.pdf", "size": 482_113, "digest": "9f2c" * 16},
    {"name": "referenties.pdf", "size": 1_204_551, "digest": "41be" * 16},
]


def _submission_receipt():
    return {
        "procedure": A_PROCEDURE,
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
        "procedure": A_PROCEDURE,
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
        "unconfirmed": [{"name": "Kompas Fictief vzw", "addenda": "1"}],
        "withdrawn": [],
        "remarks": None,
    }


def opened_by_role(user):
    """The procedures whose record of opening an opening officer without an interest may read (act of 17 June 2016, art. 32)."""
    if not user.is_authenticated or "procurement.open_submissions" not in user.role_permissions:
        return []
    stated = InterestStatement.objects.filter(user=user, has_conflict=False).select_related("procedure")
    return [statement.procedure.ref for statement in stated]


KINDS = [
    DocumentKind("submission_receipt", _("Ontvangstbewijs"), SUBMISSION_RECEIPT, _submission_receipt, "ONT"),
    DocumentKind(
        "opening_record",
        _("Proces-verbaal van opening"),
        OPENING_RECORD,
        _opening_record,
        "PVO",
        subjects_for=opened_by_role,
    ),
]
