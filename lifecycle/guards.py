"""Guards: *may this happen now?* One condition, one sentence, one ground.

A guard takes `(record, facts)`, imports no model and never sees the user. `facts` are what the person entered on the
step's page; when a page merely lists what is possible they are empty, and a guard that needs them holds until they come.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType

from lifecycle.grounds import Ground

_NO_FACTS: Mapping = MappingProxyType({})
_asked: ContextVar[frozenset] = ContextVar("asked", default=frozenset())


@dataclass(frozen=True)
class Unmet:
    """A guard's answer when it does not hold and has more to say than its sentence.

    `ground` replaces that of the guard where it depends on the record: a rule that binds one procedure by law may bind
    another only because the authority published it, or be no more than its practice.
    """

    detail: str = ""
    opens_at: dt.datetime | None = None
    ground: Ground | None = None


@dataclass(frozen=True)
class Reason:
    """Why a step is not possible now: the sentence a person reads, its ground, and from when it will be."""

    guard: str
    sentence: str
    ground: Ground
    opens_at: dt.datetime | None = None

    def __str__(self):
        return self.sentence


@dataclass(frozen=True)
class Guard:
    """A named condition over `(record, facts)` that carries its sentence and ground."""

    name: str
    check: Callable
    sentence: str
    ground: Ground

    def __call__(self, record) -> bool:
        """As a condition of django-fsm."""
        return self.name in _asked.get() or self.reason(record, _NO_FACTS) is None

    @staticmethod
    @contextmanager
    def asked(guards):
        """Let django-fsm see guards as met for the length of one verb: they were asked, or a second person set them aside."""
        token = _asked.set(frozenset(guard.name for guard in guards))
        try:
            yield
        finally:
            _asked.reset(token)

    def reason(self, record, facts) -> Reason | None:
        answer = self.check(record, facts)
        if answer is True:
            return None
        unmet = answer if isinstance(answer, Unmet) else Unmet()
        sentence = f"{self.sentence} {unmet.detail}".strip()
        return Reason(self.name, sentence, unmet.ground or self.ground, unmet.opens_at)


def guard(sentence, *, ground: Ground):
    """Make a guard of a function `(record, facts) -> bool | Unmet`, named after the function."""

    def make(check):
        return Guard(check.__name__, check, sentence, ground)

    return make
