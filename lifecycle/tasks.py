"""The Celery side of the outbox; `manage.py work` runs the same functions without a broker."""

from celery import shared_task

from lifecycle import outbox


@shared_task
def deliver(pk):
    outbox.deliver(pk)


@shared_task
def sweep():
    """Nudge a task for each piece of work that is due: one slow document must not hold up the letters behind it."""
    outbox.run_periodic()
    for pk in outbox.to_nudge():
        deliver.delay(pk)
