"""Making an account, choosing a language, granting roles on the admin's pages."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from accounts.models import RoleAssignment, User
from lifecycle.history import role_names
from tests.people import PASSWORD, make_user, sign_in

SIGNUP = {
    "name": "Nele Nieuw",
    "email": "Nele@Voorbeeld.example",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


# -- making an account -------------------------------------------------------------------------------
def test_anyone_makes_an_account_that_gives_no_rights(client, db):
    client.post("/account/signup/", SIGNUP)

    nele = User.objects.get()
    assert (nele.name, nele.email, nele.language, nele.roles) == (
        "Nele Nieuw",
        "nele@voorbeeld.example",
        "nl",
        frozenset(),
    )
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("nele@voorbeeld.example", False)]
    assert [message.to for message in mail.outbox] == [["nele@voorbeeld.example"]]


def test_a_short_password_is_refused_in_the_language_of_the_page(client, db):
    answer = client.post("/account/signup/", SIGNUP | {"password1": "kort geheim", "password2": "kort geheim"})

    assert answer.context["form"].errors == {"password1": ["Dit wachtwoord is te kort: het telt minstens 12 tekens."]}
    assert 'value="Nele@Voorbeeld.example"' in answer.text


def test_nobody_signs_in_before_the_address_is_proved(client, db):
    client.post("/account/signup/", SIGNUP)
    client.post("/account/login/", {"login": "nele@voorbeeld.example", "password": PASSWORD})

    assert client.get("/partners/").status_code == 302


def test_an_account_keeps_the_language_it_was_made_in(client, db):
    client.post("/account/taal/", {"language": "en", "next": "/"})
    client.post("/account/signup/", SIGNUP)

    assert User.objects.get().language == "en"


def test_the_page_asks_a_name(client, db):
    response = client.post("/account/signup/", SIGNUP | {"name": " "})

    assert list(response.context["form"].errors) == ["name"]
    assert response.context["form"]["email"].value() == SIGNUP["email"]


# -- the language --------------------------------------------------------------------------------------
def test_pages_are_dutch_whatever_the_browser_asks(client, db):
    response = client.get("/aanbod/", headers={"accept-language": "en"})

    assert response.headers["Content-Language"] == "nl"


def test_a_visitor_chooses_english_for_the_next_pages(client, db):
    chosen = client.post("/account/taal/", {"language": "en", "next": "/aanbod/?x=1"})

    assert (chosen.status_code, chosen.headers["Location"]) == (302, "/aanbod/?x=1")
    assert client.get("/aanbod/").headers["Content-Language"] == "en"


def test_a_person_chooses_a_language_that_stays_with_the_account(client, stranger):
    sign_in(client, stranger)
    client.post("/account/taal/", {"language": "en", "next": "/aanbod/"})
    client.cookies.pop("django_language")

    assert User.objects.get().language == "en"
    assert client.get("/aanbod/").headers["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["xx", "", "nl-be", "../en"])
def test_a_language_that_we_do_not_speak_changes_nothing(client, stranger, language):
    sign_in(client, stranger)

    response = client.post("/account/taal/", {"language": language, "next": "/aanbod/"})

    assert (response.status_code, User.objects.get().language) == (302, "nl")
    assert "django_language" not in response.cookies


@pytest.mark.parametrize("there", ["https://elders.example/", "//elders.example/", "javascript:alert(1)", ""])
def test_the_choice_leads_nowhere_else(client, db, there):
    response = client.post("/account/taal/", {"language": "en", "next": there})

    assert (response.headers["Location"], response.cookies["django_language"].value) == ("/", "en")


def test_the_language_changes_by_a_form_only(client, db):
    assert client.get("/account/taal/?language=en").status_code == 405


# -- the admin's pages ------------------------------------------------------------------------------------
@pytest.fixture
def desk(client, administrator):
    return sign_in(client, administrator)


def test_the_admin_has_no_door_of_its_own(client, db):
    response = client.get("/beheer/", follow=True)

    assert response.redirect_chain == [("/beheer/login/?next=/beheer/", 302), ("/account/login/?next=/beheer/", 302)]


@pytest.mark.parametrize("person", ["auditor", "decision_maker", "bidder", "stranger"])
def test_who_may_not_use_the_admin_stays_out(client, request, person):
    sign_in(client, request.getfixturevalue(person))

    assert client.get("/beheer/", follow=True).status_code == 403


def test_an_administrator_grants_a_role_on_the_page(desk, administrator, stranger):
    response = desk.post(reverse("admin:accounts_roleassignment_add"), {"user": stranger.email, "role": "evaluator"})

    granted = RoleAssignment.objects.get(user=stranger)
    assert (response.status_code, granted.role, granted.granted_by) == (302, "evaluator", administrator)


@pytest.mark.parametrize(
    "person,facts,errors",
    [
        ("administrator", {"role": "auditor"}, {"user": ["Niemand kent zichzelf een rol toe."]}),
        ("auditor", {"role": "auditor"}, {"__all__": ["Deze persoon heeft deze rol al."]}),
        (
            "auditor",
            {"role": "evaluator", "until_0": "2020-01-01", "until_1": "10:00:00"},
            {"until": ["Het einde ligt niet na het begin."]},
        ),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused_beside_the_field(desk, request, person, facts, errors):
    user = request.getfixturevalue(person)

    response = desk.post(reverse("admin:accounts_roleassignment_add"), {"user": user.email} | facts)

    assert response.context["adminform"].form.errors == errors


def test_an_administrator_ends_roles_and_closes_accounts_on_the_page(desk, administrator, auditor, evaluator):
    ending = {"action": "end_roles", "_selected_action": [role.pk for role in RoleAssignment.objects.all()]}
    closing = {"action": "close_accounts", "_selected_action": [administrator.pk, auditor.pk]}
    desk.post(reverse("admin:accounts_roleassignment_changelist"), ending)
    desk.post(reverse("admin:accounts_user_changelist"), closing)

    assert [User.objects.get(pk=user.pk).roles for user in (administrator, auditor, evaluator)] == [
        {"administrator"},
        frozenset(),
        frozenset(),
    ]
    assert [User.objects.get(pk=user.pk).is_active for user in (administrator, auditor)] == [True, False]


def test_a_closed_account_is_out_at_once(client, administrator, bidder):
    sign_in(client, bidder)
    before = client.get("/partners/").status_code
    User.objects.filter(pk=bidder.pk).update(is_active=False)

    assert (before, client.get("/partners/").status_code) == (200, 302)


@pytest.mark.parametrize("page", ["admin:accounts_user_add", "admin:account_emailaddress_changelist"])
def test_the_admin_makes_no_accounts_and_shows_no_addresses(desk, page):
    assert desk.get(reverse(page)).status_code == 403


def test_the_pages_of_people_are_shown(desk, auditor):
    shown = [
        desk.get(reverse("admin:accounts_user_changelist")).status_code,
        desk.get(reverse("admin:accounts_user_change", args=[auditor.pk])).status_code,
        desk.get(reverse("admin:accounts_roleassignment_changelist")).status_code,
        desk.get(reverse("admin:accounts_roleassignment_add")).status_code,
        desk.get(reverse("admin:accounts_roleassignment_change", args=[auditor.role_assignments.get().pk])).status_code,
    ]

    assert shown == [200] * 5


def test_the_list_of_people_asks_as_much_for_many_as_for_few(
    desk, django_assert_num_queries, django_assert_max_num_queries
):
    make_user("Een", "auditor")
    with django_assert_max_num_queries(100) as few:
        desk.get(reverse("admin:accounts_user_changelist"))
    for number in range(20):
        make_user(f"Persoon {number}", "auditor")

    with django_assert_num_queries(len(few)):
        desk.get(reverse("admin:accounts_user_changelist"))


def test_the_history_knows_the_names_of_the_roles():
    assert str(role_names["opening_officer"]) == "Openingsverantwoordelijke"


def test_a_role_is_not_granted_to_an_address_that_nobody_proved(desk, stranger):
    EmailAddress.objects.filter(user=stranger).update(verified=False)

    response = desk.post(reverse("admin:accounts_roleassignment_add"), {"user": stranger.email, "role": "auditor"})

    assert response.context["adminform"].form.errors == {"user": ["Er is geen account waarvan dit adres bevestigd is."]}
    assert list(stranger.role_assignments.all()) == []
