"""What documents do with time: looking for mail that came back."""

from django.conf import settings

from documents import bounces
from lifecycle import outbox


@outbox.periodic("documents.receive_bounces")
def receive_bounces():
    if settings.BOUNCE_MAILDIR:
        bounces.receive_all(settings.BOUNCE_MAILDIR)
