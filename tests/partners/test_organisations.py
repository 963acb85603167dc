"""Organisations, their places, their people, and the parties they form."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from accounts.models import User
from documents import readers
from lifecycle.actors import SYSTEM
from lifecycle.models import Entry
from lifecycle.steps import Blocked, fire, steps
from partners import actions
from partners.apps import refs_of_partners
from partners.models import Establishment, Membership, Organisation, Participant, ParticipantMember
from tests.people import LONG_AGO, make_establishment, make_member, make_organisation, make_user, postcode

DAY = dt.timedelta(days=1)


def facts(**changes):
    return {
        "enterprise_number": "BE 0428.759.497",
        "name": "Voorbeeldpartner Gamma vzw",
        "kind": "non_profit",
        "legal_form": "vzw",
        "email": "post@gamma.example",
        "street": "Voorbeeldstraat 3",
        "postcode": postcode(),
    } | changes


def told(organisation):
    entries = Entry.objects.filter(dossier=organisation.ref).order_by("position")
    return [(entry.verb, entry.actor) for entry in entries]


# -- registering and confirming -------------------------------------------------------------------------
def test_who_registers_becomes_the_first_member(clock, stranger):
    organisation = actions.register_organisation(by=stranger, **facts())

    membership = Membership.objects.get()
    assert (organisation.enterprise_number, organisation.state) == ("0428759497", "claimed")
    assert (membership.organisation, membership.user) == (organisation, stranger)
    assert (membership.may_prepare, membership.may_sign, membership.since) == (True, True, clock.now())
    assert told(organisation) == [("register", f"user:{stranger.pk}"), ("add_member", f"user:{stranger.pk}")]


@pytest.mark.parametrize(
    "changes,field",
    [
        ({"enterprise_number": "0428759498"}, "enterprise_number"),
        ({"name": ""}, "name"),
        ({"kind": "other"}, "kind"),
        ({"email": "nobody"}, "email"),
        ({"phone": "bel mij"}, "phone"),
    ],
)
def test_an_organisation_that_makes_no_sense_is_refused_by_field(stranger, changes, field):
    with pytest.raises(ValidationError) as refused:
        actions.register_organisation(by=stranger, **facts(**changes))

    assert list(refused.value.message_dict) == [field]
    assert list(Organisation.objects.all()) == []


def test_a_number_is_registered_once(stranger, partner_org):
    with pytest.raises(ValidationError) as refused:
        actions.register_organisation(by=stranger, **facts(enterprise_number=partner_org.written_number))

    assert refused.value.message_dict == {
        "enterprise_number": [
            "Er is al een organisatie met dit ondernemingsnummer. Vraag toegang aan wie voor haar ondertekent."
        ]
    }


@pytest.mark.parametrize("person", ["procurement_officer", "administrator"])
def test_staff_of_the_authority_are_not_their_own_partner(request, person):
    with pytest.raises(PermissionDenied):
        actions.register_organisation(by=request.getfixturevalue(person), **facts())


def test_an_officer_confirms_it(clock, stranger, procurement_officer):
    organisation = actions.register_organisation(by=stranger, **facts())
    confirmed = fire(organisation, "confirm", by=procurement_officer)

    assert (confirmed.state, confirmed.is_confirmed) == ("confirmed", True)
    assert told(organisation)[-1] == ("confirm", f"user:{procurement_officer.pk}")


@pytest.mark.parametrize("person", ["auditor", "legal_officer", "decision_maker", "administrator", "rival"])
def test_nobody_else_confirms_it(request, stranger, person):
    organisation = actions.register_organisation(by=stranger, **facts())

    with pytest.raises(PermissionDenied):
        fire(organisation, "confirm", by=request.getfixturevalue(person))


def test_nobody_confirms_what_he_claimed(stranger, procurement_officer):
    """A person who came to the authority later keeps no say over his own claim."""
    organisation = actions.register_organisation(by=stranger, **facts())
    make_member(organisation, procurement_officer)

    assert steps(organisation, procurement_officer) == []
    with pytest.raises(PermissionDenied):
        fire(organisation, "confirm", by=procurement_officer)


def test_it_is_confirmed_once(partner_org, procurement_officer):
    with pytest.raises(Blocked):
        fire(partner_org, "confirm", by=procurement_officer)


def test_an_organisation_names_its_legal_form_else_its_kind():
    written = Organisation(kind="private", legal_form="bv")
    unwritten = Organisation(kind="private")

    assert [written.legal_form_in_words, unwritten.legal_form_in_words] == ["bv", "onderneming"]


# -- who sees which ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "person,seen",
    [
        ("procurement_officer", "both"),
        ("legal_officer", "both"),
        ("decision_maker", "both"),
        ("contract_manager", "both"),
        ("auditor", "both"),
        ("bidder", "own"),
        ("administrator", "none"),
        ("evaluator", "none"),
        ("opening_officer", "none"),
        ("stranger", "none"),
    ],
)
def test_staff_see_partners_and_members_their_own(request, partner_org, rival_org, person, seen):
    user = request.getfixturevalue(person)
    visible = set(Organisation.objects.visible_to(user))

    assert visible == {"both": {partner_org, rival_org}, "own": {partner_org}, "none": set()}[seen]
    allowed = {each for each in (partner_org, rival_org) if user.has_perm("partners.view_organisation", each)}
    assert allowed == visible


def test_who_was_a_member_sees_it_no_more(clock, partner_org, stranger):
    make_member(partner_org, stranger, until=clock.now())

    assert list(Organisation.objects.visible_to(stranger)) == []


def test_who_will_be_a_member_does_not_see_it_yet(clock, partner_org, stranger):
    make_member(partner_org, stranger, since=clock.now() + DAY)

    assert list(Organisation.objects.visible_to(stranger)) == []


# -- members ---------------------------------------------------------------------------------------------------
def test_who_may_sign_adds_a_colleague(clock, bidder, partner_org, stranger):
    added = actions.add_member(partner_org, by=bidder, user=stranger)

    assert (added.may_prepare, added.may_sign, added.since, added.until) == (True, False, clock.now(), None)
    assert added.capabilities == "voorbereiden"
    assert told(partner_org) == [("add_member", f"user:{bidder.pk}")]


def test_who_may_only_prepare_adds_nobody(partner_org, stranger, rival):
    make_member(partner_org, stranger, may_sign=False)

    with pytest.raises(PermissionDenied):
        actions.add_member(partner_org, by=stranger, user=rival)


def test_an_unconfirmed_organisation_draws_nobody_in(stranger, rival):
    organisation = actions.register_organisation(by=stranger, **facts())

    with pytest.raises(PermissionDenied):
        actions.add_member(organisation, by=stranger, user=rival)


def test_staff_of_the_authority_are_no_members(bidder, partner_org, evaluator):
    with pytest.raises(ValidationError, match="Medewerkers van de aanbesteder kunnen geen lid van een partner zijn"):
        actions.add_member(partner_org, by=bidder, user=evaluator)


def test_a_colleague_is_a_member_once(bidder, partner_org, stranger):
    actions.add_member(partner_org, by=bidder, user=stranger)

    with pytest.raises(ValidationError, match="Deze persoon is al lid van deze organisatie"):
        actions.add_member(partner_org, by=bidder, user=stranger, may_sign=True)


def test_a_membership_that_is_ended_holds_no_moment_longer(clock, bidder, partner_org, stranger):
    membership = actions.add_member(partner_org, by=bidder, user=stranger)
    clock.travel_to(clock.now() + DAY)
    ended = actions.end_membership(membership, by=bidder)

    assert ended.until == clock.now()
    assert list(Organisation.objects.of(stranger)) == []
    assert told(partner_org)[-1] == ("end_membership", f"user:{bidder.pk}")


def test_the_last_who_may_sign_stays(bidder, partner_org):
    with pytest.raises(ValidationError, match="Wie als enige mag ondertekenen, kan niet weg"):
        actions.end_membership(Membership.objects.get(user=bidder), by=bidder)


def test_a_rival_ends_no_membership(bidder, rival):
    with pytest.raises(PermissionDenied):
        actions.end_membership(Membership.objects.get(user=bidder), by=rival)


@pytest.mark.parametrize(
    "changes",
    [
        {"may_prepare": False, "may_sign": False},
        {"until": LONG_AGO},
        {"until": LONG_AGO - DAY},
    ],
)
def test_the_database_refuses_a_membership_that_makes_no_sense(partner_org, stranger, changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_member(partner_org, stranger, **changes)


def test_the_database_refuses_a_second_membership_without_end(bidder, partner_org):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_member(partner_org, bidder)


# -- establishments -----------------------------------------------------------------------------------------------
def test_who_may_sign_adds_an_establishment(bidder, partner_org):
    place = actions.add_establishment(
        partner_org, by=bidder, number="2.999.000.171", name="Gent", street="Plein 1", postcode=postcode("9000")
    )

    assert (place.number, place.written_number, place.province) == ("2999000171", "2.999.000.171", "40000")
    assert told(partner_org) == [("add_establishment", f"user:{bidder.pk}")]


@pytest.mark.parametrize("person", ["rival", "stranger", "procurement_officer"])
def test_others_add_no_establishment(request, partner_org, person):
    with pytest.raises(PermissionDenied):
        actions.add_establishment(
            partner_org,
            by=request.getfixturevalue(person),
            number="2999000171",
            name="Gent",
            street="Plein 1",
            postcode=postcode(),
        )

    assert list(Establishment.objects.all()) == []


def test_an_establishment_number_is_used_once(bidder, partner_org, rival_org):
    taken = make_establishment(rival_org)

    with pytest.raises(ValidationError) as refused:
        actions.add_establishment(
            partner_org, by=bidder, number=taken.number, name="Gent", street="Plein 1", postcode=postcode()
        )

    assert refused.value.message_dict == {"number": ["Er is al een vestiging met dit vestigingsnummer."]}


# -- participants --------------------------------------------------------------------------------------------------
def parts(participant):
    return [(part.organisation.name, part.role) for part in participant.members.order_by("pk")]


def test_an_organisation_takes_part_alone_relying_on_another(bidder, partner_org, rival_org):
    participant = actions.create_participant(by=bidder, lead=partner_org, relied_on=[rival_org])

    assert (participant.kind, participant.name, participant.lead) == ("alone", partner_org.name, partner_org)
    assert parts(participant) == [(partner_org.name, "lead"), (rival_org.name, "relied_on")]
    assert list(participant.organisations) == [partner_org]
    assert participant.ref == f"partners.participant:{participant.pk}"
    assert told(partner_org) == [("create_participant", f"user:{bidder.pk}")]


def test_a_consortium_has_its_lead_and_members(bidder, partner_org, rival_org):
    participant = actions.create_participant(by=bidder, lead=partner_org, members=[rival_org], name="Alfa en Beta")

    assert (participant.kind, str(participant)) == ("consortium", "Alfa en Beta")
    assert parts(participant) == [(partner_org.name, "lead"), (rival_org.name, "member")]
    assert set(participant.organisations) == {partner_org, rival_org}


@pytest.mark.parametrize("person", ["rival", "stranger", "procurement_officer"])
def test_nobody_takes_part_in_the_name_of_another(request, partner_org, person):
    with pytest.raises(PermissionDenied):
        actions.create_participant(by=request.getfixturevalue(person), lead=partner_org)


def test_the_system_may_form_a_party(partner_org):
    assert actions.create_participant(by=SYSTEM, lead=partner_org).lead == partner_org


def test_an_organisation_has_one_role_in_a_party(bidder, partner_org):
    with pytest.raises(ValidationError, match="Een organisatie heeft één rol in een deelnemer"):
        actions.create_participant(by=bidder, lead=partner_org, relied_on=[partner_org])

    assert list(Participant.objects.all()) == []


def test_an_organisation_alone_is_one_party(bidder, partner_org, rival_org):
    relying = actions.create_participant(by=bidder, lead=partner_org, relied_on=[rival_org])
    first = actions.participant_alone(partner_org, by=bidder)
    second = actions.participant_alone(partner_org, by=bidder)

    assert (first, second) == (second, first)
    assert first != relying


def test_the_database_refuses_a_second_lead(bidder, partner_org, rival_org):
    participant = actions.create_participant(by=bidder, lead=partner_org)

    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipantMember.objects.create(participant=participant, organisation=rival_org, role="lead")


def test_the_database_refuses_an_organisation_twice(bidder, partner_org):
    participant = actions.create_participant(by=bidder, lead=partner_org)

    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipantMember.objects.create(participant=participant, organisation=partner_org, role="member")


def test_a_party_keeps_its_lead(bidder, partner_org, rival_org):
    participant = actions.create_participant(by=bidder, lead=partner_org, members=[rival_org])

    with pytest.raises(ProtectedError):
        participant.members.get(role="lead").delete()
    with pytest.raises(ProtectedError):
        participant.members.all().delete()
    participant.members.filter(role="member").delete()

    assert parts(participant) == [(partner_org.name, "lead")]


def test_an_organisation_that_takes_part_is_not_deleted(bidder, partner_org):
    actions.create_participant(by=bidder, lead=partner_org)

    with pytest.raises(models.ProtectedError):
        partner_org.delete()


def test_people_of_lead_and_members_are_of_the_party_those_relied_on_are_not(bidder, rival, partner_org, rival_org):
    helper_org = make_organisation("Voorbeeldhulp bv")
    helper = make_user("Hugo Helper")
    make_member(helper_org, helper)
    participant = actions.create_participant(by=bidder, lead=partner_org, members=[rival_org], relied_on=[helper_org])

    of = {user: list(Participant.objects.of(user)) for user in (bidder, rival, helper)}
    assert of == {bidder: [participant], rival: [participant], helper: []}
    assert [participant.has_member(user) for user in (bidder, rival, helper)] == [True, True, False]


def test_who_prepares_and_who_signs_for_a_party(clock, bidder, partner_org):
    preparing, signing, former = make_user("Pia"), make_user("Sam"), make_user("Fons")
    make_member(partner_org, preparing, may_sign=False)
    make_member(partner_org, signing, may_prepare=False)
    make_member(partner_org, former, until=clock.now())
    participant = actions.participant_alone(partner_org, by=bidder)

    people = (bidder, preparing, signing, former)
    assert [participant.prepared_by(user) for user in people] == [True, True, False, False]
    assert [participant.signed_by(user) for user in people] == [True, False, True, False]


def test_nobody_signs_for_an_organisation_that_is_not_confirmed(stranger):
    organisation = actions.register_organisation(by=stranger, **facts())
    participant = actions.participant_alone(organisation, by=stranger)

    assert (participant.prepared_by(stranger), participant.signed_by(stranger)) == (True, False)


# -- whose documents they read -----------------------------------------------------------------------------------------
def test_documents_know_for_whom_a_person_reads(clock, bidder, rival, partner_org, rival_org):
    together = actions.create_participant(by=bidder, lead=partner_org, members=[rival_org])

    assert readers.refs_of(bidder) == {partner_org.ref, together.ref}
    assert readers.refs_of(rival) == {rival_org.ref, together.ref}
    Membership.objects.filter(user=bidder).update(until=clock.now())
    assert readers.refs_of(User.objects.get(pk=bidder.pk)) == set()


def test_nobody_reads_for_anybody_without_signing_in(db):
    from django.contrib.auth.models import AnonymousUser

    assert list(refs_of_partners(AnonymousUser())) == []
