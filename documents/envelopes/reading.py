"""Giving back what may be read: a draft to its makers, what was opened to whom the caller allows, a receipt to its maker.

What is sealed is refused to everyone. Who may read what was opened is the caller's to decide, before calling.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from documents.envelopes import sealing
from documents.envelopes.container import DamagedError
from documents.envelopes.keys import WrapDamagedError
from documents.envelopes.manifest import Manifest, Receipt
from documents.models import Envelope

SENTENCES = {
    "not_its_maker": _("Een klad is alleen leesbaar voor wie het opmaakt."),
    "sealed": _("Deze inzending is verzegeld: niemand kan ze lezen voor de opening."),
    "withdrawn": _("Deze inzending is ingetrokken of vervangen: de sleutel is vernietigd."),
    "damaged": _("Dit deel van de inzending is beschadigd."),
    "no_such_file": _("Dit bestand is er niet."),
    "no_receipt": _("Deze inzending is niet verzegeld: er is geen ontvangstbewijs."),
}


class NotReadable(PermissionDenied):
    """This person cannot read this now; `reason` says why in a word, `sentence` in Dutch."""

    def __init__(self, reason):
        self.reason, self.sentence = reason, SENTENCES[reason]
        super().__init__(reason)


@dataclass(frozen=True, repr=False)
class ReadableFile:
    """A file of an envelope: what its maker called it, and its content as a stream that can be read once."""

    name: str
    content_type: str
    size: int
    sha256: str
    chunks: Iterator[bytes]


def read_manifest(envelope: Envelope, *, by) -> Manifest:
    """The files and answers of a draft (for its makers) or of what was opened."""
    envelope = _as_it_stands(envelope)
    return _manifest(envelope, _content_key(envelope, by))


def answers(envelope: Envelope, *, by) -> dict:
    return read_manifest(envelope, by=by).answers


def stream_file(envelope: Envelope, number: int, *, by) -> ReadableFile:
    """One file, decrypted while it is read; memory stays flat. Every chunk is verified before it is given out."""
    envelope = _as_it_stands(envelope)
    content_key = _content_key(envelope, by)
    file = _manifest(envelope, content_key).file(number)
    stored = envelope.files.filter(number=number).first()
    if file is None or stored is None:
        raise NotReadable("no_such_file")
    if not stored.intact:
        raise NotReadable("damaged")
    chunks = sealing.read_file(envelope, number, content_key)
    return ReadableFile(file.name, file.content_type, file.size, file.sha256, chunks)


def response(file: ReadableFile) -> StreamingHttpResponse:
    """A download that no cache or proxy keeps and no browser interprets."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=file.name),
        "Content-Length": str(file.size),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Accel-Buffering": "no",
    }
    return StreamingHttpResponse(file.chunks, content_type=file.content_type, headers=headers)


def receipt_of(envelope: Envelope, *, by) -> Receipt:
    """What the maker handed in: the second, names, sizes and digests. Only for its makers, also after a withdrawal.

    Kept as ciphertext under the receipt key; a page made from it is for the maker's eyes and is not stored as a document.
    """
    envelope = _as_it_stands(envelope)
    if not by.has_perm("documents.fill_envelope", envelope):
        raise NotReadable("not_its_maker")
    if envelope.receipt is None:
        raise NotReadable("no_receipt")
    try:
        return sealing.read_receipt(envelope)
    except (DamagedError, WrapDamagedError):
        raise NotReadable("damaged") from None


def _manifest(envelope, content_key):
    try:
        return sealing.read_manifest(envelope, content_key)
    except DamagedError:
        raise NotReadable("damaged") from None


def _as_it_stands(envelope):
    """The row as it is now: what was readable when a page was made may be sealed since."""
    return Envelope.objects.select_related("box").get(pk=envelope.pk)


def _content_key(envelope, by):
    """The content key, where the state leaves one that this person may use."""
    states = Envelope.State
    if envelope.state in {states.WITHDRAWN, states.REPLACED}:
        raise NotReadable("withdrawn")
    if envelope.state == states.SEALED:
        raise NotReadable("sealed")
    if envelope.state == states.DRAFT and not by.has_perm("documents.fill_envelope", envelope):
        raise NotReadable("not_its_maker")
    if envelope.state == states.DAMAGED and envelope.opened_key is None:
        raise NotReadable("damaged")
    try:
        return sealing.draft_key(envelope) if envelope.state == states.DRAFT else sealing.opened_key(envelope)
    except WrapDamagedError:
        raise NotReadable("damaged") from None
