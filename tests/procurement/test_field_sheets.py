"""Field sheets: the forms in their order, with what would be entered and what is missing or wrong."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from lifecycle import clock
from procurement import actions
from procurement.eforms import checks, definitions
from procurement.eforms.sheet import sheet_of
from procurement.eforms.values import Known
from procurement.models import Lot, Procedure
from tests.people import sign_in
from tests.procurement import story
from tests.procurement.changes import drafted, new_weights

AUTHORITY = {
    "name": "VDAB",
    "full_name": "Vlaamse Dienst",
    "address": "Voorbeeldlaan 1, 1000 Brussel",
    "enterprise_number": "0000000097",
    "email": "post@vdab.example",
    "city": "Brussel",
    "phone": "+3225061511",
    "legal_type": "body-pl",
}


@pytest.fixture(autouse=True)
def _authority(settings):
    settings.CONTRACTING_AUTHORITY = AUTHORITY


def rows(procedure, subtype, **options):
    return {row.key: row for section in sheet_of(procedure, subtype, **options) for row in section.rows}


def full(procedure):
    Procedure.objects.filter(pk=procedure.pk).update(regime="full_title_4")
    return Procedure.objects.get(pk=procedure.pk)


def test_the_definitions_know_each_subtype_that_the_table_was_read_for():
    for field in definitions.fields():
        if field.change or field.id == "BT-105":
            continue
        assert set(field.need) == {"14", "19", "32", "35", "40"}, field.id
        assert set(field.need.values()) <= {"M", "C", "o", "-"}
    assert definitions.edition()["sdk"] == "1.15.1"


def test_every_field_stands_in_the_definitions_once():
    ids = [field.id for field in definitions.fields()]

    assert len(ids) == len(set(ids))


def test_subtype_14_knows_one_deadline_and_forbids_the_others(draft):
    found = rows(draft, "14")

    assert (found["LOT-0001-BT-630"].value, found["LOT-0001-BT-630"].need) == ("19/03/2026 12:00", "M")
    for forbidden in ("BT-1311", "BT-131"):
        row = found[f"LOT-0001-{forbidden}"]
        assert (row.is_forbidden, row.value) == (True, "")


def test_subtype_19_has_the_request_and_tender_deadlines(draft):
    found = rows(full(draft), "19")

    assert (found["LOT-0001-BT-1311"].value, found["LOT-0001-BT-1311"].need) == ("19/03/2026 12:00", "C")
    assert found["LOT-0001-BT-131"].need == "C"
    assert found["LOT-0001-BT-630"].is_forbidden
    assert found["LOT-0001-BT-98"].value == "180 DAY"


def test_values_are_what_would_be_entered(draft):
    found = rows(draft, "14")

    assert found["BT-262-Procedure"].value == "79611000"
    assert found["BT-27-Procedure"].value == "40000000.00 EUR"
    assert found["BT-21-Procedure"].value == "Intensieve bemiddeling en begeleiding"
    assert found["LOT-0001-BT-5071"].value == "BE211\nBE212\nBE213"
    assert found["LOT-0001-BT-541"].value == "1. 60\n2. 40"
    assert found["LOT-0001-BT-5421"].value == "per-exa"
    assert found["LOT-0002-BT-137"].value == "LOT-0002"


def test_the_sections_come_in_the_order_of_the_form(draft):
    titles = [section.title for section in sheet_of(draft, "14")]

    assert titles == [
        "Gegevens van de aankondiging",
        "1. Aanbesteder",
        "2. Procedure",
        "5. Perceel: LOT-0001",
        "5. Perceel: LOT-0002",
        "8. Organisaties",
        "11. Informatie over de aankondiging",
    ]


def test_what_is_mandatory_and_unknown_is_missing_and_what_the_tool_fills_is_not(draft):
    found = rows(draft, "14")

    assert found["BT-806"].faults == ("Ontbreekt.",)
    assert found["BT-04"].faults == ()


def test_a_change_notice_has_its_own_section_with_the_notice_that_it_changes(published):
    found = rows(published, "14", change=True)

    assert (found["BT-758"].value, found["BT-758"].need) == ("BDA-2026-000001", "M")
    assert found["BT-140"].faults == ("Ontbreekt.",)
    assert "BT-758" not in rows(published, "14")


def test_the_result_says_per_lot_whether_a_winner_was_chosen(published):
    story.put(published.lots.first(), "not_awarded")
    found = rows(published, "35")

    assert (found["LOT-0001-BT-142"].value, found["LOT-0002-BT-142"].value) == ("clos-nw", "open-nw")
    assert found["LOT-0001-BT-171"].is_forbidden


def faults(procedure, subtype="14", **cells):
    known = Known.of(procedure, subtype)
    given = {(None, name.replace("_", "-")): value for name, value in cells.items()}
    found = checks.faults(known, given)
    return {(lot.number if lot else None, field): sentences for (lot, field), sentences in found.items()}


@pytest.mark.parametrize(
    ("phone", "right"),
    [
        ("+3225061511", True),
        ("+32470123456", True),
        ("02 506 15 11", False),
        ("+32 2 506 15 11", False),
        ("+31123456789", False),
    ],
)
def test_a_phone_is_plus_32_with_digits(draft, phone, right):
    assert ((None, "BT-503") not in faults(draft, BT_503=phone)) == right


def test_a_province_is_no_place(draft):
    lot = draft.lots.first()
    lot.area.nuts3 = ["BE21"]
    lot.area.save()

    assert faults(draft) == {
        (1, "BT-5071"): ["BE21 is geen NUTS 3-code: BE21 is een provincie, BE211 een arrondissement."]
    }


def test_a_term_that_begins_before_the_deadline_is_wrong_on_each_lot(draft):
    Procedure.objects.filter(pk=draft.pk).update(term_start=dt.date(2026, 3, 19))

    assert set(faults(Procedure.objects.get(pk=draft.pk))) == {(1, "BT-536"), (2, "BT-536")}


def test_lots_are_worth_no_more_than_the_procedure_alone_or_together(draft):
    Lot.objects.filter(procedure=draft, number=1).update(estimated_value=Decimal(40_000_001))

    assert set(faults(draft)) == {(1, "BT-27-Lot"), (None, "BT-27-Procedure")}


@pytest.mark.parametrize(("total", "right"), [("300.00 EUR", True), ("299.00 EUR", False)])
def test_the_total_is_the_sum_of_the_tenders(published, total, right):
    known = Known.of(published, "35")
    first, second = known.lots
    cells = {(None, "BT-161"): total, (first, "BT-720"): "100.00 EUR", (second, "BT-720"): "200.00 EUR"}

    assert ((None, "BT-161") not in checks.faults(known, cells)) == right


@pytest.mark.parametrize(
    ("subtype", "kind", "right"),
    [("14", "neg-w-call", True), ("14", "open", False), ("19", "open", True), ("28", "neg-wo-call", True)],
)
def test_each_subtype_has_its_types_of_procedure(draft, subtype, kind, right):
    assert ((None, "BT-105") not in faults(draft, subtype, BT_105=kind)) == right


def test_a_subtype_of_the_other_regime_is_wrong(draft):
    assert (None, "OPP-070") in faults(draft, "19")
    assert (None, "OPP-070") in faults(full(draft), "14")


def test_a_code_outside_annex_v_is_wrong_in_the_light_regime(draft):
    Procedure.objects.filter(pk=draft.pk).update(cpv="79610000-3")

    assert (None, "BT-262-Procedure") in faults(Procedure.objects.get(pk=draft.pk))


def test_the_page_lists_what_is_wrong_first_and_asks_no_query_per_lot(
    client, draft, legal_officer, django_assert_max_num_queries
):
    actions.confirm_notice_subtype(draft, by=legal_officer, subtype="14")
    sign_in(client, legal_officer)
    page = client.get(reverse("field-sheet", args=[draft.pk, 14]))

    assert [row.key for row in page.context["faulty"]] == ["BT-806", "LOT-0001-BT-821", "LOT-0002-BT-821"]
    larger = Procedure.objects.create(**_like(draft))
    story.add_lots(larger, 8)
    # Two of them for the exclusion grounds; none for a lot.
    with django_assert_max_num_queries(11):
        sheet_of(draft, "14")
    with django_assert_max_num_queries(11):
        sheet_of(larger, "14")


def _like(procedure):
    names = "title_nl subject_nl regime cpv term_start term_end estimated_value applications_deadline".split()
    return {name: getattr(procedure, name) for name in names} | {"number": "2026-099"}


def test_exclusion_grounds_and_reserved_lots_are_those_of_the_procedure(draft):
    Lot.objects.filter(procedure=draft, number=2).update(is_reserved=True)
    found = rows(draft, "14")

    assert found["BT-67"].value.split("\n")[:3] == ["exg-crim-part", "exg-crim-corrpt", "exg-crim-fraud"]
    assert (found["LOT-0001-BT-71"].value, found["LOT-0002-BT-71"].value) == ("none", "res-ws")


def test_a_change_notice_tells_the_addenda_that_none_told_yet(published, procurement_officer, legal_officer):
    later = story.DEADLINE + dt.timedelta(days=7)
    lot = published.lots.first()
    draft = drafted(
        published,
        by=procurement_officer,
        wanted=new_weights(published) | {f"lot-{lot.pk}": {"max_concessionaires": 3}},
        title="Meer partners",
    )
    actions.publish_addendum(draft, by=legal_officer)
    found = rows(Procedure.objects.get(), "14", change=True)

    assert (found["BT-140"].value, found["BT-762"].value) == ("cor-buy", "De gewichten waren omgewisseld.")
    assert found["BT-13716"].value == "LOT-0001\nLOT-0002"
    assert found["BT-141"].value == (
        "Addendum 1: Meer partners\n"
        f"Perceel 1: {lot.name}, hoeveel partners hoogstens: 2 wordt 3\n"
        "Gunningscriterium 1. Kwaliteit van het aanbod, gewicht: 60 wordt 50\n"
        "Gunningscriterium 2. Bereikbaarheid, gewicht: 40 wordt 50"
    )

    clock.travel_to(clock.now() + dt.timedelta(minutes=5))
    change = {"kind": "change", "subtype": "14", "number": "BDA-2", "sent_on": clock.today()}
    actions.record_notice(published, by=procurement_officer, **change)
    clock.travel_to(clock.now() + dt.timedelta(minutes=5))
    actions.extend_deadline(published, by=procurement_officer, deadline=later, reason="Veel vragen.")
    found = rows(Procedure.objects.get(), "14", change=True)

    assert (found["BT-140"].value, found["BT-762"].value) == ("update-add", "Veel vragen.")
    assert found["BT-141"].value == (
        "Addendum 2: Uiterste datum verlengd tot do 26 mrt 2026, 12.00 u\n"
        "Nieuwe uiterste datum voor aanvragen tot deelneming: donderdag 26 maart 2026 om 12.00 uur "
        "(voordien donderdag 19 maart 2026 om 12.00 uur)."
    )


def test_a_change_notice_says_that_the_procedure_was_called_off(published, decision_maker):
    procedure = actions.cancel(published, by=decision_maker, reason="De behoefte viel weg.")
    found = rows(procedure, "14", change=True)

    assert [found[code].value for code in ("BT-140", "BT-762", "BT-13716", "BT-141")] == [
        "cancel",
        "De behoefte viel weg.",
        "PROCEDURE",
        "De procedure is stopgezet.",
    ]
