"""The groups of data that several documents of a procedure share, each with an example."""

import datetime as dt

from documents.kinds import ADDRESSEE, SIGNATORY
from documents.wording import SENDING

PROCEDURE = {"number": "reference of the procedure", "title": "its title"}
LOT = {"code": "its number", "name": "its name", "product": "the base product", "area": "where it is performed"}
FILE = {"name": "file name", "size": "size in bytes", "digest": "SHA-256, hexadecimal"}
SUB_CRITERION = {
    "rank": "rank within the criterion, as 1.2",
    "title": "name",
    "description": "what is appraised",
    "weight": "percent, or empty",
}
STANDSTILL = {
    "days": "length in days",
    "sent_on": "the day on which the last letter is sent",
    "last_day": "the last day, computed under Regulation 1182/71",
    "voluntary": "true where the law does not impose it (light regime)",
    "committed": "true where it binds: by law, or because the authority adopted it",
}
ANNOUNCED_STANDSTILL = {name: STANDSTILL[name] for name in ("days", "voluntary", "committed")}
REMEDIES = {
    "suspension_days": "days to ask for suspension",
    "annulment_days": "days to ask for annulment",
    "warning_email": "where a claimant is invited to warn the authority",
}
LETTER = {
    "addressee": ADDRESSEE,
    "sending": "how the letter is sent, shown above the address",
    "procedure": PROCEDURE,
    "decided_on": "day of the decision",
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
