"""What was planned behind a deadline that moves: it moves along where it no longer fits, and everybody reads which."""

import datetime as dt

from documents.models import Document, Message
from lifecycle import clock
from procurement import actions
from procurement.models import Addendum, Procedure
from procurement.models.question_terms import terms_of
from procurement.planning import planned_of
from procurement.timetable import Link
from tests.procurement.changes import drafted, new_weights, outage
from tests.procurement.story import DEADLINE

D = dt.date
WEEKS = DEADLINE + dt.timedelta(days=28)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def plan(procedure, *, by, **dates):
    actions.plan_dates(procedure, by=by, changes=dates)


def planned(procedure):
    return {each.code: each.moment for each in planned_of(fresh(procedure))}


def test_dates_that_no_longer_fit_move_as_many_days_and_the_others_stay(published, procurement_officer):
    opening, decision = D(2026, 3, 20), D(2026, 5, 12)
    plan(published, by=procurement_officer, applications_opening=opening, selection_decision=decision)

    actions.extend_deadline(published, by=procurement_officer, deadline=WEEKS, reason="Veel vragen.")

    now = planned(published)
    assert now["applications_opening"] == D(2026, 4, 17)
    assert now["selection_decision"] == decision
    assert now["award_decision"] == D(2026, 10, 30)
    addendum = Addendum.objects.get()
    assert addendum.replanned == ["Opening van de aanvragen: vr 17 apr 2026, voorheen vr 20 mrt 2026 (indicatief)."]
    assert Document.objects.get(kind="addendum").context["replanned"] == addendum.replanned
    assert (
        "Wat in de planning mee opschuift:\n- Opening van de aanvragen: vr 17 apr 2026, voorheen vr 20 mrt 2026 (indicatief)."
        in Message.objects.get(reason="addendum").body
    )
    assert Message.objects.filter(reason="timetable").count() == 1


def test_a_date_that_hangs_on_the_deadline_moves_with_it(published, procurement_officer):
    actions.write_milestone(
        published,
        by=procurement_officer,
        code="eigen-1",
        title="Sessie voor kandidaten",
        link=Link("applications_deadline", -5),
        public=True,
    )
    assert planned(published)["eigen-1"] == D(2026, 3, 14)

    actions.extend_deadline(published, by=procurement_officer, deadline=WEEKS, reason="Veel vragen.")

    assert planned(published)["eigen-1"] == D(2026, 4, 11)
    assert Addendum.objects.get().replanned == [
        "Sessie voor kandidaten: za 11 apr 2026, voorheen za 14 mrt 2026 (indicatief)."
    ]


def test_nothing_moves_where_everything_still_fits(published, procurement_officer):
    before = planned(published)
    actions.extend_deadline(
        published, by=procurement_officer, deadline=WEEKS, reason="Veel vragen.", questions_move=False
    )

    now = planned(published)
    assert {code for code in before if before[code] != now[code]} == {"applications_deadline", "applications_answers"}
    assert Addendum.objects.get().replanned == []


def test_the_published_last_day_for_answers_moves_with_the_questions(draft, publish, procurement_officer):
    plan(draft, by=procurement_officer, applications_answers=D(2026, 3, 10))
    published = publish(draft)
    assert terms_of(published, "applications").answers_until == D(2026, 3, 10)

    actions.extend_deadline(published, by=procurement_officer, deadline=WEEKS, reason="Veel vragen.")

    assert terms_of(fresh(published), "applications").answers_until == D(2026, 4, 7)
    assert Addendum.objects.get().replanned == [
        "Antwoorden bij de aanvraag: laatste dag: di 7 apr 2026, voorheen di 10 mrt 2026."
    ]


def test_a_rectification_and_an_outage_move_them_too(published, procurement_officer, legal_officer):
    plan(published, by=procurement_officer, applications_opening=D(2026, 3, 20))
    draft = drafted(published, by=procurement_officer, wanted=new_weights(published), deadline=WEEKS)
    actions.publish_addendum(draft, by=legal_officer)
    assert planned(published)["applications_opening"] == D(2026, 4, 17)

    clock.travel_to(WEEKS - dt.timedelta(minutes=20))
    actions.confirm_outage(outage(WEEKS - dt.timedelta(hours=20), 18 * 60, by=procurement_officer), by=legal_officer)

    assert Procedure.objects.get().applications_deadline == clock.at(D(2026, 4, 17), 10)
    # The whole day of the opening still holds an hour after the deadline.
    assert planned(published)["applications_opening"] == D(2026, 4, 17)
    assert Addendum.objects.get(kind="outage").replanned == []
