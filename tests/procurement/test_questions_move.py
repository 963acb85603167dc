"""Until when questions can be asked moves with the deadline, and an outage extends it by the same published rule."""

import datetime as dt

import pytest
from django.urls import reverse

from documents.models import Document, Message
from lifecycle import clock
from procurement import actions
from procurement.models import Addendum, OutageEffect, Procedure
from procurement.models.question_terms import terms_of
from tests.people import sign_in
from tests.procurement.changes import drafted, new_weights, outage
from tests.procurement.story import DEADLINE
from tests.procurement.test_questions import ask

WEEK_LATER = DEADLINE + dt.timedelta(days=7)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def local(month, day, hour=0, minute=0):
    return clock.at(dt.date(2026, month, day), hour, minute)


def until(procedure):
    return terms_of(fresh(procedure), "applications").questions_until


def choose(procedure, moment):
    """As it stood in the guide."""
    Procedure.objects.filter(pk=procedure.pk).update(applications_questions_until=moment)
    procedure.applications_questions_until = moment


def moved():
    addendum = Addendum.objects.get()
    return addendum.old_questions_until, addendum.new_questions_until


# -- with the deadline ------------------------------------------------------------------------------------


def test_the_usual_moment_is_reckoned_anew_and_told(published, procurement_officer):
    assert until(published) == local(3, 6)

    actions.extend_deadline(published, by=procurement_officer, deadline=WEEK_LATER, reason="Veel vragen.")

    assert until(published) == local(3, 13)
    assert moved() == (local(3, 6), local(3, 13))
    assert Message.objects.get(reason="addendum").body == (
        "De aanbesteder verlengt de uiterste datum, voor iedereen gelijk. Reden: Veel vragen.\n\n"
        "Nieuwe uiterste datum voor aanvragen tot deelneming: donderdag 26 maart 2026 om 12.00 uur "
        "(voordien donderdag 19 maart 2026 om 12.00 uur).\n\n"
        "Vragen stellen kan tot donderdag 12 maart 2026 om 24.00 uur (voordien tot donderdag 5 maart 2026 om 24.00 uur)."
    )
    assert Document.objects.get(kind="addendum").context["questions"] == {
        "old": "2026-03-06T00:00:00+01:00",
        "new": "2026-03-13T00:00:00+01:00",
    }


def test_a_chosen_moment_moves_as_many_days_at_the_same_hour(published, procurement_officer):
    choose(published, local(3, 10, 12))
    # Over the change to summer time of 29 March.
    later = local(4, 9, 12)

    actions.extend_deadline(published, by=procurement_officer, deadline=later, reason="Veel vragen.")

    assert until(published) == local(3, 31, 12)


def test_some_hours_more_leave_the_questions_as_they_are(published, procurement_officer):
    actions.extend_deadline(published, by=procurement_officer, deadline=local(3, 19, 17), reason="Storing.")

    assert (until(published), moved()) == (local(3, 6), (None, None))


@pytest.mark.parametrize("chosen", [None, local(3, 10, 12)])
def test_the_authority_may_leave_the_questions_as_they_are(published, procurement_officer, chosen):
    if chosen:
        choose(published, chosen)

    actions.extend_deadline(
        published, by=procurement_officer, deadline=WEEK_LATER, reason="Veel vragen.", questions_move=False
    )

    assert (until(published), moved()) == (chosen or local(3, 6), (None, None))
    assert "Vragen" not in Message.objects.get(reason="addendum").body


@pytest.mark.parametrize("along,expected", [(True, local(3, 13)), (False, local(3, 6))])
def test_a_rectification_that_extends_moves_them_or_not(published, procurement_officer, legal_officer, along, expected):
    draft = drafted(
        published,
        by=procurement_officer,
        wanted=new_weights(published),
        deadline=WEEK_LATER,
        questions_move=along,
    )
    actions.publish_addendum(draft, by=legal_officer)

    assert until(published) == expected
    assert moved() == ((local(3, 6), expected) if along else (None, None))


def test_the_questions_about_offers_move_with_their_deadline(tendering, procurement_officer):
    before = terms_of(tendering, "offers")
    later = before.deadline + dt.timedelta(days=14)

    actions.extend_deadline(tendering, by=procurement_officer, deadline=later, reason="Veel vragen.")

    procedure = fresh(tendering)
    assert terms_of(procedure, "offers").questions_until == terms_of(tendering, "offers", deadline=later).usual
    assert procedure.applications_questions_until is None


# -- the page ---------------------------------------------------------------------------------------------


def test_the_page_says_what_waits_and_asks_whether_questions_move(
    client, published, procurement_officer, bidder, partner_org
):
    ask(published, by=bidder, organisation=partner_org)
    sign_in(client, procurement_officer)
    url = reverse("procedure-step", args=[published.pk, "extend_deadline"])

    page = client.get(url).content.decode()

    assert "Nu kunnen vragen tot do 5 mrt 2026, 24.00 u." in page
    assert "1 vraag wacht op antwoord; zonder verlenging kan dat tot en met vr 13 mrt 2026" in page


# -- an outage --------------------------------------------------------------------------------------------


def test_an_outage_in_the_last_hours_for_questions_extends_those_alone(published, procurement_officer, legal_officer):
    choose(published, local(3, 10, 12))
    clock.travel_to(local(3, 10, 11, 50))
    actions.confirm_outage(outage(local(3, 10, 11, 10), 30, by=procurement_officer), by=legal_officer)

    effect = OutageEffect.objects.get()
    assert (effect.what, effect.old_deadline, effect.new_deadline) == ("questions", local(3, 10, 12), local(3, 10, 17))
    assert (until(published), fresh(published).applications_deadline) == (local(3, 10, 17), DEADLINE)
    addendum = Addendum.objects.get()
    assert (addendum.title, addendum.new_deadline) == ("Vragen stellen kan tot di 10 mrt 2026, 17.00 u", None)
    assert moved() == (local(3, 10, 12), local(3, 10, 17))


def test_an_outage_extends_questions_only_while_a_day_is_left_to_answer(published, procurement_officer, legal_officer):
    choose(published, local(3, 14))
    clock.travel_to(local(3, 13, 23, 50))
    actions.confirm_outage(outage(local(3, 13, 23), 30, by=procurement_officer), by=legal_officer)

    effect = OutageEffect.objects.get()
    assert (effect.what, effect.new_deadline) == ("questions", None)
    assert (
        effect.refusal
        == "Er blijft geen dag over om te antwoorden. Vragen kunnen hoogstens tot vr 13 mrt 2026, 24.00 u."
    )
    assert (until(published), Addendum.objects.exists()) == (local(3, 14), False)
