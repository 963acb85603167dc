"""Whose documents a person may read: the refs of the organisations that a person stands for.

The documents app does not know organisations; the apps above register what they know in `AppConfig.ready`.
"""

from collections.abc import Callable, Iterable

_providers: list[Callable[..., Iterable[str]]] = []


def provider(function):
    """Register a function of a user that yields the refs (`partners.organisation:12`) that the user reads for."""
    if function not in _providers:
        _providers.append(function)
    return function


def refs_of(user) -> set[str]:
    return {found for function in _providers for found in function(user)}
