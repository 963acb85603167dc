"""A file that comes in over several requests, encrypted as it comes: after a broken line it goes on where it stopped.

What came in is a container that ends after a whole chunk; less than a chunk is sent again. Nothing else is kept between
two requests: whoever goes on reads and verifies what is there, so that digests, kind and virus scanner see all of it.
"""

import json
from collections.abc import Iterable
from contextlib import closing, contextmanager
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from documents.envelopes import actions, reading, sealing, shelf
from documents.envelopes.container import DamagedError, Writer, whole_chunks
from documents.envelopes.inspection import Inspection, require_size
from documents.envelopes.kinds import Refused, clean_name, extensions, not_taken_in
from documents.models import Envelope, Upload
from lifecycle import clock
from lifecycle.steps import Blocked


class GoneError(Exception):
    """There is nothing to go on with: begin anew."""


class BusyError(Exception):
    """Another request is writing, or this one begins where nothing is expected."""


@dataclass(frozen=True, repr=False)
class Details:
    """What the maker said of a file before it came: inside the envelope."""

    name: str
    size: int


@dataclass(frozen=True, repr=False)
class Progress:
    """How far a file has come in."""

    offset: int
    details: Details


def begin(envelope: Envelope, *, by, name: str, size: int) -> Upload:
    """Make place for a file. Raises `Refused` for what can be refused before a byte has come, `Blocked`, `PermissionDenied`."""
    name = clean_name(name)
    if not name.lower().endswith(extensions()):
        raise not_taken_in()
    if not size:
        raise Refused("empty", _("Het bestand is leeg."))
    require_size(size)
    details = json.dumps({"name": name, "size": size}).encode()
    upload = actions.begin_upload(envelope, by=by, name=name, details=details)
    sink = shelf.create(upload.envelope.uid, upload.number)
    Writer(sink, _key(upload), bound_to=sealing.file_binding(upload.envelope, upload.number))
    shelf.keep(sink)
    return upload


def progress(envelope: Envelope, number: int, *, by) -> Progress:
    """How far a file is: one that came in whole counts too, whose last answer may have been lost. Raises `GoneError`."""
    actions.require_fillable(envelope, by=by)
    upload = envelope.uploads.filter(number=number).first()
    if upload is None:
        file = reading.read_manifest(envelope, by=by).file(number)
        if file is None:
            raise GoneError
        return Progress(file.size, Details(file.name, file.size))
    details, offset = _details(upload), whole_chunks(shelf.size(envelope.uid, number) or 0)
    # Torn by a crash, or ended without becoming a file.
    if offset is None or offset >= details.size:
        _forget_unless_busy(upload)
        raise GoneError
    return Progress(offset, details)


def receive(envelope: Envelope, number: int, *, by, offset: int, chunks: Iterable[bytes]) -> int:
    """Take in what comes from `offset` on, until `chunks` ends; returns how far the file is now.

    With its last byte it becomes a file of the draft. Raises `GoneError`, `BusyError`, `Blocked`, `PermissionDenied`, or
    `Refused`, after which nothing of it is left; where only the virus scanner is down, it can be tried again.
    """
    actions.require_fillable(envelope, by=by)
    upload = _upload(envelope, number)
    with _alone(upload) as file:
        if whole_chunks(shelf.size(envelope.uid, number)) != offset:
            raise BusyError
        try:
            return _go_on(upload, file, chunks, by)
        except Refused as refusal:
            if refusal.reason != "scanner_down":
                _forget(upload)
            raise


def abandon(envelope: Envelope, number: int, *, by) -> None:
    """Throw away what came in of a file that is not whole. Raises `GoneError`."""
    actions.require_fillable(envelope, by=by)
    _forget(_upload(envelope, number))


def forget_abandoned() -> None:
    """Uploads that nobody went on with for a day."""
    for upload in Upload.objects.abandoned().select_related("envelope"):
        _forget_unless_busy(upload)


def _go_on(upload, file, chunks, by):
    details, binding = _details(upload), sealing.file_binding(upload.envelope, upload.number)
    with closing(Inspection(details.name)) as inspection:
        try:
            writer = Writer(file, _key(upload), bound_to=binding, go_on=inspection.write)
        except DamagedError:
            _forget(upload)
            raise GoneError from None
        for chunk in chunks:
            if writer.size + len(chunk) > details.size:
                raise Refused("longer", _("Het bestand is intussen veranderd: kies het opnieuw."))
            inspection.write(chunk)
            writer.write(chunk)
            if writer.size == details.size:
                return _end(upload, file, writer, inspection, by)
    return _pause(upload, file)


def _end(upload, file, writer, inspection, by):
    """It came in whole. The file stays locked until the envelope knows."""
    details, kind = _details(upload), inspection.finish()
    digests = writer.finish()
    shelf.settle(file)
    facts = {"name": details.name, "content_type": kind.content_type, "digests": digests}
    try:
        actions.end_upload(upload, by=by, scanned=inspection.was_scanned, **facts)
    except Blocked:
        _forget(upload)
        raise
    except Upload.DoesNotExist:
        raise GoneError from None
    return details.size


def _pause(upload, file):
    """What is no whole chunk yet was never encrypted, and comes again."""
    shelf.settle(file)
    Upload.objects.filter(pk=upload.pk).update(touched_at=clock.now())
    return whole_chunks(shelf.size(upload.envelope.uid, upload.number))


@contextmanager
def _alone(upload):
    try:
        file = shelf.reopen(upload.envelope.uid, upload.number)
    except FileNotFoundError:
        raise GoneError from None
    except BlockingIOError:
        raise BusyError from None
    with file:
        yield file


def _upload(envelope, number):
    upload = envelope.uploads.select_related("envelope").filter(number=number).first()
    if upload is None:
        raise GoneError
    return upload


def _forget_unless_busy(upload):
    try:
        with _alone(upload):
            _forget(upload)
    except GoneError:
        _forget(upload)
    except BusyError:
        pass


def _forget(upload):
    actions.drop_uploads(Upload.objects.filter(pk=upload.pk))


def _key(upload):
    return sealing.draft_key(upload.envelope)


def _details(upload):
    return Details(**json.loads(sealing.read_upload(upload, _key(upload))))
