"""The data a document is made from, as plain JSON: what is stored, digested, attached to the PDF and shown."""

import datetime as dt
import hashlib
import json
import re
from decimal import Decimal

from django.utils.functional import Promise

from lifecycle import clock

# Control characters never belong in a text; the bidirectional overrides can make a name read as another one.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


class NotPlain(TypeError):
    """A document may hold texts, numbers, days, moments, yes and no, lists and groups of those; nothing else."""


def plain(value):
    """The JSON form: amounts as texts, days as `2026-02-16`, moments as ISO 8601 in Belgian time to the second."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str | Promise):
        return _INVISIBLE.sub("", str(value)).replace("\r\n", "\n")
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            msg = f"{value} has no time zone."
            raise NotPlain(msg)
        return value.astimezone(clock.BRUSSELS).isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    msg = f"{type(value).__name__} is not plain data."
    raise NotPlain(msg)


def canonical(data) -> bytes:
    """The one byte form of a snapshot, which its digest is taken of."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(data) -> str:
    return hashlib.sha256(canonical(data)).hexdigest()
