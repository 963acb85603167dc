"""`manage.py demo` from an empty folder: the printed story, the PDFs, the trail, and what an intruder would leave."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys

import pikepdf
import pytest
from django.conf import settings

from documents import signatures
from lifecycle import clock as legal_clock

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The folder in which the story was played once, on embedded SQLite, whatever database this run is on."""
    folder = tmp_path_factory.mktemp("demo")
    run(folder, "migrate", "--verbosity", "0")
    told = run(folder, "demo")
    (folder / "told.txt").write_text(told.stdout, encoding="utf-8")
    return folder


def run(folder, *command, check=True):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'partnerloket.sqlite3'}",
        "SIMULATED_CLOCK": "on",
        "BROKER_URL": "",
    }
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=check,
        timeout=600,
    )


@pytest.fixture
def summary(demo):
    return json.loads((demo / "demo" / "summary.json").read_text(encoding="utf-8"))


@pytest.fixture
def pdfs(demo, summary):
    return [demo / "demo" / each["path"] for each in summary["documents"]]


@pytest.mark.parametrize(
    "line",
    [
        "16/02/2026 09.00  Selectieleidraad bekendgemaakt",
        "26/03/2026 12.00  Laattijdige aanvraag geweigerd",
        "08/05/2026 11.00  Selectiebeslissing genomen",
        "22/05/2026 09.00  Concessiedocumenten bekendgemaakt",
        "14/07/2026 10.00  Opening van 19 offertes",
        "13/10/2026 10.00  Geweigerd voor OH-2026-03: Half Af Fictief bv; niet voldaan: T2",
        "30/10/2026 09.00  Gunningsbrieven verzonden; wachttermijn tot en met 16/11/2026",
        "16/11/2026 15.00  Sluiting kan nog niet: De wachttermijn loopt nog.",
        "06/03/2026 16.00  Nota van inlichtingen 2 aan iedereen bekendgemaakt",
        "03/03/2026 14.30  Addendum 1 bekendgemaakt: voorwaarde verduidelijkt, een week meer tijd",
        "17/11/2026 09.00  6 concessieovereenkomsten opgemaakt",
        "01/01/2027 00.00  9 overeenkomsten actief",
        "aankoper@partnerloket.example",
    ],
)
def test_story_tells_each_legal_step(demo, line):
    assert line in (demo / "told.txt").read_text(encoding="utf-8")


def test_summary_counts_what_was_made(summary):
    assert summary["counts"] == {
        "addendum": 1,
        "admission_agreement": 3,
        "admission_letter": 3,
        "award_decision": 10,
        "award_letter": 16,
        "call_conditions": 3,
        "concession_contract": 6,
        "concession_documents": 1,
        "invitation_letter": 7,
        "non_award_letter": 3,
        "non_selection_letter": 1,
        "opening_record": 2,
        "question_list": 2,
        "refusal_letter": 1,
        "selection_decision": 1,
        "selection_guide": 2,
        "selection_letter": 7,
    }
    assert len(summary["documents"]) == sum(summary["counts"].values()) + 9


def test_each_pdf_is_the_one_in_the_summary(demo, summary):
    for each in summary["documents"]:
        content = (demo / "demo" / each["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == each["sha256"], each["path"]


def test_each_awarded_partner_has_a_contract_with_both_dates(demo, summary):
    partners = {contract["partner"] for contract in summary["contracts"] if contract["kind"] == "concession"}
    assert partners == {
        "Kompas Fictief vzw",
        "Baken Verzonnen vzw",
        "Combinatie Zeilwind en Steiger",
        "Loopbaanhuis Verzonnen vzw",
        "De Denkbeeldige Brug cv",
        "Vuurtoren Verzonnen vzw",
    }
    for contract in summary["contracts"]:
        text = subprocess.run(
            ["pdftotext", str(demo / "demo" / contract["pdf"]), "-"], capture_output=True, text=True, check=True
        ).stdout
        words = " ".join(text.split())
        assert (contract["end"], contract["state"]) == ("2031-12-31", "active")
        assert "1 januari 2027" in words
        assert "31 december 2031" in words


def test_each_pdf_passes_qpdf_and_pdfua(pdfs):
    for path in pdfs:
        subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=True)
    pdfua = os.path.join(os.path.dirname(sys.executable), "pdfua")
    checked = subprocess.run([pdfua, "check", *map(str, pdfs)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout[-2000:]


def test_each_pdf_carries_its_data(pdfs):
    for path in pdfs:
        with pikepdf.open(path) as pdf:
            assert [name for name in pdf.attachments if name.endswith(".json")], path.name


def test_each_signature_is_intact_and_trusted(demo, pdfs, settings):
    settings.KEY_DIR = demo / "keys"
    moment = legal_clock.at(legal_clock.dt.date(2027, 1, 4))
    for path in pdfs:
        verdict = signatures.verify(path.read_bytes(), at=moment)
        assert verdict.is_accepted, (path.name, verdict.reasons)
        assert len(verdict.signers) == (3 if path.parent.name == "signed_contract" else 1)


def test_nothing_is_left_to_do(demo):
    with sqlite3.connect(demo / "partnerloket.sqlite3") as database:
        assert database.execute("select count(*) from lifecycle_owed where done_at is null").fetchone() == (0,)


def test_trail_holds_until_somebody_goes_round_it(demo):
    assert run(demo, "verify_trail").stdout.startswith("The audit trail holds: ")
    path = demo / "partnerloket.sqlite3"
    whole = path.read_bytes()
    with sqlite3.connect(path) as database:
        names = database.execute(
            "select name from sqlite_master where type = 'trigger' and tbl_name = 'lifecycle_entry'"
        )
        for (name,) in names.fetchall():
            database.execute(f"drop trigger {name}")
        dossier, last = database.execute(
            "select dossier, max(position) from lifecycle_entry where dossier like 'procurement.procedure:%'"
        ).fetchone()
        database.execute("update lifecycle_entry set actor = 'user:1' where dossier = ? and position = 5", (dossier,))
        database.execute("delete from lifecycle_entry where dossier = ? and position = ?", (dossier, last))
    database.close()

    found = run(demo, "verify_trail", check=False)

    assert found.returncode == 1
    assert f"{dossier} #5: was changed after it was written" in found.stderr
    assert f"{dossier} #{last}: entry missing" in found.stderr
    path.write_bytes(whole)
