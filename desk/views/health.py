"""Whether the house lives, and whether it can do its work."""

import datetime as dt

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse, JsonResponse

from lifecycle import clock
from lifecycle.models import Owed

# How far the clocks of server and database may differ before a deadline could be judged wrongly.
CLOCK_TOLERANCE = dt.timedelta(seconds=2)
# How long owed work may lie before somebody should look.
OUTBOX_TOLERANCE = dt.timedelta(minutes=5)


@login_not_required
def alive(request):
    return HttpResponse("alive", content_type="text/plain")


@login_not_required
def ready(request):
    """503 as soon as one of database, clock, outbox or broker is not what it must be; says which."""
    checks = {}
    for name, check in {"database": _database, "clock": _clock, "outbox": _outbox, "broker": _broker}.items():
        try:
            checks[name] = check()
        except Exception as error:  # noqa: BLE001 -- whatever is wrong, the page must say which part it is
            checks[name] = {"ok": False, "problem": type(error).__name__}
    fine = all(check["ok"] for check in checks.values())
    return JsonResponse({"ready": fine, "checks": checks}, status=200 if fine else 503)


def _database():
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return {"ok": True, "vendor": connection.vendor}


def _clock():
    """The server's clock against the database's."""
    sql = "select extract(epoch from clock_timestamp())"
    if connection.vendor == "sqlite":
        sql = "select (julianday('now') - 2440587.5) * 86400.0"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        seconds = float(cursor.fetchone()[0])
    off = abs(clock.real_now() - dt.datetime.fromtimestamp(seconds, dt.UTC))
    return {"ok": off <= CLOCK_TOLERANCE, "seconds_off": round(off.total_seconds(), 3)}


def _outbox():
    """How long the oldest work that is due has been waiting, and what was given up."""
    now = clock.now()
    oldest = Owed.objects.open().filter(due_at__lte=now).order_by("due_at").values_list("due_at", flat=True).first()
    lag = now - oldest if oldest else dt.timedelta(0)
    failed = Owed.objects.exclude(failed_at=None).count()
    return {"ok": lag <= OUTBOX_TOLERANCE and not failed, "lag_seconds": round(lag.total_seconds()), "failed": failed}


def _broker():
    """Without a broker `manage.py work` does the work; with one it must answer."""
    if not settings.CELERY_BROKER_URL:
        return {"ok": True, "broker": "none"}
    with current_app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
    return {"ok": True, "broker": broker.transport.driver_type}
