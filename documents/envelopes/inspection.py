"""What every byte of a file passes before it is encrypted: its size, its kind by its content, and the virus scanner.

Works on the stream and holds its beginning and its end only. A file that is two things at once is refused: what one
program shows is then not what another one runs.
"""

import re

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from documents.envelopes import archives, scanning
from documents.envelopes.kinds import ARCHIVES, HEAD_BYTES, PDF, Kind, Refused, kind_of, name_denies, not_taken_in

# As far as browsers and PDF readers look for what a file might be besides.
LOOKED_AT = 1024
_HTML = re.compile(rb"<\s*(!doctype|html|script|svg|body|iframe|\?php)", re.IGNORECASE)

TWO_THINGS = _("Dit bestand is twee soorten tegelijk: bewaar het opnieuw als een gewoon bestand en probeer nog eens.")


class Inspection:
    """Give it a file as it comes; `kind` is known once the beginning was seen, `finish` says whether all is well."""

    def __init__(self, name: str):
        self._name = name
        self._head, self._tail = bytearray(), bytearray()
        self._scan = scanning.start()
        self.size, self.kind = 0, None

    def write(self, data) -> None:
        """Raises `Refused`."""
        self.size += len(data)
        require_size(self.size)
        if self.kind is None:
            self._head += data[: HEAD_BYTES - len(self._head)]
            if len(self._head) == HEAD_BYTES:
                self._decide()
        self._tail += data
        if len(self._tail) > 2 * archives.TAIL_BYTES:
            del self._tail[: -archives.TAIL_BYTES]
        self._scan.write(data)

    def finish(self) -> Kind:
        """The kind of the whole file. Raises `Refused`."""
        if not self.size:
            raise Refused("empty", _("Het bestand is leeg."))
        if self.kind is None:
            self._decide()
        tail = bytes(self._tail[-archives.TAIL_BYTES :])
        if self.kind in ARCHIVES:
            self._agree_with(archives.check(tail, self.size))
        elif archives.is_archive_too(tail):
            raise Refused("two_things", TWO_THINGS)
        self._scan.finish()
        return self.kind

    @property
    def was_scanned(self) -> bool | None:
        """None where there is no scanner, False where it did not answer and files are taken in nevertheless."""
        return self._scan.done

    def close(self) -> None:
        self._scan.close()

    def _decide(self):
        head = bytes(self._head)
        kind = kind_of(head, self._name)
        looked_at = head[:LOOKED_AT]
        if _HTML.search(looked_at) or (kind is not PDF and b"%PDF-" in looked_at):
            raise Refused("two_things", TWO_THINGS)
        self.kind = kind
        self._head.clear()

    def _agree_with(self, found):
        if found is None:
            raise not_taken_in()
        if found is not self.kind:
            raise name_denies(found)


def require_size(size: int) -> None:
    if size > settings.ENVELOPE_MAX_BYTES:
        largest = filesizeformat(settings.ENVELOPE_MAX_BYTES)
        raise Refused("too_large", _("Het bestand is te groot: hoogstens %(size)s.") % {"size": largest})
