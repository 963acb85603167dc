"""Home after a publication: notices that are owed, deadlines that turn out too early, and what waits for candidates."""

import datetime as dt

from django.urls import reverse

from desk import waiting
from documents.correcting import confirm_correction
from lifecycle import clock
from procurement import actions
from procurement.models import Notice
from procurement.models.question_terms import terms_of
from tests.people import *  # noqa: F403 -- its fixtures
from tests.people import sign_in
from tests.procurement.changes import drafted, new_weights
from tests.procurement.conftest import *  # noqa: F403 -- its fixtures
from tests.procurement.story import DEADLINE
from tests.procurement.test_questions import ask

WEEK_LATER = DEADLINE + dt.timedelta(days=7)
CHANGE = "Aankondiging van wijziging verzenden en optekenen"
EARLY = "Uiterste datum verlengen: ze ligt te vroeg"


def lines(user):
    return {line.what: line for line in waiting.urgent_for(user)}


def test_legal_staff_confirm_the_subtype_from_the_submission_on(draft, procurement_officer, legal_officer):
    what = "Subtype van de aankondiging bevestigen"
    assert what not in lines(legal_officer)

    actions.submit_for_approval(draft, by=procurement_officer)

    assert lines(legal_officer)[what].url == reverse("notice-subtype", args=[draft.pk])
    assert what not in lines(procurement_officer)

    actions.confirm_notice_subtype(draft, by=legal_officer, subtype="14")

    assert what not in lines(legal_officer)


def test_a_notice_of_change_is_owed_until_it_is_recorded(published, procurement_officer, clock):
    actions.extend_deadline(published, by=procurement_officer, deadline=WEEK_LATER, reason="Veel vragen.")

    assert (
        lines(procurement_officer)[CHANGE].about
        == "2026-001 Addendum 1: Uiterste datum verlengd tot do 26 mrt 2026, 12.00 u"
    )

    clock.travel_to(clock.now() + dt.timedelta(minutes=5))
    actions.record_notice(
        published, by=procurement_officer, kind="change", subtype="14", number="BDA-2", sent_on=clock.today()
    )

    assert CHANGE not in lines(procurement_officer)


def test_a_corrected_dispatch_that_makes_the_deadline_too_early_waits_for_an_extension(
    client, published, procurement_officer, legal_officer
):
    clock.travel_to(clock.at(dt.date(2026, 2, 20), 9))
    notice = Notice.objects.get()
    correction = actions.propose_dispatch(
        notice, by=procurement_officer, number=notice.number, sent_on=dt.date(2026, 2, 18), reason="Twee dagen later."
    )
    assert EARLY not in lines(procurement_officer)
    confirm_correction(correction, by=legal_officer)

    line = lines(procurement_officer)[EARLY]
    assert line.deadline == DEADLINE
    assert line.url == reverse("procedure-step", args=[published.pk, "extend_deadline"])
    assert "ligt te vroeg" in sign_in(client, procurement_officer).get(published.get_absolute_url()).text

    too_short = {"deadline_0": "20/03/2026", "deadline_1": "12.00", "reason": "Verkeerd opgetekend."}
    refused = client.post(line.url, too_short)
    done = client.post(line.url, too_short | {"deadline_0": "23/03/2026"})

    assert [str(error).partition(" (")[0] for error in refused.context["form"].errors["deadline"]] == [
        (
            "De nieuwe uiterste datum laat de minimumtermijn nog niet. De termijn voor aanvragen is te kort. Ze is ten vroegste "
            "za 21 mrt 2026, 0.00 u"
        )
    ]
    assert done.status_code == 302
    assert EARLY not in lines(procurement_officer)


def test_who_submitted_is_asked_to_confirm_on_home_and_on_the_procedure(
    client, submitted, published, bidder, procurement_officer, legal_officer
):
    what = "Bevestigen of vervangen na een wijziging"
    assert what not in lines(bidder)
    draft = drafted(published, by=procurement_officer, wanted=new_weights(published), deadline=WEEK_LATER)
    actions.publish_addendum(draft, by=legal_officer)

    line = lines(bidder)[what]
    page = sign_in(client, bidder).get(published.get_absolute_url()).text
    assert (line.url, line.deadline) == (submitted.get_absolute_url(), WEEK_LATER)
    assert "Gewijzigd nadat u indiende: bevestig of vervang uw inzending." in page
    assert "Kandidaat stellen" not in page

    actions.confirm_submission(type(submitted).objects.get(pk=submitted.pk), by=bidder)

    assert what not in lines(bidder)
    assert "Gewijzigd nadat u indiende" not in client.get(published.get_absolute_url()).text


def test_a_question_that_was_sent_back_waits_for_its_asker(published, bidder, rival, partner_org, procurement_officer):
    question = ask(published, by=bidder, organisation=partner_org, text="Mag dit?", confidential=True, motive="Geheim.")
    actions.send_back_question(question, by=procurement_officer, reason="Dit is niet geheim.")

    line = lines(bidder)["Vraag teruggestuurd: openlijk stellen of intrekken"]
    assert (line.about, line.url, line.deadline) == (
        "Mag dit?",
        question.get_absolute_url(),
        terms_of(published, "applications").questions_until,
    )
    assert "Vraag teruggestuurd: openlijk stellen of intrekken" not in lines(rival)
