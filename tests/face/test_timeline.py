"""Where things stand on the drawn timeline."""

import datetime as dt

from lifecycle import clock
from lifecycle.timeline import Milestone, Span, Timeline

NOW = clock.at(dt.date(2026, 7, 1))


def year(*milestones, **options):
    """A drawing of exactly 2026, whose room at both ends is 3 % of the year."""
    return Timeline(milestones, now=NOW, starts=dt.date(2026, 1, 1), ends=dt.date(2027, 1, 1), **options)


def test_share_grows_with_time():
    timeline = year()

    shares = [timeline.share(clock.at(dt.date(2026, month, 1))) for month in (1, 4, 7, 10)]

    assert [round(share) for share in shares] == [3, 26, 50, 73]
    assert timeline.share(clock.at(dt.date(2030, 1, 1))) == 100


def test_milestones_stand_in_order_of_time_and_know_what_is_done():
    timeline = year(Milestone(dt.date(2026, 9, 1), "later"), Milestone(dt.date(2026, 2, 1), "eerder"))

    assert [(mark.milestone.label, mark.done) for mark in timeline.marks] == [("eerder", True), ("later", False)]
    assert timeline.next.label == "later"


def test_what_the_view_says_about_done_goes_before_the_date():
    timeline = year(Milestone(dt.date(2026, 2, 1), "gemist", done=False))

    assert timeline.marks[0].done is False


def test_labels_that_would_touch_go_to_the_next_lane():
    timeline = year(
        Milestone(dt.date(2026, 5, 1), "Selectiebeslissing"),
        Milestone(dt.date(2026, 5, 8), "Concessiedocumenten"),
        Milestone(dt.date(2026, 11, 1), "Gunning"),
    )

    assert [mark.lane for mark in timeline.marks] == [0, 1, 0]
    assert timeline.height == 162


def test_labels_at_the_edges_hang_inwards():
    timeline = year(
        Milestone(dt.date(2026, 1, 1), "Bekendmaking leidraad"), Milestone(dt.date(2027, 1, 1), "Begin van de looptijd")
    )

    assert [mark.anchor for mark in timeline.marks] == ["start", "end"]


def test_span_of_days_ends_with_the_end_of_its_last_day():
    timeline = year(spans=[Span(dt.date(2026, 10, 31), dt.date(2026, 11, 16), "Wachttermijn")])

    assert timeline.spans[0].ends == clock.at(dt.date(2026, 11, 17))
    assert timeline.rows[1]["when"] == "31 okt 2026 tot en met 16 nov 2026"
    assert timeline.rows[1]["state"] == "komt nog"


def test_ticks_are_months_in_a_year_and_years_in_a_term():
    term = Timeline([Milestone(dt.date(2027, 1, 1), "Start"), Milestone(dt.date(2031, 12, 31), "Einde")], now=NOW)

    assert [tick.label for tick in year().ticks] == [
        *("2026 feb mrt apr mei jun jul aug sep okt nov dec".split()),
        "2027",
    ]
    assert [tick.label for tick in term.ticks] == ["2027", "2028", "2029", "2030", "2031", "2032"]


def test_today_outside_the_drawing_is_not_drawn():
    later = Timeline([Milestone(dt.date(2030, 1, 1), "a"), Milestone(dt.date(2031, 1, 1), "b")], now=NOW)

    assert (later.today, later.past) == (None, "0.00%")
    assert year().today == "49.61%"


def test_rows_tell_the_same_with_today_between():
    timeline = year(
        Milestone(clock.at(dt.date(2026, 3, 19), 12), "Kandidaturen", ground="art. 14"),
        Milestone(dt.date(2026, 12, 7), "Startoverleg", binding=False),
    )

    assert [(row["label"], row["when"], row["css"]) for row in timeline.rows] == [
        ("Kandidaturen", "19 mrt 2026, 12.00 u", "done"),
        ("Vandaag", "1 jul 2026", "today"),
        ("Startoverleg", "7 dec 2026", "indicative"),
    ]
    assert timeline.sentence == "Tijdlijn: eerstvolgende datum is Startoverleg op 7 dec 2026."


def test_empty_timeline_is_left_out():
    assert bool(Timeline([], now=NOW)) is False
