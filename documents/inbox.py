"""What an organisation finds under "Berichten": its copies of messages and its letters, and who read them first."""

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from documents.models import Delivery, Letter
from lifecycle import clock

MESSAGE, LETTER = "message", "letter"
_COLUMNS = ("what", "number", "title", "at", "seen_at", "reader", "came_back")


def of(refs):
    """Both kinds in one list, the latest first; a message stands there from the moment it is owed, for all alike."""
    copies = Delivery.objects.filter(recipient__in=refs).annotate(
        what=Value(MESSAGE),
        number=F("message_id"),
        title=F("message__title"),
        at=Coalesce("sent_at", "message__owed_at"),
        seen_at=F("read_at"),
        reader=F("read_by__name"),
        came_back=F("bounced_at"),
    )
    letters = _letters(refs).annotate(
        what=Value(LETTER),
        number=F("document_id"),
        title=F("document__title"),
        at=F("electronic_sent_at"),
        seen_at=F("read_at"),
        reader=F("read_by__name"),
        came_back=F("returned__came_back_at"),
    )
    both = copies.order_by().values(*_COLUMNS).union(letters.order_by().values(*_COLUMNS), all=True)
    return both.order_by("-at", "-what", "-number")


def _letters(refs):
    return Letter.objects.filter(document__addressee__in=refs, electronic_sent_at__isnull=False)


def unread(refs) -> int:
    if not refs:
        return 0
    copies = Delivery.objects.filter(recipient__in=refs, read_at=None).count()
    return copies + _letters(refs).filter(read_at=None).count()


def read_message(message, refs, *, by) -> None:
    """Somebody of the organisation, signed in, opened it: kept once. Nothing else tells us that a mail was read."""
    _read(Delivery.objects.filter(message=message, recipient__in=refs), by)


def read_letters(document, refs, *, by) -> None:
    if document.addressee in refs:
        _read(_letters([document.addressee]).filter(document=document), by)


def _read(found, by):
    found = found.filter(read_at=None)
    if found.exists():
        found.update(read_at=clock.now(), read_by=by)
