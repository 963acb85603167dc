"""A rectification told to 5,000 subscribers is owed in one transaction, with as many statements for each thousand of them.

Measured on the whole action: contents, documents, the message and its copies. Delivering the copies is the work of the
outbox, measured elsewhere.
"""

import datetime as dt
import itertools
from collections import Counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import Measurement
from documents import keys
from documents.models import Delivery
from lifecycle import clock
from lifecycle.models import Owed
from procurement import actions
from procurement.models import Subscription
from tests.people import make_user
from tests.procurement import changes, story

FEW, MANY, BATCH = 50, 5000, 1000
# Per batch: reading a part of the subscribers, writing their copies, owing their mails.
PER_BATCH = 4
MORNING = clock.at(dt.date(2026, 2, 16), 9)
_numbers = itertools.count(1)


def measure_rectification():
    keys.make_keys()
    clock.travel_to(MORNING)
    people = {
        "officer": make_user(f"Bench rectificatie {next(_numbers)}", "procurement_officer"),
        "decider": make_user(f"Bench rectificatie {next(_numbers)}", "decision_maker"),
    }
    for _officer in range(2):
        make_user(f"Bench rectificatie {next(_numbers)}", "opening_officer")
    few, _owed = _published(people, FEW)
    many, owed = _published(people, MANY)
    batches = -(-MANY // BATCH)
    details = {
        "statements": {str(FEW): few.total(), str(MANY): many.total()},
        "more": {sql[:120]: count for sql, count in (many - few).most_common(5)},
    }
    more = (many.total() - few.total()) / batches
    yield Measurement(
        "statements per 1,000 told subscribers of a rectification", more, PER_BATCH, "statements", details
    )
    yield Measurement("copies that are missing or doubled of 5,000", abs(MANY - owed), 0, "copies")


def _published(people, subscribers):
    """The statements of publishing one rectification to so many subscribers, and how many copies it owes."""
    procedure = story.make_procedure(f"2031-{next(_numbers):03}")
    procedure = story.publish(procedure, officer=people["officer"], decision_maker=people["decider"])
    Subscription.objects.bulk_create(
        Subscription(
            procedure=procedure,
            email=f"lezer{number}@voorbeeld.example",
            asked_at=clock.now(),
            confirmed_at=clock.now(),
        )
        for number in range(subscribers)
    )
    draft = changes.drafted(procedure, by=people["officer"], wanted=changes.new_weights(procedure))
    with CaptureQueriesContext(connection) as captured:
        addendum = actions.publish_addendum(draft, by=people["decider"])
    copies = Delivery.objects.filter(message__subject=addendum.ref)
    owed = Owed.objects.filter(
        kind="documents.send_message", key__in=[str(pk) for pk in copies.values_list("pk", flat=True)]
    )
    return Counter(query["sql"].split(" VALUES ")[0].split(" WHERE ")[0] for query in captured), owed.count()
