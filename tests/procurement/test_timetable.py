"""The reckoning of a timetable: every vector of Regulation 1182/71, every order, what moves with what."""

import datetime as dt

import pytest

from lifecycle import clock
from procurement.grounds import OWN_PRACTICE
from procurement.timetable import STANDARD, Change, Circle, Effects, Link, Planned, Terms, move, reckon, shift
from procurement.timetable.limits import KEYS, OF_FULL_REGIME

DAYS = {
    "applications-minimum-days": 30,
    "offers-minimum-days": 22,
    "offers-electronic-reduction-days": 5,
    "information-before-deadline-days": 6,
    "standstill-days": 15,
    "award-notice-days": 48,
    "term-without-justification-months": 60,
}
TERMS = Terms(days=DAYS)
ACT = "wet van 17 juni 2016 betreffende de concessieovereenkomsten"
REMEDIES = "wet van 17 juni 2013 betreffende de motivering, de informatie en de rechtsmiddelen"


def day(text):
    return dt.date.fromisoformat(text)


def noon(text, hour=12, minute=0):
    return clock.at(day(text), hour, minute)


def plan(**moments):
    return [Planned(code, str(STANDARD[code].label), moments.get(code)) for code in STANDARD]


def rules(line):
    return [finding.rule for finding in line.findings]


def test_the_terms_name_every_number_that_a_limit_asks():
    assert set(DAYS) == KEYS


# -- the vectors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "found"),
    [
        (noon("2026-03-18", 12), ["applications-minimum"]),
        (noon("2026-03-18", 23, 59), ["applications-minimum"]),
        (noon("2026-03-19", 0), []),
        (noon("2026-03-19", 11), []),
    ],
)
def test_applications_deadline_falls_on_the_day_after_thirty_days(deadline, found):
    line = reckon(plan(dispatch=day("2026-02-16"), applications_deadline=deadline), TERMS)["applications_deadline"]

    assert rules(line) == found
    assert line.earliest.at == clock.at(day("2026-03-19"))
    assert line.ground == f"art. 47, derde lid, {ACT}"


def test_offers_have_seventeen_days_electronically():
    line = reckon(plan(invitation=day("2026-05-22"), offers_deadline=noon("2026-06-08")), TERMS)["offers_deadline"]

    assert rules(line) == ["offers-minimum"]
    assert line.earliest.at == clock.at(day("2026-06-09"))
    assert str(line.findings[0]) == (
        "De termijn voor offertes is te kort: minstens 17 dagen vanaf de uitnodiging (vr 22 mei 2026), dus ten vroegste "
        f"di 9 jun 2026, 0.00 u. (art. 47, vierde en vijfde lid, {ACT})"
    )


def test_offers_on_paper_have_twenty_two_days_and_a_saturday_moves_to_monday():
    terms = Terms(days=DAYS | {"offers-electronic-reduction-days": 0})
    line = reckon(plan(invitation=day("2026-05-22"), offers_deadline=noon("2026-06-16")), terms)["offers_deadline"]

    assert line.earliest.at == clock.at(day("2026-06-16"))
    assert rules(line) == []


@pytest.mark.parametrize(
    ("letters", "last", "earliest"),
    [("2026-10-30", "2026-11-16", "2026-11-17"), ("2026-12-10", "2026-12-28", "2026-12-29")],
)
def test_conclusion_waits_for_the_standstill(letters, last, earliest):
    reckoned = reckon(plan(award_letters=day(letters), conclusion=day(last)), TERMS)

    assert reckoned["standstill_end"].moment == day(last)
    assert reckoned["conclusion_earliest"].moment == day(earliest)
    assert rules(reckoned["conclusion"]) == ["standstill"]
    assert reckoned["conclusion"].earliest.at == day(earliest)
    assert reckoned["conclusion"].ground == f"art. 11, {REMEDIES}"


def test_award_notice_leaves_forty_eight_days_after_the_conclusion():
    assert reckon(plan(conclusion=day("2026-11-17")), TERMS)["award_notice"].moment == day("2027-01-04")


@pytest.mark.parametrize(
    ("deadline", "answers", "found"),
    [
        ("2026-07-13", "2026-07-07", []),
        ("2026-07-13", "2026-07-08", ["offers-answers-in-time"]),
        # Six days before a Saturday is a Sunday, six before Labour Day's Thursday is the holiday itself: no weekend shifts it.
        ("2026-05-07", "2026-05-01", []),
        ("2026-06-13", "2026-06-07", []),
        ("2026-06-13", "2026-06-08", ["offers-answers-in-time"]),
    ],
)
def test_answers_are_reckoned_backwards_without_a_shift(deadline, answers, found):
    reckoned = reckon(plan(offers_deadline=noon(deadline), offers_answers=day(answers)), TERMS)

    assert rules(reckoned["offers_answers"]) == found
    assert reckoned["offers_answers"].ground == f"art. 45, derde lid, {ACT}"


@pytest.mark.parametrize(
    ("event", "days", "working", "found"),
    [
        ("2026-04-30", 5, True, "2026-05-08"),
        ("2026-12-22", 5, True, "2026-12-30"),
        ("2026-05-08", -5, True, "2026-04-30"),
        ("2026-10-30", 2, False, "2026-11-01"),
        ("2026-10-30", -30, False, "2026-09-30"),
        ("2026-10-30", 0, True, "2026-10-30"),
    ],
)
def test_distance_in_days_or_working_days(event, days, working, found):
    assert shift(day(event), days, working=working) == day(found)


# -- the order --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moments", "code", "found"),
    [
        ({"applications_deadline": noon("2026-03-19"), "applications_opening": day("2026-03-18")}, "", ["sealed"]),
        ({"applications_deadline": noon("2026-03-19"), "applications_opening": day("2026-03-19")}, "", []),
        ({"applications_deadline": noon("2026-03-19"), "applications_opening": noon("2026-03-19")}, "", ["sealed"]),
        ({"applications_deadline": noon("2026-03-19"), "applications_opening": noon("2026-03-19", 12, 1)}, "", []),
    ],
)
def test_what_is_sealed_opens_after_the_deadline(moments, code, found):
    line = reckon(plan(**moments), TERMS)["applications_opening"]

    assert rules(line) == [f"applications-{name}" for name in found]


def test_invitation_waits_for_the_letters():
    line = reckon(plan(selection_letters=day("2026-05-22"), invitation=day("2026-05-21")), TERMS)["invitation"]

    assert [(each.rule, str(each.ground)) for each in line.findings] == [
        ("letters-before-invitation", f"art. 7, § 1, {REMEDIES}")
    ]


def test_order_holds_across_what_is_not_planned():
    line = reckon(plan(dispatch=day("2026-03-01"), award_decision=day("2026-02-01")), TERMS)["award_decision"]

    assert rules(line) == ["order"]
    assert line.findings[0].sentence == "Dit komt niet voor “Verzending van de aankondiging” (zo 1 mrt 2026)."


def test_order_heeds_the_hour_of_one_that_lies_on_the_day_of_another():
    """A day and a moment on it: what comes after both comes after the hour."""
    moments = {"applications_opening": noon("2026-04-01", 14), "selection_letters": day("2026-04-01")}

    early = reckon(plan(**moments, offers_deadline=noon("2026-04-01", 13)), TERMS)["offers_deadline"]
    late = reckon(plan(**moments, offers_deadline=noon("2026-04-01", 14)), TERMS)["offers_deadline"]

    assert (rules(early), rules(late)) == (["order"], [])


def test_order_names_the_last_of_all_that_come_before():
    moments = {
        "dispatch": day("2026-03-01"),
        "selection_decision": day("2026-06-01"),
        "award_decision": day("2026-02-01"),
    }

    assert "Selectiebeslissing" in reckon(plan(**moments), TERMS)["award_decision"].findings[0].sentence


@pytest.mark.parametrize(
    ("end", "found"),
    [
        ("2027-01-01", ["term-end"]),
        ("2026-12-31", ["term-end"]),
        ("2031-12-31", []),
        ("2032-01-01", ["term-length"]),
    ],
)
def test_term_ends_after_it_begins_and_within_sixty_months(end, found):
    assert rules(reckon(plan(term_start=day("2027-01-01"), term_end=day(end)), TERMS)["term_end"]) == found


def test_longer_term_is_lawful_with_a_calculation():
    terms = Terms(days=DAYS, justified=True)

    assert rules(reckon(plan(term_start=day("2027-01-01"), term_end=day("2035-12-31")), terms)["term_end"]) == []


def test_last_intake_lies_within_the_term():
    moments = {"term_start": day("2027-01-01"), "term_end": day("2031-12-31")}

    assert rules(reckon(plan(**moments, last_intake=day("2032-01-01")), TERMS)["last_intake"]) == ["intake-in-term"]
    assert rules(reckon(plan(**moments, last_intake=day("2026-12-31")), TERMS)["last_intake"]) == ["order"]
    assert rules(reckon(plan(**moments, last_intake=day("2031-06-30")), TERMS)["last_intake"]) == []


# -- what blocks, warns, and what is left alone -------------------------------------------------------


def test_light_regime_without_an_own_rule_only_warns():
    terms = Terms(days=DAYS, grounds=dict.fromkeys(OF_FULL_REGIME, OWN_PRACTICE))
    line = reckon(plan(dispatch=day("2026-02-16"), applications_deadline=noon("2026-02-20")), terms)[
        "applications_deadline"
    ]

    assert (rules(line), line.is_refused, len(line.warnings)) == (["applications-minimum"], False, 1)
    assert str(line.findings[0].ground) == "eigen werkwijze van de aanbesteder"


def test_moved_date_lies_ahead():
    terms = Terms(days=DAYS, today=day("2026-03-01"))
    planned = plan(award_decision=day("2026-02-27"))

    assert rules(reckon(planned, terms, moved=["award_decision"])["award_decision"]) == ["ahead"]
    assert rules(reckon(planned, terms)["award_decision"]) == []


def test_what_happened_is_not_judged():
    done = [Planned("dispatch", "x", day("2026-02-16"), done=True, fixed="gebeurd")]
    done.append(Planned("applications_deadline", "x", noon("2026-02-17"), done=True, fixed="gebeurd"))

    assert reckon(done, TERMS)["applications_deadline"].findings == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [("2026-11-14", "zaterdag"), ("2026-11-15", "zondag"), ("2026-05-14", "O. L. H. Hemelvaart"), ("2026-11-16", "")],
)
def test_days_on_which_nobody_works_are_named(text, name):
    assert reckon(plan(award_decision=day(text)), TERMS)["award_decision"].non_working == name


# -- moving -------------------------------------------------------------------------------------------


def linked(code, moment, to, days, **options):
    return Planned(code, code, moment, Link(to, days, **options))


def test_linked_dates_keep_their_distance_and_their_hour():
    planned = [
        Planned("dispatch", "x", day("2026-02-16")),
        linked("applications_deadline", noon("2026-03-19"), "dispatch", 31),
        linked("applications_opening", day("2026-03-20"), "applications_deadline", 1, working=True),
        linked("eigen-1", None, "applications_opening", -2, working=True),
    ]
    moved = {each.code: each.moment for each in move(planned, {"dispatch": day("2026-03-02")})}

    assert moved == {
        "dispatch": day("2026-03-02"),
        "applications_deadline": noon("2026-04-02"),
        "applications_opening": day("2026-04-03"),
        "eigen-1": day("2026-04-01"),
    }


def test_linked_deadline_keeps_its_hour_over_summer_time():
    planned = [
        Planned("dispatch", "x", day("2026-02-16")),
        linked("applications_deadline", noon("2026-03-19"), "dispatch", 31),
    ]
    moved = move(planned, {"dispatch": day("2026-03-16")})

    assert moved[1].moment.astimezone(clock.BRUSSELS).hour == 12


def test_what_is_fixed_stays_though_it_hangs_on_another():
    planned = [
        Planned("dispatch", "x", day("2026-02-16")),
        Planned("eigen-1", "x", day("2026-03-01"), Link("dispatch", 13), fixed="gebeurd"),
    ]

    assert move(planned, {"dispatch": day("2026-03-02"), "eigen-1": day("2026-09-09")})[1].moment == day("2026-03-01")


def test_circle_is_refused():
    with pytest.raises(Circle):
        move([linked("a", None, "b", 1), linked("b", None, "c", 1), linked("c", None, "a", 1)], {})


def test_followers_are_named_through_others():
    planned = [Planned("dispatch", "x", day("2026-02-16")), linked("b", None, "dispatch", 1), linked("c", None, "b", 1)]

    assert reckon(planned, TERMS)["dispatch"].followers == ("b", "c")


def test_effects_tell_what_moves_what_moves_along_and_what_becomes_unlawful():
    planned = [
        Planned("dispatch", "Verzending", day("2026-02-16")),
        Planned("applications_deadline", "Aanvragen", noon("2026-03-19")),
        linked("eigen-1", day("2026-02-18"), "dispatch", 2),
    ]
    after = move(planned, {"dispatch": day("2026-02-19")})
    effects = Effects(
        reckon(planned, TERMS), reckon(after, TERMS, moved=["dispatch", "eigen-1"]), frozenset(["dispatch"])
    )

    assert [(change.line.code, change.days) for change in effects.moved] == [("dispatch", 3)]
    assert [(change.line.code, change.after) for change in effects.moved_along] == [("eigen-1", day("2026-02-21"))]
    assert [line.code for line in effects.unlawful] == ["applications_deadline"]
    assert [line.code for line in effects.non_working] == ["eigen-1"]
    assert all(isinstance(change, Change) for change in effects.changes)


@pytest.mark.parametrize(
    ("moments", "code", "found"),
    [
        (
            {"dispatch": day("2026-02-16"), "applications_deadline": noon("2026-03-01", 11, 30)},
            "applications_deadline",
            noon("2026-03-19", 11, 30),
        ),
        ({"dispatch": day("2026-02-16")}, "applications_deadline", noon("2026-03-19")),
        ({"offers_deadline": noon("2026-07-13")}, "offers_answers", day("2026-07-07")),
        ({"award_letters": day("2026-10-30")}, "conclusion", day("2026-11-17")),
        ({"applications_deadline": noon("2026-03-19")}, "applications_opening", day("2026-03-19")),
        ({}, "conclusion", None),
        # Nothing lies both after the invitation and six days before a deadline that comes too soon.
        ({"invitation": day("2026-07-10"), "offers_deadline": noon("2026-07-13")}, "offers_answers", None),
    ],
)
def test_nearest_lawful_date(moments, code, found):
    assert reckon(plan(**moments), TERMS)[code].nearest_lawful() == found
