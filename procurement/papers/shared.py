"""The groups of data that several documents of a procedure share, each with an example."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from documents.kinds import ADDRESSEE, SIGNATORY
from documents.wording import SENDING

PROCEDURE = {"number": _("kenmerk van de procedure"), "title": _("de titel ervan")}
LOT = {
    "code": _("het nummer ervan"),
    "name": _("de naam ervan"),
    "product": _("het basisproduct"),
    "area": _("waar het uitgevoerd wordt"),
}
FILE = {"name": _("bestandsnaam"), "size": _("grootte in bytes"), "digest": _("SHA-256, hexadecimaal")}
SUB_CRITERION = {
    "rank": _("rang binnen het criterium, zoals 1.2"),
    "title": _("naam"),
    "description": _("wat beoordeeld wordt"),
    "weight": _("procent, of leeg"),
}
STANDSTILL = {
    "days": _("duur in dagen"),
    "sent_on": _("de dag waarop de laatste brief verzonden wordt"),
    "last_day": _("de laatste dag, berekend volgens verordening 1182/71"),
    "voluntary": _("waar als de wet ze niet oplegt (licht regime)"),
    "committed": _("waar als ze bindt: door de wet, of omdat de aanbesteder ze aannam"),
}
ANNOUNCED_STANDSTILL = {name: STANDSTILL[name] for name in ("days", "voluntary", "committed")}
REMEDIES = {
    "suspension_days": _("dagen om schorsing te vragen"),
    "annulment_days": _("dagen om nietigverklaring te vragen"),
    "warning_email": _("waar wie een vordering overweegt de aanbesteder kan verwittigen"),
}
LETTER = {
    "addressee": ADDRESSEE,
    "sending": _("hoe de brief verzonden wordt, boven het adres"),
    "procedure": PROCEDURE,
    "decided_on": _("dag van de beslissing"),
    "signatory": SIGNATORY,
}

A_PROCEDURE = {"number": "2026-001", "title": "Intensieve bemiddeling en begeleiding van werkzoekenden"}
A_LOT = {"code": "B-ANT", "name": "Basisaanbod Antwerpen", "product": "Basisaanbod", "area": "provincie Antwerpen"}
AN_ADDRESSEE = {
    "name": "Kompas Fictief vzw",
    "attention": "mevrouw Ariane Voorbeeld",
    "street": "Denkbeeldige Kaai 12",
    "place": "2000 Antwerpen",
    "email": "ariane@kompas-fictief.example",
}
A_SIGNATORY = {"name": "D. Beslisser", "function": "afdelingshoofd Partnerschappen"}
THE_REMEDIES = {"suspension_days": 15, "annulment_days": 60, "warning_email": "samenwerking@vdab.be"}
A_STANDSTILL = {
    "days": 15,
    "sent_on": dt.date(2026, 10, 30),
    "last_day": dt.date(2026, 11, 16),
    "voluntary": True,
    "committed": True,
}
AN_ANNOUNCED_STANDSTILL = {"days": 15, "voluntary": True, "committed": True}


def a_letter(**more):
    return {
        "addressee": AN_ADDRESSEE,
        "sending": SENDING,
        "procedure": A_PROCEDURE,
        "decided_on": dt.date(2026, 10, 29),
        "signatory": A_SIGNATORY,
    } | more
