"""The pages on which people come to act for an organisation."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from partners import actions
from partners.models import Invitation, JoinRequest, Membership
from tests.people import make_member, sign_in

ASK = "/partners/toegang-vragen/"
SAME = "Uw vraag is gesteld. Is de organisatie bij ons aangemeld, dan krijgt u een mail met het antwoord."


def said(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def invitation(clock, bidder, partner_org, stranger):
    return actions.invite(partner_org, by=bidder, email=stranger.email)


def test_a_colleague_is_invited_and_stands_on_the_page(clock, client, bidder, partner_org):
    sign_in(client, bidder)
    facts = {
        "email": "nieuw@voorbeeld.example",
        "may_sign": "on",
        "sign_limit": "50.000",
        "last_day": "31/12/2026",
    }

    done = client.post(reverse("invitation-new", args=[partner_org.pk]), facts, follow=True)

    invitation = Invitation.objects.get()
    assert invitation.powers == {"may_prepare": False, "may_sign": True, "sign_limit": Decimal(50_000)}
    assert invitation.until == clock.at(dt.date(2027, 1, 1))
    assert said(done) == ["De uitnodiging vertrekt naar nieuw@voorbeeld.example."]
    assert list(done.context["invitations"]) == [invitation]
    assert "ondertekenen tot en met €\N{NO-BREAK SPACE}50.000,00" in done.content.decode()


def test_a_mistake_in_an_invitation_stands_next_to_its_field(clock, client, bidder, partner_org):
    sign_in(client, bidder)
    facts = {"email": "nieuw", "sign_limit": "5", "last_day": "15/02/2026"}

    refused = client.post(reverse("invitation-new", args=[partner_org.pk]), facts)

    assert refused.status_code == 422
    assert refused.context["form"].errors == {
        "email": ["Voer een geldig e-mailadres in."],
        "last_day": ["Deze dag is voorbij."],
        "may_prepare": ["Een lid mag voorbereiden, ondertekenen, of beide."],
        "sign_limit": ["Een grens is er alleen voor wie mag ondertekenen."],
    }


def test_the_answer_to_an_invitation_is_the_same_for_whoever_has_an_account(
    client, bidder, partner_org, rival, auditor
):
    sign_in(client, bidder)
    url = reverse("invitation-new", args=[partner_org.pk])
    addresses = [rival.email, auditor.email, "niemand@voorbeeld.example"]

    answers = [client.post(url, {"email": each, "may_prepare": "on"}, follow=True) for each in addresses]

    assert [said(each) for each in answers] == [[f"De uitnodiging vertrekt naar {each}."] for each in addresses]


def test_the_link_of_the_mail_asks_who_one_is_and_changes_nothing_by_looking(client, invitation):
    page = client.get(invitation.path)
    posted = client.post(invitation.path)

    words = page.content.decode()
    assert (page.status_code, f"/account/signup/?next=%2Fuitnodiging%2F{invitation.token}%2F" in words) == (200, True)
    assert posted.headers["Location"] == f"/account/login/?next=%2Fuitnodiging%2F{invitation.token}%2F"
    assert Invitation.objects.get().is_pending


def test_the_invited_accepts(client, invitation, stranger, partner_org):
    sign_in(client, stranger)

    looked = client.get(invitation.path)
    still = Invitation.objects.get().is_pending
    done = client.post(invitation.path)

    assert (looked.status_code, still, done.headers["Location"]) == (200, True, partner_org.get_absolute_url())
    assert [each.capabilities for each in Membership.objects.filter(user=stranger)] == ["voorbereiden"]
    assert client.get(invitation.path).status_code == 410


@pytest.mark.parametrize("person", ["rival", "auditor"])
def test_another_hears_that_it_is_not_for_him(client, request, invitation, stranger, person):
    sign_in(client, request.getfixturevalue(person))

    answers = [client.get(invitation.path), client.post(invitation.path)]

    assert [each.status_code for each in answers] == [403, 403]
    assert stranger.email not in answers[0].content.decode()


def test_a_link_that_never_was_is_not_found(client, db):
    assert client.get("/uitnodiging/niets/").status_code == 404


def test_an_invitation_is_sent_again_and_withdrawn_after_a_question(clock, client, bidder, partner_org, invitation):
    sign_in(client, bidder)
    again = reverse("invitation-resend", args=[partner_org.pk, invitation.pk])
    withdraw = reverse("invitation-withdraw", args=[partner_org.pk, invitation.pk])

    soon = client.post(again)
    clock.travel_to(clock.now() + dt.timedelta(minutes=10))
    done = [client.get(again).status_code, client.post(again).status_code, client.post(withdraw).status_code]

    assert (soon.status_code, done) == (409, [200, 302, 302])
    assert soon.context["refusals"] == [
        "Deze uitnodiging vertrok daarnet. Wacht tien minuten voor u ze opnieuw verstuurt."
    ]
    assert client.post(withdraw).status_code == 404


def test_powers_are_changed_from_what_they_are(client, bidder, partner_org, stranger):
    membership = make_member(partner_org, stranger, may_sign=False)
    sign_in(client, bidder)
    url = reverse("membership-change", args=[partner_org.pk, membership.pk])

    asked = client.get(url)
    same = client.post(url, {"may_prepare": "on"})
    done = client.post(url, {"may_prepare": "on", "may_sign": "on", "sign_limit": "2.500,50"})

    assert (asked.context["form"]["may_prepare"].value(), asked.context["form"]["may_sign"].value()) == (True, False)
    assert same.context["form"].non_field_errors() == ["Er is niets gewijzigd."]
    assert done.headers["Location"] == partner_org.get_absolute_url()
    (current,) = Membership.objects.current().filter(user=stranger)
    assert (current.may_sign, current.sign_limit) == (True, Decimal("2500.50"))


def test_a_second_claimant_is_led_to_asking(client, stranger, partner_org):
    sign_in(client, stranger)

    refused = client.post("/partners/aanmelden/", {"enterprise_number": partner_org.enterprise_number, "email": "x"})

    assert refused.context["instead"]["url"] == f"{ASK}?nummer={partner_org.enterprise_number}"
    page = client.get(refused.context["instead"]["url"])
    assert page.context["form"]["enterprise_number"].value() == partner_org.enterprise_number
    assert partner_org.name not in page.content.decode()


def test_the_answer_to_who_asks_is_the_same_for_any_number(client, stranger, bidder, partner_org):
    sign_in(client, stranger)
    numbers = [partner_org.written_number, partner_org.written_number, "0428.759.497"]

    answers = [
        client.post(ASK, {"enterprise_number": each, "words": "De zaakvoerder."}, follow=True) for each in numbers
    ]

    assert [said(each) for each in answers] == [[SAME], [SAME], [SAME]]
    assert [each.organisation for each in JoinRequest.objects.all()] == [partner_org]


def test_who_signs_decides_on_the_page(client, stranger, bidder, partner_org):
    asked = actions.ask_to_join(by=stranger, enterprise_number=partner_org.enterprise_number, words="De zaakvoerder.")
    url = asked.get_absolute_url()
    sign_in(client, bidder)

    page = client.get(url)
    silent = client.post(url, {"refuse": "1"})
    done = client.post(url, {"accept": "1", "accept-may_prepare": "on"})

    assert "De zaakvoerder." in page.content.decode()
    assert (silent.status_code, silent.context["bad"].errors) == (422, {"reason": ["Dit veld is verplicht."]})
    assert (done.status_code, JoinRequest.objects.get().accepted) == (302, True)
    assert client.post(url, {"accept": "1", "accept-may_prepare": "on"}).status_code == 403


def test_who_asked_reads_how_it_stands_and_never_the_name(client, stranger, bidder, partner_org):
    asked = actions.ask_to_join(by=stranger, enterprise_number=partner_org.enterprise_number, words="De zaakvoerder.")
    sign_in(client, stranger)

    waiting = client.get(asked.get_absolute_url())
    posted = client.post(asked.get_absolute_url(), {"accept": "1", "accept-may_prepare": "on"})
    actions.refuse_join_request(asked, by=bidder, reason="Wij kennen u niet.")
    refused = client.get(asked.get_absolute_url()).content.decode()

    assert (waiting.context["decides"], posted.status_code) == (False, 403)
    assert ("Wij kennen u niet." in refused, partner_org.name in refused) == (True, False)
