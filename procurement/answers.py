"""Several people of one organisation write in one draft: whose words are kept where, and where they meet.

A page remembers what each answer said when it was shown, as fingerprints. An answer that only one of them changed is kept as
that one wrote it; where both did, whoever saves last is shown the other's words first.
"""

import hashlib
import json

from django.core import signing

SALT = "procurement.answers"


class Clash(Exception):
    """Answers that somebody else changed meanwhile: `theirs` by name, `current` all that is kept now, `mine` what would be kept:
    one's own words where one changed them, elsewhere what stands there now."""

    def __init__(self, theirs, current, mine):
        super().__init__("answers were changed meanwhile")
        self.theirs, self.current, self.mine = theirs, current, mine


def shown(answers: dict) -> str:
    """What a page remembers of the answers that it shows; it says nothing of them."""
    return signing.dumps({name: _fingerprint(value) for name, value in answers.items()}, salt=SALT)


def merged(mine: dict, current: dict, base: str) -> dict:
    """Mine and what was kept meanwhile, together; `base` is what `shown` gave. Raises `Clash`.

    A page that remembers nothing (or something else than we gave it) changed every answer that differs.
    """
    try:
        seen = signing.loads(base, salt=SALT)
    except signing.BadSignature:
        seen = {}
    kept, theirs = {}, {}
    for name, value in mine.items():
        now = current.get(name)
        changed_by_me, changed_meanwhile = (
            seen.get(name, _fingerprint(None)) != _fingerprint(each) for each in (value, now)
        )
        kept[name] = value if changed_by_me or not changed_meanwhile else now
        if changed_by_me and changed_meanwhile and _fingerprint(value) != _fingerprint(now):
            theirs[name] = now
    if theirs:
        raise Clash(theirs, current, kept)
    return kept


def _fingerprint(value):
    """Empty is empty, however it was left so."""
    plain = json.dumps(value or None, sort_keys=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()[:24]
