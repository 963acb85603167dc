"""The timetable of a procedure from its records: its columns, its planned dates, and what has happened since."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from lifecycle import clock, timelimits
from lifecycle.grounds import Ground
from lifecycle.models import Entry
from lifecycle.timeline import Milestone, Span, Timeline
from procurement import own_rules
from procurement.milestones import last_sending, letters_of
from procurement.models import Lot, PlannedDate, Procedure, question_terms
from procurement.timetable import STANDARD, Planned, Terms, reckon
from procurement.timetable import Timetable as Reckoned
from procurement.timetable.limits import GROUNDS, KEYS, OF_FULL_REGIME

# The dates that guards read, by the milestone that they are.
COLUMNS = {
    "applications_deadline": "applications_deadline",
    "invitation": "invitation_planned_on",
    "offers_deadline": "offers_deadline",
    "award_decision": "award_planned_on",
    "conclusion": "conclusion_planned_on",
    "term_start": "term_start",
    "term_end": "term_end",
    "last_intake": "intake_until",
    "performance_end": "performance_until",
    "applications_questions": "applications_questions_until",
    "offers_questions": "offers_questions_until",
}
# Planned as a last day or as an hour on it; kept as the first moment that is too late.
_UNTIL = frozenset({"applications_questions", "offers_questions"})
# What the second person approves; it stays as it was handed in.
APPROVED = frozenset(COLUMNS) - _UNTIL - {"offers_deadline"}
_ENTRIES = {
    "open_applications": "applications_opening",
    "notify_selection": "selection_letters",
    "open_tenders": "offers_opening",
}
CUSTOM = "eigen-"
ENDED_WITHOUT = (Lot.State.NOT_AWARDED, Lot.State.LAPSED)

# Why a date is not moved on the page of the timetable.
HAPPENED = _("Dit is gebeurd.")
BINDING = _(
    "Bindend door %(publication)s. Verschuiven kan alleen met een rechtzetting of een verlenging, die iedereen tegelijk "
    "verneemt (art. 46, § 4)."
)
NOT_PUBLISHED = _("Dit stond niet in %(publication)s; toevoegen kan alleen met een rechtzetting.")
APPROVED_CONTENT = _("Dit ligt ter goedkeuring of is goedgekeurd: het verandert alleen na een terugzending.")


def timetable_of(procedure, *, moved=()) -> Reckoned:
    """Every milestone of a procedure with its limits, whatever their number, in the same number of queries."""
    return reckon(planned_of(procedure), terms_of(procedure), moved=moved)


def terms_of(procedure, *, table=None) -> Terms:
    """The numbers and grounds that hold for this procedure. `table`: the numbers in force today, if they were read."""
    return Terms(
        days=_days(procedure, table),
        grounds=grounds_of(procedure),
        justified=bool(procedure.recoupment_justification.strip()),
        today=clock.today(),
    )


def _days(procedure, table):
    """Those that were kept at the publication; until then the table, in one query."""
    if table is None and KEYS - procedure.legal_values.keys():
        table = timelimits.in_force(on=clock.today())
    values = {**(table or {}), **procedure.legal_values}
    return {key: int(values[key]["value"]) for key in KEYS}


def grounds_of(procedure) -> dict[str, Ground]:
    """In the light regime a rule of title 4 binds where the authority adopted it; else a warning is what is left."""
    if not procedure.is_light:
        return {}
    return {code: own_rules.ground_of(procedure, _OWN_RULES[code], GROUNDS[code]) for code in OF_FULL_REGIME}


# The rule that the authority can bind itself to, by the limit that it sets.
_OWN_RULES = {
    "applications-minimum": own_rules.MINIMUM_PERIODS,
    "offers-minimum": own_rules.MINIMUM_PERIODS,
    "applications-questions-in-time": own_rules.INFORMATION,
    "applications-answers-in-time": own_rules.INFORMATION,
    "offers-questions-in-time": own_rules.INFORMATION,
    "offers-answers-in-time": own_rules.INFORMATION,
    "standstill": own_rules.STANDSTILL,
}


def planned_of(procedure, *, public=False, happened=None, numbers=None) -> list[Planned]:
    """The milestones in their order, the own ones last. `public`: only those that anybody may know of.

    `happened`: what `happened_to` found, when it was asked of several procedures at once; `numbers`: shared by them.
    """
    rows = {row.code: row for row in procedure.planned_dates.all()}
    if happened is None:
        happened = happened_to([procedure], public=public)[procedure.pk]
    numbers = numbers or question_terms.Numbers()
    found = [_planned(procedure, code, rows.get(code), happened.get(code), numbers) for code in STANDARD]
    found += [_custom(procedure, row) for row in rows.values() if row.is_custom]
    return [each for each in found if each.public] if public else found


def _planned(procedure, code, row, happened, numbers):
    standard = STANDARD[code]
    link = row.link if row else None
    common = {"code": code, "label": str(standard.label), "link": link, "public": standard.public}
    if happened:
        return Planned(**common, moment=happened, fixed=str(HAPPENED), done=True)
    moment = read(procedure, code) if code in COLUMNS else _moment(row)
    if standard.binds and _is_published(procedure, standard):
        moment = moment or _of_itself(procedure, code, numbers)
        fixed = (BINDING if moment else NOT_PUBLISHED) % {"publication": standard.binds}
        return Planned(**common, moment=moment, fixed=fixed, bound_by=str(standard.binds) if moment else "")
    fixed = code in APPROVED and procedure.state in {Procedure.State.IN_REVIEW, Procedure.State.APPROVED}
    return Planned(**common, moment=moment, fixed=str(APPROVED_CONTENT) if fixed else "")


def _of_itself(procedure, code, numbers):
    """The last days for questions and for answers that follow from a published deadline, where no other was chosen."""
    phase, _underscore, what = code.partition("_")
    if what not in {"questions", "answers"}:
        return None
    terms = question_terms.terms_of(procedure, phase, numbers)
    if terms.deadline is None:
        return None
    return _as_planned(terms.questions_until) if what == "questions" else terms.answers_until


def _as_planned(until):
    """The first moment that is too late as it is planned: the day before where it is midnight."""
    last = clock.local_date(until - dt.timedelta(microseconds=1))
    return last if until == clock.at(last + timelimits.DAY) else until


def read(procedure, code):
    """A date of the plan that stands in a column: a day, or a moment."""
    value = getattr(procedure, COLUMNS[code])
    if code not in _UNTIL or value is None:
        return value
    return _as_planned(value)


def written(code, moment):
    """The same as its column keeps it."""
    if code not in _UNTIL or moment is None or isinstance(moment, dt.datetime):
        return moment
    return clock.at(moment + timelimits.DAY)


def _custom(procedure, row):
    return Planned(row.code, row.title, _moment(row), row.link, public=row.is_public)


def _moment(row):
    if row is None or row.day is None:
        return None
    return clock.at(row.day, row.hour.hour, row.hour.minute) if row.hour else row.day


def _is_published(procedure, standard):
    """What the invitation makes binding waits for it; the notice and the guide bind from the publication on."""
    by_invitation = standard.code.startswith("offers_")
    return procedure.invited_at is not None if by_invitation else procedure.is_public


def happened_to(procedures, *, public=False) -> dict[int, dict]:
    """What is no plan any more, by procedure: code -> the day on which it was done. Three queries, however many.

    `public`: an award that the tenderers were not told of did not happen yet.
    """
    running = [procedure for procedure in procedures if procedure.is_public]
    lots = {procedure.pk: list(procedure.lots.all()) for procedure in running}
    letters = letters_of([lot for found in lots.values() for lot in found])
    entries = Entry.objects.filter(subject__in=[each.ref for each in running], verb__in=_ENTRIES).order_by("position")
    found = {procedure.pk: {} for procedure in procedures}
    for procedure in running:
        found[procedure.pk] = _of_records(procedure, lots[procedure.pk], letters, public=public)
    by_ref = {procedure.ref: found[procedure.pk] for procedure in running}
    for subject, verb, at in entries.values_list("subject", "verb", "at") if running else ():
        by_ref[subject][_ENTRIES[verb]] = clock.local_date(at)
    return found


def _of_records(procedure, lots, letters, *, public):
    told = bool(lots) and all(lot.is_told for lot in lots)
    sent = [letter for lot in lots for letter in letters[lot.pk]]
    return {
        "dispatch": procedure.notice_sent_on,
        "selection_decision": _day(procedure.selection_decided_at),
        "invitation": _day(procedure.invited_at),
        "award_decision": _last([lot.decided_at for lot in lots]) if told or not public else None,
        "award_letters": last_sending(sent) if told else None,
        "conclusion": _last([lot.concluded_at for lot in lots if lot.state not in ENDED_WITHOUT]),
    }


def _day(moment):
    return clock.local_date(moment) if moment else None


def _last(moments):
    """When it was done for the last lot; while one lot waits it is still planned."""
    return clock.local_date(max(moments)) if moments and None not in moments else None


# Years later, or drawn as a stretch: these stand in the table alone.
NOT_DRAWN = frozenset({"standstill_end", "conclusion_earliest", "term_end", "last_intake", "performance_end"})


# -- drawing ------------------------------------------------------------------------------------


def drawn(reckoned) -> Timeline:
    """The lines that have a date as a timeline, the standstill as a stretch; what comes years later is left out."""
    milestones = [
        Milestone(
            line.moment,
            line.planned.label,
            binding=line.planned.is_binding,
            done=line.planned.done,
            ground=line.ground,
        )
        for line in reckoned.lines
        if line.moment and line.code not in NOT_DRAWN
    ]
    return Timeline(milestones, _standstill(reckoned))


def _standstill(reckoned):
    first, last = reckoned["award_letters"].moment, reckoned["standstill_end"]
    if first is None:
        return []
    return [Span(first + timelimits.DAY, last.moment, last.planned.label, last.ground)]


def next_custom_code(procedure) -> str:
    taken = set(procedure.planned_dates.filter(code__startswith=CUSTOM).values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := f"{CUSTOM}{number}") not in taken)


def row_of(procedure, code) -> PlannedDate:
    """The row of a milestone, a new one if it has none yet."""
    return procedure.planned_dates.filter(code=code).first() or PlannedDate(procedure=procedure, code=code)
