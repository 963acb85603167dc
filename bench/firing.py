"""The price of the one door: `fire` against a replay of its own statements in plain psycopg, in one transaction.

The verb is the return of a procedure to its draft: its guard looks at the facts alone, so that every statement is one of
the door itself. Each round fires it on one procedure, and replays on another what firing it there would send, with the
values that it would send; both commit. The simulated clock costs `fire` one statement that production does not have.
"""

import datetime as dt
import time
from statistics import median

import psycopg
from django.db import connection, transaction

from accounts.models import User
from bench import Measurement
from lifecycle import clock, trail
from lifecycle.steps import fire
from procurement.models import Procedure
from tests.people import make_user

ROUNDS = 150
REASON = "De raming mist haar methode."
# Django's own words around what `fire` does: the transaction that contains the recording.
FRAME = ("SAVEPOINT", "RELEASE SAVEPOINT")


def measure_fire():
    officer = _people()
    ours, theirs, statements = [], [], 0
    with _plain_connection() as plain:
        for number in range(ROUNDS):
            fired, replayed = _submitted(f"A{number}", officer), _submitted(f"B{number}", officer)
            script = _script(replayed)
            statements = max(statements, len(script))
            sides = [(ours, _fire, fired, _decision_maker()), (theirs, _replay, plain, script)]
            # Neither side always has the warmer caches.
            for times, function, *given in sides if number % 2 else reversed(sides):
                start = time.perf_counter()
                function(*given)
                times.append(time.perf_counter() - start)
    _refuse_a_replay_that_did_something_else()
    details = {
        "fire_ms": round(median(ours) * 1000, 3),
        "replay_ms": round(median(theirs) * 1000, 3),
        "rounds": ROUNDS,
    }
    yield Measurement(
        "fire against its own statements in plain psycopg", median(ours) / median(theirs), 3.5, details=details
    )
    # A transaction begins and ends with a statement of its own.
    yield Measurement("statements of fire beside those of the guards", statements + 2, 10, unit="statements")


def _people():
    clock.travel_to(clock.at(dt.date(2026, 2, 16), 9))
    make_user("Bea Beslisser", "decision_maker", email="fire-beslisser@voorbeeld.example")
    return make_user("An Aankoper", "procurement_officer", email="fire-aankoper@voorbeeld.example")


def _decision_maker():
    """As a request has it: read afresh, roles not yet known."""
    return User.objects.get(email="fire-beslisser@voorbeeld.example")


def _submitted(number, officer):
    """A procedure that waits for its approval, with a dossier that has begun."""
    procedure = Procedure.objects.create(
        number=f"2026-{number}",
        title_nl="Intensieve bemiddeling en begeleiding",
        subject_nl="Bemiddeling en begeleiding van werkzoekenden naar duurzaam werk.",
        regime=Procedure.Regime.LIGHT,
        cpv="79611000-0",
        term_start=dt.date(2027, 1, 1),
        term_end=dt.date(2031, 12, 31),
        state=Procedure.State.IN_REVIEW,
        submitted_by=officer,
    )
    trail.record(procedure, "create", by=officer)
    return procedure


def _fire(procedure, person):
    fire(procedure, "return_to_draft", by=person, reason=REASON)


def _script(procedure):
    """What firing would send for this procedure, word by word; nothing of it is kept."""
    sent = []

    def note(execute, sql, params, many, context):
        sent.append((sql, params))
        return execute(sql, params, many, context)

    person = _decision_maker()
    with transaction.atomic():
        with connection.execute_wrapper(note):
            _fire(procedure, person)
        transaction.set_rollback(True)
    return [(sql, params) for sql, params in sent if not sql.startswith(FRAME)]


def _plain_connection():
    settings = connection.settings_dict
    return psycopg.connect(
        dbname=settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"],
        port=settings["PORT"] or 5432,
    )


def _replay(plain, script):
    with plain.transaction(), plain.cursor() as cursor:
        for sql, params in script:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()


def _refuse_a_replay_that_did_something_else():
    """Both sides must have left the same behind, or the comparison says nothing."""
    left = [
        Procedure.objects.filter(number__startswith=f"2026-{side}", state="draft", return_reason=REASON).count()
        for side in "AB"
    ]
    findings = [str(finding) for finding in trail.verify()]
    if left != [ROUNDS, ROUNDS] or findings:
        msg = f"{left} procedures were returned, {findings} is wrong with their trail."
        raise RuntimeError(msg)
