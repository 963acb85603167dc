"""A plan put beside its limits: what is lawful, what moves with what, what a change does."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from lifecycle import clock, timelimits
from lifecycle.dates import day_in_words
from procurement.timetable.limits import Bound, Finding, Moment, Terms, ahead, as_end, as_start, bounds_of, day_of
from procurement.timetable.standard import STANDARD, Hour


class Circle(ValueError):
    """A milestone that would, through its links, move with itself."""


@dataclass(frozen=True)
class Link:
    """So many (working) days after another milestone; a negative number is before it."""

    to: str
    days: int
    working: bool = False


@dataclass(frozen=True)
class Planned:
    """One milestone as it is planned.

    `fixed`: why it cannot be moved here (it happened, it binds), else empty. `bound_by`: what makes it binding.
    """

    code: str
    label: str
    moment: Moment | None = None
    link: Link | None = None
    fixed: str = ""
    bound_by: str = ""
    done: bool = False
    public: bool = False

    @property
    def standard(self):
        return STANDARD.get(self.code)

    @property
    def hour(self) -> Hour:
        return self.standard.hour if self.standard else Hour.MAY

    @property
    def is_binding(self) -> bool:
        return self.done or bool(self.bound_by)


@dataclass(frozen=True)
class Line:
    """One milestone with all that is to be said of its date."""

    planned: Planned
    bounds: tuple[Bound, ...] = ()
    findings: tuple[Finding, ...] = ()
    followers: tuple[str, ...] = ()

    @property
    def code(self):
        return self.planned.code

    @property
    def moment(self):
        return self.planned.moment

    @property
    def ground(self) -> str:
        """The rule that the law has for this date, or the ground of the milestone itself."""
        own = [bound.ground for bound in self.bounds if bound.rule not in {"order", "ahead"}]
        return str(own[0] if own else self.planned.standard.ground) if self.planned.standard else ""

    @property
    def earliest(self) -> Bound | None:
        bounds = [bound for bound in self.bounds if not bound.is_latest]
        return max(bounds, key=lambda bound: as_start(bound.at), default=None)

    @property
    def latest(self) -> Bound | None:
        bounds = [bound for bound in self.bounds if bound.is_latest]
        return min(bounds, key=lambda bound: as_end(bound.at), default=None)

    @property
    def blocking(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.blocks]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.blocks]

    @property
    def is_refused(self) -> bool:
        """Unlawful, and still to be put right here."""
        return bool(self.blocking) and not self.planned.fixed

    @property
    def non_working(self) -> str:
        """The name of the day if nobody works on it: a Saturday, a Sunday, a legal holiday."""
        return non_working(day_of(self.moment)) if self.moment else ""

    def nearest_lawful(self) -> Moment | None:
        """The date to put it on: the earliest lawful one, or the last where the law sets a last day."""
        bound = self.latest or self.earliest
        if bound is None:
            return None
        moment = _with_hour(bound.at, self.planned)
        return moment if all(each.allows(moment) for each in self.bounds) else None


def _with_hour(bound, planned):
    """On the first day on which it can be at its own hour (noon for a deadline that has none yet)."""
    day = day_of(bound)
    if planned.hour is not Hour.MUST:
        return day
    if isinstance(planned.moment, dt.datetime):
        local = planned.moment.astimezone(clock.BRUSSELS)
        hour, minute = local.hour, local.minute
    else:
        hour, minute = 12, 0
    moment = clock.at(day, hour, minute)
    return moment if not isinstance(bound, dt.datetime) or moment >= bound else moment + timelimits.DAY


def non_working(day: dt.date) -> str:
    if name := timelimits.holiday(day):
        return name
    return "" if timelimits.is_working_day(day) else day_in_words(day, "long").split(maxsplit=1)[0]


@dataclass(frozen=True)
class Timetable:
    """All lines of a plan, in the order in which they were given."""

    lines: tuple[Line, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Line]:
        return {line.code: line for line in self.lines}

    def __getitem__(self, code) -> Line:
        return self.by_code[code]

    @property
    def refused(self) -> list[Line]:
        return [line for line in self.lines if line.is_refused]


def reckon(planned: Iterable[Planned], terms: Terms, *, moved: Iterable[str] = ()) -> Timetable:
    """Every milestone with its bounds and what is wrong with it; `moved`: the codes of those that get another date."""
    planned, moved = list(planned), set(moved)
    moments = {each.code: each.moment for each in planned if each.moment}
    followers = _followers(planned)
    return Timetable(tuple(_line(each, moments, terms, moved, followers) for each in planned))


def _line(each, moments, terms, moved, followers):
    if each.standard and each.standard.computed:
        return Line(replace(each, moment=_computed(each.code, moments, terms)))
    bounds = list(bounds_of(each.code, moments, terms))
    if each.code in moved and terms.today and not each.fixed:
        bounds.append(ahead(terms.today))
    return Line(each, tuple(bounds), _findings(each, bounds), followers.get(each.code, ()))


def _findings(planned, bounds):
    if planned.moment is None or planned.done:
        return ()
    return tuple(
        Finding(bound.rule, bound.sentence, bound.ground) for bound in bounds if not bound.allows(planned.moment)
    )


def _computed(code, moments, terms):
    """What follows from other dates: the standstill from the letters, the award notice from the conclusion."""
    base, key, beyond = {
        "standstill_end": ("award_letters", "standstill-days", 0),
        "conclusion_earliest": ("award_letters", "standstill-days", 1),
        "award_notice": ("conclusion", "award-notice-days", 0),
    }[code]
    if base not in moments:
        return None
    return timelimits.period_end(day_of(moments[base]), days=terms.days[key]) + beyond * timelimits.DAY


# -- moving -------------------------------------------------------------------------------------


def shift(day: dt.date, days: int, *, working: bool = False) -> dt.date:
    """So many days after (or, negative, before) a day; in working days those that are none do not count."""
    if not working:
        return day + dt.timedelta(days=days)
    step = timelimits.DAY if days > 0 else -timelimits.DAY
    left = abs(days)
    while left:
        day += step
        left -= timelimits.is_working_day(day)
    return day


def move(planned: Iterable[Planned], changes: Mapping[str, Moment | None]) -> list[Planned]:
    """The plan with other dates: what is linked to a date moves with it and keeps its distance and its hour.

    What is fixed stays. Raises `Circle` when a milestone would move with itself.
    """
    by_code = {}
    for each in planned:
        wanted = changes.get(each.code, each.moment)
        by_code[each.code] = each if each.fixed else replace(each, moment=wanted)
    for code in _bases_first(by_code):
        by_code[code] = _linked(by_code[code], by_code)
    return list(by_code.values())


def _linked(each, by_code):
    base = by_code.get(each.link.to) if each.link and not each.fixed else None
    if base is None or base.moment is None:
        return each
    day = shift(day_of(base.moment), each.link.days, working=each.link.working)
    if isinstance(each.moment, dt.datetime):
        local = each.moment.astimezone(clock.BRUSSELS)
        return replace(each, moment=clock.at(day, local.hour, local.minute))
    return replace(each, moment=clock.at(day, 12) if each.hour is Hour.MUST else day)


def _bases_first(by_code):
    """The codes in an order in which whatever a milestone hangs on comes before it."""
    done, order = set(), []
    for start in by_code:
        path = []
        code = start
        while code in by_code and code not in done:
            if code in path:
                raise Circle(code)
            path.append(code)
            link = by_code[code].link
            code = link.to if link else None
        order += reversed(path)
        done.update(path)
    return order


def _followers(planned):
    """Per code all that moves with it, directly or through others."""
    hanging = {}
    for each in planned:
        if each.link and not each.fixed:
            hanging.setdefault(each.link.to, []).append(each.code)
    return {code: tuple(_all_under(code, hanging)) for code in hanging}


def _all_under(code, hanging):
    found, waiting = [], list(hanging[code])
    while waiting:
        one = waiting.pop(0)
        if one not in found and one != code:
            found.append(one)
            waiting += hanging.get(one, ())
    return found


# -- comparing ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """One milestone that gets another date; `linked`: because it hangs on another, or follows from one."""

    line: Line
    before: Moment | None
    linked: bool

    @property
    def after(self):
        return self.line.moment

    @property
    def days(self) -> int | None:
        if self.before is None or self.after is None:
            return None
        return (day_of(self.after) - day_of(self.before)).days

    @property
    def days_earlier(self) -> int:
        return -(self.days or 0)

    @property
    def is_public(self) -> bool:
        return self.line.planned.public


@dataclass(frozen=True)
class Effects:
    """What a change does, before anything is kept."""

    before: Timetable
    after: Timetable
    asked: frozenset[str] = frozenset()

    @cached_property
    def changes(self) -> list[Change]:
        found = []
        for line in self.after.lines:
            old = self.before.by_code[line.code].moment if line.code in self.before.by_code else None
            if old != line.moment:
                found.append(Change(line, old, linked=line.code not in self.asked))
        return found

    @property
    def moved(self) -> list[Change]:
        return [change for change in self.changes if not change.linked]

    @property
    def moved_along(self) -> list[Change]:
        return [change for change in self.changes if change.linked]

    @property
    def unlawful(self) -> list[Line]:
        return self.after.refused

    @property
    def warned(self) -> list[Line]:
        return [line for line in self.after.lines if line.warnings and not line.planned.fixed]

    @property
    def non_working(self) -> list[Line]:
        """The moved dates on which nobody works: a warning, nothing more."""
        return [change.line for change in self.changes if change.after and change.line.non_working]
