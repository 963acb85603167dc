"""The pages about partners, and partners in and out of spreadsheets."""

import pytest
from django.urls import reverse

from partners.models import Establishment, Membership, Organisation
from tests.people import make_establishment, make_member, make_organisation, postcode, sign_in

FORM = {
    "enterprise_number": "0428.759.497",
    "name": "Voorbeeldpartner Gamma vzw",
    "kind": "non_profit",
    "legal_form": "vzw",
    "email": "post@gamma.example",
    "phone": "",
    "street": "Voorbeeldstraat 3",
    "postcode": "9000",
    "municipality": "",
}


def names(response):
    return [row.name for row in response.context["page_obj"]]


# -- the list -------------------------------------------------------------------------------------------
def test_the_list_asks_to_sign_in(client, db):
    assert client.get("/partners/").headers["Location"] == "/account/login/?next=/partners/"


def test_staff_see_everybody_members_their_own_strangers_nobody(
    client, auditor, bidder, stranger, partner_org, rival_org
):
    seen = [names(sign_in(client, user).get("/partners/")) for user in (auditor, bidder, stranger)]

    assert seen == [[partner_org.name, rival_org.name], [partner_org.name], []]


@pytest.mark.parametrize(
    "query,found",
    [
        ("text=alfa", ["Voorbeeldpartner Alfa vzw"]),
        ("text=vzw+ALFA", ["Voorbeeldpartner Alfa vzw"]),
        ("text=0428.759", ["Anders bv"]),
        ("text=BE+0428", ["Anders bv"]),
        ("text=%25", []),
        ("province=10000", ["Anders bv"]),
        ("province=40000&order=-name", ["Voorbeeldpartner Beta bv", "Voorbeeldpartner Alfa vzw"]),
        ("state=claimed", ["Anders bv"]),
        ("order=place", ["Anders bv", "Voorbeeldpartner Alfa vzw", "Voorbeeldpartner Beta bv"]),
        ("state=sealed", ["Anders bv", "Voorbeeldpartner Alfa vzw", "Voorbeeldpartner Beta bv"]),
    ],
)
def test_the_list_is_refined_and_sorted(client, auditor, partner_org, rival_org, query, found):
    make_organisation("Anders bv", enterprise_number="0428759497", postcode=postcode("2000"), state="claimed")
    sign_in(client, auditor)

    assert names(client.get(f"/partners/?{query}")) == found


def test_the_list_has_fifty_rows_a_page(client, auditor):
    for number in range(51):
        make_organisation(f"Voorbeeld {number:02}")
    sign_in(client, auditor)

    assert [len(names(client.get(f"/partners/?page={page}"))) for page in (1, 2)] == [50, 1]


def test_the_list_asks_as_much_for_many_as_for_few(
    client, auditor, django_assert_num_queries, django_assert_max_num_queries
):
    make_establishment(make_organisation("Voorbeeld een"))
    sign_in(client, auditor)
    with django_assert_max_num_queries(100) as few:
        client.get("/partners/")
    for number in range(20):
        make_establishment(make_organisation(f"Voorbeeld {number}", postcode=postcode("2000")))

    with django_assert_num_queries(len(few)):
        client.get("/partners/")


def test_mine_leads_to_the_one_the_list_or_to_registering(client, bidder, stranger, partner_org, rival_org):
    one = sign_in(client, bidder).get("/partners/mijn/").headers["Location"]
    make_member(rival_org, bidder)
    more = client.get("/partners/mijn/").headers["Location"]
    none = sign_in(client, stranger).get("/partners/mijn/").headers["Location"]

    assert [one, more, none] == [f"/partners/{partner_org.pk}/", "/partners/", "/partners/aanmelden/"]


# -- one organisation ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "person,status",
    [
        ("procurement_officer", 200),
        ("auditor", 200),
        ("bidder", 200),
        ("rival", 404),
        ("stranger", 404),
        ("administrator", 404),
        ("evaluator", 404),
    ],
)
def test_who_may_not_see_an_organisation_finds_nothing(client, request, partner_org, person, status):
    sign_in(client, request.getfixturevalue(person))

    assert client.get(partner_org.get_absolute_url()).status_code == status


def test_a_page_shows_what_where_and_who(client, bidder, partner_org):
    make_establishment(partner_org, "Vestiging Aalst", postcode=postcode("9300"))
    sign_in(client, bidder)

    page = client.get(partner_org.get_absolute_url()).content.decode()

    for word in (
        partner_org.written_number,
        "Vestiging Aalst",
        "9300 Aalst",
        "Kim Kandidaat",
        "voorbereiden, ondertekenen",
    ):
        assert word in page, word


def test_staff_confirm_with_a_step(client, procurement_officer, stranger):
    organisation = make_organisation(state="claimed")
    sign_in(client, procurement_officer)
    page = client.get(organisation.get_absolute_url())
    done = client.post(f"{organisation.get_absolute_url()}confirm/", {"seen_state": "claimed"})

    assert [step.verb for step in page.context["steps"]] == ["confirm"]
    assert (done.status_code, done.headers["Location"]) == (302, organisation.get_absolute_url())
    assert Organisation.objects.get().state == "confirmed"


def test_members_do_not_confirm_themselves(client, bidder, partner_org):
    sign_in(client, bidder)

    assert client.post(f"{partner_org.get_absolute_url()}confirm/").status_code == 403


# -- registering ------------------------------------------------------------------------------------------------
def test_somebody_registers_an_organisation(client, stranger):
    sign_in(client, stranger)

    response = client.post("/partners/aanmelden/", FORM)

    organisation = Organisation.objects.get()
    assert response.headers["Location"] == organisation.get_absolute_url()
    assert (organisation.enterprise_number, str(organisation.postcode), organisation.state) == (
        "0428759497",
        "9000 Gent",
        "claimed",
    )
    assert client.get(organisation.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "changes,errors",
    [
        (
            {"enterprise_number": "0428.759.498"},
            {"enterprise_number": ["Dit is geen geldig ondernemingsnummer: tien cijfers, bijvoorbeeld 0123.456.749."]},
        ),
        ({"postcode": "9999"}, {"postcode": ["De postcode 9999 bestaat niet."]}),
        ({"municipality": "Aalst"}, {"municipality": ["Bij de postcode 9000 hoort Gent."]}),
        ({"postcode": "1040"}, {"municipality": ["Bij de postcode 1040 hoort Brussel of Etterbeek."]}),
        ({"phone": "bel mij"}, {"phone": ["Dit is geen telefoonnummer: cijfers, zoals +32 2 123 45 67."]}),
    ],
)
def test_a_mistake_stands_next_to_its_field_and_nothing_typed_is_lost(client, stranger, changes, errors):
    sign_in(client, stranger)

    response = client.post("/partners/aanmelden/", FORM | changes)

    form = response.context["form"]
    assert (response.status_code, form.errors) == (422, errors)
    assert {name: form[name].value() for name in FORM} == FORM | changes


def test_everything_that_is_asked_is_needed(client, stranger):
    sign_in(client, stranger)

    response = client.post("/partners/aanmelden/", {})

    assert sorted(response.context["form"].errors) == [
        "email", "enterprise_number", "kind", "legal_form", "name", "postcode", "street",
    ]  # fmt: skip


def test_a_number_that_is_known_is_refused(client, stranger, partner_org):
    sign_in(client, stranger)

    response = client.post("/partners/aanmelden/", FORM | {"enterprise_number": partner_org.written_number})

    assert list(response.context["form"].errors) == ["enterprise_number"]
    assert partner_org.name not in response.content.decode()


def test_staff_register_no_organisation(client, procurement_officer):
    sign_in(client, procurement_officer)

    assert client.get("/partners/aanmelden/").status_code == 403


# -- establishments and members -----------------------------------------------------------------------------------
def test_a_member_adds_an_establishment(client, bidder, partner_org):
    sign_in(client, bidder)
    facts = {
        "number": "2.999.000.171",
        "name": "Mechelen",
        "street": "Plein 1",
        "postcode": "2800",
        "municipality": "Mechelen",
    }

    response = client.post(reverse("establishment-add", args=[partner_org.pk]), facts)

    assert response.headers["Location"] == partner_org.get_absolute_url()
    assert [(each.number, str(each)) for each in Establishment.objects.all()] == [
        ("2999000171", "Mechelen, 2800 Mechelen")
    ]


def test_an_establishment_number_that_is_none_is_refused_beside_its_field(client, bidder, partner_org):
    sign_in(client, bidder)
    facts = {"number": "0428759497", "name": "Mechelen", "street": "Plein 1", "postcode": "28", "municipality": ""}

    response = client.post(reverse("establishment-add", args=[partner_org.pk]), facts)

    assert response.context["form"].errors == {
        "number": ["Dit is geen geldig vestigingsnummer: tien cijfers die met 2 tot 8 beginnen."],
        "postcode": ["De postcode 28 bestaat niet."],
    }


def test_a_member_ends_a_membership_after_a_question(client, bidder, partner_org, stranger):
    membership = make_member(partner_org, stranger, may_sign=False)
    sign_in(client, bidder)
    url = reverse("membership-end", args=[partner_org.pk, membership.pk])

    asked = client.get(url)
    still = Membership.objects.current().filter(user=stranger).count()
    done = client.post(url)

    assert (asked.status_code, still, done.headers["Location"]) == (200, 1, partner_org.get_absolute_url())
    assert Membership.objects.current().filter(user=stranger).count() == 0


def test_the_last_who_may_sign_hears_why_he_stays(client, bidder, partner_org):
    sign_in(client, bidder)
    url = reverse("membership-end", args=[partner_org.pk, Membership.objects.get(user=bidder).pk])

    response = client.post(url)

    assert (response.status_code, response.context["refusals"]) == (
        409,
        ["Wie als enige mag ondertekenen, kan niet weg: voeg eerst iemand anders toe."],
    )


@pytest.mark.parametrize("page", ["establishment-add", "invitation-new"])
@pytest.mark.parametrize(
    "person,status", [("rival", 404), ("stranger", 404), ("auditor", 403), ("procurement_officer", 403)]
)
def test_others_add_nothing(client, request, partner_org, page, person, status):
    sign_in(client, request.getfixturevalue(person))
    url = reverse(page, args=[partner_org.pk])

    assert [client.get(url).status_code, client.post(url).status_code] == [status, status]


def test_who_only_prepares_adds_nothing(client, partner_org, stranger):
    make_member(partner_org, stranger, may_sign=False)
    sign_in(client, stranger)

    assert client.get(reverse("establishment-add", args=[partner_org.pk])).status_code == 403


def test_a_membership_of_another_organisation_is_not_found(client, bidder, rival, partner_org):
    sign_in(client, bidder)
    url = reverse("membership-end", args=[partner_org.pk, Membership.objects.get(user=rival).pk])

    assert client.post(url).status_code == 404
