"""Which recipients of messages a member of staff may know by name: before the opening nobody may learn who is preparing.

The documents app does not know who is secret; the apps above register what they know in `AppConfig.ready`. Whom nobody
vouches for stays a number.
"""

from collections.abc import Callable, Iterable

_tellers: list[Callable[..., Iterable[tuple[str, str]]]] = []


def teller(function):
    """Register `(user, dossiers) -> pairs of (dossier, ref of the recipient)` that this user may know."""
    if function not in _tellers:
        _tellers.append(function)
    return function


def known_to(user, dossiers: Iterable[str]) -> set[tuple[str, str]]:
    dossiers = set(dossiers)
    return {pair for function in _tellers for pair in function(user, dossiers)} if dossiers else set()
