"""Being told of what changes in a procedure: asked with an address, confirmed from its mailbox, ended at one click.

Who asks learns nothing about who asked before: every answer is the same, and the mail goes to the address alone.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Min, Q

from documents.messaging import forget_subscribers
from lifecycle import clock, outbox, timelimits, trail
from lifecycle.actors import SYSTEM
from lifecycle.models import Entry
from procurement.models import Procedure, Subscription

# Who asks again sooner gets no second mail: nobody's mailbox can be filled from our page.
PAUSE = dt.timedelta(minutes=10)


def takes_subscribers(procedure) -> bool:
    """While it is public and something may still change."""
    return procedure.is_public and procedure.state not in Procedure.ENDED


def ask_subscription(procedure, *, email) -> None:
    """Owe the address a mail with what it can do: confirm, or end what was confirmed before. Whoever asks need not sign in."""
    with clock.stamped(), transaction.atomic():
        now = clock.now()
        row, created = Subscription.objects.get_or_create(
            procedure=procedure, email=email.lower(), ended_at=None, defaults={"asked_at": now}
        )
        if not created:
            asked_again = Subscription.objects.filter(pk=row.pk, asked_at__lte=now - PAUSE).update(asked_at=now)
            if not asked_again:
                return
        outbox.owe(
            "procurement.mail_subscription", key=f"{row.pk}/{now.timestamp():.0f}", payload={"subscription": row.pk}
        )


def confirm_subscription(subscription) -> Subscription:
    """What the owner of the mailbox does: from now on it counts. Too late, ended or confirmed before: nothing changes."""
    with clock.stamped(), transaction.atomic():
        row = _locked(subscription)
        if not (row.is_confirmed or row.is_ended or row.is_expired) and takes_subscribers(row.procedure):
            row.confirmed_at = clock.now()
            row.save(update_fields=["confirmed_at"])
            trail.record(row, "confirm", by=SYSTEM)
    return row


def end_subscription(subscription) -> Subscription:
    """No more news, from this very moment. Ending it again changes nothing; subscribing anew is always possible."""
    with clock.stamped(), transaction.atomic():
        row = _locked(subscription)
        if not row.is_ended:
            row.ended_at = clock.now()
            row.save(update_fields=["ended_at"])
            if row.is_confirmed:
                trail.record(row, "end", by=SYSTEM)
    return row


def _locked(subscription):
    found = Subscription.objects.select_for_update(of=("self",)).select_related("procedure")
    return found.get(pk=subscription.pk)


def erase_past_addresses() -> None:
    """Erase what is no longer needed: never confirmed, ended some time ago, or of a procedure that ended some time ago."""
    with clock.stamped():
        _erase_unconfirmed()
        cut = clock.now() - dt.timedelta(days=timelimits.days("subscription-erasure-days"))
        kept = Subscription.objects.exclude(email="").select_related("procedure")
        past = Q(ended_at__lte=cut) | Q(procedure__in=_procedures_ended_before(cut))
        for row in kept.filter(past):
            _erase(row)


def _erase_unconfirmed():
    """A request that nobody confirmed leaves nothing behind."""
    cut = clock.now() - dt.timedelta(days=timelimits.days("subscription-confirm-days"))
    stale = Subscription.objects.filter(confirmed_at=None, asked_at__lt=cut)
    if stale.exists():
        stale.delete()


def _procedures_ended_before(cut) -> list[int]:
    """When a procedure ended stands in its trail, once."""
    open_ended = Procedure.objects.filter(state__in=Procedure.ENDED, subscriptions__in=_with_address()).distinct()
    refs = {procedure.ref: procedure.pk for procedure in open_ended}
    ended = Entry.objects.filter(subject__in=refs, target__in=Procedure.ENDED).values("subject").annotate(at=Min("at"))
    return [refs[row["subject"]] for row in ended if row["at"] <= cut]


def _with_address():
    return Subscription.objects.exclude(email="")


def _erase(row):
    with transaction.atomic():
        forget_subscribers(row.dossier, [row.email])
        row.email, row.ended_at = "", row.ended_at or clock.now()
        row.save(update_fields=["email", "ended_at"])
        trail.record(row, "erase", by=SYSTEM)
