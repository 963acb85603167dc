"""What the law, the published course and good sense say of each date: from when, until when, and on which ground."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lifecycle import clock, timelimits
from lifecycle.dates import moment_in_words
from lifecycle.grounds import Ground
from procurement.grounds import PROCEDURE, concessions, remedies
from procurement.timetable.standard import BEFORE, STANDARD

Moment = dt.date | dt.datetime
_NONE: Mapping = MappingProxyType({})


@dataclass(frozen=True)
class Terms:
    """What a plan is reckoned with: the numbers in force, and what differs from the ground that the law gives.

    `grounds`: the ground of a limit by its code, where the regime or an own rule makes it another one (a policy warns).
    `justified`: there is a calculation of the recoupment. `today`: what is moved may not go to a day before it.
    """

    days: Mapping[str, int]
    grounds: Mapping[str, Ground] = field(default_factory=lambda: _NONE)
    justified: bool = False
    today: dt.date | None = None


@dataclass(frozen=True)
class Bound:
    """From when (or until when) one rule allows one milestone."""

    rule: str
    at: Moment
    ground: Ground
    sentence: str
    is_latest: bool = False

    def allows(self, moment: Moment) -> bool:
        one, other = comparable(moment, self.at)
        return one <= other if self.is_latest else one >= other


@dataclass(frozen=True)
class Finding:
    """A rule that a date does not keep: it blocks, or only warns."""

    rule: str
    sentence: str
    ground: Ground

    @property
    def blocks(self) -> bool:
        return self.ground.blocks

    def __str__(self):
        return f"{self.sentence} ({self.ground})"


def day_of(moment: Moment) -> dt.date:
    return clock.local_date(moment) if isinstance(moment, dt.datetime) else moment


def as_start(moment: Moment) -> dt.datetime:
    """A moment by the clock, or the beginning of a day."""
    return moment if isinstance(moment, dt.datetime) else clock.at(moment)


def as_end(moment: Moment) -> dt.datetime:
    """A moment by the clock, or the end of a day."""
    return moment if isinstance(moment, dt.datetime) else clock.at(moment + timelimits.DAY)


def comparable(one: Moment, other: Moment) -> tuple[Moment, Moment]:
    """Two moments by the clock if both have a clock time, else by their days in Belgium."""
    if isinstance(one, dt.datetime) and isinstance(other, dt.datetime):
        return one, other
    return day_of(one), day_of(other)


@dataclass(frozen=True)
class Limit:
    """One rule: `subject` may not lie before (or after) what `reckon` makes of the moment of `base`.

    `keys`: the number of days, less the others. `words` of the sentence: %(days)s, %(base)s, %(bound)s.
    """

    code: str
    subject: str
    base: str
    ground: Ground
    sentence: str
    reckon: Callable[[Moment, int], Moment]
    keys: tuple[str, ...] = ()
    is_latest: bool = False

    def bound(self, base: Moment, terms: Terms) -> Bound:
        days = _days(terms, self.keys)
        at = self.reckon(base, days)
        words = {
            "days": days,
            "base": moment_in_words(base),
            "bound": moment_in_words(at if isinstance(at, dt.datetime) and at.second == 0 else day_of(at)),
        }
        ground = terms.grounds.get(self.code, self.ground)
        return Bound(self.code, at, ground, self.sentence % words, self.is_latest)


def _days(terms, keys):
    if not keys:
        return 0
    first, *less = (terms.days[key] for key in keys)
    return first - sum(less)


def _deadline(base, days):
    """A clock-time deadline: the whole last day of the minimum must have elapsed."""
    return timelimits.earliest_deadline(day_of(base), days=days)


def _after_period(base, days):
    return timelimits.period_end(day_of(base), days=days) + timelimits.DAY


def _days_before(base, days):
    """Reckoned backwards: a weekend or a holiday does not move it (Regulation 1182/71, art. 3(4))."""
    return timelimits.last_day_before(day_of(base), days=days)


def _second_after(base, _days):
    return base + dt.timedelta(seconds=1) if isinstance(base, dt.datetime) else base


def _same(base, _days):
    return base


def _day_after(base, _days):
    return day_of(base) + timelimits.DAY


def _end_of_months(base, months):
    """The last day of so many months that begin on a day, as `timelimits.months_between` counts them."""
    after = base.month - 1 + months
    year, month = base.year + after // 12, after % 12 + 1
    first = dt.date(year, month, 1)
    longest = (dt.date(year + month // 12, month % 12 + 1, 1) - first).days
    return first + dt.timedelta(days=min(base.day, longest) - 2)


_IN_TIME = _(
    "Antwoorden komen ten laatste %(days)s dagen voor %(base)s: dus ten laatste op %(bound)s (achterwaarts gerekend)."
)
_SEALED = _("Wat ingediend is, gaat pas open na de uiterste datum (%(base)s).")
_INFORMATION = ("information-before-deadline-days",)
TERM_LENGTH = "term-length"

LIMITS = (
    Limit(
        "applications-minimum",
        "applications_deadline",
        "dispatch",
        concessions(_("art. 47, derde lid")),
        _(
            "De termijn voor aanvragen is te kort: minstens %(days)s dagen vanaf de verzending van de aankondiging "
            "(%(base)s), dus ten vroegste %(bound)s."
        ),
        _deadline,
        ("applications-minimum-days",),
    ),
    Limit(
        "offers-minimum",
        "offers_deadline",
        "invitation",
        concessions(_("art. 47, vierde en vijfde lid")),
        _(
            "De termijn voor offertes is te kort: minstens %(days)s dagen vanaf de uitnodiging (%(base)s), dus ten "
            "vroegste %(bound)s."
        ),
        _deadline,
        ("offers-minimum-days", "offers-electronic-reduction-days"),
    ),
    *(
        Limit(
            f"{phase}-{what}-in-time",
            f"{phase}_{what}",
            f"{phase}_deadline",
            concessions(_("art. 45, derde lid")),
            _IN_TIME,
            _days_before,
            _INFORMATION,
            is_latest=True,
        )
        for phase in ("applications", "offers")
        for what in ("questions", "answers")
    ),
    *(
        Limit(
            f"{phase}-sealed", f"{phase}_opening", f"{phase}_deadline", concessions("art. 32"), _SEALED, _second_after
        )
        for phase in ("applications", "offers")
    ),
    Limit(
        "letters-before-invitation",
        "invitation",
        "selection_letters",
        remedies("art. 7, § 1"),
        _("De uitnodiging vertrekt niet voor de brieven over de selectie (%(base)s)."),
        _same,
    ),
    Limit(
        "standstill",
        "conclusion",
        "award_letters",
        remedies("art. 11"),
        _(
            "De wachttermijn van %(days)s dagen vanaf de brieven over de gunning (%(base)s) loopt dan nog: sluiten kan "
            "ten vroegste op %(bound)s."
        ),
        _after_period,
        ("standstill-days",),
    ),
    Limit(
        "term-end",
        "term_end",
        "term_start",
        concessions("art. 37"),
        _("Het einde van de looptijd ligt na het begin (%(base)s)."),
        _day_after,
    ),
    Limit(
        TERM_LENGTH,
        "term_end",
        "term_start",
        concessions("art. 37"),
        _(
            "De looptijd telt hoogstens %(days)s maanden zonder berekening van de terugverdientijd: dus ten laatste tot "
            "en met %(bound)s."
        ),
        _end_of_months,
        ("term-without-justification-months",),
        is_latest=True,
    ),
    Limit(
        "intake-in-term",
        "last_intake",
        "term_end",
        PROCEDURE,
        _("De laatste nieuwe klant begint binnen de looptijd, die eindigt op %(base)s."),
        _same,
        is_latest=True,
    ),
)
# In the light regime these bind only where the authority published them (act of 17 June 2016, art. 34).
OF_FULL_REGIME = (
    "applications-minimum",
    "offers-minimum",
    "applications-questions-in-time",
    "applications-answers-in-time",
    "offers-questions-in-time",
    "offers-answers-in-time",
    "standstill",
)
GROUNDS = {limit.code: limit.ground for limit in LIMITS}
KEYS = frozenset(key for limit in LIMITS for key in limit.keys) | {"award-notice-days"}
_BY_SUBJECT = {code: [limit for limit in LIMITS if limit.subject == code] for code in STANDARD}


def bounds_of(code: str, moments: Mapping[str, Moment], terms: Terms) -> Iterator[Bound]:
    """Every bound that the other dates of a plan set to one standard milestone; from a date that is not planned none."""
    covered = set()
    for limit in _BY_SUBJECT.get(code, ()):
        if limit.base in moments and not (limit.code == TERM_LENGTH and terms.justified):
            covered.add(limit.base)
            yield limit.bound(moments[limit.base], terms)
    yield from _order(code, {base: moments[base] for base in BEFORE.get(code, ()) if base in moments}, covered)


def _order(code, earlier, covered):
    """The last of all that must come before it; a rule of its own between the same two says it better."""
    bases = [base for base in earlier if base not in covered]
    if not bases:
        return
    # On one day the one with a clock time asks the most; else the later one in the course.
    last = max(reversed(bases), key=lambda base: as_start(earlier[base]))
    words = {"what": STANDARD[last].label, "when": moment_in_words(earlier[last])}
    sentence = _now("Dit komt niet voor “%(what)s” (%(when)s).") % words
    yield Bound("order", earlier[last], PROCEDURE, sentence)


def ahead(today: dt.date) -> Bound:
    """What is moved goes to a day that is still to come."""
    words = {"today": moment_in_words(today)}
    return Bound("ahead", today, PROCEDURE, _now("Deze dag is voorbij: het is vandaag %(today)s.") % words)
