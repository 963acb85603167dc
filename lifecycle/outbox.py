"""Owing work and doing it.

`owe` writes a row in the transaction of its cause; a commit nudges a Celery worker if there is a broker, and a periodic
sweep (Celery beat or `manage.py work`) finds what a lost broker or a killed worker left. A worker leases a row, does the
slow part outside any transaction, and writes the result in the transaction that marks the row done, if the lease is
still its own: work is done at least once, its result is written exactly once.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from contextlib import ExitStack

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from lifecycle import clock
from lifecycle.models import Owed

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 8

_handlers: dict[str, Callable] = {}
_periodic: dict[str, Callable] = {}
_batches: list[Callable] = []
# Kinds of which there can be thousands at once: they never stand in the way of the others.
_bulk: set[str] = set()


class NotYet(Exception):
    """A handler's answer when what it needs is not there yet: try again later, without counting it as a failure."""


def handler(kind: str, *, bulk: bool = False):
    """Register `work(payload) -> None | function`: the slow part, and what must be written when it is done.

    `bulk`: there can be thousands of it at once, and other work goes before it.
    """

    def register(work):
        _handlers[kind] = work
        if bulk:
            _bulk.add(kind)
        return work

    return register


def periodic(name: str):
    """Register a function that moves labels along with time; it must be safe to run at any moment, any number of times."""

    def register(function):
        _periodic[name] = function
        return function

    return register


def batch(around):
    """Register a context manager around each sweep of one process: what its pieces of work share, such as a connection."""
    _batches.append(around)
    return around


def owe(kind: str, *, key: str, payload: dict | None = None, due_at: dt.datetime | None = None) -> Owed:
    """Owe a piece of work once: the same kind and key again changes nothing. Call it inside the cause's transaction."""
    moment = clock.now()
    row, created = Owed.objects.get_or_create(
        kind=kind, key=key, defaults={"payload": payload or {}, "owed_at": moment, "due_at": due_at or moment}
    )
    if created:
        transaction.on_commit(lambda: nudge(row.pk))
    return row


def owe_many(kind: str, work: Iterable[tuple[str, dict]]) -> None:
    """Owe many pieces of work of one kind at once, each `(key, payload)` once, with one nudge for all of them."""
    moment = clock.now()
    rows = [Owed(kind=kind, key=key, payload=payload, owed_at=moment, due_at=moment) for key, payload in work]
    Owed.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    transaction.on_commit(nudge_all)


def nudge_all() -> None:
    """Tell a worker that there is much work: it sweeps."""
    if not settings.CELERY_BROKER_URL:
        return
    from lifecycle.tasks import sweep as swept  # noqa: PLC0415 -- tasks imports this module

    try:
        swept.apply_async(retry=False)
    except Exception as error:  # noqa: BLE001 -- as above: the periodic sweep follows
        log.warning("nudge lost", error=type(error).__name__)


def nudge(pk: int) -> None:
    """Tell a worker that there is work. Losing the nudge loses nothing: the sweep finds the row."""
    if not settings.CELERY_BROKER_URL:
        return
    from lifecycle.tasks import deliver  # noqa: PLC0415 -- tasks imports this module

    try:
        deliver.apply_async((pk,), retry=False)
    except Exception as error:  # noqa: BLE001 -- whatever the broker raises, the fact is committed and the sweep follows
        log.warning("nudge lost", owed=pk, error=type(error).__name__)


def sweep(limit: int = 200) -> int:
    """Move labels along and do what is due; returns how many pieces of work were done."""
    run_periodic()
    done = 0
    with ExitStack() as shared:
        for around in _batches:
            shared.enter_context(around())
        for pk in due(limit):
            done += deliver(pk)
    return done


def due(limit: int = 200, *, nudged_before: dt.datetime | None = None) -> list[int]:
    """The primary keys of the work that can be done now, oldest first.

    Bulk work comes after the rest, but a quarter is always its own. `nudged_before`: without what a worker was told of
    since that moment.
    """
    found = Owed.objects.due(clock.now(), clock.real_now()).order_by("due_at", "pk").values_list("pk", flat=True)
    if nudged_before is not None:
        found = found.filter(Q(nudged_at=None) | Q(nudged_at__lt=nudged_before))
    first = list(found.exclude(kind__in=_bulk)[:limit])
    return first + list(found.filter(kind__in=_bulk)[: max(limit - len(first), limit // 4)])


def to_nudge(limit: int = 2000) -> list[int]:
    """The due work that no worker was told of while a lease lasts, marked as told: a long queue is not told again."""
    machine = clock.real_now()
    found = due(limit, nudged_before=machine - dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS))
    for start in range(0, len(found), 500):
        Owed.objects.filter(pk__in=found[start : start + 500]).update(nudged_at=machine)
    return found


def run_periodic() -> None:
    for name, function in _periodic.items():
        try:
            function()
        except Exception as error:
            log.exception("periodic work failed", name=name, error=type(error).__name__)


def deliver(pk: int) -> bool:
    """Do one piece of owed work; true if this call finished it."""
    row = _lease(pk)
    if row is None:
        return False
    try:
        with clock.stamped():
            finish = _handlers[row.kind](row.payload)
        return _complete(row, finish)
    except NotYet:
        _release(row, error="", failed=False, count=False)
    except Exception as error:  # noqa: BLE001 -- the row keeps what went wrong; the next attempt comes later
        log.warning("owed work failed", owed=pk, kind=row.kind, attempt=row.attempts, error=type(error).__name__)
        _release(row, error=f"{type(error).__name__}: {error}"[:300], failed=row.attempts >= MAX_ATTEMPTS)
    return False


def _lease(pk):
    machine = clock.real_now()
    with transaction.atomic():
        rows = Owed.objects.due(clock.now(), machine).filter(pk=pk)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        row = rows.first()
        if row is None:
            return None
        row.lease = uuid.uuid4().hex
        row.leased_until = machine + dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
        row.attempts += 1
        row.save(update_fields=["lease", "leased_until", "attempts"])
    return row


def _complete(row, finish) -> bool:
    with clock.stamped(), transaction.atomic():
        mine = Owed.objects.select_for_update().filter(pk=row.pk, lease=row.lease, done_at=None).first()
        if mine is None:
            log.warning("owed work was finished by another worker", owed=row.pk, kind=row.kind)
            return False
        if finish is not None:
            finish()
        mine.done_at, mine.lease, mine.leased_until, mine.error = clock.now(), "", None, ""
        mine.save(update_fields=["done_at", "lease", "leased_until", "error"])
    return True


def _release(row, *, error, failed=False, count=True):
    """Give the row back: at once when it merely had to wait, later and later when it failed."""
    wait = min(2**row.attempts, 600) if count else 1
    moment = clock.now()
    Owed.objects.filter(pk=row.pk, lease=row.lease, done_at=None).update(
        lease="",
        leased_until=clock.real_now() + dt.timedelta(seconds=wait),
        attempts=row.attempts if count else row.attempts - 1,
        error=error,
        failed_at=moment if failed else None,
    )
