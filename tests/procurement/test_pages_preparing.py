"""Writing a draft: who may, what is kept when something is wrong, and what cannot be written any more."""

from decimal import Decimal

import pytest
from django.urls import reverse

from lifecycle.models import Entry
from procurement.models import AwardCriterion, Lot, Procedure, SelectionCondition
from tests.people import sign_in
from tests.procurement.test_forms_procedure import WRITTEN, lot_values

PARTS = ["procedure-lots", "procedure-criteria", "procedure-conditions"]


def entries():
    return list(Entry.objects.filter(subject__startswith="procurement.procedure:").values_list("verb", flat=True))


def test_new_procedure_suggests_the_next_number(client, draft, procurement_officer):
    response = sign_in(client, procurement_officer).get("/procedures/nieuw/")

    assert response.context["form"]["number"].value() == "2026-002"
    assert response.text.count("<h1") == 1


def test_new_procedure_is_kept_and_goes_on_with_its_lots(client, clock, procurement_officer):
    response = sign_in(client, procurement_officer).post("/procedures/nieuw/", WRITTEN)
    procedure = Procedure.objects.get()

    assert response.url == reverse("procedure-lots", args=[procedure.pk])
    assert (procedure.number, procedure.state) == ("2026-009", "draft")
    assert procedure.applications_deadline == clock.at(procedure.applications_deadline.date(), 12)
    assert entries() == ["create"]


def test_form_with_errors_keeps_what_was_typed(client, clock, procurement_officer):
    typed = WRITTEN | {"additional_cpv": "80500000-9", "term_end": "31/12/2026", "applications_deadline_1": "25.99"}
    response = sign_in(client, procurement_officer).post("/procedures/nieuw/", typed)

    assert response.status_code == 422
    assert Procedure.objects.count() == 0
    for value in ("80500000-9", "31/12/2026", "25.99", "Begeleiding naar werk."):
        assert value in response.text
    assert "Het einde ligt niet na het begin van de concessie." in response.text
    assert 'href="#id_term_end"' in response.text


@pytest.mark.parametrize("path", ["/procedures/nieuw/"])
def test_new_procedure_is_for_who_may_write_one(client, clock, legal_officer, bidder, path):
    assert client.get(path).status_code == 302
    assert sign_in(client, legal_officer).get(path).status_code == 403
    assert sign_in(client, legal_officer).post(path, WRITTEN).status_code == 403
    assert sign_in(client, bidder).get(path).status_code == 403
    assert Procedure.objects.count() == 0


@pytest.mark.parametrize("name", ["procedure-edit", *PARTS])
def test_draft_is_edited_by_who_may(client, draft, procurement_officer, legal_officer, bidder, name):
    url = reverse(name, args=[draft.pk])

    assert client.get(url).status_code == 302
    assert sign_in(client, bidder).get(url).status_code == 404
    assert sign_in(client, legal_officer).get(url).status_code == 403
    assert sign_in(client, legal_officer).post(url, {}).status_code == 403
    assert sign_in(client, procurement_officer).get(url).status_code == 200


@pytest.mark.parametrize("name", ["procedure-edit", *PARTS])
def test_what_is_published_is_not_edited(client, published, procurement_officer, name):
    url = reverse(name, args=[published.pk])
    sign_in(client, procurement_officer)

    for response in (client.get(url), client.post(url, WRITTEN)):
        assert response.status_code == 409
        assert "Alleen een ontwerp kan worden aangepast; dit staat op “Bekendgemaakt”." in response.text
    assert Procedure.objects.get(pk=published.pk).title_nl == "Intensieve bemiddeling en begeleiding"


def test_edit_shows_and_keeps_the_facts(client, draft, procurement_officer):
    url = reverse("procedure-edit", args=[draft.pk])
    sign_in(client, procurement_officer)
    shown = client.get(url).text

    for value in ("01/01/2027", "31/12/2031", "19/03/2026", "12.00"):
        assert f'value="{value}"' in shown
    response = client.post(url, WRITTEN | {"number": draft.number, "title_nl": "Nieuwe titel"})
    assert response.url == draft.get_absolute_url()
    assert Procedure.objects.get(pk=draft.pk).title_nl == "Nieuwe titel"
    assert entries() == ["edit"]


def test_name_of_the_record_stays_while_an_edit_is_wrong(client, draft, procurement_officer):
    url = reverse("procedure-edit", args=[draft.pk])
    response = sign_in(client, procurement_officer).post(url, WRITTEN | {"number": "", "title_nl": ""})

    assert response.status_code == 422
    assert "2026-001 bewerken" in response.text


def test_lot_is_added_changed_and_removed(client, draft, procurement_officer):
    url = reverse("procedure-lots", args=[draft.pk])
    sign_in(client, procurement_officer)

    assert client.post(url, lot_values(draft)).url == url
    lot = draft.lots.get(number=3)
    values = lot_values(draft, product=lot.product_id, area=lot.area_id, max_concessionaires=5)
    assert client.get(f"{url}?wijzig={lot.pk}").context["editing"] == lot.pk
    assert client.post(url, values | {"wijzig": lot.pk}).url == url
    assert Lot.objects.get(pk=lot.pk).max_concessionaires == 5
    assert client.post(url, {"verwijder": lot.pk}).url == url

    assert list(draft.lots.values_list("number", flat=True)) == [1, 2]
    assert entries() == ["edit", "edit", "edit"]


def test_wrong_lot_keeps_what_was_typed(client, draft, procurement_officer):
    url = reverse("procedure-lots", args=[draft.pk])
    values = lot_values(draft, max_concessionaires=0, estimated_value="1.234.567,89")
    response = sign_in(client, procurement_officer).post(url, values)

    assert response.status_code == 422
    assert "1.234.567,89" in response.text
    assert "Een perceel heeft minstens één concessiehouder." in response.text
    assert draft.lots.count() == 2


def test_wrong_lot_comes_back_to_htmx_as_a_page_it_puts_in(client, draft, procurement_officer):
    url = reverse("procedure-lots", args=[draft.pk])
    response = sign_in(client, procurement_officer).post(
        url, lot_values(draft, max_concessionaires=0), headers={"HX-Request": "true"}
    )

    assert response.status_code == 200
    assert "Een perceel heeft minstens één concessiehouder." in response.text


def test_criterion_and_condition_are_added(client, draft, procurement_officer):
    sign_in(client, procurement_officer)
    client.post(
        reverse("procedure-criteria", args=[draft.pk]),
        {"rank": 3, "title_nl": "Aanpak", "text_nl": "De aanpak.", "weight": "10"},
    )
    client.post(
        reverse("procedure-conditions", args=[draft.pk]),
        {"code": "S2", "title_nl": "Omzet", "text_nl": "Een omzet.", "evidence_nl": "Jaarrekening."},
    )

    assert AwardCriterion.objects.get(procedure=draft, rank=3).weight == 10
    assert SelectionCondition.objects.get(procedure=draft, code="S2").evidence_nl == "Jaarrekening."


@pytest.mark.parametrize("key", ["0", "999", "een", "-1", "²"])
def test_part_that_is_not_there_is_missing(client, draft, procurement_officer, key):
    sign_in(client, procurement_officer)

    for name in PARTS:
        assert client.get(reverse(name, args=[draft.pk]), {"wijzig": key}).status_code == 404
        assert client.post(reverse(name, args=[draft.pk]), {"verwijder": key}).status_code == 404


def test_part_of_another_procedure_is_missing(client, draft, procurement_officer):
    from tests.procurement.story import make_procedure

    other = make_procedure("2026-002").lots.first()
    response = sign_in(client, procurement_officer).post(
        reverse("procedure-lots", args=[draft.pk]), {"verwijder": other.pk}
    )

    assert response.status_code == 404
    assert Lot.objects.filter(pk=other.pk).exists()


def test_lots_page_sums_nothing_of_other_procedures(client, draft, procurement_officer):
    rows = sign_in(client, procurement_officer).get(reverse("procedure-lots", args=[draft.pk])).context["rows"]

    assert [row["pk"] for row in rows] == list(draft.lots.values_list("pk", flat=True))
    assert draft.lots.first().estimated_value == Decimal("2500000.00")
