"""Random timetables against a reckoning of its own: what the planner accepts is lawful, what it refuses breaks the rule it names.

Nothing of `lifecycle.timelimits` is used to judge: holidays, periods and distances are counted here a second time.
"""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle import clock
from procurement.grounds import OWN_PRACTICE
from procurement.timetable import STANDARD, Planned, Terms, reckon
from procurement.timetable.limits import OF_FULL_REGIME

FIRST, LAST = dt.date(2024, 1, 1), dt.date(2032, 12, 31)
ONE = dt.timedelta(days=1)


# -- an independent reckoning -----------------------------------------------------------------------------


def easter(year):
    """Gauss's way, as corrected for the Gregorian calendar."""
    a, b, c = year % 19, year % 4, year % 7
    d = (19 * a + 24) % 30
    e = (2 * b + 4 * c + 6 * d + 5) % 7
    offset = d + e
    if d == 29 and e == 6:
        offset -= 7
    if d == 28 and e == 6 and a > 10:
        offset -= 7
    return dt.date(year, 3, 22) + dt.timedelta(days=offset)


def free(day):
    """A Saturday, a Sunday or one of the ten Belgian holidays."""
    if day.isoweekday() > 5:
        return True
    if (day.month, day.day) in {(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)}:
        return True
    return (day - easter(day.year)).days in {1, 39, 50}


def last_day(event, days):
    """Regulation 1182/71, art. 3: not the day itself, not on a free day, with two working days in it."""
    end = dt.date.fromordinal(event.toordinal() + days)
    while free(end):
        end += ONE
    while (
        days >= 2
        and sum(not free(dt.date.fromordinal(n)) for n in range(event.toordinal() + 1, end.toordinal() + 1)) < 2
    ):
        end += ONE
        while free(end):
            end += ONE
    return end


def local(moment):
    """A day, and the seconds in it if there is a clock time."""
    if isinstance(moment, dt.datetime):
        there = moment.astimezone(clock.BRUSSELS)
        return there.date(), there.hour * 3600 + there.minute * 60 + there.second
    return moment, None


def is_before(one, other):
    (day, second), (other_day, other_second) = local(one), local(other)
    if second is None or other_second is None:
        return day < other_day
    return (day, second) < (other_day, other_second)


def whole_months(start, end):
    """The term in whole or begun months: how often a month has begun on the day of the start, up to the end."""
    count, year, month = 0, start.year, start.month
    while True:
        begins = dt.date(year, month, min(start.day, days_in(year, month)))
        if begins > end:
            return count
        count += 1
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def days_in(year, month):
    return ((dt.date(year + month // 12, month % 12 + 1, 1)) - dt.date(year, month, 1)).days


MAIN = (
    "dispatch applications_deadline applications_opening selection_decision selection_letters invitation offers_deadline "
    "offers_opening award_decision award_letters conclusion term_start term_end performance_end"
).split()
BRANCHES = [
    ["dispatch", "applications_questions", "applications_answers"],
    ["invitation", "offers_questions", "offers_answers"],
    ["term_start", "last_intake"],
]
# Between these two a rule of its own says it, and the order adds nothing.
OWN_RULE = {
    ("dispatch", "applications_deadline"),
    ("invitation", "offers_deadline"),
    ("applications_deadline", "applications_opening"),
    ("offers_deadline", "offers_opening"),
    ("selection_letters", "invitation"),
    ("award_letters", "conclusion"),
    ("term_start", "term_end"),
}


def broken(plan, days, *, justified):
    """Every rule that a plan breaks, as (milestone, rule)."""
    found = set()
    for phase, event, minimum in (
        ("applications", "dispatch", days["applications-minimum-days"]),
        ("offers", "invitation", days["offers-minimum-days"] - days["offers-electronic-reduction-days"]),
    ):
        deadline = plan.get(f"{phase}_deadline")
        if deadline and event in plan and local(deadline)[0] <= last_day(plan[event], minimum):
            found.add((f"{phase}_deadline", f"{phase}-minimum"))
        for what in ("questions", "answers") if deadline else ():
            asked = plan.get(f"{phase}_{what}")
            before = days["information-before-deadline-days"]
            if asked and local(deadline)[0].toordinal() - local(asked)[0].toordinal() < before:
                found.add((f"{phase}_{what}", f"{phase}-{what}-in-time"))
        opening = plan.get(f"{phase}_opening")
        if deadline and opening and (is_before(opening, deadline) or opening == deadline):
            found.add((f"{phase}_opening", f"{phase}-sealed"))
    found |= broken_after_the_award(plan, days, justified=justified)
    return found | broken_order(plan)


def broken_after_the_award(plan, days, *, justified):
    found = set()
    has = plan.keys().__contains__
    if has("selection_letters") and has("invitation") and plan["invitation"] < plan["selection_letters"]:
        found.add(("invitation", "letters-before-invitation"))
    standing = has("award_letters") and has("conclusion")
    if standing and plan["conclusion"] <= last_day(plan["award_letters"], days["standstill-days"]):
        found.add(("conclusion", "standstill"))
    if has("term_start") and has("term_end"):
        if plan["term_end"] <= plan["term_start"]:
            found.add(("term_end", "term-end"))
        elif (
            not justified
            and whole_months(plan["term_start"], plan["term_end"]) > days["term-without-justification-months"]
        ):
            found.add(("term_end", "term-length"))
    if has("term_end") and has("last_intake") and plan["last_intake"] > plan["term_end"]:
        found.add(("last_intake", "intake-in-term"))
    return found


def broken_order(plan):
    return {
        (later, "order")
        for line in (MAIN, *BRANCHES)
        for position, later in enumerate(line)
        for earlier in line[:position]
        if later in plan
        and earlier in plan
        and (earlier, later) not in OWN_RULE
        and is_before(plan[later], plan[earlier])
    }


# -- random timetables --------------------------------------------------------------------------------------

DEADLINES = {"applications_deadline", "offers_deadline"}
WITH_HOUR = {"applications_opening", "offers_opening", "applications_questions", "offers_questions"}
PLANNABLE = [code for code, standard in STANDARD.items() if not standard.computed]
# What the law asks between two milestones, so that random plans come close to the edge on both sides.
USUAL = [0, 1, 2, 5, 6, 7, 14, 15, 16, 17, 18, 19, 29, 30, 31, 32, 34, 45]


@st.composite
def moments(draw, code, around):
    day = min(max(around, FIRST), LAST)
    hours = st.tuples(st.integers(0, 23), st.sampled_from([0, 30, 59]))
    if code in DEADLINES or (code in WITH_HOUR and draw(st.booleans())):
        return clock.at(day, *draw(hours))
    return day


@st.composite
def plans(draw):
    """Some milestones in their order, each a usual distance after the one before it, and now and then before it."""
    chosen = [code for code in PLANNABLE if draw(st.integers(0, 3))]
    day = draw(st.dates(FIRST, dt.date(2030, 1, 1)))
    plan = {}
    for code in chosen:
        step = draw(st.one_of(st.sampled_from(USUAL), st.integers(-40, 400)))
        if code in {"term_end", "performance_end"}:
            step = draw(st.sampled_from([0, 1, 300, 1825, 1826, 1827]))
        plan[code] = draw(moments(code, day + dt.timedelta(days=step)))
        if draw(st.integers(0, 5)):
            day = local(plan[code])[0]
    return plan


@st.composite
def regimes(draw):
    days = {
        "applications-minimum-days": draw(st.sampled_from([1, 2, 30, 52])),
        "offers-minimum-days": draw(st.sampled_from([22, 40])),
        "offers-electronic-reduction-days": draw(st.sampled_from([0, 5])),
        "information-before-deadline-days": draw(st.sampled_from([6, 10])),
        "standstill-days": draw(st.sampled_from([10, 15])),
        "award-notice-days": 48,
        "term-without-justification-months": draw(st.sampled_from([48, 60])),
    }
    light = draw(st.booleans())
    grounds = dict.fromkeys(OF_FULL_REGIME, OWN_PRACTICE) if light else {}
    return Terms(days=days, grounds=grounds, justified=draw(st.booleans()))


def planned(plan):
    return [Planned(code, str(STANDARD[code].label), plan.get(code)) for code in STANDARD]


@settings(max_examples=400)
@given(plans(), regimes())
def test_planner_names_exactly_the_rules_that_a_plan_breaks(plan, terms):
    reckoned = reckon(planned(plan), terms)
    named = {(line.code, finding.rule) for line in reckoned.lines for finding in line.findings}

    assert named == broken(plan, terms.days, justified=terms.justified)


@settings(max_examples=300)
@given(plans(), regimes())
def test_plan_is_accepted_exactly_when_nothing_that_blocks_is_broken(plan, terms):
    reckoned = reckon(planned(plan), terms)
    wrong = broken(plan, terms.days, justified=terms.justified)
    blocking = {(code, rule) for code, rule in wrong if rule not in terms.grounds}

    assert {line.code for line in reckoned.refused} == {code for code, _rule in blocking}
    assert all(str(finding.ground) for line in reckoned.refused for finding in line.blocking)


@settings(max_examples=200)
@given(plans(), regimes(), st.sampled_from(PLANNABLE))
def test_nearest_lawful_date_is_lawful(plan, terms, code):
    lawful = reckon(planned(plan), terms)[code].nearest_lawful()
    if lawful is None:
        return
    wrong = broken(plan | {code: lawful}, terms.days, justified=terms.justified)

    assert {rule for found, rule in wrong if found == code} == set()


@settings(max_examples=200)
@given(st.dates(FIRST, LAST), st.sampled_from(["applications", "offers"]), regimes())
def test_earliest_deadline_is_lawful_and_the_minute_before_is_not(event, phase, terms):
    base = {"applications": "dispatch", "offers": "invitation"}[phase]
    line = reckon(planned({base: event}), terms)[f"{phase}_deadline"]
    lawful = {base: event, f"{phase}_deadline": line.earliest.at}
    early = {base: event, f"{phase}_deadline": line.earliest.at - dt.timedelta(minutes=1)}

    assert broken(lawful, terms.days, justified=True) == set()
    assert (f"{phase}_deadline", f"{phase}-minimum") in broken(early, terms.days, justified=True)
