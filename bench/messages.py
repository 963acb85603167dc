"""A message to five thousand is owed in one transaction with as few statements for each copy as one to fifty."""

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import Measurement
from documents.models import Delivery
from lifecycle import clock
from lifecycle.models import Owed
from procurement.audience import tell_everybody
from procurement.models import Subscription
from tests.people import make_user
from tests.procurement.story import make_procedure

FEW, MANY = 50, 5000


def measure_messages():
    procedure, officer = make_procedure("2031-001"), make_user("Bench bericht", "procurement_officer")
    per_copy = {count: _statements(procedure, officer, count) / count for count in (FEW, MANY)}
    details = {str(count): per_copy[count] for count in per_copy}
    return Measurement(
        f"statements per copy owed to {MANY} subscribers against {FEW}",
        per_copy[MANY] / per_copy[FEW],
        1.0,
        details=details,
    )


def _statements(procedure, officer, count):
    now = clock.now()
    Subscription.objects.filter(procedure=procedure).delete()
    Subscription.objects.bulk_create(
        Subscription(procedure=procedure, email=f"lezer{number}@voorbeeld.example", asked_at=now, confirmed_at=now)
        for number in range(count)
    )
    owed = Owed.objects.count()
    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        message = tell_everybody(procedure, reason="bench", title="Er is nieuws", body="Lees het.", by=officer)
    to_subscribers = Delivery.objects.filter(message=message, recipient="").count()
    if to_subscribers != count or Owed.objects.count() - owed < count:
        raise AssertionError(f"{to_subscribers} copies for {count} subscribers")
    return len(captured)
