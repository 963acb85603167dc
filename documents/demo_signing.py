"""Signs as a partner would, outside: for the demonstration and the tests, with certificates of the demo authority.

Nothing else may use it: real partners sign with their own eID, itsme or other qualified certificate.
"""

import datetime as dt

from documents import keys, sealing


def identity_of(name: str, *, organisation: str, serial: str = "") -> keys.Identity:
    """A fictional person's key and certificate."""
    return keys.issue(keys.demo_authority(), name, organisation=organisation, serial=serial)


def sign(data: bytes, identity: keys.Identity, *, at: dt.datetime, field="Handtekening", place=None, who="") -> bytes:
    """The document with the person's signature behind it."""
    return sealing.sign(data, identity, field=field, at=at, reason="Ondertekening", place=place, who=who)
