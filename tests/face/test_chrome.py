"""What stands around every page: who sees which link, the clock, the languages, the account."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import path

from accounts.models import RoleAssignment, User
from desk import context
from lifecycle import clock as legal_clock


def nothing(request):
    raise AssertionError


urlpatterns = [
    path("", nothing, name="home"),
    path("bekendmakingen/", nothing, name="public"),
    path("taal/", nothing, name="set_language"),
    path("tweede-factor/", nothing, name="mfa_index"),
]
TABLE = [
    ("Start", "home", context.SIGNED_IN),
    ("Mijn organisatie", "set_language", context.OUTSIDE),
    ("Documenten", "mfa_index", context.STAFF),
    ("Beheer", "set_language", "accounts.use_admin"),
    ("Nog niet gebouwd", "nowhere", context.EVERYBODY),
    ("Bekendmakingen", "public", context.EVERYBODY),
]


@pytest.fixture
def page_of(rf, settings, monkeypatch, clock):
    """The `page` that somebody gets at an address, with addresses of our own."""
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(context, "NAVIGATION", TABLE)

    def make(user, address="/"):
        request = rf.get(address)
        request.user = user
        return context.page(request)["page"]

    return make


def person(name, *roles):
    user = User.objects.create_user(f"{name}@voorbeeld.example", name=name)
    for role in roles:
        RoleAssignment.objects.create(user=user, role=role, since=legal_clock.now())
    return user


def labels(page):
    return [link.label for link in page["navigation"]]


def test_navigation_shows_what_a_person_may_see_and_what_has_an_address(page_of):
    assert labels(page_of(AnonymousUser())) == ["Bekendmakingen"]
    assert labels(page_of(person("kandidaat"))) == ["Start", "Mijn organisatie", "Bekendmakingen"]
    assert labels(page_of(person("beoordelaar", "evaluator"))) == ["Start", "Documenten", "Bekendmakingen"]
    assert labels(page_of(person("beheerder", "administrator"))) == ["Start", "Documenten", "Beheer", "Bekendmakingen"]


def test_navigation_marks_the_page_and_the_part_where_one_is(page_of):
    links = page_of(person("kandidaat"), "/bekendmakingen/2026-001/")["navigation"]

    assert [(link.label, link.current) for link in links] == [
        ("Start", ""),
        ("Mijn organisatie", ""),
        ("Bekendmakingen", "true"),
    ]
    assert page_of(person("ander"))["navigation"][0].current == "page"


def test_wordmark_leads_home_or_to_the_public_page(page_of):
    assert page_of(AnonymousUser())["home_url"] == "/bekendmakingen/"
    assert page_of(person("kandidaat"))["home_url"] == "/"


def test_clock_is_shown_only_where_it_is_simulated(page_of, settings, clock):
    assert page_of(AnonymousUser())["clock"] == clock.now()

    settings.SIMULATED_CLOCK = False

    assert page_of(AnonymousUser())["clock"] is None


def test_account_menu_names_the_person_and_the_roles(page_of):
    page = page_of(person("aankoper", "procurement_officer"))

    assert (page["account_name"], [str(role) for role in page["account_roles"]]) == ("aankoper", ["Aankoper"])
    assert [str(link.label) for link in page["account_links"]] == ["Tweede factor"]
    assert page["languages"] == [("nl", "Nederlands", True), ("en", "English", False)]


def test_language_switch_returns_to_the_same_page(page_of):
    assert page_of(AnonymousUser(), "/bekendmakingen/?stand=open")["path"] == "/bekendmakingen/?stand=open"
