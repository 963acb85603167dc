"""What documents do with time: looking for mail that came back, erasing uploads that nobody finished."""

from django.conf import settings

from documents import bounces
from documents.envelopes import resumable
from lifecycle import outbox


@outbox.periodic("documents.receive_bounces")
def receive_bounces():
    if settings.BOUNCE_MAILDIR:
        bounces.receive_all(settings.BOUNCE_MAILDIR)


@outbox.periodic("documents.forget_uploads")
def forget_uploads():
    resumable.forget_abandoned()
