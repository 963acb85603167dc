"""The drawn timeline: from milestones and spans to positions, so that the template only writes them down.

`x` is a share of the width in per cent and `y` a number of pixels: the drawing grows with the page, its text does not.
Labels go to the first lane where they fit at the narrowest width at which the drawing is shown; narrower than that the
same milestones stand as a list.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.translation import gettext as _

from lifecycle import clock
from lifecycle.dates import day_in_words, moment_in_words, month_in_words

NARROWEST = 900
LANE = 42
AXIS = 56
FIRST_LANE = AXIS + 34
LETTER = 7.6
TICK_LETTER = 6.4
GAP = 14
# Many dates early in a long stretch get most of the width; what comes after the knee is drawn smaller, with a dashed axis.
CROWD = 5
EARLY = 0.4
NEAR_WIDTH = 76
# In per cent of the width: what two labels beside each other need.
TICK_ROOM = 8


@dataclass(frozen=True)
class Milestone:
    """One date of a record. Not binding means indicative: it may still move. `moment` is a date or an aware datetime."""

    moment: dt.date | dt.datetime
    label: str
    binding: bool = True
    done: bool | None = None
    ground: str = ""
    url: str = ""

    @property
    def at(self) -> dt.datetime:
        return _moment(self.moment)

    @property
    def has_hour(self) -> bool:
        return isinstance(self.moment, dt.datetime)

    def is_done(self, now) -> bool:
        return self.at <= now if self.done is None else self.done


@dataclass(frozen=True)
class Span:
    """A stretch in which something runs: a standstill (tone waiting), a term (tone good).

    It ends with the end of the day `last`, if that is a date.
    """

    first: dt.date | dt.datetime
    last: dt.date | dt.datetime
    label: str
    ground: str = ""
    tone: str = "waiting"

    @property
    def starts(self) -> dt.datetime:
        return _moment(self.first)

    @property
    def ends(self) -> dt.datetime:
        return self.last if isinstance(self.last, dt.datetime) else _moment(self.last + dt.timedelta(days=1))


def _moment(value) -> dt.datetime:
    return value if isinstance(value, dt.datetime) else clock.at(value)


@dataclass
class Mark:
    """A milestone in its place."""

    milestone: Milestone
    x: str
    lane: int
    anchor: str
    done: bool
    nudge: int
    axis: int = AXIS

    @property
    def label_y(self):
        return FIRST_LANE + self.lane * LANE

    @property
    def date_y(self):
        return self.label_y + 17

    @property
    def leader_end(self):
        return self.label_y - 13

    @property
    def words(self):
        return _words(self.milestone)


@dataclass
class Bar:
    """A span in its place."""

    span: Span
    x: str
    width: str
    middle: str
    done: bool


@dataclass
class Tick:
    """A month, quarter or year on the axis."""

    share: float
    label: str
    year: bool
    # Where today lies, when its line would run through the words: they then stand right of that line.
    today: float | None = None
    turned: bool = False

    @property
    def x(self):
        return _per_cent(self.share)

    @property
    def words_x(self):
        return _per_cent(self.share if self.today is None else self.today)

    def width(self, room: int) -> float:
        """What its words take of the drawing, in per cent."""
        return (len(self.label) * TICK_LETTER + 8) / room * 100

    @property
    def anchor(self):
        """The words stand right of their line, except at the right edge, or when the line of today leaves no room."""
        return "end" if self.share > 96 or self.turned else "start"

    @property
    def nudge(self):
        aside = 4 if self.today is None else 8
        return -aside if self.anchor == "end" else aside


@dataclass
class Timeline:
    """Give milestones and spans; the template asks for `marks`, `bars`, `ticks`, `today` and `rows`.

    `starts` and `ends` widen the stretch that is drawn. An empty timeline is false, so that a page can leave it out.
    """

    milestones: Iterable[Milestone]
    spans: Iterable[Span] = ()
    now: dt.datetime | None = None
    starts: dt.date | None = None
    ends: dt.date | None = None
    width: int = field(default=NARROWEST, repr=False)

    def __post_init__(self):
        self.now = self.now or clock.now()
        self.milestones = sorted(self.milestones, key=lambda milestone: milestone.at)
        self.spans = sorted(self.spans, key=lambda span: span.starts)

    def __bool__(self):
        return bool(self.milestones or self.spans)

    # -- where things are -----------------------------------------------------------------------

    @cached_property
    def _stretch(self) -> tuple[dt.datetime, dt.datetime]:
        moments = [milestone.at for milestone in self.milestones]
        moments += [moment for span in self.spans for moment in (span.starts, span.ends)]
        moments += [_moment(day) for day in (self.starts, self.ends) if day]
        first, last = min(moments), max(moments)
        room = max((last - first) * 0.03, dt.timedelta(days=3))
        return first - room, last + room

    @cached_property
    def _knee(self) -> dt.datetime | None:
        """Where the scale changes: after a crowd of dates that would else stand in a small part of the drawing."""
        first, last = self._stretch
        near = [milestone.at for milestone in self.milestones if milestone.at - first <= (last - first) * EARLY]
        if len(near) < CROWD:
            return None
        return near[-1] + (near[-1] - first) * 0.08

    @property
    def bend(self) -> str | None:
        """Where the dashed part of the axis begins."""
        return _per_cent(NEAR_WIDTH) if self._knee else None

    def share(self, moment: dt.datetime) -> float:
        """Where a moment lies, from 0 to 100."""
        first, last = self._stretch
        if self._knee is None:
            found = (moment - first) / (last - first) * 100
        elif moment <= self._knee:
            found = (moment - first) / (self._knee - first) * NEAR_WIDTH
        else:
            found = NEAR_WIDTH + (moment - self._knee) / (last - self._knee) * (100 - NEAR_WIDTH)
        return min(max(found, 0), 100)

    @cached_property
    def today(self) -> str | None:
        """Where today lies, or None when it lies outside the drawing."""
        first, last = self._stretch
        return _per_cent(self.share(self.now)) if first <= self.now <= last else None

    @cached_property
    def plate(self) -> int:
        """How far left of today its plate begins, so that it stays inside the drawing."""
        share = self.share(self.now)
        return -3 if share < 4 else -69 if share > 96 else -36

    @property
    def plate_middle(self) -> int:
        return self.plate + 36

    @property
    def past(self) -> str:
        return _per_cent(self.share(self.now))

    @cached_property
    def marks(self) -> list[Mark]:
        """Every milestone with the lane in which its label does not touch another label."""
        lanes: list[float] = []
        marks = []
        for milestone in self.milestones:
            centre = self.share(milestone.at) / 100 * self.width
            wide = max(len(milestone.label), len(_words(milestone)) * 0.9) * LETTER
            anchor, left = _anchor(centre, wide, self.width)
            lane = next((number for number, right in enumerate(lanes) if right + GAP <= left), len(lanes))
            lanes[lane:] = [left + wide] if lane == len(lanes) else [left + wide, *lanes[lane + 1 :]]
            nudge = {"start": -6, "middle": 0, "end": 6}[anchor]
            done = milestone.is_done(self.now)
            marks.append(Mark(milestone, _per_cent(centre / self.width * 100), lane, anchor, done, nudge))
        return marks

    @cached_property
    def bars(self) -> list[Bar]:
        bars = []
        for span in self.spans:
            left, right = self.share(span.starts), self.share(span.ends)
            wide = _per_cent(max(right - left, 0.4))
            bars.append(Bar(span, _per_cent(left), wide, _per_cent((left + right) / 2), span.ends <= self.now))
        return bars

    @cached_property
    def height(self) -> int:
        lanes = max((mark.lane for mark in self.marks), default=-1) + 1
        return FIRST_LANE + max(lanes, 1) * LANE - 12

    @cached_property
    def ticks(self) -> list[Tick]:
        """Months, quarters or years, so that there are never more than the eye can hold."""
        first, last = (clock.local_date(moment) for moment in self._stretch)
        knee = clock.local_date(self._knee) if self._knee else last
        days = list(_first_days(first, knee, _step(first, knee)))
        if knee < last:
            days += _first_days(knee + dt.timedelta(days=1), last, 12)
        ticks = [
            Tick(self.share(clock.at(day)), _tick_label(day, first=day == days[0]), day.month == 1) for day in days
        ]
        ticks = [self._beside_today(ticks, number) for number in range(len(ticks))]
        # The last label hangs to the left of its line: it needs the room of the one before it.
        crowded = len(ticks) > 1 and ticks[-1].anchor == "end" and ticks[-1].share - ticks[-2].share < TICK_ROOM
        return ticks[:-1] if crowded else ticks

    def _beside_today(self, ticks, number):
        """The tick with its words right of today's line when that runs through them, or left where others stand there."""
        tick, here = ticks[number], self.share(self.now)
        wide = tick.width(self.width)
        if self.today is None or tick.anchor == "end" or not 0 <= here - tick.share <= wide:
            return tick
        following = ticks[number + 1].share if number + 1 < len(ticks) else 100
        if here + wide <= following:
            return replace(tick, today=here)
        before = ticks[number - 1].share + ticks[number - 1].width(self.width) if number else 0
        return replace(tick, turned=tick.share - wide >= before)

    # -- the same in words ----------------------------------------------------------------------

    @cached_property
    def rows(self) -> list[dict]:
        """Milestones, spans and today in order of time: the list and the table beside the drawing."""
        rows = [
            {
                "at": milestone.at,
                "when": _words(milestone),
                "label": milestone.label,
                "kind": _("bindend") if milestone.binding else _("indicatief"),
                "ground": milestone.ground,
                "url": milestone.url,
                "css": _row_class(milestone, self.now),
                "state": _("gebeurd") if milestone.is_done(self.now) else _("komt nog"),
            }
            for milestone in self.milestones
        ]
        rows += [self._span_row(span) for span in self.spans]
        today = {
            "at": self.now,
            "when": day_in_words(clock.local_date(self.now), "plain"),
            "label": _("Vandaag"),
            "css": "today",
        }
        return sorted([*rows, today], key=lambda row: row["at"])

    def _span_row(self, span):
        last = clock.local_date(span.ends - dt.timedelta(seconds=1))
        first = clock.local_date(span.starts)
        words = {"first": day_in_words(first, "plain"), "last": day_in_words(last, "plain")}
        return {
            "at": span.starts,
            "when": _("%(first)s tot en met %(last)s") % words,
            "label": span.label,
            "kind": _("periode"),
            "ground": span.ground,
            "css": "span",
            "tone": span.tone,
            "state": self._span_state(span),
        }

    def _span_state(self, span):
        if span.ends <= self.now:
            return _("voorbij")
        return _("loopt") if span.starts <= self.now else _("komt nog")

    @cached_property
    def next(self) -> Milestone | None:
        """The next milestone that has not happened."""
        return next((milestone for milestone in self.milestones if not milestone.is_done(self.now)), None)

    @property
    def sentence(self) -> str:
        """What somebody who cannot see the drawing needs first."""
        if self.next is None:
            return _("Tijdlijn: alles is gebeurd.")
        words = {"label": self.next.label, "when": _words(self.next)}
        return _("Tijdlijn: eerstvolgende datum is %(label)s op %(when)s.") % words


def _step(first, last) -> int:
    """How many months apart, so that there are never more than the eye can hold."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return 1 if months <= 15 else 3 if months <= 36 else 12


def _tick_label(day, *, first):
    """January carries the year alone; the first tick carries it too, so that every drawing says which year it is."""
    if day.month == 1:
        return str(day.year)
    return month_in_words(day, year=first)


def _words(milestone) -> str:
    """`16 nov 2026`, with the hour where the milestone has one."""
    return moment_in_words(milestone.moment, "plain")


def _row_class(milestone, now):
    if milestone.is_done(now):
        return "done"
    return "binding" if milestone.binding else "indicative"


def _anchor(centre, wide, room) -> tuple[str, float]:
    """How a label hangs on its mark, and where its left edge then is: inside the drawing, centred where possible."""
    if centre - wide / 2 < 0:
        return "start", centre - 6
    if centre + wide / 2 > room:
        return "end", centre - wide + 6
    return "middle", centre - wide / 2


def _per_cent(share: float) -> str:
    return f"{share:.2f}%"


def _first_days(first, last, step):
    day = first.replace(day=1)
    while day <= last:
        if day >= first and (day.month - 1) % step == 0:
            yield day
        day = day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)
