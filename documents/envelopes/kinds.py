"""What a file may be called and may be: decided from its name and its first bytes, before anything is kept.

Which kinds are taken in is a setting, `ENVELOPE_KINDS`; `inspection` looks at the rest of a file.
"""

import re
import unicodedata
from dataclasses import dataclass

import filetype
from django.conf import settings
from django.utils.translation import gettext as _now
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

BY_NAME = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX, "odt": ODT, "png": PNG, "jpg": JPEG}
ARCHIVES = (DOCX, XLSX, ODT)

_BEGINNINGS = {PDF: b"%PDF-", PNG: b"\x89PNG\r\n\x1a\n", JPEG: b"\xff\xd8\xff"}
_ZIP = b"PK\x03\x04"
_ODT_RECORD = b"mimetype" + ODT.content_type.encode()


def accepted() -> tuple[Kind, ...]:
    return tuple(BY_NAME[name] for name in settings.ENVELOPE_KINDS)


def extensions() -> tuple[str, ...]:
    """How the name of a file may end, for the dialog in which one chooses."""
    return tuple(extension for kind in accepted() for extension in kind.extensions)


def in_words() -> str:
    """The kinds that are taken in, as one reads them."""
    *others, last = settings.ENVELOPE_KINDS
    return _now("%(others)s of %(last)s") % {"others": ", ".join(others), "last": last} if others else last


def kind_of(head: bytes, name: str) -> Kind:
    """The kind that the first bytes show, if it is one that is taken in and the name agrees. Raises `Refused`.

    Of an office file only its table of contents, at its end, shows which one it is: until then its name is believed.
    """
    found = _kind_of_zip(head, name) if head.startswith(_ZIP) else _kind_by_content(head)
    if found not in accepted():
        raise not_taken_in()
    if not name.lower().endswith(found.extensions):
        raise name_denies(found)
    return found


def not_taken_in() -> Refused:
    sentence = _("Dit soort bestand wordt niet aanvaard: gebruik %(kinds)s.") % {"kinds": in_words()}
    return Refused("kind", sentence)


def name_denies(kind: Kind) -> Refused:
    sentence = _("De naam past niet bij de inhoud: die hoort te eindigen op %(ending)s.")
    return Refused("extension", sentence % {"ending": kind.extensions[0]})


def _kind_by_content(head):
    """What the library makes of it, where the signature stands at the very first byte: readers look further, we do not."""
    content_type = filetype.guess_mime(head)
    kinds = (kind for kind, beginning in _BEGINNINGS.items() if head.startswith(beginning))
    return next((kind for kind in kinds if kind.content_type == content_type), None)


def _kind_of_zip(head, name):
    """The office file that an archive is by its first records, or else that its name says it is."""
    if head[30:].startswith(_ODT_RECORD):
        return ODT
    parts = {head[match.start() + 30 : match.start() + 34] for match in re.finditer(re.escape(_ZIP), head)}
    if any(part.startswith(b"word") for part in parts):
        return DOCX
    if any(part.startswith(b"xl/") for part in parts):
        return XLSX
    return next((kind for kind in (DOCX, XLSX) if name.lower().endswith(kind.extensions)), None)


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
