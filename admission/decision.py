"""The decision on an application: a function of the condition results and of nothing else.

The order of arrival, the number already admitted, the other applicants and the moment cannot matter, because they are not
there (Falk Pharma, C-410/14: the authority does not choose).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Admit:
    """Every published condition is met."""


@dataclass(frozen=True)
class Refuse:
    """At least one published condition is not met: the codes of those, in the order of their codes."""

    unmet: tuple[str, ...]


def decide(results: Mapping[str, bool]) -> Admit | Refuse:
    """Admit whoever meets every condition, refuse whoever does not, naming what is not met. There is no third answer.

    Raises `ValueError` without any result: nobody is admitted on nothing.
    """
    if not results:
        msg = "There is nothing to decide on: no condition was assessed."
        raise ValueError(msg)
    unmet = tuple(sorted(code for code, met in results.items() if not met))
    return Refuse(unmet) if unmet else Admit()
