"""The tus protocol, version 1.0.0: core, creation and termination (https://tus.io/protocols/resumable-upload).

A view of an upper app decides who may come here and gives the envelope; what is refused is answered with a sentence for
the person, as plain text. The body of a request is read as it comes, never as a whole.
"""

import base64
import binascii
from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _

from documents.envelopes import resumable
from documents.envelopes.kinds import Refused
from lifecycle.steps import Blocked

VERSION = "1.0.0"
CONTENT_TYPE = "application/offset+octet-stream"
READ_BYTES = 64 * 1024
STATUSES = {"too_large": 413, "scanner_down": 503}


def options() -> HttpResponse:
    """What this server can."""
    headers = {"Tus-Version": VERSION, "Tus-Extension": "creation,termination"}
    return _answer(204, **headers, **{"Tus-Max-Size": settings.ENVELOPE_MAX_BYTES})


def create(request, envelope, *, by, address: Callable[[int], str]) -> HttpResponse:
    """Make place for a file; `address` gives where it is sent, from its number."""

    def begin():
        size, name = _number(request, "Upload-Length"), _file_name(request)
        if size is None or name is None:
            return _answer(400)
        upload = resumable.begin(envelope, by=by, name=name, size=size)
        return _answer(201, Location=address(upload.number))

    return _told(request, begin)


def offset(request, envelope, number, *, by) -> HttpResponse:
    """How far a file is."""

    def look():
        found = resumable.progress(envelope, number, by=by)
        name = base64.b64encode(found.details.name.encode()).decode()
        headers = {"Upload-Offset": found.offset, "Upload-Length": found.details.size}
        return _answer(200, **headers, **{"Upload-Metadata": f"filename {name}"})

    return _told(request, look)


def append(request, envelope, number, *, by) -> HttpResponse:
    """Take in what comes."""

    def receive():
        begins = _number(request, "Upload-Offset")
        if request.content_type != CONTENT_TYPE:
            return _answer(415)
        if begins is None:
            return _answer(400)
        reached = resumable.receive(envelope, number, by=by, offset=begins, chunks=_body(request))
        return _answer(204, **{"Upload-Offset": reached})

    return _told(request, receive)


def terminate(request, envelope, number, *, by) -> HttpResponse:
    """Throw a file away that has not come in whole."""

    def abandon():
        resumable.abandon(envelope, number, by=by)
        return _answer(204)

    return _told(request, abandon)


def _told(request, work):
    """The answer of `work`, or the status and the sentence of what stood in its way."""
    if request.headers.get("Tus-Resumable") != VERSION:
        return _answer(412, **{"Tus-Version": VERSION})
    try:
        return work()
    except Refused as refusal:
        return _answer(STATUSES.get(refusal.reason, 422), refusal.sentence)
    except resumable.BusyError:
        return _answer(409, _("Dit bestand komt al binnen, of begint op een andere plaats."))
    except resumable.GoneError:
        return _answer(410, _("Dit deel van het bestand is er niet meer: begin opnieuw."))
    except Blocked as refusal:
        return _answer(_status(refusal), " ".join(reason.sentence for reason in refusal.reasons))


def _status(refusal):
    """A draft that is none any more is gone; to try again helps nothing, so never the 409 of this protocol."""
    return 410 if any(reason.guard == "is_a_draft" for reason in refusal.reasons) else 403


def _answer(status, sentence="", **headers):
    common = {"Tus-Resumable": VERSION, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    content_type = "text/plain; charset=utf-8"
    return HttpResponse(str(sentence), status=status, content_type=content_type, headers=common | headers)


def _number(request, header):
    value = request.headers.get(header, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None


def _file_name(request):
    """The name among the metadata: pairs of a word and base64, between commas."""
    pairs = (pair.strip().partition(" ") for pair in request.headers.get("Upload-Metadata", "").split(","))
    value = next((value for key, _space, value in pairs if key == "filename"), None)
    if value is None:
        return None
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None


def _body(request):
    """The body as it comes. A line that breaks ends it: what came in stays."""
    try:
        while data := request.read(READ_BYTES):
            yield data
    except UnreadablePostError:
        return
