"""What candidates are asked, and what is decided and told about their selection."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from documents.kinds import SIGNATORY, DocumentKind
from procurement.papers.shared import A_PROCEDURE, A_SIGNATORY, LETTER, PROCEDURE, REMEDIES, THE_REMEDIES, a_letter

SELECTION_DECISION = {
    "procedure": PROCEDURE,
    "decided_on": _("dag van de beslissing"),
    "decided_by": _("het orgaan dat of de persoon die beslist"),
    "opened_on": _("dag waarop de aanvragen geopend werden"),
    "conditions": [{"code": _("code"), "title": _("naam")}],
    "candidates": [
        {
            "name": _("kandidaat"),
            "enterprise_number": _("van de organisatie of de trekker"),
            "lots": _("codes op een rij"),
        }
    ],
    "selected": [
        {"name": _("kandidaat"), "lots": _("codes op een rij"), "reasons": _("waarom, in rechte en in feite")}
    ],
    "not_selected": [{"name": _("kandidaat"), "reasons": [_("aan welke voorwaarde niet voldaan is, en waarom")]}],
    "excluded": [{"name": _("kandidaat"), "ground": _("grond, met artikel"), "reasons": _("waarom")}],
    "signatory": SIGNATORY,
}
SELECTION_LETTER = LETTER | {
    "lots": [{"code": _("nummer van het perceel"), "name": _("naam van het perceel")}],
    "next": _("wanneer de uitnodiging tot offerte te verwachten is, als zin"),
}
NON_SELECTION_LETTER = LETTER | {
    "excluded": _("waar als een uitsluitingsgrond geldt"),
    "reasons": [
        {
            "condition": _("voorwaarde of grond, met artikel"),
            "reason": _("waarom er niet aan voldaan is, of waarom ze geldt"),
        }
    ],
    "remedies": REMEDIES,
}
REGULARISATION_LETTER = LETTER | {
    "missing": [{"title": _("wat ontbreekt of onduidelijk is"), "request": _("wat gevraagd wordt")}],
    "reply_until": _("laatste dag om te antwoorden"),
}


def _selection_decision():
    return {
        "procedure": A_PROCEDURE,
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
        "signatory": A_SIGNATORY,
    }


def _selection_letter():
    return a_letter(
        decided_on=dt.date(2026, 5, 18),
        lots=[{"code": "B-ANT", "name": "Basisaanbod Antwerpen"}, {"code": "B-LIM", "name": "Basisaanbod Limburg"}],
        next="U ontvangt de uitnodiging om een initiële offerte in te dienen naar verwachting op 22 mei 2026.",
    )


def _non_selection_letter():
    return a_letter(
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
        remedies=THE_REMEDIES,
    )


def _regularisation_letter():
    return a_letter(
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


KINDS = [
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
    DocumentKind(
        "regularisation_letter",
        _("Verzoek om uw aanvraag te vervolledigen"),
        REGULARISATION_LETTER,
        _regularisation_letter,
        "REG",
        "letter",
    ),
]
