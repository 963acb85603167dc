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
    """What the terms rest on, each read once for as long as a page is being made."""

    def __init__(self):
        self._read, self._planned = {}, {}

    def planned_answers(self, procedure, phase):
        """The last day for answers that the timetable names, or None: once published it binds like the law's own."""
        if procedure.pk not in self._planned:
            rows = procedure.planned_dates.all()
            self._planned[procedure.pk] = {row.code: row.day for row in rows}
        return self._planned[procedure.pk].get(f"{phase.value}_answers")

    def days(self, procedure, key, on):
        if key in procedure.legal_values:
            return procedure.legal_days(key)
        if (key, on) not in self._read:
            self._read[key, on] = timelimits.days(key, on=on)
        return self._read[key, on]


def phase_of(procedure) -> QuestionPhase | None:
    """The phase that takes questions now, or None."""
    return PHASES.get(procedure.state)


def terms_of(procedure, phase, numbers=None, *, deadline=None) -> QuestionTerms:
    """The terms by the numbers that were in force when the phase was published. `numbers`: shared by a list;
    `deadline`: as if submissions came in until then."""
    numbers = numbers or Numbers()
    phase = QuestionPhase(phase)
    deadline = deadline or getattr(procedure, f"{phase.value}_deadline")
    if deadline is None:
        return QuestionTerms(phase, None, None, None, None)
    begun = procedure.published_at if phase == QuestionPhase.APPLICATIONS else procedure.invited_at
    on = clock.local_date(begun) if begun else clock.today()
    answers = timelimits.last_day_before(
        clock.local_date(deadline), days=numbers.days(procedure, "information-before-deadline-days", on)
    )
    planned = numbers.planned_answers(procedure, phase)
    answers = min(answers, planned) if planned else answers
    chosen = getattr(procedure, f"{phase.value}_questions_until")
    days_to_answer = dt.timedelta(days=numbers.days(procedure, "questions-answered-days", on))
    usual = timelimits.first_moment_after(answers - days_to_answer)
    return QuestionTerms(phase, deadline, chosen or usual, usual, answers)


@dataclass(frozen=True)
class Move:
    """Until when questions could be asked, and until when they can be now."""

    old: dt.datetime
    new: dt.datetime


def moved_with(procedure, deadline, *, along=True) -> Move | None:
    """What becomes of the questions once submissions come in until `deadline`; None where there are no questions.

    A moment that was chosen moves as many days as the deadline, which leaves as much time to answer; one that follows from
    the deadline is reckoned anew. It never comes sooner. Not `along`: it stays as it is.
    """
    if not procedure.phase or procedure.phase_deadline is None:
        return None
    phase = phase_of_submissions(procedure)
    now, then = terms_of(procedure, phase), terms_of(procedure, phase, deadline=deadline)
    if not along:
        return Move(now.questions_until, now.questions_until)
    moved = then.usual
    if getattr(procedure, f"{phase.value}_questions_until"):
        days = (clock.local_date(deadline) - clock.local_date(now.deadline)).days
        moved = timelimits.days_later(now.questions_until, days)
    return Move(now.questions_until, max(moved, now.questions_until))


def phase_of_submissions(procedure) -> QuestionPhase:
    """The phase whose submissions come in, or came in and are not opened yet."""
    return QuestionPhase.APPLICATIONS if procedure.phase == "applications" else QuestionPhase.OFFERS
