"""What the tests of envelopes tell again and again: filling one, releasing its box, opening what is in it."""

import datetime as dt

from documents.envelopes import actions, uploads
from lifecycle import clock as legal_clock

# Noon is the deadline; the second after it is the first moment of release.
DEADLINE = legal_clock.at(dt.date(2026, 3, 19), 12, 0, 1)
OWNER = "partners.organisation:7"
OTHER_OWNER = "partners.organisation:8"
PDF = b"%PDF-1.7\n" + b"een offerte\n" * 10


def fill(box, maker, *, owner=OWNER, name="offerte.pdf", content=PDF, answers=None):
    """A draft with one file, and answers if there are any."""
    envelope = actions.start(box, owner=owner, by=maker)
    envelope = uploads.take_in(envelope, by=maker, name=name, chunks=[content])
    return actions.write_answers(envelope, by=maker, answers=answers) if answers else envelope


def approve_both(box, clock, officer, second_officer):
    clock.travel_to(box.opens_at)
    actions.approve_release(box, by=officer, second_factor_at=clock.now())
    return actions.approve_release(box, by=second_officer, second_factor_at=clock.now())


def open_all(box, clock, officer, second_officer):
    box = approve_both(box, clock, officer, second_officer)
    return [actions.open_envelope(each, by=officer) for each in box.envelopes.sealed().order_by("pk")]
