"""What staff may open before, while and after proving the second factor."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.adapter import MFAAdapter
from accounts.demo import make_account
from accounts.middleware import second_factor_at
from lifecycle import clock as legal_clock
from tests.people import PASSWORD, SECRET, make_user, sign_in

STAFF_PAGE = "/partners/"


def code(secret=SECRET):
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def where(response):
    return response.status_code, response.headers.get("Location")


@pytest.fixture
def newcomer(db):
    """Staff without a second factor yet."""
    return make_user("Noor Nieuw", "auditor", second_factor=False)


# -- the middleware ---------------------------------------------------------------------------------
def test_staff_without_a_second_factor_are_sent_to_enrol(client, newcomer):
    sign_in(client, newcomer)

    assert where(client.get(STAFF_PAGE)) == (302, "/account/2fa/totp/activate/?next=%2Fpartners%2F")


def test_staff_who_have_not_proved_it_in_this_session_are_sent_to_prove_it(client, auditor):
    sign_in(client, auditor, second_factor=False)

    assert where(client.get(STAFF_PAGE)) == (302, "/account/2fa/reauthenticate/?next=%2Fpartners%2F")


def test_staff_who_proved_it_come_in(client, auditor):
    sign_in(client, auditor)

    assert client.get(STAFF_PAGE).status_code == 200


def test_what_would_change_something_is_refused_until_then(client, auditor):
    sign_in(client, auditor, second_factor=False)

    assert client.post(STAFF_PAGE).status_code == 403


@pytest.mark.parametrize(
    "path", ["/account/2fa/recovery-codes/", "/account/2fa/recovery-codes/download/", "/account/email/"]
)
def test_who_did_not_prove_it_sees_no_recovery_codes_and_changes_no_address(client, auditor, path):
    sign_in(client, auditor, second_factor=False)

    assert where(client.get(path))[1].startswith("/account/2fa/reauthenticate/?next=")


def test_who_has_one_does_not_enrol_another_without_proving_it(client, auditor):
    sign_in(client, auditor, second_factor=False)

    assert where(client.get("/account/2fa/totp/activate/"))[1].startswith("/account/2fa/reauthenticate/")


@pytest.mark.parametrize("name", ["health-alive", "account_logout", "mfa_reauthenticate"])
def test_signing_out_proving_and_health_stay_open(client, auditor, name):
    sign_in(client, auditor, second_factor=False)

    assert client.get(reverse(name)).status_code == 200


def test_public_pages_are_shown_as_to_anybody(client, auditor):
    sign_in(client, auditor, second_factor=False)

    response = client.get(reverse("catalogue"))

    assert (response.status_code, response.wsgi_request.user.is_authenticated) == (200, False)


def test_an_address_that_does_not_exist_is_missing_not_refused(client, auditor):
    sign_in(client, auditor, second_factor=False)

    assert client.get("/bestaat-niet/").status_code == 404


def test_people_of_partners_need_no_second_factor(client, bidder):
    sign_in(client, bidder)

    assert client.get(STAFF_PAGE).status_code == 200


def test_the_switch_lets_staff_in_without(client, newcomer, settings):
    settings.STAFF_SECOND_FACTOR = False
    sign_in(client, newcomer)

    assert client.get(STAFF_PAGE).status_code == 200


@pytest.mark.parametrize("switch", ["STAFF_SECOND_FACTOR=off", "SIMULATED_CLOCK=on", "DEBUG=on"])
def test_production_refuses_the_switches_of_demonstrations(switch, tmp_path):
    name, value = switch.split("=")
    production = {"PRODUCTION": "on", "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "example.org", "VAR_DIR": str(tmp_path)}
    quiet = {"STAFF_SECOND_FACTOR": "on", "SIMULATED_CLOCK": "off", "DEBUG": "off"}
    environment = {"PATH": os.environ["PATH"], **production, **quiet, name: value}
    command = [sys.executable, "-c", "import config.settings"]

    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)

    assert done.stderr.splitlines()[-1].split(":")[1].strip().startswith(f"{switch.partition('=')[0]}")


# -- the whole way, through the pages -----------------------------------------------------------------
def test_a_staff_member_signs_in_with_password_and_code(client, auditor):
    first = client.post("/account/login/", {"login": "AUDE.auditor@voorbeeld.example", "password": PASSWORD})
    second = client.post("/account/2fa/authenticate/", {"code": code()})

    assert [where(first), where(second)] == [(302, "/account/2fa/authenticate/"), (302, "/")]
    assert client.get(STAFF_PAGE).status_code == 200


def test_a_wrong_code_lets_nobody_in(client, auditor):
    client.post("/account/login/", {"login": auditor.email, "password": PASSWORD})
    client.post("/account/2fa/authenticate/", {"code": "000000"})

    assert where(client.get(STAFF_PAGE)) == (302, "/account/login/?next=/partners/")


def test_a_newcomer_enrols_proves_it_and_comes_in(client, newcomer):
    client.post("/account/login/", {"login": newcomer.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.get("/account/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    enrolled = client.post("/account/2fa/totp/activate/", {"code": code(secret)})
    sent = client.get(STAFF_PAGE)
    client.post("/account/2fa/reauthenticate/", {"code": code(secret)})

    assert where(enrolled) == (302, "/account/2fa/recovery-codes/")
    assert where(sent) == (302, "/account/2fa/reauthenticate/?next=%2Fpartners%2F")
    assert client.get(STAFF_PAGE).status_code == 200
    assert client.get("/account/2fa/recovery-codes/").status_code == 200


# -- when it was proved ----------------------------------------------------------------------------------
def test_the_moment_of_the_second_factor_is_in_legal_time(clock, client, auditor):
    sign_in(client, auditor)
    request = HttpRequest()
    request.session, request.user = client.session, auditor

    ago = legal_clock.now() - second_factor_at(request)

    assert dt.timedelta(0) <= ago < dt.timedelta(seconds=30)


def test_a_password_alone_is_no_second_factor(client, auditor):
    sign_in(client, auditor, second_factor=False)
    request = HttpRequest()
    request.session, request.user = client.session, auditor

    assert second_factor_at(request) is None


def test_somebody_elses_proof_does_not_count(client, auditor, evaluator):
    sign_in(client, auditor)
    request = HttpRequest()
    request.session, request.user = client.session, evaluator

    assert second_factor_at(request) is None


# -- the secret at rest -------------------------------------------------------------------------------------
def test_the_secret_is_not_in_the_database(auditor):
    kept = Authenticator.objects.get(user=auditor).data["secret"]

    assert SECRET not in kept
    assert MFAAdapter().decrypt(kept) == SECRET


def test_a_secret_survives_a_new_secret_key(auditor, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, as long as a secret key has to be, since yesterday"

    assert MFAAdapter().decrypt(Authenticator.objects.get(user=auditor).data["secret"]) == SECRET


# -- demonstration accounts ------------------------------------------------------------------------------------
def test_a_demonstration_account_signs_in_with_the_secret_it_was_given(clock, client):
    since = clock.at(dt.date(2026, 1, 1))
    user, secret = make_account(
        "demo@voorbeeld.example", name="Demo", password=PASSWORD, roles=["auditor"], since=since
    )

    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/2fa/authenticate/", {"code": code(secret)})

    assert user.roles == {"auditor"}
    assert TOTP(Authenticator.objects.get(user=user)).instance.user_id == user.pk
    assert client.get(STAFF_PAGE).status_code == 200


def test_production_makes_no_demonstration_accounts(db, settings):
    settings.PRODUCTION = True

    with pytest.raises(RuntimeError, match="Demonstration accounts are refused in production"):
        make_account("demo@voorbeeld.example", name="Demo", password=PASSWORD)
