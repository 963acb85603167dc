"""What a file may be called and may be: decided from its name and its first bytes, before anything is kept."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 120
HEAD_BYTES = 64 * 1024  # enough of a file to tell its kind: office files name their parts in their first records

# Characters that some systems take for a path, a stream or a wildcard, and names that Windows takes for a device.
UNSAFE = re.compile(r'[<>:"|?*]')
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class Refused(Exception):
    """A file that is not taken in. `sentence` tells its maker why; it never repeats what the file holds or is called."""

    def __init__(self, reason, sentence):
        self.reason, self.sentence = reason, sentence
        super().__init__(reason)


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken in: its content type, and how its name may end."""

    content_type: str
    extensions: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = Kind("application/pdf", (".pdf",))
PNG = Kind("image/png", (".png",))
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"))
DOCX = Kind(_OFFICE + "wordprocessingml.document", (".docx",))
XLSX = Kind(_OFFICE + "spreadsheetml.sheet", (".xlsx",))
ODT = Kind("application/vnd.oasis.opendocument.text", (".odt",))
EXTENSIONS = tuple(each for kind in (PDF, DOCX, XLSX, ODT, PNG, JPEG) for each in kind.extensions)

_BEGINNINGS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
_ODT_RECORD = b"mimetype" + ODT.content_type.encode()


def kind_of(head: bytes, name: str) -> Kind:
    """The kind that the first bytes show, if it is one that is taken in and the name agrees. Raises `Refused`."""
    found = next((kind for beginning, kind in _BEGINNINGS.items() if head.startswith(beginning)), None)
    found = found or _kind_of_zip(head)
    if found is None:
        raise Refused("kind", _("Dit soort bestand wordt niet aanvaard: gebruik pdf, docx, xlsx, odt, png of jpg."))
    if not name.lower().endswith(found.extensions):
        sentence = _("De naam past niet bij de inhoud: die hoort te eindigen op %(ending)s.")
        raise Refused("extension", sentence % {"ending": found.extensions[0]})
    return found


def _kind_of_zip(head):
    """An office file is a zip archive whose records tell which one; any other archive is nothing that is taken in."""
    if not head.startswith(b"PK\x03\x04"):
        return None
    if head[30:].startswith(_ODT_RECORD):
        return ODT
    parts = {head[start + 30 : start + 34] for start in _records(head)}
    if any(part.startswith(b"word") for part in parts):
        return DOCX
    return XLSX if any(part.startswith(b"xl/") for part in parts) else None


def _records(head):
    return (match.start() for match in re.finditer(rb"PK\x03\x04", head))


def clean_name(name: str) -> str:
    """A name without path, control or direction characters, as it may safely be shown and downloaded. Raises `Refused`."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = UNSAFE.sub("_", "".join(sign for sign in name if sign.isprintable()))
    name = " ".join(name.split()).strip(" .")
    if not name:
        raise Refused("no_name", _("Het bestand heeft geen bruikbare naam: geef het een naam."))
    if len(name) > LONGEST_NAME:
        raise Refused("long_name", _("De naam van het bestand is te lang: gebruik hoogstens %d tekens.") % LONGEST_NAME)
    return f"_{name}" if DEVICES.fullmatch(name) else name
