"""Home: what waits for whom, what is about to expire, what happened lately."""

import datetime as dt

import pytest
from django.urls import reverse

from desk import expiring, recent, waiting
from documents.models import Letter
from lifecycle import trail
from procurement import actions
from procurement.milestones import award_notice_due
from tests.people import *  # noqa: F403 -- its fixtures
from tests.people import sign_in
from tests.procurement import story
from tests.procurement.conftest import *  # noqa: F403 -- its fixtures
from tests.procurement.test_pages_timeline import SENT, make_letter

ACT = "wet van 17 juni 2016 betreffende de concessieovereenkomsten"


def lines(user):
    return [(line.what, line.url) for line in waiting.urgent_for(user)]


def opening_line(procedure):
    return ("Opheffing van de verzegeling", reverse("box-release", args=[procedure.pk]))


def statement_line(procedure):
    return ("Belangenverklaring afleggen", reverse("interests", args=[procedure.pk]))


# -- the opening --------------------------------------------------------------------------------


def test_opening_waits_from_the_first_second_after_the_deadline(submitted, clock, opening_officer):
    procedure = submitted.procedure
    actions.state_interests(procedure, by=opening_officer, has_conflict=False)
    clock.travel_to(story.DEADLINE)
    assert lines(opening_officer) == []

    clock.travel_to(story.DEADLINE + dt.timedelta(seconds=1))

    assert lines(opening_officer)[0] == opening_line(procedure)


def test_officer_states_interests_before_anything_else(client, submitted, clock, opening_officer):
    clock.travel_to(story.DEADLINE + dt.timedelta(seconds=1))

    assert lines(opening_officer) == [statement_line(submitted.procedure)]
    assert "Er wacht vandaag niets op u." not in sign_in(client, opening_officer).get("/").text


def test_officer_with_an_interest_has_nothing_to_open(submitted, clock, opening_officer):
    actions.state_interests(submitted.procedure, by=opening_officer, has_conflict=True)
    clock.travel_to(story.DEADLINE + dt.timedelta(seconds=1))

    assert lines(opening_officer) == []


def test_somebody_elses_interest_hides_no_opening(submitted, clock, opening_officer, second_opening_officer):
    actions.state_interests(submitted.procedure, by=opening_officer, has_conflict=False)
    actions.state_interests(submitted.procedure, by=second_opening_officer, has_conflict=True)
    clock.travel_to(story.DEADLINE + dt.timedelta(seconds=1))

    assert opening_line(submitted.procedure) in lines(opening_officer)
    assert opening_line(submitted.procedure) not in lines(second_opening_officer)


def test_first_officer_waits_for_the_second(submitted, clock, opening_officer, second_opening_officer):
    procedure = submitted.procedure
    for officer in (opening_officer, second_opening_officer):
        actions.state_interests(procedure, by=officer, has_conflict=False)
    clock.travel_to(story.DEADLINE + dt.timedelta(hours=1))
    story.release(procedure.box("applications"), opening_officer)

    assert opening_line(procedure) not in lines(opening_officer)
    assert opening_line(procedure) in lines(second_opening_officer)


@pytest.mark.parametrize("who", ["evaluator", "decision_maker", "procurement_officer"])
def test_statement_waits_for_who_works_on_what_was_opened(opened, request, who):
    user = request.getfixturevalue(who)
    assert lines(user) == [statement_line(opened.procedure)]

    actions.state_interests(opened.procedure, by=user, has_conflict=False)

    assert statement_line(opened.procedure) not in lines(user)


@pytest.mark.parametrize("who", ["legal_officer", "auditor", "administrator", "bidder"])
def test_statement_waits_for_nobody_else(opened, request, who):
    assert statement_line(opened.procedure) not in lines(request.getfixturevalue(who))


# -- letters ------------------------------------------------------------------------------------


@pytest.fixture
def owed(published, decision_maker, clock):
    """A letter that went out electronically on 30 October and waits for the post."""
    clock.travel_to(SENT)
    lot = story.put(published.lots.first(), "standstill", decided_by=decision_maker, decided_at=SENT)
    make_letter(lot, registered=False)
    return lot


def test_registered_letter_is_due_on_the_day_of_the_electronic_sending(client, owed, procurement_officer):
    line = waiting.urgent_for(procurement_officer)[0]

    assert (line.what, line.deadline) == ("1 aangetekende brief te versturen", dt.date(2026, 10, 30))
    assert line.url == "/documenten/?to_register=true"
    assert ">vandaag</span>" in sign_in(client, procurement_officer).get("/").text


def test_registered_letter_is_late_the_day_after(client, owed, clock, procurement_officer):
    clock.travel_to(clock.at(dt.date(2026, 10, 31), 9))

    assert 'agenda__left--soon">te laat</span>' in sign_in(client, procurement_officer).get("/").text


def test_documents_list_leads_to_what_waits_for_the_post(client, owed, procurement_officer):
    sign_in(client, procurement_officer)
    everything = client.get("/documenten/").context["page_obj"].object_list
    page = client.get("/documenten/?to_register=true")

    assert [document.number for document in page.context["page_obj"].object_list] == ["2026-001-BRF-1"]
    assert len(everything) == 2
    assert '<a href="?dossier=2026-001">2026-001</a>' in page.text


def test_documents_are_filtered_by_dossier_and_kind(client, owed, procurement_officer):
    sign_in(client, procurement_officer)

    def numbers(query):
        return [each.number for each in client.get(f"/documenten/?{query}").context["page_obj"].object_list]

    assert numbers("dossier=2026-001&kind=award_letter") == ["2026-001-BRF-1"]
    assert numbers("dossier=2026-002") == []


# -- what is about to expire --------------------------------------------------------------------


@pytest.fixture
def concluded(published, decision_maker, clock):
    """The first lot, concluded on 17 November 2026."""
    moment = clock.at(dt.date(2026, 11, 17), 15)
    clock.travel_to(moment)
    lot = published.lots.first()
    return story.put(lot, "concluded", decided_by=decision_maker, decided_at=SENT, concluded_at=moment)


def test_award_notice_is_due_48_days_after_the_conclusion(concluded, procurement_officer, decision_maker):
    procedure = concluded.procedure
    line = ("Aankondiging van gegunde concessie verzenden", procedure.get_absolute_url())

    assert award_notice_due(procedure, procedure.lots.all()) == dt.date(2027, 1, 4)
    assert line in lines(procurement_officer)
    assert line not in lines(decision_maker)
    found = next(each for each in waiting.urgent_for(procurement_officer) if each.what == line[0])
    assert found.deadline == dt.date(2027, 1, 4)
    assert found.ground == f"art. 44, § 1, {ACT} (mag per kwartaal gebundeld)"


def test_award_notice_waits_until_the_dossier_is_archived(concluded, procurement_officer):
    procedure = story.put(concluded.procedure, "archived")

    assert award_notice_due(procedure, procedure.lots.all()) is None
    assert waiting.urgent_for(procurement_officer) == []


def test_award_notice_that_is_recorded_waits_for_nobody(concluded, procurement_officer):
    actions.record_notice(
        concluded.procedure,
        by=procurement_officer,
        kind="award",
        subtype="35",
        number="BDA-2026-000777",
        sent_on=dt.date(2026, 11, 17),
    )

    assert "Aankondiging van gegunde concessie verzenden" not in {
        line.what for line in waiting.urgent_for(procurement_officer)
    }


def test_expiring_is_what_ends_within_thirty_days(concluded, clock, procurement_officer, bidder):
    def told(user):
        return [(line.what, line.deadline) for line in expiring.expiring_for(user)]

    assert told(procurement_officer) == []
    clock.travel_to(clock.at(dt.date(2026, 12, 15), 9))

    assert told(procurement_officer) == [("Aankondiging van gegunde concessie", dt.date(2027, 1, 4))]
    assert told(bidder) == []


def test_expiring_deadline_is_shown_to_everybody_on_home(client, published, clock, bidder):
    clock.travel_to(story.DEADLINE - dt.timedelta(days=29))

    assert [(line.what, line.deadline) for line in expiring.expiring_for(bidder)] == [("Aanvragen", story.DEADLINE)]
    assert '<h2 id="dreigt">Dreigt</h2>' in sign_in(client, bidder).get("/").text


def test_expiring_standstills_of_a_procedure_are_one_line(published, decision_maker, procurement_officer, clock):
    clock.travel_to(SENT)
    for lot in published.lots.all():
        make_letter(story.put(lot, "standstill", decided_by=decision_maker, decided_at=SENT), registered=False)
    Letter.objects.update(by_registered_post=False)

    assert [(line.what, line.deadline) for line in expiring.expiring_for(procurement_officer)] == [
        ("Wachttermijn perceel 1, 2", dt.date(2026, 11, 16))
    ]


# -- what runs, what happened -------------------------------------------------------------------


def test_ended_procedure_does_not_run(published, procurement_officer):
    assert [group["title"] for group in waiting.running_for(procurement_officer)] == ["Procedures"]

    story.put(published, "completed")

    assert waiting.running_for(procurement_officer) == []


def test_recent_names_the_dossier_and_tells_repetition_once(draft, procurement_officer):
    second = story.make_procedure(number="2026-002")
    for _again in range(3):
        trail.record(second, "edit", by=procurement_officer)
    trail.record(draft.lots.first(), "check_registry", by=procurement_officer)

    assert [(each.label, each.subject, each.dossier, each.url) for each in recent.recent_for(procurement_officer)] == [
        (
            "Griffie van de Raad van State nagezien",
            str(draft.lots.first()),
            "2026-001 Intensieve bemiddeling en begeleiding",
            draft.get_absolute_url(),
        ),
        (
            "Ontwerp aangepast, 3 keer",
            "",
            "2026-002 Intensieve bemiddeling en begeleiding",
            second.get_absolute_url(),
        ),
    ]


def test_recent_tells_nothing_of_submissions(submitted, procurement_officer):
    labels = {each.label for each in recent.recent_for(procurement_officer)}

    assert labels == {"Bekendmaken", "Goedgekeurde versie vastgelegd", "Goedkeuren", "Ter goedkeuring voorleggen"}


def test_recent_is_for_who_reads_the_trail(submitted, evaluator, bidder):
    assert recent.recent_for(evaluator) == []
    assert recent.recent_for(bidder) == []


def test_step_that_is_done_is_told_in_a_sentence(client, draft, procurement_officer, decision_maker):
    actions.submit_for_approval(draft, by=procurement_officer)
    done = sign_in(client, decision_maker).post(f"{draft.get_absolute_url()}approve/", follow=True)

    assert [str(message) for message in done.context["messages"]] == ["“Goedkeuren” is gedaan."]


def test_partner_finds_documents_in_the_menu(client, bidder, clock):
    labels = [link.label for link in sign_in(client, bidder).get("/").context["page"]["navigation"]]

    assert labels == [
        "Start", "Procedures", "Open House", "Contracten", "Mijn organisatie", "Aanbod", "Documenten", "Berichten",
        "Bekendmakingen",
    ]  # fmt: skip
