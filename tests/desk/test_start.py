"""The first pages: home for who signed in, what is public for everybody."""

import pytest

from tests.people import sign_in

pytestmark = pytest.mark.django_db


def test_home_sends_a_visitor_to_what_is_public(client, clock):
    assert client.get("/").headers["Location"] == "/bekendmakingen/"


def test_public_page_asks_nobody_who_he_is(client, clock):
    response = client.get("/bekendmakingen/")

    assert response.status_code == 200
    assert response.context["procedures"] == []


def test_home_greets_by_name_and_by_the_hour(client, clock, procurement_officer):
    sign_in(client, procurement_officer)

    response = client.get("/")

    assert response.status_code == 200
    assert response.context["greeting"] == f"Goedemorgen, {procurement_officer.name}"
    assert response.context["urgent"] == []


def test_staff_without_second_factor_come_no_further(client, clock, procurement_officer):
    sign_in(client, procurement_officer, second_factor=False)

    response = client.get("/procedures/")

    assert response.status_code == 302
    assert "/2fa/" in response.headers["Location"] or "reauthenticate" in response.headers["Location"]
