"""The timetable as a calendar: what anybody sees, what the secret address of the staff gives, and who may have one."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts.actions import end_role
from accounts.models import RoleAssignment
from lifecycle import clock as legal_clock
from lifecycle.models import Entry
from procurement import actions
from procurement.models import CalendarToken, PlannedDate, Procedure
from tests.people import make_user, sign_in
from tests.procurement import story

D = dt.date


def events_at(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return calendar, {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def public_events(client, procedure):
    return events_at(client, reverse("procedure-calendar", args=[procedure.pk]))[1]


def of(procedure, code):
    return f"procedure-{procedure.pk}-{code}@localhost"


def test_public_calendar_holds_published_dates_marked_for_what_they_are(client, published):
    events = public_events(client, published)

    assert {uid: str(event["status"]) for uid, event in events.items()} == {
        of(published, "applications_questions"): "CONFIRMED",
        of(published, "applications_answers"): "CONFIRMED",
        of(published, "applications_deadline"): "CONFIRMED",
        of(published, "award_decision"): "TENTATIVE",
        of(published, "conclusion"): "TENTATIVE",
        of(published, "term_start"): "CONFIRMED",
        of(published, "last_intake"): "CONFIRMED",
        of(published, "term_end"): "CONFIRMED",
        of(published, "performance_end"): "CONFIRMED",
    }
    assert str(events[of(published, "conclusion")]["summary"]) == "2026-001 Sluiting (indicatief)"
    assert (
        str(events[of(published, "applications_deadline")]["url"])
        == f"http://localhost:8000/procedures/{published.pk}/"
    )


def test_deadline_is_a_moment_in_brussels_and_a_day_is_a_whole_day(client, published):
    events = public_events(client, published)
    deadline, conclusion = events[of(published, "applications_deadline")], events[of(published, "conclusion")]

    assert deadline["dtstart"].params["TZID"] == "Europe/Brussels"
    assert deadline["dtstart"].dt == story.DEADLINE
    assert "dtend" not in deadline
    assert (conclusion["dtstart"].dt, conclusion["dtend"].dt) == (D(2026, 11, 17), D(2026, 11, 18))
    assert conclusion["dtstart"].params["VALUE"] == "DATE"


def test_calendar_says_what_its_time_zone_is(client, published):
    calendar, _events = events_at(client, reverse("procedure-calendar", args=[published.pk]))

    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Brussels"]
    assert str(calendar["version"]) == "2.0"


def test_revision_counts_on_when_a_date_moves_and_the_identity_stays(client, published, procurement_officer, clock):
    before = public_events(client, published)[of(published, "conclusion")]
    clock.travel_to(clock.at(D(2026, 2, 17), 10))
    actions.plan_dates(published, by=procurement_officer, changes={"conclusion": D(2026, 11, 24)})
    after = public_events(client, published)[of(published, "conclusion")]

    assert int(after["sequence"]) == int(before["sequence"]) + 1
    assert before["last-modified"].dt == clock.at(D(2026, 2, 16), 9)
    assert after["last-modified"].dt == clock.at(D(2026, 2, 17), 10)
    assert after["dtstart"].dt == D(2026, 11, 24)


def test_revision_does_not_tell_what_happens_behind_the_scenes(client, submitted, published, clock):
    """Neither a submission nor a decision that is not told yet counts."""
    events = public_events(client, published)
    again = public_events(client, published)

    moving = Entry.objects.filter(subject=published.ref, verb="publish").count()
    assert int(events[of(published, "conclusion")]["sequence"]) == moving == 1
    assert again == events


def test_what_is_no_business_of_candidates_is_not_in_the_public_calendar(client, published, procurement_officer):
    changes = {"selection_decision": D(2026, 5, 1), "award_letters": D(2026, 10, 30)}
    actions.plan_dates(published, by=procurement_officer, changes=changes)
    PlannedDate.objects.create(procedure=published, code="eigen-1", title="Bestuur", day=D(2026, 5, 2))
    PlannedDate.objects.create(
        procedure=published, code="eigen-2", title="Infosessie", day=D(2026, 3, 2), is_public=True
    )
    names = {str(event["summary"]) for event in public_events(client, published).values()}

    assert "2026-001 Infosessie (indicatief)" in names
    assert not {name for name in names if "Bestuur" in name or "Selectiebeslissing" in name or "Brieven" in name}


def test_award_that_is_not_told_stays_planned_for_who_is_outside(client, published, decision_maker, clock):
    clock.travel_to(clock.at(D(2026, 10, 20), 10))
    for lot in published.lots.all():
        story.put(lot, "award_decided", decided_by=decision_maker, decided_at=clock.now())
    award = public_events(client, published)[of(published, "award_decision")]

    assert (award["dtstart"].dt, str(award["status"])) == (D(2026, 10, 30), "TENTATIVE")


def test_cancelled_procedure_says_that_its_dates_are_off(client, published):
    story.put(published, Procedure.State.CANCELLED)
    events = public_events(client, published)

    assert str(events[of(published, "conclusion")]["status"]) == "CANCELLED"


def test_calendar_of_a_draft_does_not_exist(client, draft, procurement_officer):
    url = reverse("procedure-calendar", args=[draft.pk])

    assert client.get(url).status_code == 404
    assert sign_in(client, procurement_officer).get(url).status_code == 404


# -- the address of the staff ---------------------------------------------------------------------------


@pytest.fixture
def address(client, procurement_officer, clock):
    response = sign_in(client, procurement_officer).post(reverse("calendar-address"), {"maken": "1"})
    return response.context["address"]


def test_address_needs_no_session_and_shows_drafts_too(client, address, draft, clock):
    _calendar, events = events_at(type(client)(), address)

    assert str(events[of(draft, "applications_deadline")]["status"]) == "TENTATIVE"


def test_address_is_kept_as_a_digest_alone_and_shown_once(client, address, procurement_officer):
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    token = CalendarToken.objects.get()

    assert len(secret) == 43
    assert secret not in str([getattr(token, field.attname) for field in token._meta.concrete_fields])
    assert secret not in client.get(reverse("calendar-address")).text
    assert secret not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_new_address_ends_the_old_one_and_it_can_be_ended(client, address):
    new = client.post(reverse("calendar-address"), {"maken": "1"}).context["address"]

    assert client.get(address).status_code == 404
    assert client.get(new).status_code == 200
    client.post(reverse("calendar-address"), {"intrekken": "1"})
    assert client.get(new).status_code == 404
    verbs = list(Entry.objects.filter(subject__startswith="procurement.calendartoken").values_list("verb", flat=True))
    assert verbs == ["make_calendar_address", "end_calendar_address", "make_calendar_address", "end_calendar_address"]


def test_address_of_who_left_the_staff_answers_nobody(client, address, procurement_officer, clock):
    administrator = make_user("Beheerder Voorbeeld", "administrator")
    clock.travel_to(clock.at(D(2026, 2, 17), 10))
    end_role(RoleAssignment.objects.get(user=procurement_officer), by=administrator)

    assert client.get(address).status_code == 404


def test_address_of_a_closed_account_answers_nobody(client, address, procurement_officer):
    type(procurement_officer).objects.update(is_active=False)

    assert client.get(address).status_code == 404


def test_only_staff_has_an_address(client, bidder):
    assert client.get(reverse("calendar-address")).status_code == 302
    assert sign_in(client, bidder).get(reverse("calendar-address")).status_code == 403
    assert client.post(reverse("calendar-address"), {"maken": "1"}).status_code == 403
    assert client.get(reverse("staff-calendar", args=["raden"])).status_code == 404


def test_calendar_of_the_staff_asks_as_often_for_ten_procedures_as_for_two(client, address, clock):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    for number in range(2):
        story.put(story.make_procedure(f"2026-1{number}"), "published", published_at=legal_clock.now())
    two = asked()
    for number in range(2, 10):
        story.put(story.make_procedure(f"2026-1{number}"), "published", published_at=legal_clock.now())

    assert asked() == two
