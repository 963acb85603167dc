"""The catalogue of the brochure, as data; a new action is data too."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import translation

from catalogue import loading
from catalogue.models import Area, Combination, Product, ProductPart, Service, combines
from tests.people import sign_in

FIRST_DAY = dt.date(2027, 1, 1)


def product(code):
    return Product.objects.get(code=code)


def parts(code):
    return [
        (part.service.code, part.use, part.may_open_as_module)
        for part in product(code).parts.select_related("service").order_by("position")
    ]


# -- what the brochure says ------------------------------------------------------------------------------
def test_two_base_products_by_concession_and_three_flanking_actions_by_open_house(db):
    assert list(Product.objects.values_list("code", "kind", "way")) == [
        ("basic-offer", "base_product", "concession"),
        ("specialised-offer", "base_product", "concession"),
        ("disability-expertise-and-indication", "flanking_action", "open_house"),
        ("workplace-learning", "flanking_action", "open_house"),
        ("language-coaching", "flanking_action", "open_house"),
    ]


def test_the_basic_offer_has_its_parts_of_which_one_may_open_as_a_module(db):
    assert parts("basic-offer") == [
        ("application-support", "fixed", True),
        ("job-hunting-and-matching", "fixed", False),
        ("after-care", "fixed", False),
        ("refine-job-target", "where_needed", False),
        ("workplace-learning", "modular", False),
    ]


def test_the_specialised_offer_has_its_parts(db):
    assert parts("specialised-offer") == [
        ("application-support", "fixed", False),
        ("job-hunting-and-matching", "fixed", False),
        ("after-care", "fixed", False),
        ("disability-expertise", "fixed", False),
        ("indication-report", "fixed", False),
        ("job-carving", "fixed", False),
        ("adjust-job-target", "fixed", False),
    ]


def test_workplace_learning_is_part_of_the_base_trajectory_and_a_flanking_action(db):
    service = Service.objects.get(code="workplace-learning")

    assert list(
        ProductPart.objects.filter(service=service).values_list("product__code", "use").order_by("product")
    ) == [
        ("basic-offer", "modular"),
        ("workplace-learning", "fixed"),
    ]


@pytest.mark.parametrize(
    "action,with_basic,with_specialised",
    [
        ("disability-expertise-and-indication", True, False),
        ("workplace-learning", True, True),
        ("language-coaching", True, True),
    ],
)
def test_which_action_combines_with_which_product(db, action, with_basic, with_specialised):
    bases = [product("basic-offer"), product("specialised-offer")]

    assert [combines(product(action), base, on=FIRST_DAY) for base in bases] == [with_basic, with_specialised]


def test_nothing_combines_before_its_day(clock):
    action, base = product("language-coaching"), product("basic-offer")

    assert combines(action, base, on=FIRST_DAY - dt.timedelta(days=1)) is False
    assert combines(action, base) is False
    clock.travel_to(clock.at(FIRST_DAY))
    assert combines(action, base) is True


def test_a_base_product_combines_with_none(db):
    assert combines(product("basic-offer"), product("specialised-offer"), on=FIRST_DAY) is False


@pytest.mark.parametrize(
    "day,codes",
    [
        (dt.date(2026, 3, 31), []),
        (
            dt.date(2026, 4, 1),
            ["disability-expertise-and-indication", "workplace-learning", "language-coaching"],
        ),
    ],
)
def test_what_is_on_offer_depends_on_the_day(db, day, codes):
    assert [each.code for each in Product.objects.on_offer(day)] == codes


def test_what_has_ended_is_off_offer_the_day_after(db):
    language = product("language-coaching")
    language.active_until = FIRST_DAY
    language.save()

    days = [FIRST_DAY, FIRST_DAY + dt.timedelta(days=1)]
    assert [language in Product.objects.on_offer(day) for day in days] == [True, False]
    assert [language in Product.objects.not_ended(day) for day in days] == [True, False]


def test_the_areas_are_the_flemish_provinces_with_their_arrondissements(db):
    assert {area.name_nl: area.nuts3 for area in Area.objects.all()} == {
        "Antwerpen": ["BE211", "BE212", "BE213"],
        "Vlaams-Brabant": ["BE241", "BE242"],
        "West-Vlaanderen": ["BE251", "BE252", "BE253", "BE254", "BE255", "BE256", "BE257", "BE258"],
        "Oost-Vlaanderen": ["BE231", "BE232", "BE233", "BE234", "BE235", "BE236"],
        "Limburg": ["BE223", "BE224", "BE225"],
    }


# -- in two languages ------------------------------------------------------------------------------------------
def test_names_follow_the_language_of_the_page(db):
    with translation.override("nl"):
        dutch = [str(product("basic-offer")), Service.objects.get(code="after-care").name, str(Area.objects.first())]
    with translation.override("en"):
        english = [str(product("basic-offer")), Service.objects.get(code="after-care").name, str(Area.objects.first())]

    assert dutch == ["Basisaanbod", "Nazorg", "Antwerpen"]
    assert english == ["Basic offer", "After-care", "Antwerp"]


def test_everything_has_a_name_and_a_description_in_both_languages(db):
    unnamed = [
        each
        for model in (Service, Product)
        for each in model.objects.all()
        if not all((each.name_nl, each.name_en, each.description_nl, each.description_en))
    ]

    assert unnamed == []


# -- loading ------------------------------------------------------------------------------------------------------
def counts():
    return [model.objects.count() for model in (Service, Product, ProductPart, Combination, Area)]


def test_loading_again_changes_nothing(db):
    before = counts()
    loading.load()

    assert (before, counts()) == ([10, 5, 16, 5, 5], [10, 5, 16, 5, 5])


def test_loading_leaves_what_the_authority_changed(db):
    Product.objects.filter(code="basic-offer").update(name_nl="Nieuwe naam")
    Combination.objects.filter(action__code="language-coaching").delete()
    loading.load()

    assert product("basic-offer").name_nl == "Nieuwe naam"
    assert Combination.objects.filter(action__code="language-coaching").count() == 0


def test_loading_brings_back_what_is_missing(db):
    product("language-coaching").delete()
    loading.load()

    assert parts("language-coaching") == [("language-coaching", "fixed", False)]
    assert combines(product("language-coaching"), product("specialised-offer"), on=FIRST_DAY) is True


# -- what the database refuses ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "changes",
    [
        {"active_until": dt.date(2025, 12, 31)},
        {"way": "concession"},
        {"kind": "base_product"},
        {"kind": "other", "way": "other"},
        {"code": "basic-offer"},
    ],
)
def test_a_product_that_makes_no_sense_is_refused(db, changes):
    facts = {
        "code": "new-action", "kind": "flanking_action", "way": "open_house", "active_from": dt.date(2026, 1, 1),
        "name_nl": "Nieuw", "name_en": "New",
    }  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.create(**facts | changes)
    with pytest.raises(ValidationError):
        Product(**facts | changes).full_clean()


def test_a_service_is_one_part_of_a_product(db):
    first = ProductPart.objects.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        ProductPart.objects.create(product=first.product, service=first.service, use="fixed")


def test_a_part_has_a_known_use(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductPart.objects.create(
            product=product("basic-offer"), service=Service.objects.get(code="job-carving"), use="x"
        )


@pytest.mark.parametrize(
    "action,base,field",
    [("basic-offer", "specialised-offer", "action"), ("language-coaching", "workplace-learning", "base")],
)
def test_an_action_combines_with_a_base_product_only(db, action, base, field):
    with pytest.raises(ValidationError) as refused:
        Combination(action=product(action), base=product(base), since=FIRST_DAY).full_clean()

    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize("codes", [[], ["BE21"], ["BE2"], ["BE211", "BE2111"], "BE211", [211], {"BE211": 1}, ["NL211"]])
def test_an_area_names_nuts_3_codes_and_nothing_coarser(db, codes):
    with pytest.raises(ValidationError) as refused:
        Area(code="x", name_nl="X", name_en="X", nuts3=codes).full_clean()

    assert list(refused.value.message_dict) == ["nuts3"]


# -- a new action is data ------------------------------------------------------------------------------------------------
def test_a_new_action_is_added_on_the_pages_and_stands_in_the_catalogue(client, procurement_officer):
    sign_in(client, procurement_officer)
    digital = {"code": "digital-skills", "name_nl": "Digitale vaardigheden", "name_en": "Digital skills"}
    client.post("/beheer/catalogue/service/add/", digital | {"description_nl": "", "description_en": ""})
    service, base = Service.objects.get(code="digital-skills"), product("specialised-offer")
    formsets = {
        "parts-TOTAL_FORMS": 1, "parts-INITIAL_FORMS": 0, "parts-0-service": service.pk, "parts-0-use": "fixed",
        "parts-0-position": 1, "combines-TOTAL_FORMS": 1, "combines-INITIAL_FORMS": 0, "combines-0-base": base.pk,
        "combines-0-since": "2028-01-01",
    }  # fmt: skip
    facts = digital | {"kind": "flanking_action", "way": "open_house", "position": 4, "active_from": "2028-01-01"}
    client.post("/beheer/catalogue/product/add/", facts | formsets)

    action = product("digital-skills")
    assert action in Product.objects.on_offer(dt.date(2028, 1, 1)).flanking_actions()
    assert [
        combines(action, product(code), on=dt.date(2028, 1, 1)) for code in ("basic-offer", "specialised-offer")
    ] == [
        False,
        True,
    ]
    page = client.get("/aanbod/")
    assert (action, ["nee", "ja"]) in page.context["matrix"]


def test_a_new_action_is_read_in_from_a_spreadsheet(client, administrator):
    sign_in(client, administrator)
    rows = (
        "code,kind,way,position,name_nl,name_en,active_from\n"
        "digital-skills,flanking_action,open_house,4,Digitaal,Digital,2028-01-01\n"
    )
    url = "/beheer/catalogue/product/import/"

    preview = client.post(
        url, {"import_file": SimpleUploadedFile("p.csv", rows.encode()), "format": "1", "resource": "0"}
    )
    confirm = {name: preview.context["confirm_form"][name].value() for name in preview.context["confirm_form"].fields}
    client.post("/beheer/catalogue/product/process_import/", confirm)

    assert product("digital-skills").name_nl == "Digitaal"


@pytest.mark.parametrize("model", ["product", "productpart", "service", "combination", "area"])
def test_the_catalogue_goes_out_and_comes_in_unchanged(client, administrator, model):
    sign_in(client, administrator)
    url = f"/beheer/catalogue/{model}"
    page = client.get(f"{url}/export/").context["form"]
    every = {name: "on" for name in page.fields if name not in {"format", "resource", "export_items"}}
    out = client.post(f"{url}/export/", every | {"format": "1", "resource": "0"})
    again = SimpleUploadedFile("again.csv", out.content)

    result = client.post(f"{url}/import/", {"import_file": again, "format": "1", "resource": "0"}).context["result"]

    assert (result.has_errors(), result.has_validation_errors()) == (False, False)
    assert {kind: count for kind, count in result.totals.items() if count} == {"skip": result.total_rows}


@pytest.mark.parametrize(
    "person,status",
    [("procurement_officer", 200), ("administrator", 200), ("legal_officer", 403), ("auditor", 403), ("bidder", 403)],
)
def test_who_manages_the_catalogue_changes_it(client, request, person, status):
    sign_in(client, request.getfixturevalue(person))
    pages = ["", "add/", "import/", "export/"]

    found = [
        client.get(f"/beheer/catalogue/{model}/{page}", follow=True).status_code
        for model in ("product", "area")
        for page in pages
    ]

    assert found == [status] * 8


# -- the page ---------------------------------------------------------------------------------------------------------------
def test_everybody_reads_the_catalogue(client, clock):
    page = client.get("/aanbod/")

    text = page.content.decode()
    assert page.status_code == 200
    for word in (
        "Basisaanbod",
        "Verfijnen van het jobdoelwit",
        "waar nodig",
        "modulair",
        "mag ook als module",
        "Taalcoaching",
    ):
        assert word in text, word
    assert [[str(action), cells] for action, cells in page.context["matrix"]] == [
        ["Expertise PMAB & indicering", ["ja", "nee"]],
        ["Werkplekleren", ["ja", "ja"]],
        ["Taalcoaching", ["ja", "ja"]],
    ]


def test_the_page_says_from_when(client, clock):
    before = [(shown.word, shown.tone) for shown in client.get("/aanbod/").context["bases"]]
    clock.travel_to(clock.at(FIRST_DAY))
    after = [(shown.word, shown.tone) for shown in client.get("/aanbod/").context["bases"]]

    assert (before, after) == ([("Vanaf vr 1 jan 2027", "waiting")] * 2, [("In het aanbod", "good")] * 2)


def test_the_page_asks_as_much_for_many_as_for_few(
    client, db, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(100) as few:
        client.get("/aanbod/")
    service = Service.objects.first()
    for number in range(20):
        action = Product.objects.create(
            code=f"x{number}", kind="flanking_action", way="open_house", active_from=FIRST_DAY, name_nl="X", name_en="X"
        )
        ProductPart.objects.create(product=action, service=service, use="fixed")

    with django_assert_num_queries(len(few)):
        client.get("/aanbod/")
