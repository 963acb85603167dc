"""Subscribing to a procedure: with an address only, confirmed from the mailbox, ended at one click, forgotten in time."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from documents.models import Delivery
from lifecycle import clock as legal_clock
from lifecycle import outbox
from lifecycle.models import Entry, Owed
from procurement import actions
from procurement.actions.subscribing import PAUSE, erase_past_addresses
from procurement.audience import tell_everybody
from procurement.models import Procedure, Subscription
from tests.people import sign_in
from tests.procurement import story

READER = "lezer@voorbeeld.example"


def ask(client, procedure, email=READER, **more):
    return client.post(reverse("subscription-ask", args=[procedure.pk]), {"email": email}, **more)


def subscribe(procedure, email=READER):
    actions.ask_subscription(procedure, email=email)
    return actions.confirm_subscription(Subscription.objects.get(procedure=procedure, email=email, ended_at=None))


def links(message):
    return re.findall(r"http://localhost:8000(\S+)", message.body)


def told():
    """What subscriptions left on the trail."""
    found = Entry.objects.filter(subject__startswith="procurement.subscription:").order_by("position")
    return list(found.values_list("verb", "actor", "facts"))


def tell(procedure, officer):
    return tell_everybody(procedure, reason="test", title="Er is nieuws", body="Lees het.", by=officer)


def test_visitor_subscribes_and_confirms_from_the_mail(client, published):
    answer = ask(client, published)
    outbox.sweep()
    (message,) = mail.outbox
    confirm, _procedure, leave = links(message)

    assert answer.url == published.get_absolute_url()
    assert message.to == [READER]
    assert message.subject == "2026-001: bevestig uw abonnement"
    assert "Dat kan tot en met maandag 23 februari 2026" in message.body
    assert not Subscription.objects.current().exists()

    assert 'method="post"' in client.get(confirm).text
    assert not Subscription.objects.current().exists()
    assert "Uw abonnement is bevestigd" in client.post(confirm).text
    assert Subscription.objects.current().get().leave_path == leave
    assert told() == [("confirm", "system", {})]


def test_box_stands_on_the_page_for_visitors_only(client, published, draft, procurement_officer, bidder):
    assert "Op de hoogte blijven" in client.get(published.get_absolute_url()).text
    assert "Op de hoogte blijven" in sign_in(client, bidder).get(published.get_absolute_url()).text
    assert "Op de hoogte blijven" not in sign_in(client, procurement_officer).get(published.get_absolute_url()).text


@pytest.mark.parametrize("email", ["", "geen adres", "a@b", "iemand@voorbeeld", f"{'x' * 250}@voorbeeld.example"])
def test_bad_address_is_refused_next_to_the_field_and_kept(client, published, email):
    answer = ask(client, published, email)

    assert answer.status_code == 422
    assert 'href="#id_email"' in answer.text
    assert f'value="{email}"' in answer.text or not email
    assert not Subscription.objects.exists()


def test_draft_cannot_be_subscribed_to(client, draft):
    assert ask(client, draft).status_code == 404


def test_ended_procedure_takes_no_subscribers(client, published):
    story.put(published, "cancelled")

    assert ask(client, published).status_code == 409
    assert "Op de hoogte blijven" not in client.get(published.get_absolute_url()).text
    assert not Subscription.objects.exists()


# -- nobody learns who subscribed -------------------------------------------------------------------


def test_answer_is_the_same_whether_or_not_the_address_is_known(client, published, clock):
    subscribe(published, "bekend@voorbeeld.example")
    clock.travel_to(legal_clock.now() + PAUSE)
    answers = {}
    for email in ("bekend@voorbeeld.example", "vreemd@voorbeeld.example"):
        answer = ask(type(client)(), published, email, follow=True)
        answers[email] = (answer.status_code, [str(each).replace(email, "") for each in answer.context["messages"]])

    assert answers["bekend@voorbeeld.example"] == answers["vreemd@voorbeeld.example"]
    outbox.sweep()
    assert {message.to[0]: message.subject for message in mail.outbox} == {
        "bekend@voorbeeld.example": "2026-001: u bent al geabonneerd",
        "vreemd@voorbeeld.example": "2026-001: bevestig uw abonnement",
    }


def test_who_asks_again_at_once_gets_one_mail(client, published, clock):
    ask(client, published)
    ask(client, published, READER.upper())
    outbox.sweep()
    assert len(mail.outbox) == 1

    clock.travel_to(legal_clock.now() + PAUSE)
    ask(client, published)
    outbox.sweep()
    assert len(mail.outbox) == 2
    assert Subscription.objects.count() == 1


def test_too_many_requests_from_one_network_are_refused(client, published):
    codes = [ask(client, published, f"lezer{number}@voorbeeld.example").status_code for number in range(21)]

    assert codes == [302] * 20 + [429]
    assert Subscription.objects.count() == 20


def test_unknown_token_is_404(client, published):
    assert client.get("/abonnementen/verzonnen/bevestigen/").status_code == 404
    assert client.post("/abonnementen/verzonnen/beeindigen/").status_code == 404


# -- confirming in time -------------------------------------------------------------------------------


def test_link_is_good_until_its_moment(client, published, clock):
    ask(client, published)
    row = Subscription.objects.get()
    assert row.confirm_until == row.asked_at + dt.timedelta(days=7)

    clock.travel_to(row.confirm_until + dt.timedelta(seconds=1))
    answer = client.post(row.confirm_path)
    assert answer.status_code == 410
    assert "Bevestigen kon tot en met" in answer.text
    assert "Opnieuw abonneren" in answer.text
    assert not Subscription.objects.current().exists()

    clock.travel_to(row.confirm_until)
    assert client.post(row.confirm_path).status_code == 200
    assert Subscription.objects.current().exists()


def test_request_that_nobody_confirmed_is_forgotten(client, published, clock):
    ask(client, published)
    clock.travel_to(Subscription.objects.get().confirm_until + dt.timedelta(seconds=1))
    outbox.run_periodic()

    assert not Subscription.objects.exists()
    assert told() == []
    outbox.sweep()
    assert mail.outbox == []


# -- the way out ----------------------------------------------------------------------------------------


def test_every_mail_carries_the_way_out_for_programs_and_people(client, published, procurement_officer):
    row = subscribe(published)
    Owed.objects.all().delete()
    tell(published, procurement_officer)
    outbox.sweep()
    (message,) = mail.outbox

    assert message.extra_headers["List-Unsubscribe"] == f"<http://localhost:8000{row.leave_path}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"Geen berichten meer over deze procedure: http://localhost:8000{row.leave_path}" in message.body


def test_one_click_ends_it_without_a_session(published, procurement_officer):
    from django.test import Client

    row = subscribe(published)
    program = Client(enforce_csrf_checks=True)

    assert 'method="post"' in program.get(row.leave_path).text
    assert Subscription.objects.current().count() == 1
    assert program.post(row.leave_path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert program.post(row.leave_path).status_code == 200
    assert told() == [("confirm", "system", {}), ("end", "system", {})]
    assert tell(published, procurement_officer).deliveries.count() == 0


def test_ended_subscription_can_begin_anew(client, published, procurement_officer):
    ended = actions.end_subscription(subscribe(published))
    ask(client, published)
    row = Subscription.objects.get(ended_at=None)
    client.post(row.confirm_path)

    assert row.token != ended.token
    assert client.post(ended.confirm_path).status_code == 410
    assert [copy.leave_path for copy in tell(published, procurement_officer).deliveries.all()] == [row.leave_path]


def test_address_is_subscribed_once(published):
    subscribe(published)

    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(procedure=published, email=READER, asked_at=legal_clock.now())


# -- forgetting -----------------------------------------------------------------------------------------


def addresses():
    return list(Subscription.objects.values_list("email", flat=True)), list(
        Delivery.objects.values_list("email", flat=True)
    )


def test_address_is_erased_some_time_after_its_end(published, procurement_officer, clock):
    row = subscribe(published)
    subscribe(published, "blijft@voorbeeld.example")
    tell(published, procurement_officer)
    actions.end_subscription(row)

    clock.travel_to(legal_clock.now() + dt.timedelta(days=90) - dt.timedelta(seconds=1))
    erase_past_addresses()
    assert addresses() == ([READER, "blijft@voorbeeld.example"], [READER, "blijft@voorbeeld.example"])

    clock.travel_to(legal_clock.now() + dt.timedelta(seconds=1))
    erase_past_addresses()
    erase_past_addresses()
    assert addresses() == (["", "blijft@voorbeeld.example"], ["", "blijft@voorbeeld.example"])
    assert [verb for verb, *_rest in told()] == ["confirm", "confirm", "end", "erase"]


def test_addresses_are_erased_some_time_after_the_procedure(published, procurement_officer, decision_maker, clock):
    subscribe(published)
    tell(published, procurement_officer)
    procedure = Procedure.objects.get(pk=published.pk)
    actions.cancel(procedure, by=decision_maker, reason="De behoefte verviel.")

    clock.travel_to(legal_clock.now() + dt.timedelta(days=89))
    outbox.run_periodic()
    assert READER in addresses()[0]

    clock.travel_to(legal_clock.now() + dt.timedelta(days=1))
    outbox.run_periodic()
    emails, copies = addresses()
    assert set(emails) == {""}
    assert set(copies) == {""}
    assert Subscription.objects.current().count() == 0


def test_trail_never_holds_the_address(client, published, procurement_officer):
    actions.end_subscription(subscribe(published))
    tell(published, procurement_officer)

    assert not [entry for entry in Entry.objects.all() if READER in str(entry.facts)]
