"""Partners in and out of spreadsheets."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from lifecycle import spreadsheets
from lifecycle.models import Entry
from partners.models import Organisation
from tests.people import make_organisation, sign_in

# -- out to spreadsheets --------------------------------------------------------------------------------------------
HOSTILE = '=HYPERLINK("http://elders.example")'


def test_the_list_goes_out_as_text_that_no_spreadsheet_runs(client, auditor):
    make_organisation(HOSTILE)
    sign_in(client, auditor)

    csv = client.get("/partners/?export=csv").content.decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(client.get("/partners/?export=xlsx").content)).active

    assert csv.splitlines()[1].split(",")[1] == '"\'=HYPERLINK(""http://elders.example"")"'
    assert (sheet["B2"].value, sheet["B2"].data_type) == (HOSTILE, "s")
    assert [cell.value for cell in sheet[1]][:4] == ["Ondernemingsnummer", "Naam", "Toestand", "Soort"]


def test_what_is_filtered_out_does_not_go_out(client, auditor, partner_org, rival_org):
    sign_in(client, auditor)

    lines = client.get("/partners/?export=csv&text=beta").content.decode().splitlines()

    assert [rival_org.name in line for line in lines[1:]] == [True]


@pytest.mark.parametrize("person", ["bidder", "stranger"])
def test_only_who_sees_all_takes_the_list_along(client, request, person):
    sign_in(client, request.getfixturevalue(person))

    assert client.get("/partners/?export=csv").status_code == 403


def test_an_unknown_form_is_refused(client, auditor):
    sign_in(client, auditor)

    assert client.get("/partners/?export=exe").status_code == 403


# -- in from spreadsheets ----------------------------------------------------------------------------------------------
HEAD = "enterprise_number,name,kind,legal_form,email,phone,street,postcode,municipality\n"
GOOD = "0428.759.497,Nieuw bv,Onderneming,bv,post@nieuw.example,,Straat 1,9000,Gent\n"
IMPORT = "/beheer/partners/organisation/import/"


def upload(client, text, *, name="partners.csv", form="1"):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return client.post(IMPORT, {"import_file": file, "format": form, "resource": "0"})


def problems(result):
    fields = [(row.number, row.error_dict) for row in result.invalid_rows]
    return fields, [str(error.error) for _row, errors in result.row_errors() for error in errors]


def test_an_officer_previews_and_then_reads_organisations_in(client, procurement_officer, partner_org):
    sign_in(client, procurement_officer)
    known = f"{partner_org.enterprise_number},Andere naam,private,bv,post@x.example,,Straat 1,9000,\n"

    preview = upload(client, HEAD + GOOD + known)
    before = Organisation.objects.count()
    confirm = {name: preview.context["confirm_form"][name].value() for name in preview.context["confirm_form"].fields}
    done = client.post("/beheer/partners/organisation/process_import/", confirm)

    new = Organisation.objects.get(enterprise_number="0428759497")
    assert problems(preview.context["result"]) == ([], [])
    assert (before, done.status_code, Organisation.objects.count()) == (1, 302, 2)
    assert (new.name, new.kind, str(new.postcode), new.state) == ("Nieuw bv", "private", "9000 Gent", "claimed")
    assert Organisation.objects.get(pk=partner_org.pk).name == partner_org.name
    assert list(Entry.objects.filter(dossier=new.ref).values_list("verb", "actor")) == [
        ("import", f"user:{procurement_officer.pk}")
    ]


@pytest.mark.parametrize(
    "row,field",
    [
        (GOOD.replace("0428.759.497", "0428.759.498"), "enterprise_number"),
        (GOOD.replace("Onderneming", "Reus"), "kind"),
        (GOOD.replace("9000", "9999"), "postcode"),
        (GOOD.replace("Gent", "Aalst"), "postcode"),
        (GOOD.replace("post@nieuw.example", "niemand"), "email"),
        (GOOD.replace("Nieuw bv", ""), "name"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_read_in(client, procurement_officer, row, field):
    sign_in(client, procurement_officer)

    response = upload(client, HEAD + row)

    invalid, errors = problems(response.context["result"])
    assert ([list(found) for _number, found in invalid], errors, "confirm_form" in response.context) == (
        [[field]],
        [],
        False,
    )
    assert Organisation.objects.count() == 0


def test_a_spreadsheet_hands_numbers_over_as_numbers(client, procurement_officer):
    dataset_row = [428759497, "Nieuw bv", "private", "bv", "post@nieuw.example", None, "Straat 1", 9000, "Gent"]
    sign_in(client, procurement_officer)

    response = upload(client, workbook([HEAD.strip().split(","), dataset_row]), name="partners.xlsx", form="0")

    assert problems(response.context["result"]) == ([], [])
    assert response.context["result"].totals["new"] == 1


def workbook(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def test_a_file_that_is_too_large_is_refused(client, procurement_officer, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 1)
    sign_in(client, procurement_officer)

    response = upload(client, HEAD + GOOD + GOOD)

    assert response.context["form"].errors == {"import_file": ["Dit bestand is te groot: hoogstens 5 MB en 1 rijen."]}


def test_a_bomb_is_not_unpacked(client, procurement_officer, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_UNPACKED_BYTES", 100)
    sign_in(client, procurement_officer)

    response = upload(client, workbook([["x"]]), name="partners.xlsx", form="0")

    assert list(response.context["form"].errors) == ["import_file"]


def test_what_is_no_spreadsheet_is_refused(client, procurement_officer):
    sign_in(client, procurement_officer)

    assert list(upload(client, b"\x00\x01", name="partners.xlsx", form="0").context["form"].errors) == ["import_file"]


@pytest.mark.parametrize(
    "person,status", [("administrator", 403), ("auditor", 403), ("bidder", 403), ("procurement_officer", 200)]
)
def test_who_confirms_partners_reads_them_in(client, request, person, status):
    sign_in(client, request.getfixturevalue(person))

    assert client.get(IMPORT, follow=True).status_code == status


def test_the_admin_changes_no_organisation(client, procurement_officer, partner_org):
    sign_in(client, procurement_officer)
    url = reverse("admin:partners_organisation_change", args=[partner_org.pk])

    assert [client.get(url).status_code, client.post(url, {"name": "X"}).status_code] == [200, 403]
    assert client.get(reverse("admin:partners_organisation_add")).status_code == 403
