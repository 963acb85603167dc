"""Who gets in where: every address of the house, for everybody.

A line of `who_gets_in_where.txt` is an address, the record of `tests/sweeps/house.py` it is about, and what each person gets:

    +  the page, or the file            L  must sign in first           >  is led to another page
    -  403: may not do that             0  404: may not know of it      m  405: not with GET
    !  409: may, but not now            ~  503: not ready (nobody does the work that the story owes)

The opening officers, the procurement officer, the evaluator and the decision maker stated to have no interest in the
procedure; the others of the authority made no statement.
"""

from pathlib import Path

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from lifecycle.models import Entry
from tests.people import sign_in

PEOPLE = "anonymous stranger rival owner officer lawyer evaluator opener decider manager auditor admin".split()
SIGNS = {200: "+", 403: "-", 404: "0", 405: "m", 409: "!", 503: "~"}

TABLE = (Path(__file__).parent / "who_gets_in_where.txt").read_text(encoding="utf-8")

# What the tests of accounts sweep: signing in, and the pages of the account (django-allauth).
ELSEWHERE = ("account_", "mfa_", "admin:")


# Addresses that are proofs themselves.
BY_TOKEN = {"subscription-confirm", "subscription-end", "invitation"}


def lines():
    return [line.split() for line in TABLE.strip().splitlines() if not line.startswith("#")]


def names(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, prefix + (f"{pattern.namespace}:" if pattern.namespace else ""))
        elif pattern.name:
            yield prefix + pattern.name


# What the last part of an address is called where it is no verb.
LAST_PART = {"planning-milestone": "code", "staff-calendar": "secret"}


# What belongs to the record of the address, and is named in it too.
PARTS = {
    "membership-end": ("membership", "colleague"),
    "membership-change": ("membership", "colleague"),
    "invitation-resend": ("invitation", "invitation"),
    "invitation-withdraw": ("invitation", "invitation"),
}


def address(name, house, key, verb):
    if name in BY_TOKEN:
        return reverse(name, args=[house[key].token])
    kwargs = {} if key == "." else {"pk": house[key].pk}
    if verb != ".":
        kwargs |= {"number": int(verb)} if verb.isdigit() else {LAST_PART.get(name, "verb"): verb}
    if name in PARTS:
        part, record = PARTS[name]
        kwargs |= {part: house[record].pk}
    return reverse(name, kwargs=kwargs)


def sign(response):
    if response.streaming:
        list(response.streaming_content)
    if response.status_code == 302:
        return "L" if response.url.startswith(reverse("account_login")) else ">"
    return SIGNS.get(response.status_code, str(response.status_code))


@pytest.fixture
def visitors(house, client):
    """A client for each person, signed in with the second factor where there is one."""
    found = {"anonymous": type(client)()}
    for name in PEOPLE[1:]:
        found[name] = sign_in(type(client)(), house.person(name))
    return found


def test_every_address_of_the_house_stands_in_the_table():
    listed = {name for name, *_rest in lines()}
    found = {name for name in names(get_resolver()) if not name.startswith(ELSEWHERE)}

    assert listed == found


def test_who_gets_in_where(house, visitors):
    answers = []
    for name, key, verb, *_expected in lines():
        url = address(name, house, key, verb)
        answers.append([name, key, verb, *(sign(visitors[person].get(url)) for person in PEOPLE)])

    assert answers == lines()


def test_nobody_changes_by_posting_what_they_may_not_ask_for(house, visitors):
    """Who is refused the page is refused its button too, and nothing is written."""
    entries, admitted = Entry.objects.count(), []
    for name, key, verb, *answers in lines():
        url = address(name, house, key, verb)
        for person, answer in zip(PEOPLE, answers, strict=True):
            if answer in {"L", "-", "0"}:
                told = sign(visitors[person].post(url))
                admitted += [(name, key, verb, person, told)] if told not in {"L", "-", "0", "m"} else []

    assert admitted == []
    assert Entry.objects.count() == entries


def test_a_stranger_changes_nothing_by_posting_to_what_everybody_may_ask_for(house, visitors):
    entries = Entry.objects.count()
    for name, key, verb, *answers in lines():
        if answers[1] not in {"L", "-", "0"} and name not in OPEN_TO_POST:
            for person in ("anonymous", "stranger"):
                sign(visitors[person].post(address(name, house, key, verb)))

    assert Entry.objects.count() == entries


# Whoever signed in may register an organisation of his own and ask to act for one; whoever holds the link of a mail may use it.
OPEN_TO_POST = {"organisation-register", "access-ask", *BY_TOKEN}


# -- the pages of administrators ----------------------------------------------------------------------

# What can be managed there, and who may list it, add to it, import and export it.
ADMIN = """
# who                                       an st ri ow of la ev op de ma au ad
admin:index                                 >  >  >  >  +  >  >  >  >  >  >  +
admin:password_change                       >  >  >  >  +  >  >  >  >  >  >  +
admin:password_change_done                  >  >  >  >  +  >  >  >  >  >  >  +
admin:auth_group_changelist                 >  >  >  >  -  >  >  >  >  >  >  -
admin:auth_group_add                        >  >  >  >  -  >  >  >  >  >  >  -
admin:account_emailaddress_changelist       >  >  >  >  -  >  >  >  >  >  >  -
admin:account_emailaddress_add              >  >  >  >  -  >  >  >  >  >  >  -
admin:mfa_authenticator_changelist          >  >  >  >  -  >  >  >  >  >  >  -
admin:mfa_authenticator_add                 >  >  >  >  -  >  >  >  >  >  >  -
admin:accounts_user_changelist              >  >  >  >  -  >  >  >  >  >  >  +
admin:accounts_user_add                     >  >  >  >  -  >  >  >  >  >  >  -
admin:accounts_roleassignment_changelist    >  >  >  >  -  >  >  >  >  >  >  +
admin:accounts_roleassignment_add           >  >  >  >  -  >  >  >  >  >  >  +
admin:catalogue_product_process_import      >  >  >  >  m  >  >  >  >  >  >  m
admin:catalogue_product_import              >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_product_export              >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_product_changelist          >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_product_add                 >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_service_process_import      >  >  >  >  m  >  >  >  >  >  >  m
admin:catalogue_service_import              >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_service_export              >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_service_changelist          >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_service_add                 >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_productpart_process_import  >  >  >  >  m  >  >  >  >  >  >  m
admin:catalogue_productpart_import          >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_productpart_export          >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_productpart_changelist      >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_productpart_add             >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_combination_process_import  >  >  >  >  m  >  >  >  >  >  >  m
admin:catalogue_combination_import          >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_combination_export          >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_combination_changelist      >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_combination_add             >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_area_process_import         >  >  >  >  m  >  >  >  >  >  >  m
admin:catalogue_area_import                 >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_area_export                 >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_area_changelist             >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_area_add                    >  >  >  >  +  >  >  >  >  >  >  +
admin:partners_organisation_process_import  >  >  >  >  m  >  >  >  >  >  >  m
admin:partners_organisation_import          >  >  >  >  +  >  >  >  >  >  >  -
admin:partners_organisation_export          >  >  >  >  +  >  >  >  >  >  >  -
admin:partners_organisation_changelist      >  >  >  >  +  >  >  >  >  >  >  -
admin:partners_organisation_add             >  >  >  >  -  >  >  >  >  >  >  -
"""  # fmt: skip


def admin_lines():
    return [line.split() for line in ADMIN.strip().splitlines() if not line.startswith("#")]


def admin_pages():
    for name in names(get_resolver()):
        if name.startswith("admin:") and name not in ENTRANCES:
            try:
                yield name, reverse(name)
            except NoReverseMatch:
                continue


# Signing in and out happens at the one door; a language file and a look-up that refuses without its parameters.
ENTRANCES = {"admin:login", "admin:logout", "admin:jsi18n", "admin:autocomplete"}


def test_who_may_manage_what(house, visitors):
    answers = [[name, *(sign(visitors[person].get(url)) for person in PEOPLE)] for name, url in admin_pages()]

    assert answers == admin_lines()


def test_nothing_of_a_dossier_can_be_managed_past_its_verbs():
    """Procedures, offers, envelopes, documents, contracts and the trail have no page there at all."""
    managed = {model._meta.app_label for model in admin.site._registry}

    assert managed <= {"accounts", "account", "mfa", "auth", "catalogue", "partners"}
