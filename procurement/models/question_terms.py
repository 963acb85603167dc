"""Until when a procedure takes questions, and the last day on which an answer still reaches everybody in time.

The law sets the last day for answers (act of 17 June 2016, art. 45, third paragraph: six days before the deadline,
reckoned backwards); the authority sets the last moment for questions, so early that there is time to answer them.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from lifecycle import clock, timelimits
from procurement.models.states import ProcedureState


class QuestionPhase(models.TextChoices):
    APPLICATIONS = "applications", _("aanvragen tot deelneming")
    OFFERS = "offers", _("offertes")


PHASES = {
    ProcedureState.PUBLISHED: QuestionPhase.APPLICATIONS,
    ProcedureState.TENDERING: QuestionPhase.OFFERS,
    ProcedureState.BEST_AND_FINAL: QuestionPhase.OFFERS,
}


@dataclass(frozen=True)
class QuestionTerms:
    """The dates of the questions of one phase; without a deadline there are none yet."""

    phase: QuestionPhase
    deadline: dt.datetime | None
    questions_until: dt.datetime | None
    # What holds where nothing else was chosen.
    usual: dt.datetime | None
    answers_until: dt.date | None

    @property
    def label(self):
        return self.phase.label

    @property
    def takes_questions(self) -> bool:
        """A question counts up to and including the second of its deadline."""
        return self.questions_until is not None and clock.now() < self.questions_until + dt.timedelta(seconds=1)

    @property
    def is_ahead(self) -> bool:
        return self.deadline is not None and clock.now() <= self.deadline

    @property
    def takes_answers(self) -> bool:
        return self.answers_until is not None and clock.today() <= self.answers_until


class Numbers:
    """The numbers that the terms rest on, each read once for as long as a page is being made."""

    def __init__(self):
        self._read = {}

    def days(self, procedure, key, on):
        if key in procedure.legal_values:
            return procedure.legal_days(key)
        if (key, on) not in self._read:
            self._read[key, on] = timelimits.days(key, on=on)
        return self._read[key, on]


def phase_of(procedure) -> QuestionPhase | None:
    """The phase that takes questions now, or None."""
    return PHASES.get(procedure.state)


def terms_of(procedure, phase, numbers=None) -> QuestionTerms:
    """The terms by the numbers that were in force when the phase was published; `numbers`: shared by a list."""
    numbers = numbers or Numbers()
    phase = QuestionPhase(phase)
    deadline = getattr(procedure, f"{phase.value}_deadline")
    if deadline is None:
        return QuestionTerms(phase, None, None, None, None)
    begun = procedure.published_at if phase == QuestionPhase.APPLICATIONS else procedure.invited_at
    on = clock.local_date(begun) if begun else clock.today()
    answers = timelimits.last_day_before(
        clock.local_date(deadline), days=numbers.days(procedure, "information-before-deadline-days", on)
    )
    chosen = getattr(procedure, f"{phase.value}_questions_until")
    days_to_answer = dt.timedelta(days=numbers.days(procedure, "questions-answered-days", on))
    usual = timelimits.first_moment_after(answers - days_to_answer)
    return QuestionTerms(phase, deadline, chosen or usual, usual, answers)
