"""People: one account per address, roles from a moment to a moment."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts import actions
from accounts.models import RoleAssignment, User, display_name
from lifecycle.models import Entry
from tests.people import LONG_AGO, make_user

DAY = dt.timedelta(days=1)


def entries(dossier):
    return list(Entry.objects.filter(dossier=dossier).order_by("position").values_list("verb", "actor", "roles"))


def test_an_address_is_kept_in_small_letters(db):
    assert User.objects.create_user("Kim@Voorbeeld.EXAMPLE", name="Kim").email == "kim@voorbeeld.example"


def test_one_address_has_one_account_in_capitals_too(db):
    User.objects.create_user("kim@voorbeeld.example", name="Kim")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="KIM@voorbeeld.example", name="Kim")


def test_somebody_is_found_by_the_address_in_capitals(db):
    kim = User.objects.create_user("kim@voorbeeld.example", name="Kim")

    assert User.objects.get_by_natural_key("KIM@Voorbeeld.example") == kim


def test_a_person_is_shown_by_name_else_by_address(db):
    named = User(name="Kim", email="kim@voorbeeld.example")
    nameless = User(email="kim@voorbeeld.example")

    assert [display_name(named), str(named), display_name(nameless), str(nameless)] == [
        "Kim",
        "Kim",
        "kim@voorbeeld.example",
        "kim@voorbeeld.example",
    ]


def test_an_unknown_language_is_refused_by_the_database(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="kim@voorbeeld.example", name="Kim", language="xx")


# -- roles --------------------------------------------------------------------------------------------
def test_a_role_holds_between_its_two_moments(clock):
    now = clock.now()
    user = make_user("An")
    for role, since, until in [
        ("auditor", now - DAY, None),
        ("evaluator", now - DAY, now + DAY),
        ("legal_officer", now + DAY, None),
        ("decision_maker", now - 2 * DAY, now),
    ]:
        RoleAssignment.objects.create(user=user, role=role, since=since, until=until)

    assert user.roles == {"auditor", "evaluator"}
    assert user.is_staff_member is True
    assert user.has_role("evaluator") is True
    assert user.has_role("decision_maker") is False
    assert user.role_names == ["Beoordelaar", "Auditor"]
    assert list(User.objects.with_role("auditor")) == [user]
    assert list(User.objects.with_role("decision_maker")) == []


def test_roles_are_read_once_in_a_request(clock, evaluator, django_assert_num_queries):
    user = User.objects.get(pk=evaluator.pk)

    with clock.stamped(), django_assert_num_queries(1):
        assert user.has_perm("lifecycle.view_trail") is False
        assert user.is_staff_member is True
        assert "procurement.evaluate_offer" in user.role_permissions


def test_a_closed_account_may_nothing(auditor):
    auditor.is_active = False

    assert auditor.has_perm("lifecycle.view_trail") is False


def test_who_holds_a_permission_is_found_through_the_roles(opening_officer, second_opening_officer, auditor):
    found = User.objects.with_permission("documents.release_box").order_by("pk")

    assert list(found) == [opening_officer, second_opening_officer]


@pytest.mark.parametrize(
    "name,fields",
    [
        ("role_is_declared", {"role": "king"}),
        ("role_ends_after_start", {"until": LONG_AGO}),
        ("role_once_without_end", {"role": "auditor"}),
    ],
)
def test_the_database_refuses_an_assignment_that_makes_no_sense(auditor, name, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(**{"user": auditor, "role": "evaluator", "since": LONG_AGO} | fields)

    with pytest.raises(ValidationError):
        RoleAssignment(**{"user": auditor, "role": "evaluator", "since": LONG_AGO} | fields).full_clean()


def test_the_database_refuses_who_grants_to_oneself(administrator):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(user=administrator, role="auditor", since=LONG_AGO, granted_by=administrator)


# -- granting and ending -------------------------------------------------------------------------------
def test_an_administrator_grants_a_role_from_now_on(clock, administrator, stranger):
    assignment = actions.grant_role(by=administrator, user=stranger, role="evaluator")

    assert (assignment.since, assignment.until, assignment.granted_by) == (clock.now(), None, administrator)
    assert User.objects.get(pk=stranger.pk).roles == {"evaluator"}
    assert entries(stranger.dossier) == [("grant_role", f"user:{administrator.pk}", "administrator")]


def test_nobody_grants_to_oneself(administrator):
    with pytest.raises(PermissionDenied):
        actions.grant_role(by=administrator, user=administrator, role="auditor")

    assert User.objects.get(pk=administrator.pk).roles == {"administrator"}


def test_others_grant_nothing(decision_maker, stranger):
    with pytest.raises(PermissionDenied):
        actions.grant_role(by=decision_maker, user=stranger, role="auditor")

    assert list(stranger.role_assignments.all()) == []


def test_a_role_is_granted_once(administrator, auditor):
    with pytest.raises(ValidationError, match="Deze persoon heeft deze rol al"):
        actions.grant_role(by=administrator, user=auditor, role="auditor")


def test_a_role_that_is_ended_holds_no_moment_longer(clock, administrator, auditor):
    ended = actions.end_role(auditor.role_assignments.get(), by=administrator)

    assert ended.until == clock.now()
    assert User.objects.get(pk=auditor.pk).roles == frozenset()
    assert entries(auditor.dossier) == [("end_role", f"user:{administrator.pk}", "administrator")]


def test_a_role_granted_and_ended_in_one_moment_is_gone_the_next(clock, administrator, stranger):
    assignment = actions.grant_role(by=administrator, user=stranger, role="evaluator")
    actions.end_role(assignment, by=administrator)
    clock.travel_to(clock.now() + dt.timedelta(seconds=1))

    assert User.objects.get(pk=stranger.pk).roles == frozenset()


def test_nobody_ends_his_own_role(administrator):
    with pytest.raises(PermissionDenied):
        actions.end_role(administrator.role_assignments.get(), by=administrator)


def test_an_account_is_closed_and_opened_again_by_somebody_else(administrator, auditor):
    assert actions.close_account(auditor, by=administrator).is_active is False
    assert actions.reopen_account(auditor, by=administrator).is_active is True
    assert [verb for verb, *_who in entries(auditor.dossier)] == ["close_account", "reopen_account"]


def test_nobody_closes_his_own_account(administrator):
    with pytest.raises(PermissionDenied):
        actions.close_account(administrator, by=administrator)


# -- setting up -----------------------------------------------------------------------------------------
def test_the_first_administrator_is_appointed_at_set_up(clock, capsys):
    call_command("appoint_administrator", "eerste@voorbeeld.example", "Eva Eerste")

    user = User.objects.get()
    assert (user.email, user.name, user.roles) == ("eerste@voorbeeld.example", "Eva Eerste", {"administrator"})
    assert user.has_usable_password() is False
    assert entries(user.dossier) == [("grant_role", "system", "")]


def test_there_is_no_second_first_administrator(administrator):
    with pytest.raises(CommandError, match="There is an administrator already"):
        call_command("appoint_administrator", "tweede@voorbeeld.example", "Tom Tweede")

    assert list(User.objects.all()) == [administrator]


def test_somebody_who_is_not_signed_in_holds_no_role():
    assert getattr(AnonymousUser(), "role_permissions", ()) == ()
