"""How a procedure ends: the reasoned award of each lot and its letters, or the decision to stop."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from documents.kinds import SIGNATORY, DocumentKind
from procurement.papers.shared import (
    A_LOT,
    A_PROCEDURE,
    A_SIGNATORY,
    A_STANDSTILL,
    AN_ANNOUNCED_STANDSTILL,
    ANNOUNCED_STANDSTILL,
    LETTER,
    LOT,
    PROCEDURE,
    REMEDIES,
    STANDSTILL,
    THE_REMEDIES,
    a_letter,
)

AWARD_DECISION = {
    "procedure": PROCEDURE,
    "lot": LOT,
    "decided_on": _("dag van de beslissing"),
    "decided_by": _("het orgaan dat of de persoon die beslist"),
    "opened_on": _("dag waarop de offertes geopend werden"),
    "partners": _("aan hoeveel partners het perceel hoogstens gegund wordt"),
    "criteria": [{"rank": _("rang"), "title": _("naam"), "weight": _("gewicht in procent, of leeg")}],
    "offers": [
        {
            "tenderer": _("naam"),
            "enterprise_number": _("van de organisatie of de trekker"),
            "outcome": _("gegund, niet gegund of onregelmatig"),
            "appraisals": [{"criterion": _("naam"), "score": _("score als tekst, of leeg"), "reasons": _("waarom")}],
            "conclusion": _("de motieven van deze uitkomst, met de relatieve voordelen"),
            "capacity": _("gegunde capaciteit, als tekst, of leeg"),
        }
    ],
    "standstill": ANNOUNCED_STANDSTILL,
    "remedies": REMEDIES,
    "signatory": SIGNATORY,
}
AWARD_LETTER = LETTER | {
    "lot": LOT,
    "decision": _("nummer van de bijgevoegde gunningsbeslissing"),
    "capacity": _("wat gegund wordt, als tekst, of leeg"),
    "standstill": STANDSTILL,
    "remedies": REMEDIES,
    "starts_on": _("eerste dag van de concessie"),
}
NON_AWARD_LETTER = LETTER | {
    "lot": LOT,
    "decision": _("nummer van de bijgevoegde gunningsbeslissing"),
    "irregular": _("waar als de offerte als onregelmatig geweerd is"),
    "reasons": _("de doorslaggevende motieven, als alinea's"),
    "comparison": [
        {
            "criterion": _("naam"),
            "own": _("beoordeling van deze offerte"),
            "chosen": _("beoordeling van de gekozen offertes"),
        }
    ],
    "chosen": [{"name": _("gekozen inschrijver"), "advantages": _("kenmerken en relatieve voordelen")}],
    "standstill": STANDSTILL,
    "remedies": REMEDIES,
}
CANCELLATION_DECISION = {
    "procedure": PROCEDURE,
    "decided_on": _("dag van de beslissing"),
    "decided_by": _("het orgaan dat of de persoon die beslist"),
    "reasons": _("waarom, in rechte en in feite, als alinea's"),
    "restart": _("wat volgt, als zin, of leeg"),
    "remedies": REMEDIES,
    "signatory": SIGNATORY,
}


# To give up the conclusion of a lot, and to withdraw its award: decisions of the same shape.
END_OF_LOT = {
    "procedure": PROCEDURE,
    "lot": LOT,
    "decided_on": _("dag van de beslissing"),
    "decided_by": _("het orgaan dat of de persoon die beslist"),
    "reasons": _("waarom, in rechte en in feite, als alinea's"),
    "remedies": REMEDIES,
    "signatory": SIGNATORY,
}


def _appraisals(first, second, third):
    return [
        {"criterion": "Kwaliteit van de begeleiding", "score": first[0], "reasons": first[1]},
        {"criterion": "Bereikbaarheid en snelheid van opstart", "score": second[0], "reasons": second[1]},
        {"criterion": "Samenwerking in het netwerk", "score": third[0], "reasons": third[1]},
    ]


def _award_decision():
    return {
        "procedure": A_PROCEDURE,
        "lot": A_LOT,
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
        "standstill": AN_ANNOUNCED_STANDSTILL,
        "remedies": THE_REMEDIES,
        "signatory": A_SIGNATORY,
    }


def _award_letter():
    return a_letter(
        lot=A_LOT,
        decision="2026-001-GUN-14",
        capacity="1 200 trajecten per jaar",
        standstill=A_STANDSTILL,
        remedies=THE_REMEDIES,
        starts_on=dt.date(2027, 1, 1),
    )


def _non_award_letter():
    return a_letter(
        lot=A_LOT,
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
        standstill=A_STANDSTILL,
        remedies=THE_REMEDIES,
    )


def _cancellation_decision():
    return {
        "procedure": A_PROCEDURE,
        "decided_on": dt.date(2026, 6, 3),
        "decided_by": "het afdelingshoofd Partnerschappen van VDAB, bij delegatie",
        "reasons": (
            "De behoefte is grondig gewijzigd door de nieuwe regeling van de werkloosheidsuitkering, waardoor de "
            "geraamde aantallen per perceel niet langer kloppen.\n\n"
            "De aanbesteder is niet verplicht om de concessie te gunnen of te sluiten (artikel 56 van de wet van "
            "17 juni 2016)."
        ),
        "restart": "De aanbesteder zal een nieuwe selectieleidraad bekendmaken.",
        "remedies": THE_REMEDIES,
        "signatory": A_SIGNATORY,
    }


def _end_of_lot():
    return {
        "procedure": A_PROCEDURE,
        "lot": A_LOT,
        "decided_on": dt.date(2026, 11, 20),
        "decided_by": "het afdelingshoofd Partnerschappen van VDAB, bij delegatie",
        "reasons": (
            "De Raad van State schorste op 18 november 2026 de gunningsbeslissing van dit perceel, omdat de motivering van "
            "het tweede criterium niet volstond.\n\n"
            "De aanbesteder legt zich bij dat arrest neer."
        ),
        "remedies": THE_REMEDIES,
        "signatory": A_SIGNATORY,
    }


KINDS = [
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
    DocumentKind("renunciation", _("Beslissing om af te zien van de sluiting"), END_OF_LOT, _end_of_lot, "AFZ"),
    DocumentKind("award_retraction", _("Beslissing tot intrekking van de gunning"), END_OF_LOT, _end_of_lot, "INT"),
    DocumentKind(
        "cancellation_decision",
        _("Beslissing tot stopzetting"),
        CANCELLATION_DECISION,
        _cancellation_decision,
        "STO",
        public=True,
    ),
]
