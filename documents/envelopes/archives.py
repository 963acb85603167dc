"""Office files are zip archives: what their table of contents says, without unpacking anything.

Only what every office program writes is taken in: one archive from the first byte to the last, without comment, with
names that stay inside and sizes that are possible.
"""

import re
import struct
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from documents.envelopes.kinds import DOCX, ODT, XLSX, Kind, Refused

TAIL_BYTES = 1024 * 1024  # the table of contents of ten thousand parts
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_TIMES_LARGER = 100
NEVER_A_BOMB = 64 * 1024 * 1024

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_MEMBER = struct.Struct("<4s6H3L5H2L")
_MEMBER_MARK = b"PK\x01\x02"
_LAST_PLACE = _END.size + 65535  # a comment is no longer
_ENCRYPTED = 1
_HOSTILE_NAME = re.compile(r"^/|\\|:|(^|/)\.\.(/|$)|[\x00-\x1f\x7f]")

DAMAGED = _("Dit office-bestand is beschadigd of geen gewoon office-bestand: bewaar het opnieuw en probeer nog eens.")
BOMB = _("Dit bestand zou uitgepakt veel te groot worden: bewaar het opnieuw, met minder of kleinere afbeeldingen.")
HOSTILE = _("In dit bestand zitten delen met een onveilige naam: bewaar het opnieuw en probeer nog eens.")
LOCKED = _("Dit bestand is met een wachtwoord beveiligd: bewaar het zonder wachtwoord.")
MACROS = _("Dit bestand bevat macro's: bewaar het zonder macro's.")


@dataclass(frozen=True, repr=False)
class Member:
    """One part of an archive, as the table of contents tells it."""

    name: str
    packed: int
    unpacked: int
    start: int
    locked: bool


def is_archive_too(tail: bytes) -> bool:
    """Whether programs that unpack archives would find one in a file that is something else."""
    tail = tail[-_LAST_PLACE:]
    return any(_is_an_end(tail, match.start()) for match in re.finditer(re.escape(_END_MARK), tail))


def _is_an_end(tail, start):
    if len(tail) - start < _END.size:
        return False
    _mark, disk, first_disk, here, entries, length, _offset, comment = _END.unpack_from(tail, start)
    possible = disk == first_disk == 0 and 0 < here == entries and length >= entries * _MEMBER.size
    return possible and start + _END.size + comment <= len(tail)


def check(tail: bytes, size: int) -> Kind:
    """The kind of office file of `size` bytes that ends with `tail`. Raises `Refused` with the reason."""
    members = list(_members(tail, size))
    names = {member.name for member in members}
    if len(names) != len(members) or min(member.start for member in members) != 0:
        raise Refused("archive", DAMAGED)
    if any(_HOSTILE_NAME.search(name) for name in names):
        raise Refused("archive_names", HOSTILE)
    if any(member.locked for member in members):
        raise Refused("locked", LOCKED)
    unpacked = sum(member.unpacked for member in members)
    # Parts that overlap are packed into more bytes than the file has.
    overlap = sum(member.packed for member in members) > size
    if overlap or unpacked > MOST_UNPACKED or unpacked > max(NEVER_A_BOMB, MOST_TIMES_LARGER * size):
        raise Refused("bomb", BOMB)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("macros", MACROS)
    return _kind_by(names)


def _kind_by(names):
    if "[Content_Types].xml" in names:
        if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
            return DOCX
        if "xl/workbook.xml" in names:
            return XLSX
    return ODT if {"mimetype", "content.xml"} <= names else None


def _members(tail, size):
    if len(tail) < _END.size or not tail[-_END.size :].startswith(_END_MARK):
        raise Refused("archive", DAMAGED)
    _mark, disk, first_disk, here, entries, length, offset, comment = _END.unpack(tail[-_END.size :])
    whole = disk == first_disk == comment == 0 and 0 < here == entries
    start = len(tail) - _END.size - length
    if not whole or offset + length + _END.size != size or start < 0:
        raise Refused("archive", DAMAGED)
    for _each in range(entries):
        if len(tail) - start < _MEMBER.size + _END.size or not tail[start:].startswith(_MEMBER_MARK):
            raise Refused("archive", DAMAGED)
        fields = _MEMBER.unpack_from(tail, start)
        flags, packed, unpacked, name, extra, note = fields[3], *fields[8:13]
        begin = start + _MEMBER.size
        called = tail[begin : begin + name].decode("utf-8", "replace")
        yield Member(called, packed, unpacked, fields[-1], bool(flags & _ENCRYPTED))
        start = begin + name + extra + note
