"""Who offers what today: what the catalogue needs from the app of contracts above it, which registers how to find it."""

from collections.abc import Callable

# product code -> [(name of the partner, [places])]; whoever shows them puts them in an order that favours nobody.
Offers = dict[str, list[tuple[str, list[str]]]]

_providers: list[Callable[[], Offers]] = []


def provider(function: Callable[[], Offers]) -> Callable[[], Offers]:
    """Register the function that finds the offers of today."""
    _providers.append(function)
    return function


def of_today() -> Offers:
    found: Offers = {}
    for provide in _providers:
        for code, partners in provide().items():
            found.setdefault(code, []).extend(partners)
    return found
