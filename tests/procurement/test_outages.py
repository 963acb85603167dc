"""An outage extends every deadline that it touched by one published rule, also just after the closing minute."""

import datetime as dt
from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from documents.envelopes import actions as envelopes
from documents.models import Document, Envelope, Message
from lifecycle import clock, steps, timelimits, trail
from lifecycle.models import Entry
from lifecycle.steps import Blocked, fire
from procurement import actions
from procurement.duties import close_what_is_past
from procurement.models import Addendum, Application, Offer, Outage, OutageEffect, Procedure
from tests.people import make_user
from tests.procurement import story
from tests.procurement.changes import at_noon, outage
from tests.procurement.story import DEADLINE, put

MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def guards_of(refusal):
    return [reason.guard for reason in refusal.value.reasons]


def local(month, day, hour, minute=0, second=0):
    return clock.at(dt.date(2026, month, day), hour, minute, second)


# -- the rule -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "moment,whole",
    [
        (local(3, 19, 12), local(3, 19, 12)),
        (local(3, 19, 12, 0, 1), local(3, 19, 13)),
        (local(3, 20, 23, 30), local(3, 23, 0)),
        (local(3, 21, 9, 15), local(3, 23, 10)),
        (local(4, 6, 9), local(4, 7, 9)),
        (local(4, 3, 23, 30), local(4, 7, 0)),
        (clock.at(dt.date(2026, 12, 24), 23, 59), clock.at(dt.date(2026, 12, 28), 0)),
    ],
)
def test_the_next_whole_hour_on_a_working_day(moment, whole):
    """Easter Monday is 6 April, Christmas falls on a Friday."""
    assert timelimits.next_working_hour(moment) == whole


def test_an_outage_in_the_last_hour_extends_by_its_length_and_four_hours(
    submitted, published, procurement_officer, legal_officer
):
    clock.travel_to(local(3, 19, 11, 50))
    record = outage(local(3, 19, 11, 10), 30, by=procurement_officer)

    record = actions.confirm_outage(record, by=legal_officer)

    procedure, later = fresh(published), local(3, 19, 17)
    assert (record.state, record.confirmed_by, record.confirmed_at) == ("confirmed", legal_officer, clock.now())
    assert (procedure.state, procedure.applications_deadline) == ("published", later)
    assert procedure.box("applications").opens_at == later + SECOND
    effect = OutageEffect.objects.get()
    assert (effect.procedure, effect.phase, effect.old_deadline, effect.new_deadline, effect.refusal) == (
        published,
        "applications",
        DEADLINE,
        later,
        "",
    )
    addendum = Addendum.objects.get()
    assert (addendum.kind, addendum.outage, addendum.number) == ("outage", record, 1)
    assert addendum.reason == (
        "Partnerloket was van do 19 mrt 2026, 11.10 u tot do 19 mrt 2026, 11.40 u niet of niet goed te gebruiken (30 minuten). "
        "Opladen gaf een fout."
    )
    assert Message.objects.get(reason="addendum").deliveries.count() == 1
    assert Document.objects.get(kind="addendum").is_public
    assert list(trail.verify()) == []


@pytest.mark.parametrize(
    "start,minutes,touched",
    [
        # Begun before the last second of the deadline was over.
        (at_noon(-1), 20, True),
        (at_noon(0), 20, True),
        (at_noon(1), 20, False),
        # Long enough.
        (at_noon(-3600), 15, True),
        (at_noon(-3600), 14, False),
        # Not over when the last 24 hours began.
        (at_noon(-24 * 3600 - 20 * 60), 21, True),
        (at_noon(-24 * 3600 - 20 * 60), 20, False),
    ],
)
def test_which_outage_touches_a_deadline(published, procurement_officer, legal_officer, start, minutes, touched):
    clock.travel_to(at_noon(30 * 60))
    actions.confirm_outage(outage(start, minutes, by=procurement_officer), by=legal_officer)

    assert OutageEffect.objects.exists() == touched
    assert (fresh(published).applications_deadline != DEADLINE) == touched


def test_an_outage_that_hindered_nobody_extends_nothing(published, procurement_officer, legal_officer):
    clock.travel_to(local(3, 19, 11, 50))
    record = outage(local(3, 19, 11, 10), 30, by=procurement_officer, hindered=False)
    actions.confirm_outage(record, by=legal_officer)

    assert (OutageEffect.objects.count(), fresh(published).applications_deadline) == (0, DEADLINE)


# -- just after the closing minute ------------------------------------------------------------------------


@pytest.fixture
def closed(submitted, published):
    """One minute after the closing, labelled by the clock."""
    clock.travel_to(at_noon(60))
    close_what_is_past()
    assert fresh(published).state == "applications_closed"
    return fresh(published)


def test_an_outage_confirmed_just_after_the_closing_opens_again_what_was_not_opened(
    closed, rival, rival_org, procurement_officer, legal_officer
):
    """Reckoned from the confirmation at 12.20 h: 30 minutes and four hours, up to 17.00 h."""
    clock.travel_to(at_noon(20 * 60))
    actions.confirm_outage(outage(at_noon(-20 * 60), 30, by=procurement_officer), by=legal_officer)

    procedure = fresh(closed)
    assert (procedure.state, procedure.applications_deadline) == ("published", local(3, 19, 17))
    assert Entry.objects.get(subject=procedure.ref, verb="extend_for_outage").source == "applications_closed"
    late = story.submit_application(procedure, organisation=rival_org, by=rival)
    assert late.state == "submitted"
    with pytest.raises(Blocked) as too_early:
        envelopes.approve_release(
            procedure.box("applications"), by=make_user("Vroeg", "opening_officer"), second_factor_at=clock.now()
        )
    assert "moment_of_release_has_come" in guards_of(too_early)
    clock.travel_to(local(3, 19, 17, 0, 1))
    close_what_is_past()
    assert fresh(procedure).state == "applications_closed"


@pytest.mark.parametrize("seconds,state", [(-1, "submitted"), (0, "submitted"), (1, "draft")])
def test_the_new_closing_minute_is_as_exact_as_the_old_one(
    closed, rival, rival_org, procurement_officer, legal_officer, seconds, state
):
    clock.travel_to(at_noon(20 * 60))
    actions.confirm_outage(outage(at_noon(-20 * 60), 30, by=procurement_officer), by=legal_officer)
    draft = story.start(fresh(closed), organisation=rival_org, by=rival)
    story.fill(draft, by=rival)
    clock.travel_to(local(3, 19, 17) + dt.timedelta(seconds=seconds))

    with suppress(Blocked):
        actions.submit_application(draft, by=rival)

    assert fresh(draft).state == state
    attempts = Entry.objects.filter(subject=draft.ref, verb="late_attempt")
    assert attempts.count() == (state == "draft")


def test_nothing_that_an_officer_began_to_open_is_sealed_again(
    closed, opening_officer, procurement_officer, legal_officer
):
    box = envelopes.approve_release(closed.box("applications"), by=opening_officer, second_factor_at=clock.now())
    assert box.state == "approved_once"
    clock.travel_to(at_noon(20 * 60))

    record = actions.confirm_outage(outage(at_noon(-20 * 60), 30, by=procurement_officer), by=legal_officer)

    procedure, effect = fresh(closed), OutageEffect.objects.get()
    assert record.state == "confirmed"
    assert (procedure.state, procedure.applications_deadline) == ("applications_closed", DEADLINE)
    assert (effect.new_deadline, effect.refusal) == (
        None,
        "De verzegeling is al geheel of gedeeltelijk opgeheven: wat geopend is of kon worden, wordt niet opnieuw verzegeld.",
    )
    assert fresh(box).opens_at == at_noon(1)
    assert not Addendum.objects.exists()


def test_what_was_opened_is_named_in_the_register_and_stays_open(
    submitted, published, opening_officer, second_opening_officer, procurement_officer, legal_officer
):
    story.open_applications(published, opening_officer, second_opening_officer)

    actions.confirm_outage(outage(at_noon(-20 * 60), 30, by=procurement_officer), by=legal_officer)

    effect = OutageEffect.objects.get()
    assert (effect.phase, effect.old_deadline, effect.new_deadline) == ("applications", DEADLINE, None)
    assert (fresh(published).state, fresh(submitted).state) == ("selection", "opened")


def test_one_outage_extends_every_procedure_and_one_that_was_opened_holds_none_of_them_back(
    closed, opening_officer, procurement_officer, decision_maker, legal_officer
):
    clock.travel_to(local(2, 16, 10))
    other = story.publish(story.make_procedure("2026-002"), officer=procurement_officer, decision_maker=decision_maker)
    clock.travel_to(at_noon(60))
    envelopes.approve_release(closed.box("applications"), by=opening_officer, second_factor_at=clock.now())
    clock.travel_to(at_noon(20 * 60))

    actions.confirm_outage(outage(at_noon(-20 * 60), 30, by=procurement_officer), by=legal_officer)

    told = OutageEffect.objects.order_by("procedure__number").values_list("procedure__number", "new_deadline")
    assert list(told) == [("2026-001", None), ("2026-002", local(3, 19, 17))]
    assert fresh(other).applications_deadline == local(3, 19, 17)


@pytest.mark.parametrize("state,after", [("tendering", "tendering"), ("tenders_closed", "tendering")])
def test_offers_too(
    submitted, published, opening_officer, second_opening_officer, procurement_officer, legal_officer, state, after
):
    story.open_applications(published, opening_officer, second_opening_officer)
    put(Application.objects.get(), "selected")
    deadline = local(5, 20, 12)
    procedure = actions.invite_tenders(
        put(fresh(published), "selection_notified"), by=procurement_officer, offers_deadline=deadline
    )
    put(procedure, state)
    clock.travel_to(deadline + 20 * MINUTE)

    actions.confirm_outage(outage(deadline - 20 * MINUTE, 30, by=procurement_officer), by=legal_officer)

    assert (fresh(published).state, fresh(published).offers_deadline) == (after, local(5, 20, 17))


# -- the register -------------------------------------------------------------------------------------------


def test_an_outage_may_stay_open_and_counts_once_its_end_is_known(published, procurement_officer, administrator):
    clock.travel_to(local(3, 19, 11))
    record = actions.record_outage(Outage(started_at=local(3, 19, 10, 50), affected="Alles."), by=administrator)
    with pytest.raises(Blocked) as running:
        actions.confirm_outage(record, by=procurement_officer)
    with pytest.raises(Blocked) as before:
        fire(record, "end", by=administrator, ended_at=local(3, 19, 10, 50))
    clock.travel_to(local(3, 19, 11, 30))
    record = fire(record, "end", by=administrator, ended_at=local(3, 19, 11, 20))

    actions.confirm_outage(record, by=procurement_officer)

    assert guards_of(running) == ["outage_has_ended"]
    assert guards_of(before) == ["outage_ends_after_its_start"]
    assert fresh(published).applications_deadline == local(3, 19, 17)


def test_nobody_confirms_what_he_recorded(published, procurement_officer, administrator, decision_maker):
    clock.travel_to(local(3, 19, 11, 50))
    record = outage(local(3, 19, 11, 10), 30, by=procurement_officer)

    for person in (procurement_officer, decision_maker):
        with pytest.raises(PermissionDenied):
            actions.confirm_outage(record, by=person)
    with pytest.raises(PermissionDenied):
        outage(local(3, 19, 11, 10), 30, by=decision_maker)
    with pytest.raises(IntegrityError), transaction.atomic():
        put(record, "confirmed", confirmed_by=procurement_officer, confirmed_at=clock.now())


def test_a_dismissed_outage_extends_nothing(published, procurement_officer, legal_officer):
    clock.travel_to(local(3, 19, 11, 50))
    record = outage(local(3, 19, 11, 10), 30, by=procurement_officer)
    record = fire(record, "dismiss", by=legal_officer, reason="Eén kandidaat had geen internet.")

    assert (record.state, OutageEffect.objects.count()) == ("dismissed", 0)
    assert not Outage.objects.visible_to(make_user("Vera")).exists()


# -- withdrawing the whole ------------------------------------------------------------------------------------


@pytest.fixture
def rivals_draft(submitted, published, rival_org, rival):
    draft = story.start(published, organisation=rival_org, by=rival)
    story.fill(draft, by=rival)
    return draft


def test_a_withdrawal_closes_what_is_sealed_and_tells_everybody(
    submitted, rivals_draft, published, bidder, rival, decision_maker, opening_officer
):
    procedure = actions.cancel(published, by=decision_maker, reason="De behoefte is vervallen.")

    assert procedure.state == "cancelled"
    assert [fresh(each).state for each in (submitted, rivals_draft)] == ["closed", "closed"]
    box = procedure.box("applications")
    assert (box.state, box.takes_envelopes) == ("closed", False)
    message = Message.objects.get(reason="cancelled")
    assert {copy.name for copy in message.deliveries.all()} == {"Voorbeeldpartner Alfa vzw", "Voorbeeldpartner Beta bv"}
    assert message.document.kind == "cancellation_decision"
    assert "Reden: De behoefte is vervallen." in message.body
    clock.travel_to(DEADLINE + dt.timedelta(days=1))
    with pytest.raises(Blocked):
        envelopes.approve_release(box, by=opening_officer, second_factor_at=clock.now())
    with pytest.raises(Blocked):
        envelopes.open_envelope(submitted.envelope, by=opening_officer)
    for draft, maker in ((submitted, bidder), (rivals_draft, rival)):
        assert steps.steps(fresh(draft), maker) == []
    assert Envelope.objects.filter(opened_key=None).count() == 2


def test_staff_does_not_see_who_had_begun_when_a_procedure_is_withdrawn(
    submitted, rivals_draft, published, procurement_officer, decision_maker
):
    actions.cancel(published, by=decision_maker, reason="De behoefte is vervallen.")

    assert not Application.objects.visible_to(procurement_officer).exists()
    assert not Offer.objects.visible_to(procurement_officer).exists()


@pytest.mark.parametrize("state", ["draft", "in_review", "approved"])
def test_a_procedure_that_is_not_published_yet_is_given_up_inside(draft, procurement_officer, bidder, state):
    procedure = fire(put(draft, state), "abandon", by=procurement_officer, reason="De dienst komt er niet.")

    assert (procedure.state, procedure.end_reason) == ("abandoned", "De dienst komt er niet.")
    assert not procedure.is_public
    assert not Procedure.objects.visible_to(bidder).exists()
    assert steps.steps(procedure, procurement_officer) == []
