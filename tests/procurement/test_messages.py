"""Who sees what of a message: the reader its text, staff numbers, and names only of whom was opened."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents import bounces
from documents.models import Delivery, ReturnedMail
from lifecycle import outbox
from lifecycle.models import Entry, Owed
from procurement import actions
from procurement.audience import tell_everybody
from procurement.models import Procedure, Subscription
from tests.people import make_member, make_user, sign_in
from tests.procurement import story

MESSAGES, RETURNED = "/berichten/", "/teruggekomen/"
ALFA = "Voorbeeldpartner Alfa"


def tell(procedure, by):
    return tell_everybody(procedure, reason="test", title="Er is nieuws", body="Perceel 2 verviel.", by=by)


def deliver(kind):
    for owed in Owed.objects.filter(kind=kind):
        assert outbox.deliver(owed.pk)


@pytest.fixture
def told(submitted, published, procurement_officer):
    """A message to one subscriber and to Voorbeeldpartner Alfa, which submitted."""
    actions.ask_subscription(published, email="lezer@voorbeeld.example")
    actions.confirm_subscription(Subscription.objects.get())
    return tell(published, procurement_officer)


@pytest.fixture
def copy(told):
    return told.deliveries.exclude(recipient="").get()


def open_all(published, *openers, stating):
    story.open_applications(published, *openers)
    actions.state_interests(published, by=stating, has_conflict=False)


# -- for staff --------------------------------------------------------------------------------------------


def test_before_the_opening_staff_see_numbers_only(client, told, published, procurement_officer):
    sign_in(client, procurement_officer)
    page = client.get(told.get_absolute_url())

    assert (page.context["message"].copies_owed, page.context["message"].copies_to_subscribers) == (2, 1)
    assert page.context["unknown"] == 1
    for url in (told.get_absolute_url(), MESSAGES, f"{published.get_absolute_url()}?tab=berichten"):
        text = client.get(url).text
        assert "Er is nieuws" in text
        assert ALFA not in text
        assert "lezer@voorbeeld.example" not in text


def test_after_the_opening_staff_see_whose_copy_it_was(
    client, told, copy, published, procurement_officer, bidder, opening_officer, second_opening_officer
):
    sign_in(type(client)(), bidder).get(told.get_absolute_url())
    open_all(published, opening_officer, second_opening_officer, stating=procurement_officer)
    page = sign_in(client, procurement_officer).get(told.get_absolute_url())

    assert page.context["unknown"] == 0
    assert [each.pk for each in page.context["copies"]] == [copy.pk]
    assert ALFA in page.text
    assert "Kim Kandidaat" in page.text
    assert "lezer@voorbeeld.example" not in page.text


def test_who_stated_no_interest_yet_sees_no_names(
    client, told, published, procurement_officer, opening_officer, second_opening_officer
):
    story.open_applications(published, opening_officer, second_opening_officer)

    assert ALFA not in sign_in(client, procurement_officer).get(told.get_absolute_url()).text


# -- for who it is for --------------------------------------------------------------------------------------


def test_reading_is_kept_once(client, told, copy, bidder, partner_org, clock):
    colleague = make_user("Een Collega")
    make_member(partner_org, colleague)
    page = sign_in(client, bidder).get(told.get_absolute_url())
    read_at = Delivery.objects.get(pk=copy.pk).read_at
    clock.travel_to(story.DEADLINE)
    sign_in(client, colleague).get(told.get_absolute_url())

    assert "Perceel 2 verviel." in page.text
    copy = Delivery.objects.get(pk=copy.pk)
    assert (copy.read_by, copy.read_at) == (bidder, read_at)
    assert not Entry.objects.filter(subject__startswith="documents.delivery").exists()


def test_looking_by_staff_is_no_reading(client, told, copy, procurement_officer):
    sign_in(client, procurement_officer).get(told.get_absolute_url())

    assert Delivery.objects.get(pk=copy.pk).read_at is None


def test_header_counts_what_is_unread(client, told, bidder, procurement_officer):
    sign_in(client, bidder)

    def count():
        (link,) = [link for link in client.get(MESSAGES).context["page"]["navigation"] if link.url == MESSAGES]
        return link.count

    assert count() == 1
    client.get(told.get_absolute_url())
    assert count() == 0
    (link,) = [
        link
        for link in sign_in(client, procurement_officer).get(MESSAGES).context["page"]["navigation"]
        if link.url == MESSAGES
    ]
    assert link.count == 0


def test_others_find_nothing(client, told, rival, stranger):
    for person in (rival, stranger):
        sign_in(client, person)
        assert client.get(told.get_absolute_url()).status_code == 404
        assert "Er is nieuws" not in client.get(MESSAGES).text


# -- what came back -----------------------------------------------------------------------------------------


def test_bounced_copy_is_a_task_without_a_name_until_the_opening(
    client, copy, published, procurement_officer, opening_officer, second_opening_officer
):
    bounces.came_back(copy.uid, "5.1.1")
    sign_in(client, procurement_officer)
    returned = ReturnedMail.objects.get()

    assert "1 mail kwam terug" in client.get("/").text
    for url in (RETURNED, returned.get_absolute_url()):
        page = client.get(url)
        assert "blijft geheim zolang niets geopend is" in page.text
        assert ALFA not in page.text
    assert ALFA not in client.get(f"{published.get_absolute_url()}?tab=verloop").text

    open_all(published, opening_officer, second_opening_officer, stating=procurement_officer)
    assert ALFA in client.get(RETURNED).text


def test_candidate_sees_that_its_mail_came_back(client, copy, bidder, submitted):
    bounces.came_back(copy.uid, "5.1.1")
    sign_in(client, bidder)

    assert "De mail kwam terug" in client.get(MESSAGES).text
    assert "Teruggekomen" in client.get(reverse("application-received", args=[submitted.pk])).text


def test_task_is_handled_by_a_person_with_what_was_done(client, copy, procurement_officer):
    bounces.came_back(copy.uid, "5.1.1")
    sign_in(client, procurement_officer)
    url = ReturnedMail.objects.get().get_absolute_url()

    empty = client.post(url, {"answer": "other_address", "note": ""})
    assert empty.status_code == 422
    assert "Zeg kort wat u gedaan hebt" in empty.text
    assert client.post(url, {"answer": "other_address", "note": "Naar het algemene adres."}).url == RETURNED
    assert "mail kwam terug" not in client.get("/").text
    assert "Naar het algemene adres." in client.get(url).text


def test_subscriber_whose_mailbox_is_gone_is_ended_silently(told, published):
    copy = told.deliveries.get(recipient="")
    bounces.came_back(copy.uid, "5.1.1")
    deliver("documents.subscriber_left")

    assert not Subscription.objects.current().exists()
    assert not ReturnedMail.objects.exists()


# -- what reached a candidate -------------------------------------------------------------------------------


def test_page_of_a_candidate_tells_everything_that_reached_it(client, told, bidder, submitted):
    deliver("documents.send_message")
    sign_in(client, bidder).get(told.get_absolute_url())
    page = client.get(reverse("application-received", args=[submitted.pk]))

    assert [each.message for each in page.context["copies"]] == [told]
    assert "nog niet verzonden" not in page.text
    assert "niet gelezen" not in page.text
    assert "Kim Kandidaat" in page.text
    assert "/meegedeeld/" in client.get(submitted.get_absolute_url()).text


def test_page_of_a_candidate_asks_as_often_for_many_messages(client, told, bidder, submitted, procurement_officer):
    sign_in(client, bidder)
    url = reverse("application-received", args=[submitted.pk])

    def queries():
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    queries()
    one = queries()
    for _number in range(5):
        tell(Procedure.objects.get(pk=told.subject.partition(":")[2]), procurement_officer)
    assert queries() == one
