"""What was planned after a deadline that moved: what no longer fits behind it moves as many days."""

from dataclasses import replace

from documents.wording import in_dutch
from lifecycle import clock, timelimits
from procurement.actions.planning import keep, told
from procurement.models import Procedure
from procurement.models.question_terms import phase_of_submissions
from procurement.planning import planned_of, terms_of
from procurement.timetable import Effects, move, reckon


@in_dutch
def follow_deadline(procedure, old, new, *, by, answers=True) -> list[str]:
    """Move what hangs on the deadline, and every indicative date that would come too early after it; returns in words what
    moved, as far as anybody may know.

    `procedure` as it is with the new deadline. `answers`: the last day for answers that was published moves along too.
    Dates that bind for another reason stay: what then no longer fits is shown on the page of the timetable.
    """
    procedure = Procedure.objects.get(pk=procedure.pk)
    days = max((clock.local_date(new) - clock.local_date(old)).days, 1)
    planned, terms = planned_of(procedure), terms_of(procedure)
    after = move(_answers_later(procedure, planned, days) if answers else planned, {})
    for _round in after:
        refused = reckon(after, terms).refused
        if not refused:
            break
        after = move(after, {line.code: _later(line, days) for line in refused})
    effects = Effects(reckon(planned, terms), reckon(after, terms))
    return [told(change) for change in keep(procedure, effects, by=by) if change.is_public]


def _answers_later(procedure, planned, days):
    """Only a day that was chosen: the usual one follows from the deadline."""
    code = f"{phase_of_submissions(procedure).value}_answers"
    chosen = procedure.planned_dates.filter(code=code).exclude(day=None).exists()
    return [
        replace(each, moment=timelimits.days_later(each.moment, days)) if chosen and each.code == code else each
        for each in planned
    ]


def _later(line, days):
    """As many days, or as many more as the rules ask."""
    shifted = timelimits.days_later(line.moment, days)
    if all(bound.allows(shifted) for bound in line.bounds):
        return shifted
    return line.nearest_lawful() or shifted
