"""The pages: who sees them, what they say, what they refuse, and how often they ask the database."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from contracts import actions
from contracts.models import Contract, SignedCopy
from tests.contracts import world
from tests.people import sign_in


def page(client, person, url, **data):
    sign_in(client, person)
    return client.get(url, data)


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    "name,status",
    [
        ("lawyer", 200),
        ("decider", 200),
        ("manager", 200),
        ("auditor", 200),
        ("signer", 200),
        ("rival", 404),
        ("stranger", 404),
        ("evaluator", 404),
    ],
)
def test_who_sees_the_page_of_a_contract(client, issued, request, name, status):
    person = request.getfixturevalue(name)

    assert page(client, person, issued.get_absolute_url()).status_code == status


def test_nobody_sees_it_without_signing_in(client, issued):
    assert client.get(issued.get_absolute_url()).status_code == 302
    assert client.get(reverse("contract-list")).status_code == 302


@pytest.mark.parametrize("tab", ["overeenkomst", "diensten", "ondertekening", "wijzigingen", "documenten", "verloop"])
@pytest.mark.parametrize("name", ["lawyer", "signer"])
def test_every_part_of_a_signed_contract(client, signed, request, name, tab):
    response = page(client, request.getfixturevalue(name), signed.get_absolute_url(), tab=tab)

    assert response.status_code == 200


def test_the_partner_is_led_through_the_signing(client, issued, signer, lawyer):
    words = text_of(page(client, signer, issued.get_absolute_url()))

    assert "NOG NIET ONDERTEKEND" in words
    assert issued.document.download_url in words
    assert "NOG NIET ONDERTEKEND" not in text_of(page(client, lawyer, issued.get_absolute_url()))


def test_the_partner_downloads_what_was_issued(client, issued, signer, rival):
    assert page(client, signer, issued.document.download_url).status_code == 200
    assert page(client, rival, issued.document.download_url).status_code == 404


def hand_in(client, contract, person, data, name="ondertekend.pdf"):
    sign_in(client, person)
    url = f"{contract.get_absolute_url()}receive_signed_copy/"
    return client.post(url, {"file": SimpleUploadedFile(name, data), "seen_state": contract.state})


def test_a_signed_copy_is_handed_in_on_the_page(client, issued, signer):
    response = hand_in(client, issued, signer, world.signed_by(world.pdf_of(issued), "Kim Kompas"))
    words = text_of(client.get(response.url))

    assert response.url == f"{issued.get_absolute_url()}?tab=ondertekening"
    assert "Geldige handtekening van Kim Kompas" in words
    assert "staat niet bij wie in Partnerloket" not in words


def test_a_refused_copy_says_why_next_to_the_file(client, issued, signer):
    response = hand_in(client, issued, signer, world.pdf_of(issued))

    assert response.status_code == 422
    assert response.context["form"].errors == {"file": ["Het document is nog niet ondertekend."]}
    assert SignedCopy.objects.get().valid is False


def test_a_refusal_speaks_the_language_of_the_page_and_is_kept_in_dutch(client, issued, signer):
    signer.language = "en"
    signer.save()

    hand_in(client, issued, signer, world.pdf_of(issued))

    assert SignedCopy.objects.get().reasons == ["Het document is nog niet ondertekend."]


def test_a_file_that_is_too_large_says_so(client, issued, signer, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = hand_in(client, issued, signer, b"%PDF-" + b"0" * 2000)

    assert response.status_code == 422
    assert response.context["form"].errors["file"] == ["Het bestand is te groot: hoogstens 1000\xa0bytes."]
    assert SignedCopy.objects.count() == 0


@pytest.mark.parametrize("name,status", [("rival", 404), ("lawyer", 403), ("decider", 403)])
def test_nobody_else_hands_in(client, issued, request, name, status):
    person = request.getfixturevalue(name)

    assert hand_in(client, issued, person, b"%PDF-").status_code == status


def test_a_signer_who_is_not_known_is_pointed_out(client, issued, signer, decider):
    hand_in(client, issued, signer, world.signed_by(world.pdf_of(issued), "Een Ander"))

    words = text_of(page(client, decider, issued.get_absolute_url(), tab="ondertekening"))

    assert "Een Ander staat niet bij wie in Partnerloket voor deze partner mag ondertekenen" in words


def test_countersigning_on_the_page(client, handed_in, decider):
    sign_in(client, decider)
    url = f"{handed_in.get_absolute_url()}countersign/"

    shown = client.get(url)
    done = client.post(url, {"seen_state": "issued"})
    again = client.post(url, {"seen_state": "issued"})

    assert (shown.status_code, done.status_code, again.status_code) == (200, 302, 409)
    assert world.fresh(handed_in).state == "signed"


def test_the_reasons_stand_on_the_page(client, issued, decider):
    sign_in(client, decider)

    response = client.post(f"{issued.get_absolute_url()}countersign/", {"seen_state": "issued"})

    assert response.status_code == 409
    assert "De partner heeft nog geen geldig ondertekend exemplaar bezorgd." in text_of(response)


def test_both_download_the_final_copy(client, signed, signer, lawyer, rival):
    url = reverse("contract-final", args=[signed.pk])
    found = [page(client, person, url) for person in (signer, lawyer)]

    assert [response.status_code for response in found] == [200, 200]
    assert found[0].headers["Content-Disposition"] == 'attachment; filename="2026-001-C001-gesloten.pdf"'
    assert len(found[0].content) == signed.final_size
    assert page(client, rival, url).status_code == 404


def test_there_is_no_final_copy_before_the_conclusion(client, issued, lawyer):
    assert page(client, lawyer, reverse("contract-final", args=[issued.pk])).status_code == 404


def test_a_refused_file_is_only_ever_saved(client, issued, signer, rival):
    hand_in(client, issued, signer, b"<html><script>alert(1)</script>")
    url = reverse("signed-copy", args=[SignedCopy.objects.get().pk])

    response = page(client, signer, url)

    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert page(client, rival, url).status_code == 404


# -- preparing ------------------------------------------------------------------------------------


def test_a_contract_is_prepared_from_the_page(client, awards, lawyer, decider, signer):
    words = text_of(page(client, lawyer, reverse("contract-todo")))
    response = client.post(reverse("contract-conclude", args=[awards["kompas"].pk]))

    assert "Kompas Fictief vzw" in words
    assert response.url == Contract.objects.get().get_absolute_url()
    for person in (decider, signer):
        assert page(client, person, reverse("contract-todo")).status_code == 403


def form_data(contract, **changed):
    rows = list(contract.services.all())
    data = {
        "term_start": "01/01/2027",
        "term_end": "31/12/2031",
        "intake_until": "30/06/2031",
        "settles_until": "30/06/2032",
        "recoupment_justification": "",
        "initial_value": "19.200.000,00",
        "mode": "signed_by_both",
        "services-TOTAL_FORMS": len(rows),
        "services-INITIAL_FORMS": len(rows),
    }
    for number, row in enumerate(rows):
        for name in ("lot", "service", "establishment"):
            data[f"services-{number}-{name}"] = getattr(row, f"{name}_id")
        data[f"services-{number}-capacity"] = row.capacity
    return data | changed


def edit(client, contract, person, **changed):
    sign_in(client, person)
    return client.post(reverse("contract-edit", args=[contract.pk]), form_data(contract, **changed))


def test_the_page_keeps_what_it_shows(client, prepared, lawyer):
    assert page(client, lawyer, reverse("contract-edit", args=[prepared.pk])).status_code == 200
    before = sorted(prepared.services.values_list("lot", "service", "establishment", "capacity"))

    response = edit(client, prepared, lawyer, intake_until="31/05/2031")

    contract = world.fresh(prepared)
    assert (response.status_code, contract.intake_until) == (302, world.D(2031, 5, 31))
    assert sorted(contract.services.values_list("lot", "service", "establishment", "capacity")) == before


@pytest.mark.parametrize(
    "changed,field",
    [
        ({"term_end": "31/12/2032", "settles_until": "30/06/2033"}, "recoupment_justification"),
        ({"initial_value": "veel"}, "initial_value"),
        ({"term_start": "32/01/2027"}, "term_start"),
    ],
)
def test_a_refusal_stands_next_to_its_field_and_nothing_is_lost(client, prepared, lawyer, changed, field):
    response = edit(client, prepared, lawyer, **changed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    for name, value in changed.items():
        assert f'value="{value}"' in response.content.decode(), name
    assert world.fresh(prepared).term_end == world.D(2031, 12, 31)


def test_an_end_before_the_start_is_refused_on_the_page(client, prepared, lawyer):
    response = edit(client, prepared, lawyer, term_end="31/12/2026", intake_until="", settles_until="")

    assert response.status_code == 422
    assert "De laatste dag moet na de eerste dag liggen." in text_of(response)


def test_no_capacity_is_refused_next_to_it(client, prepared, lawyer):
    response = edit(client, prepared, lawyer, **{"services-0-capacity": "0"})

    assert response.status_code == 422
    assert response.context["services"].errors[0] == {"capacity": ["De capaciteit is minstens 1."]}


def test_only_who_prepares_edits(client, prepared, manager, decider, signer):
    assert [edit(client, prepared, person).status_code for person in (manager, decider, signer)] == [403, 403, 404]


# -- lists ----------------------------------------------------------------------------------------


def test_the_list_filters_sorts_and_searches(client, prepared, awards, lawyer):
    other = actions.conclude(award=awards["baken"], by=lawyer)
    url = reverse("contract-list")

    def shown(**data):
        return list(page(client, lawyer, url, **data).context["page_obj"].object_list)

    assert shown() == [other, prepared]
    assert shown(order="number") == [prepared, other]
    assert shown(order="name") == [other, prepared]
    assert shown(text="kompas") == [prepared]
    assert shown(text="2026-001 baken") == [other]
    assert shown(state="issued") == []
    assert shown(kind="concession") == [other, prepared]


def test_a_partner_lists_its_own(client, issued, signer, rival):
    url = reverse("contract-list")

    assert list(page(client, signer, url).context["page_obj"].object_list) == [issued]
    assert list(page(client, rival, url).context["page_obj"].object_list) == []


def test_the_list_goes_out_as_a_file_without_formulas(client, prepared, lawyer, kompas):
    kompas.name = "=Kompas"
    kompas.save()

    csv = page(client, lawyer, reverse("contract-list"), export="csv").content.decode("utf-8-sig").splitlines()
    xlsx = page(client, lawyer, reverse("contract-list"), export="xlsx").content

    rows = list(load_workbook(io.BytesIO(xlsx)).active.iter_rows(values_only=True))
    assert csv[1].split(",")[:2] == ["2026-001-C001", "'=Kompas"]
    assert rows[1][:2] == ("2026-001-C001", "=Kompas")
    assert rows[1][6:9] == ("1, 5", "2027-01-01", "2031-12-31")


def test_the_export_holds_what_is_shown(client, prepared, awards, lawyer):
    actions.conclude(award=awards["baken"], by=lawyer)

    csv = page(client, lawyer, reverse("contract-list"), export="csv", text="baken").content.decode().splitlines()

    assert [line.split(",")[0] for line in csv[1:]] == ["2026-001-C002"]


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(url)
    return len(asked)


def test_the_list_asks_as_often_for_one_as_for_many(client, prepared, awards, lawyer):
    sign_in(client, lawyer)
    url = reverse("contract-list")
    one = queries_of(client, url)
    for number in range(2, 12):
        Contract.objects.create(
            number=f"2026-001-C{number:03d}",
            running=number,
            kind="concession",
            participant=prepared.participant,
            procedure=prepared.procedure,
            term_start=prepared.term_start,
            term_end=prepared.term_end,
            prepared_by=lawyer,
            prepared_at=prepared.prepared_at,
        )

    assert queries_of(client, url) == one


# -- amendments -----------------------------------------------------------------------------------


def test_an_amendment_is_drafted_on_the_page(client, active, manager, signer, rival):
    sign_in(client, manager)
    url = reverse("amendment-new", args=[active.pk])
    given = {"ground": "mod-rev", "clause": "", "content": "Nieuwe tabel.", "reasons": "Formule.", "value_change": ""}

    refused = client.post(url, given)
    done = client.post(url, given | {"clause": "artikel 9"})

    assert client.get(url).status_code == 200
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["clause"])
    assert client.get(done.url).status_code == 200
    for person in (signer, rival):
        assert page(client, person, done.url).status_code == 404
    assert page(client, signer, url).status_code == 403


@pytest.mark.parametrize("verb", ["suspend", "serve_notice_of_default", "terminate"])
def test_every_measure_has_its_page(client, active, manager, decider, verb):
    sign_in(client, decider if verb == "terminate" else manager)
    url = f"{active.get_absolute_url()}{verb}/"

    assert client.get(url).status_code == 200
    assert client.post(url, {"seen_state": "active"}).status_code == 422


def test_a_notice_of_default_is_read_by_the_partner(client, active, manager, signer):
    sign_in(client, manager)
    reason = "Geen eerste gesprekken in Hasselt."
    client.post(f"{active.get_absolute_url()}serve_notice_of_default/", {"seen_state": "active", "reason": reason})

    words = text_of(page(client, signer, active.get_absolute_url()))

    assert reason in words
    assert "Antwoorden en herstellen kan tot en met" in words
