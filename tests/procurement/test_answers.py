"""Two people of one organisation in one draft: nobody's words are lost, and where they meet one is asked."""

import re

import pytest

from documents.envelopes import reading
from procurement import actions
from procurement.answers import Clash, merged, shown
from tests.people import make_user, sign_in
from tests.procurement import story

BASE = {"contact_name": "Kim", "contact_phone": "", "no_exclusion": False}


@pytest.mark.parametrize(
    "mine,current,kept",
    [
        # Nobody else wrote.
        ({"contact_name": "Kees"}, {}, {"contact_name": "Kees"}),
        # Each wrote another answer.
        ({"contact_phone": "09"}, {"contact_name": "Kees"}, {"contact_name": "Kees", "contact_phone": "09"}),
        # Both wrote the same.
        ({"contact_name": "Kees"}, {"contact_name": "Kees"}, {"contact_name": "Kees"}),
        # I changed nothing.
        ({}, {"contact_name": "Kees", "no_exclusion": True}, {"contact_name": "Kees", "no_exclusion": True}),
        # I emptied what nobody else touched.
        ({"contact_name": ""}, {"contact_phone": "09"}, {"contact_name": "", "contact_phone": "09"}),
    ],
)
def test_an_answer_that_one_of_them_changed_is_kept_as_that_one_wrote_it(mine, current, kept):
    assert merged(BASE | mine, BASE | current, shown(BASE)) == BASE | kept


@pytest.mark.parametrize("base", ["", "onzin", shown({"contact_name": "Kim"}) + "x"])
def test_a_page_that_remembers_nothing_clashes_wherever_it_differs(base):
    with pytest.raises(Clash) as clash:
        merged(BASE | {"contact_name": "Kees"}, BASE, base)

    assert (clash.value.theirs, clash.value.current) == ({"contact_name": "Kim"}, BASE)


def test_what_a_page_remembers_says_nothing_of_the_answers():
    assert "geheim" not in shown({"remarks": "geheim"})
    assert shown({"remarks": "geheim"}).split(":")[0] != shown({"remarks": "anders"}).split(":")[0]


@pytest.fixture
def colleague(partner_org, bidder):
    user = make_user("Koen Collega")
    from partners.actions import add_member

    add_member(partner_org, by=bidder, user=user)
    return user


def base_in(page):
    return re.search(r'name="base" value="([^"]*)"', page.text).group(1)


def answers_of(draft, user):
    return reading.read_manifest(type(draft).objects.get(pk=draft.pk).envelope, by=user).answers


def test_two_people_save_after_each_other(client, published, partner_org, bidder, colleague):
    draft = story.start(published, organisation=partner_org, by=bidder)
    actions.write_answers(draft, by=bidder, answers=story.ANSWERS)
    one, two = sign_in(client, bidder), sign_in(type(client)(), colleague)
    url, page = f"{draft.get_absolute_url()}antwoorden/", draft.get_absolute_url()
    seen = [base_in(each.get(page)) for each in (one, two)]
    given = {name: value for name, value in story.ANSWERS.items() if name != "no_exclusion"} | {"no_exclusion": "on"}

    first = one.post(url, given | {"contact_phone": "09 111", "base": seen[0]})
    other = two.post(url, given | {"contact_name": "Koen Collega", "base": seen[1]})
    clash = two.post(url, given | {"contact_phone": "09 222", "base": seen[1]})

    assert (first.status_code, other.status_code, clash.status_code) == (302, 302, 409)
    assert clash.context["draft"]["answers_form"].errors == {
        "contact_phone": [
            "Iemand anders bewaarde hier intussen: “09 111”. Bewaar opnieuw om te houden wat hier nu staat."
        ]
    }
    assert 'value="09 222"' in clash.text
    kept = answers_of(draft, bidder)
    assert (kept["contact_phone"], kept["contact_name"]) == ("09 111", "Koen Collega")

    assert 'value="Koen Collega"' in clash.text

    again = two.post(url, given | {"contact_name": "Koen Collega", "contact_phone": "09 222", "base": base_in(clash)})

    assert again.status_code == 302
    kept = answers_of(draft, bidder)
    assert (kept["contact_phone"], kept["contact_name"]) == ("09 222", "Koen Collega")
