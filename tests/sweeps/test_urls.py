"""Who gets in where: every address of the house, for everybody.

A line of `who_gets_in_where.txt` is an address, the record of `tests/sweeps/house.py` it is about, and what each person gets:

    +  the page, or the file            L  must sign in first           >  is led to another page
    -  403: may not do that             0  404: may not know of it      m  405: not with GET
    !  409: may, but not now            ~  503: not ready (nobody does the work that the story owes)

The opening officers, the procurement officer, the evaluator and the decision maker stated to have no interest in the
procedure; the others of the authority made no statement.
"""

from pathlib import Path

from django.urls import URLResolver, get_resolver, reverse

from lifecycle.models import Entry
from tests.sweeps.house import PEOPLE

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
