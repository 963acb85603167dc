"""People and organisations with a face, all of them fictional. Import them into `tests/conftest.py`.

Staff hold their one role since 2020, so that a test may set its clock to any later day. `sign_in(client, user)` makes the
session that allauth would have made, second factor included.
"""

import datetime as dt
import itertools

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpRequest

from accounts.models import RoleAssignment, User
from lifecycle import clock, steps
from partners.models import Establishment, Membership, Organisation, Postcode
from partners.numbers import with_check_digits

LONG_AGO = clock.at(dt.date(2020, 1, 1))
PASSWORD = "een lang wachtwoord voor niemand"
# Secret of the second factor of everybody here.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

_numbers = itertools.count(1)


# -- making them ------------------------------------------------------------------------------------
def make_user(name, *roles, email=None, second_factor=None, **fields) -> User:
    """A person with a proved address; staff have a second factor unless `second_factor=False`."""
    email = email or f"{name.lower().replace(' ', '.').replace('..', '.')}@voorbeeld.example"
    user = User.objects.create_user(email, PASSWORD, name=name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for role in roles:
        RoleAssignment.objects.create(user=user, role=role, since=LONG_AGO)
    if roles if second_factor is None else second_factor:
        TOTP.activate(user, SECRET)
    return user


def postcode(code="9000") -> Postcode:
    return Postcode.objects.select_related("municipality").filter(code=code).order_by("pk").first()


def make_organisation(name="Voorbeeldpartner vzw", *, confirmed_by=None, **fields) -> Organisation:
    """An organisation with a valid enterprise number that nobody has; confirmed unless `state` says otherwise."""
    values = {
        "enterprise_number": with_check_digits(9_990_000 + next(_numbers)),
        "name": name,
        "kind": Organisation.Kind.NON_PROFIT,
        "legal_form": "vzw",
        "email": "post@voorbeeldpartner.example",
        "phone": "+32 9 000 00 00",
        "street": "Voorbeeldstraat 1",
        "state": Organisation.State.CLAIMED if confirmed_by else Organisation.State.CONFIRMED,
    }
    fields.setdefault("postcode", postcode())
    organisation = Organisation.objects.create(**values | fields)
    return steps.fire(organisation, "confirm", by=confirmed_by) if confirmed_by else organisation


def make_establishment(organisation, name="Vestiging Gent", **fields) -> Establishment:
    values = {
        "number": with_check_digits(29_990_000 + next(_numbers)),
        "name": name,
        "street": "Voorbeeldplein 2",
    }
    fields.setdefault("postcode", postcode())
    return Establishment.objects.create(organisation=organisation, **values | fields)


def make_member(organisation, user, *, may_prepare=True, may_sign=True, since=LONG_AGO, until=None) -> Membership:
    return Membership.objects.create(
        organisation=organisation, user=user, may_prepare=may_prepare, may_sign=may_sign, since=since, until=until
    )


def sign_in(client, user, *, second_factor=True):
    """Give the client the session of this person; returns the client. `second_factor=False`: the password only."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, method="password", email=user.email)
    authenticator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if second_factor and authenticator:
        record_authentication(request, user, method="mfa", id=authenticator.pk, type=authenticator.type)
    request.session.save()
    return client


# -- the authority's own people ---------------------------------------------------------------------
@pytest.fixture
def procurement_officer(db):
    return make_user("An Aankoper", "procurement_officer")


@pytest.fixture
def legal_officer(db):
    return make_user("Jo Jurist", "legal_officer")


@pytest.fixture
def second_legal_officer(db):
    return make_user("Juul Jurist", "legal_officer")


@pytest.fixture
def evaluator(db):
    return make_user("Bo Beoordelaar", "evaluator")


@pytest.fixture
def opening_officer(db):
    return make_user("Olga Opener", "opening_officer")


@pytest.fixture
def second_opening_officer(db):
    return make_user("Otto Opener", "opening_officer")


@pytest.fixture
def decision_maker(db):
    return make_user("Bea Beslisser", "decision_maker")


@pytest.fixture
def contract_manager(db):
    return make_user("Cor Contractbeheerder", "contract_manager")


@pytest.fixture
def auditor(db):
    return make_user("Aude Auditor", "auditor")


@pytest.fixture
def administrator(db):
    return make_user("Bert Beheerder", "administrator")


# -- partners and strangers -------------------------------------------------------------------------
@pytest.fixture
def partner_org(db):
    return make_organisation("Voorbeeldpartner Alfa vzw")


@pytest.fixture
def bidder(partner_org):
    """May prepare and sign for Voorbeeldpartner Alfa."""
    user = make_user("Kim Kandidaat")
    make_member(partner_org, user)
    return user


@pytest.fixture
def rival_org(db):
    return make_organisation("Voorbeeldpartner Beta bv", kind=Organisation.Kind.PRIVATE, legal_form="bv")


@pytest.fixture
def rival(rival_org):
    """May prepare and sign for Voorbeeldpartner Beta."""
    user = make_user("Ria Rivaal")
    make_member(rival_org, user)
    return user


@pytest.fixture
def stranger(db):
    """Signed in, without any right."""
    return make_user("Vera Vreemdeling")
