"""Stating interests and opening: two officers, each with a fresh second factor, after the deadline."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from documents.models import SealingBox
from lifecycle import clock as legal_clock
from lifecycle import steps
from procurement import actions
from procurement.models import InterestStatement
from tests.people import sign_in
from tests.procurement import story


@pytest.fixture
def closed(submitted, clock, opening_officer, second_opening_officer):
    """The deadline is over, and both officers stated to have no interest."""
    procedure = submitted.procedure
    clock.travel_to(story.DEADLINE + dt.timedelta(hours=1))
    for officer in (opening_officer, second_opening_officer):
        actions.state_interests(procedure, by=officer, has_conflict=False)
    return steps.fire(procedure, "close_applications", by=opening_officer)


def opening(procedure):
    return reverse("box-release", args=[procedure.pk])


def guards(response):
    return [reason.guard for reason in response.context["reasons"]]


# -- interests ----------------------------------------------------------------------------------


def test_statement_is_recorded_for_oneself(client, published, procurement_officer):
    url = reverse("interests", args=[published.pk])
    sign_in(client, procurement_officer)

    assert client.get(url).text.count("<h1") == 1
    assert client.post(url, {"statement": "no"}).url == published.get_absolute_url()
    statement = InterestStatement.objects.get()
    assert (statement.user, statement.has_conflict) == (procurement_officer, False)


def test_statement_needs_an_answer(client, published, procurement_officer):
    response = sign_in(client, procurement_officer).post(reverse("interests", args=[published.pk]), {})

    assert response.status_code == 422
    assert InterestStatement.objects.count() == 0


def test_interest_that_was_stated_does_not_go_away(client, published, procurement_officer):
    actions.state_interests(published, by=procurement_officer, has_conflict=True)
    response = sign_in(client, procurement_officer).post(reverse("interests", args=[published.pk]), {"statement": "no"})

    assert response.status_code == 422
    assert "U verklaarde eerder een belang" in response.text
    assert InterestStatement.objects.get().has_conflict is True


@pytest.mark.parametrize("who", ["bidder", "auditor", "administrator"])
def test_statement_is_for_who_works_on_procedures(client, published, request, who):
    client = sign_in(client, request.getfixturevalue(who))

    assert client.post(reverse("interests", args=[published.pk]), {"statement": "no"}).status_code == 403


# -- opening ------------------------------------------------------------------------------------


def test_two_officers_release_and_then_open(client, closed, opening_officer, second_opening_officer):
    url = opening(closed)
    assert sign_in(client, opening_officer).post(url).url == url
    assert SealingBox.objects.get().state == "approved_once"

    assert sign_in(client, second_opening_officer).post(url).url == url
    response = client.get(url)

    assert [str(person) for _label, person, _moment in response.context["approvals"]] == ["Olga Opener", "Otto Opener"]
    assert [step.verb for step in response.context["steps"]] == ["open_applications"]
    assert client.post(response.context["steps"][0].url, {"seen_state": "applications_closed"}).status_code == 302
    assert closed.applications.get().state == "opened"


def test_same_officer_twice_is_refused(client, closed, opening_officer):
    sign_in(client, opening_officer).post(opening(closed))
    response = client.post(opening(closed))

    assert response.status_code == 409
    assert guards(response) == ["officers_are_two"]
    assert SealingBox.objects.get().state == "approved_once"


def test_before_the_deadline_the_page_says_from_when(client, submitted, opening_officer):
    actions.state_interests(submitted.procedure, by=opening_officer, has_conflict=False)
    url = opening(submitted.procedure)
    shown = sign_in(client, opening_officer).get(url)
    refused = client.post(url)

    assert guards(shown) == ["moment_of_release_has_come"]
    assert shown.context["reasons"][0].opens_at == story.DEADLINE + dt.timedelta(seconds=1)
    assert refused.status_code == 409
    assert SealingBox.objects.get().state == "sealing"


def test_stale_second_factor_is_asked_again(client, closed, opening_officer):
    url = opening(closed)
    sign_in(client, opening_officer)
    with time_machine.travel(legal_clock.real_now() + dt.timedelta(minutes=6)):
        shown = client.get(url)
        response = client.post(url)

    again = f"{reverse('mfa_reauthenticate')}?next={url.replace('/', '%2F')}"
    assert shown.context["is_stale"] is True
    assert response.url == again
    assert SealingBox.objects.get().state == "sealing"


def test_officer_without_a_statement_is_sent_to_it(client, submitted, clock, opening_officer):
    clock.travel_to(story.DEADLINE + dt.timedelta(hours=1))
    url = opening(submitted.procedure)
    shown = sign_in(client, opening_officer).get(url)

    assert shown.context["has_stated"] is False
    assert reverse("interests", args=[submitted.procedure_id]) in shown.text
    assert client.post(url).status_code == 403


@pytest.mark.parametrize("who", ["procurement_officer", "decision_maker", "auditor", "administrator", "bidder"])
def test_opening_is_for_opening_officers(client, closed, request, who):
    sign_in(client, request.getfixturevalue(who))

    assert client.get(opening(closed)).status_code == 403
    assert client.post(opening(closed)).status_code == 403


def test_opening_page_tells_how_many_and_nothing_more(client, closed, opening_officer):
    response = sign_in(client, opening_officer).get(opening(closed))

    assert response.context["count"] == 1
    assert "Voorbeeldpartner" not in response.text
    assert response.text.count("<h1") == 1


def test_draft_has_nothing_to_open(client, draft, opening_officer):
    assert sign_in(client, opening_officer).get(opening(draft)).status_code == 404
