"""What proves that a submission came in, and how the submissions were opened."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from documents.kinds import SIGNATORY, DocumentKind
from lifecycle import clock
from procurement.models import InterestStatement
from procurement.papers.shared import A_PROCEDURE, FILE, PROCEDURE

SUBMISSION_RECEIPT = {
    "procedure": PROCEDURE,
    "phase": _("wat ingediend werd, in het enkelvoud: aanvraag tot deelneming, initiële offerte"),
    "submitter": {
        "name": _("de organisatie of combinatie"),
        "enterprise_number": _("van de organisatie of van de trekker"),
    },
    "submitted_by": _("de persoon die indiende"),
    "submitted_at": _("moment van de indiening, op de seconde"),
    "deadline": _("moment tot wanneer ingediend kon worden"),
    "lots": [{"code": _("nummer van het perceel"), "name": _("naam van het perceel")}],
    "files": [FILE],
}
OPENING_RECORD = {
    "procedure": PROCEDURE,
    "phase": _("wat geopend werd, in het meervoud: aanvragen tot deelneming, initiële offertes"),
    "deadline": _("moment tot wanneer ingediend kon worden"),
    "opened_at": _("moment van de opening"),
    "policy": _("wie de verzegeling samen moest opheffen, als zin"),
    "officers": [SIGNATORY],
    "submissions": [
        {
            "number": _("volgorde van ontvangst"),
            "name": _("kandidaat of inschrijver"),
            "enterprise_number": _("van de organisatie of van de trekker"),
            "lots": _("nummers van de percelen op een rij"),
            "submitted_at": _("moment van de indiening"),
            "files": [FILE],
        }
    ],
    "late": [{"name": _("wie het probeerde"), "attempted_at": _("wanneer")}],
    "unconfirmed": [{"name": _("wie na een wijziging niet bevestigde"), "addenda": _("hun nummers op een rij")}],
    "withdrawn": [{"name": _("wie introk"), "withdrawn_at": _("wanneer")}],
    "remarks": _("wat de openingsverantwoordelijken noteerden, of leeg"),
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
