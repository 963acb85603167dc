"""Taking files in: encrypted while they stream, so that their content never touches disk, temp folder or log.

A view that takes files in is `csrf_exempt` and calls `receive`, which puts the encrypting handler in place before the
body is read and only then checks the CSRF token (checking it reads the body):

    @method_decorator(csrf_exempt, name="dispatch")
    class AddFilesView(LoginRequiredMixin, View):
        def post(self, request, pk):
            ...
            return receive(request, envelope, by=request.user, respond=self._page)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.views.decorators.csrf import csrf_protect

from documents.envelopes import actions, sealing, shelf
from documents.envelopes.container import Writer
from documents.envelopes.inspection import Inspection
from documents.envelopes.kinds import Refused, clean_name
from documents.models import Envelope
from lifecycle.steps import Blocked


class Intake:
    """One file on its way in: held back until its first bytes show its kind, then encrypted as it comes."""

    def __init__(self, envelope: Envelope, *, by, name: str):
        self._envelope, self._by = envelope, by
        self.name = clean_name(name)
        self._inspection = Inspection(self.name)
        self._held = bytearray()
        self._number = self._sink = self._writer = None

    def write(self, data) -> None:
        """Raises `Refused` for what is too large, not of a kind that is taken in, or infected."""
        self._inspection.write(data)
        if self._writer is not None:
            self._writer.write(data)
            return
        self._held += data
        if self._inspection.kind is not None:
            self._begin()

    def finish(self) -> Envelope:
        """Keep the file in the envelope; returns the fresh envelope. Raises `Refused` or `Blocked`."""
        self.close()
        return self.keep()

    def close(self) -> None:
        """End the container, without telling the envelope yet."""
        self._kind = self._inspection.finish()
        if self._writer is None:
            self._begin()
        self._digests = self._writer.finish()
        shelf.keep(self._sink)

    def keep(self) -> Envelope:
        return actions.add_file(
            self._envelope,
            by=self._by,
            number=self._number,
            name=self.name,
            content_type=self._kind.content_type,
            digests=self._digests,
            scanned=self._inspection.was_scanned,
        )

    def abandon(self) -> None:
        """Remove what was written."""
        self._inspection.close()
        if self._sink is not None:
            self._sink.close()
            shelf.remove(self._envelope.uid, self._number)

    def _begin(self):
        envelope = self._envelope
        self._number = actions.number_for_next_file(envelope, by=self._by)
        self._sink = shelf.create(envelope.uid, self._number)
        binding = sealing.file_binding(envelope, self._number)
        self._writer = Writer(self._sink, sealing.draft_key(envelope), bound_to=binding)
        self._writer.write(self._held)
        self._held.clear()


def take_in(envelope: Envelope, *, by, name: str, chunks: Iterable[bytes]) -> Envelope:
    """Take one file into a draft, from any source that gives bytes; returns the fresh envelope.

    Raises `Refused` (with a sentence for its maker), `Blocked` or `PermissionDenied`; nothing is left behind then.
    """
    actions.require_fillable(envelope, by=by)
    intake = Intake(envelope, by=by, name=name)
    try:
        for chunk in chunks:
            intake.write(chunk)
        return intake.finish()
    except BaseException:
        intake.abandon()
        raise


@dataclass(frozen=True, repr=False)
class Refusal:
    """A file that was not taken in, for the page that its maker sees."""

    name: str
    sentence: str


@dataclass(repr=False)
class Received:
    """What an upload came to: the names that were kept, and what was refused and why."""

    kept: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


def receive(request, envelope: Envelope, *, by, respond: Callable):
    """Take the files of a request into a draft, then answer with `respond(request, received)`.

    Must run before anything reads `request.POST` or `request.FILES`: the view is `csrf_exempt`, and the token is checked
    here. Raises `Blocked` or `PermissionDenied` before the body is read where the envelope takes nothing (any more).
    """
    actions.require_fillable(envelope, by=by)
    handler = EncryptingUploadHandler(request, envelope, by)
    request.upload_handlers = [handler]

    @csrf_protect
    def answer(request):
        return respond(request, handler.keep_all())

    try:
        return answer(request)
    finally:
        handler.abandon_rest()


class EncryptingUploadHandler(FileUploadHandler):
    """Gives what streams in to an `Intake`. Keeps nothing before the CSRF token was checked (`keep_all`)."""

    def __init__(self, request, envelope, by):
        super().__init__(request)
        self._envelope, self._by = envelope, by
        self._intake = None
        self._waiting = []
        self._received = Received()

    def new_file(self, field_name, file_name, *args, **kwargs):
        super().new_file(field_name, file_name, *args, **kwargs)
        try:
            self._intake = Intake(self._envelope, by=self._by, name=file_name)
        except Refused as refusal:
            self._refuse(file_name, refusal.sentence)
            raise SkipFile from None

    def receive_data_chunk(self, raw_data, start):
        try:
            self._intake.write(raw_data)
        except Refused as refusal:
            self._drop(refusal.sentence)
            raise SkipFile from None

    def file_complete(self, file_size):
        try:
            self._intake.close()
        except Refused as refusal:
            self._drop(refusal.sentence)
            return
        self._waiting.append(self._intake)
        self._intake = None

    def keep_all(self) -> Received:
        """Tell the envelope of every file that came in whole."""
        # A body that nobody asked for yet is read now.
        self.request.FILES  # noqa: B018 -- reading the property parses the request
        while self._waiting:
            intake = self._waiting[0]
            try:
                intake.keep()
            except Blocked as refusal:
                intake.abandon()
                self._refuse(intake.name, str(refusal))
            else:
                self._received.kept.append(intake.name)
            self._waiting.pop(0)
        return self._received

    def abandon_rest(self):
        """Remove what was not kept: the connection broke, or the token was wrong."""
        for intake in [*self._waiting, *([self._intake] if self._intake else [])]:
            intake.abandon()

    def _drop(self, sentence):
        self._intake.abandon()
        self._refuse(self._intake.name, sentence)
        self._intake = None

    def _refuse(self, name, sentence):
        self._received.refusals.append(Refusal(name, str(sentence)))
