"""Inviting a colleague, powers with a limit and an end, and asking to act for an organisation that is registered already."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from desk.candidates import invitations, join_requests
from lifecycle import outbox
from lifecycle.models import Entry, Owed
from partners import actions
from partners.models import Invitation, JoinRequest, Membership, Organisation
from partners.models.joining import digest_of
from tests.people import make_member, make_organisation, make_user

DAY = dt.timedelta(days=1)
WORDS = "Ik volg onze vorige directeur op."


def told(organisation):
    return list(Entry.objects.filter(dossier=organisation.ref).order_by("position").values_list("verb", flat=True))


def send_what_is_owed():
    for owed in Owed.objects.open().filter(kind__startswith="partners."):
        assert outbox.deliver(owed.pk)


def mails(mailoutbox):
    return [(mail.to, mail.subject) for mail in mailoutbox]


@pytest.fixture
def invitation(clock, bidder, partner_org, stranger):
    return actions.invite(
        partner_org, by=bidder, email=stranger.email.upper(), may_sign=True, sign_limit=Decimal(50_000)
    )


@pytest.fixture
def asked(clock, stranger, bidder, partner_org):
    return actions.ask_to_join(by=stranger, enterprise_number=partner_org.enterprise_number, words=WORDS)


# -- inviting ------------------------------------------------------------------------------------------
def test_an_invitation_goes_to_the_address_alone_with_a_link_that_the_database_does_not_hold(
    clock, mailoutbox, invitation, stranger, partner_org
):
    send_what_is_owed()

    (mail,) = mailoutbox
    row = Invitation.objects.values().get()
    assert mails(mailoutbox) == [([stranger.email], f"Uitnodiging om te handelen voor {partner_org}")]
    assert f"/uitnodiging/{invitation.token}/" in mail.body
    assert "ondertekenen tot en met €\N{NO-BREAK SPACE}50.000,00" in mail.body
    assert row["token_digest"] == digest_of(invitation.token)
    assert invitation.token not in [str(value) for value in row.values()]
    assert invitation.token not in str(list(Owed.objects.values()))
    assert told(partner_org) == ["invite"]


def test_who_accepts_gets_what_was_offered(clock, invitation, stranger, partner_org):
    membership = actions.accept_invitation(invitation, by=stranger)

    assert (membership.organisation, membership.user, membership.since) == (partner_org, stranger, clock.now())
    assert membership.powers == {"may_prepare": True, "may_sign": True, "sign_limit": Decimal(50_000)}
    assert list(Invitation.objects.pending()) == []
    assert told(partner_org) == ["invite", "accept_invitation"]


def test_an_invitation_is_accepted_once(invitation, stranger):
    actions.accept_invitation(invitation, by=stranger)

    with pytest.raises(ValidationError, match="Deze uitnodiging geldt niet meer"):
        actions.accept_invitation(invitation, by=stranger)


def test_another_person_does_not_accept_it(invitation, rival):
    with pytest.raises(PermissionDenied):
        actions.accept_invitation(invitation, by=rival)


def test_an_address_that_was_not_proved_accepts_nothing(invitation, stranger):
    stranger.emailaddress_set.update(verified=False)

    with pytest.raises(PermissionDenied):
        actions.accept_invitation(invitation, by=stranger)


def test_staff_of_the_authority_accept_nothing(clock, bidder, partner_org, evaluator):
    invitation = actions.invite(partner_org, by=bidder, email=evaluator.email)

    with pytest.raises(PermissionDenied):
        actions.accept_invitation(invitation, by=evaluator)
    assert invitations(evaluator) == []


def test_a_link_is_good_for_fourteen_days(clock, invitation, stranger):
    clock.travel_to(invitation.sent_at + 14 * DAY)
    still = invitation.is_open
    clock.travel_to(invitation.sent_at + 14 * DAY + dt.timedelta(seconds=1))

    assert (still, invitation.is_open) == (True, False)
    with pytest.raises(ValidationError, match="Deze uitnodiging geldt niet meer"):
        actions.accept_invitation(invitation, by=stranger)
    assert invitations(stranger) == []


def test_sending_again_makes_a_new_link_and_ends_the_old_one(clock, invitation, bidder):
    with pytest.raises(ValidationError, match="Wacht tien minuten"):
        actions.resend_invitation(invitation, by=bidder)
    clock.travel_to(invitation.sent_at + 15 * DAY)
    again = actions.resend_invitation(invitation, by=bidder)

    assert list(Invitation.objects.by_token(invitation.token)) == []
    assert list(Invitation.objects.by_token(again.token)) == [again]
    assert again.is_open


def test_what_is_withdrawn_is_not_accepted_and_not_mailed(clock, mailoutbox, invitation, bidder, stranger, partner_org):
    actions.withdraw_invitation(invitation, by=bidder)
    send_what_is_owed()

    assert mailoutbox == []
    assert told(partner_org) == ["invite", "withdraw_invitation"]
    with pytest.raises(ValidationError, match="Deze uitnodiging geldt niet meer"):
        actions.accept_invitation(invitation, by=stranger)
    with pytest.raises(ValidationError, match="al aanvaard of ingetrokken"):
        actions.resend_invitation(invitation, by=bidder)


def test_an_address_is_invited_once_at_a_time(invitation, bidder, partner_org, stranger):
    with pytest.raises(ValidationError, match="Er loopt al een uitnodiging voor dit adres"):
        actions.invite(partner_org, by=bidder, email=stranger.email)


def test_a_member_is_not_invited(bidder, partner_org):
    with pytest.raises(ValidationError) as refused:
        actions.invite(partner_org, by=bidder, email=bidder.email)

    assert refused.value.message_dict == {"email": ["Deze persoon is al lid van deze organisatie."]}


@pytest.mark.parametrize("person", ["rival", "stranger", "procurement_officer"])
def test_others_invite_resend_and_withdraw_nothing(request, invitation, partner_org, person):
    user = request.getfixturevalue(person)

    with pytest.raises(PermissionDenied):
        actions.invite(partner_org, by=user, email="nieuw@voorbeeld.example")
    with pytest.raises(PermissionDenied):
        actions.resend_invitation(invitation, by=user)
    with pytest.raises(PermissionDenied):
        actions.withdraw_invitation(invitation, by=user)


def test_an_unconfirmed_organisation_invites_nobody(stranger):
    organisation = make_organisation(state="claimed")
    make_member(organisation, stranger)

    with pytest.raises(PermissionDenied):
        actions.invite(organisation, by=stranger, email="nieuw@voorbeeld.example")


def test_the_home_page_of_the_invited_shows_it(invitation, stranger, rival):
    (line,) = invitations(stranger)

    assert (line.what, line.about, line.url, line.deadline) == (
        "Uitnodiging aanvaarden",
        "Voorbeeldpartner Alfa vzw",
        invitation.path,
        invitation.sent_at + 14 * DAY,
    )
    assert invitations(rival) == []


# -- powers ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "may_sign,limit,amount,may",
    [
        (True, None, Decimal(10_000_000), True),
        (True, None, None, True),
        (True, Decimal(50_000), Decimal(50_000), True),
        (True, Decimal(50_000), Decimal("50000.01"), False),
        (True, Decimal(50_000), None, False),
        (False, None, Decimal(1), False),
    ],
)
def test_who_signs_signs_up_to_the_limit(partner_org, stranger, may_sign, limit, amount, may):
    membership = make_member(partner_org, stranger, may_sign=may_sign)
    membership.sign_limit = limit
    membership.save()
    participant = actions.participant_alone(partner_org, by=stranger)

    assert membership.may_sign_for(amount) is may
    assert participant.may_sign_for(stranger, amount) is may
    assert participant.signed_by(stranger) is may_sign


def test_powers_are_ended_and_begun_anew(clock, bidder, partner_org, stranger):
    first = actions.add_member(partner_org, by=bidder, user=stranger)
    clock.travel_to(clock.now() + DAY)
    end = clock.now() + 30 * DAY
    second = actions.change_powers(
        first, by=bidder, may_prepare=True, may_sign=True, sign_limit=Decimal(1000), until=end
    )

    rows = Membership.objects.filter(user=stranger).order_by("since")
    assert [(row.may_sign, row.sign_limit, row.since, row.until) for row in rows] == [
        (False, None, clock.now() - DAY, clock.now()),
        (True, Decimal(1000), clock.now(), end),
    ]
    assert list(Membership.objects.current().filter(user=stranger)) == [second]
    assert told(partner_org) == ["add_member", "change_powers"]


def test_the_same_powers_are_no_change(bidder, partner_org):
    own = Membership.objects.get(user=bidder)

    with pytest.raises(ValidationError, match="Er is niets gewijzigd"):
        actions.change_powers(own, by=bidder, may_prepare=True, may_sign=True)


def test_the_last_who_may_sign_keeps_it(bidder):
    own = Membership.objects.get(user=bidder)

    with pytest.raises(ValidationError, match="Wie als enige mag ondertekenen, kan niet weg"):
        actions.change_powers(own, by=bidder, may_prepare=True, may_sign=False)


def test_nobody_gives_more_than_he_has(clock, bidder, partner_org, stranger):
    limited = actions.add_member(partner_org, by=bidder, user=stranger, may_sign=True, sign_limit=Decimal(1000))
    sentence = "U mag zelf ondertekenen tot en met €\N{NO-BREAK SPACE}1.000,00: u kunt niemand meer geven."

    for limit in (None, Decimal("1000.01")):
        with pytest.raises(ValidationError) as refused:
            actions.invite(partner_org, by=stranger, email="nieuw@voorbeeld.example", may_sign=True, sign_limit=limit)
        assert refused.value.message_dict == {"sign_limit": [sentence]}
        with pytest.raises(ValidationError):
            actions.change_powers(limited, by=stranger, may_prepare=True, may_sign=True, sign_limit=limit)
    actions.invite(partner_org, by=stranger, email="nieuw@voorbeeld.example", may_sign=True, sign_limit=Decimal(1000))


def test_a_rival_changes_no_powers(bidder, rival):
    with pytest.raises(PermissionDenied):
        actions.change_powers(Membership.objects.get(user=bidder), by=rival, may_prepare=True, may_sign=False)


@pytest.mark.parametrize("powers", [{"may_sign": False, "sign_limit": 5}, {"may_sign": True, "sign_limit": 0}])
def test_the_database_refuses_a_limit_that_makes_no_sense(clock, partner_org, stranger, powers):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(organisation=partner_org, user=stranger, since=clock.now(), **powers)


# -- asking ----------------------------------------------------------------------------------------------
def test_those_who_sign_hear_that_somebody_asks(clock, mailoutbox, asked, bidder, partner_org, stranger):
    make_member(partner_org, make_user("Een Collega"), may_sign=False)
    send_what_is_owed()

    (line,) = join_requests(bidder)
    assert mails(mailoutbox) == [([bidder.email], f"Iemand vraagt toegang tot {partner_org}")]
    assert (line.about, line.url) == (f"{partner_org}: {stranger}", asked.get_absolute_url())
    assert join_requests(stranger) == []
    assert told(partner_org) == ["ask_to_join"]


def test_asking_says_nothing_of_who_is_registered(clock, asked, stranger, bidder, partner_org):
    again = actions.ask_to_join(by=stranger, enterprise_number=partner_org.enterprise_number, words="Nog eens.")
    unknown = actions.ask_to_join(by=stranger, enterprise_number="0428759497", words=WORDS)
    own = actions.ask_to_join(by=bidder, enterprise_number=partner_org.enterprise_number, words=WORDS)

    assert (again, unknown, own) == (asked, None, None)
    assert list(JoinRequest.objects.values_list("words", flat=True)) == [WORDS]
    assert Owed.objects.filter(kind="partners.tell_deciders").count() == 1


def test_staff_of_the_authority_do_not_ask(partner_org, procurement_officer):
    with pytest.raises(PermissionDenied):
        actions.ask_to_join(by=procurement_officer, enterprise_number=partner_org.enterprise_number, words=WORDS)


def test_who_signs_accepts_with_powers(clock, mailoutbox, asked, bidder, partner_org, stranger):
    membership = actions.accept_join_request(asked, by=bidder, may_sign=True, sign_limit=Decimal(500))
    send_what_is_owed()

    decided = JoinRequest.objects.get()
    assert membership.powers == {"may_prepare": True, "may_sign": True, "sign_limit": Decimal(500)}
    assert (decided.accepted, decided.decided_by, decided.decided_at) == (True, bidder, clock.now())
    assert list(Organisation.objects.of(stranger)) == [partner_org]
    assert mailoutbox[-1].to == [stranger.email]
    assert told(partner_org) == ["ask_to_join", "accept_join_request"]


def test_who_signs_refuses_with_a_reason(clock, mailoutbox, asked, bidder, partner_org, stranger):
    with pytest.raises(ValidationError):
        actions.refuse_join_request(asked, by=bidder, reason=" ")
    actions.refuse_join_request(asked, by=bidder, reason="Wij kennen u niet.")
    send_what_is_owed()

    assert [(row.accepted, row.reason) for row in JoinRequest.objects.all()] == [(False, "Wij kennen u niet.")]
    assert list(Organisation.objects.of(stranger)) == []
    assert (mailoutbox[-1].to, partner_org.name in mailoutbox[-1].body) == ([stranger.email], False)
    assert told(partner_org) == ["ask_to_join", "refuse_join_request"]


def test_it_is_decided_once(asked, bidder):
    actions.refuse_join_request(asked, by=bidder, reason="Wij kennen u niet.")

    with pytest.raises(ValidationError, match="Iemand anders besliste al over deze vraag"):
        actions.accept_join_request(asked, by=bidder)


@pytest.mark.parametrize("person", ["stranger", "rival", "procurement_officer", "auditor"])
def test_nobody_else_decides_while_somebody_signs(request, asked, person):
    user = request.getfixturevalue(person)

    with pytest.raises(PermissionDenied):
        actions.accept_join_request(asked, by=user)
    with pytest.raises(PermissionDenied):
        actions.refuse_join_request(asked, by=user, reason="Neen.")
    assert join_requests(user) == []


def test_access_outlives_a_colleague(clock, asked, bidder, partner_org, stranger, procurement_officer, auditor):
    """Who signed has left: a procurement officer decides, and nobody else."""
    Membership.objects.filter(user=bidder).update(until=clock.now())

    assert [line.url for line in join_requests(procurement_officer)] == [asked.get_absolute_url()]
    with pytest.raises(PermissionDenied):
        actions.accept_join_request(asked, by=auditor)
    actions.accept_join_request(asked, by=procurement_officer, may_sign=True)
    assert actions.participant_alone(partner_org, by=stranger).signed_by(stranger)


def test_who_claimed_a_number_decides_only_once_confirmed(clock, stranger, rival, procurement_officer):
    organisation = make_organisation(state="claimed")
    make_member(organisation, rival)
    asked = actions.ask_to_join(by=stranger, enterprise_number=organisation.enterprise_number, words=WORDS)

    assert join_requests(rival) == join_requests(procurement_officer) == []
    with pytest.raises(PermissionDenied):
        actions.accept_join_request(asked, by=rival)
