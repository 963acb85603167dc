"""A marker inside a draft and inside a submitted application is found nowhere before the opening, and is after it.

Through the pages that candidates and officers use; with the dump, the database file, the media folder, the temporary
folder, the keys and every log in hand.
"""

import io
import logging
import secrets
import shutil
import subprocess
import tempfile

import pytest
from django.db import connection
from django.urls import reverse

from documents.envelopes import reading
from documents.envelopes.reading import NotReadable
from procurement.models import Application
from tests.documents.test_envelopes_leaks import pdf_with, places_of
from tests.people import sign_in
from tests.procurement import story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def temp_folder(tmp_path, monkeypatch):
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def procedure(own_folders, clock, procurement_officer, decision_maker, opening_officer, second_opening_officer):
    return story.publish(story.make_procedure(), officer=procurement_officer, decision_maker=decision_maker)


def logical_dump():
    """What `pg_dump` writes, where there is a PostgreSQL and its client."""
    if connection.vendor != "postgresql" or not shutil.which("pg_dump"):
        return ""
    found = connection.settings_dict
    address = ["--host", found["HOST"], "--port", str(found["PORT"] or 5432), "--username", found["USER"]]
    return subprocess.run(
        ["pg_dump", "--no-password", *address, found["NAME"]], check=True, capture_output=True, text=True
    ).stdout


def fill_by_pages(client, application, marker):
    """As a candidate does: answers and a file whose name, content and kind hold the marker."""
    answers = story.ANSWERS | {"contact_name": marker, "no_exclusion": "on"}
    page = client.post(reverse("application-answers", args=[application.pk]), answers)
    assert (page.status_code, page.url) == (302, application.get_absolute_url())
    file = io.BytesIO(pdf_with(marker))
    file.name = f"{marker}.pdf"
    page = client.post(reverse("application-files", args=[application.pk]), {"files": [file]})
    assert (page.status_code, application.envelope.files.count()) == (302, 1)


def test_what_a_candidate_hands_in_is_found_nowhere_before_the_opening(
    procedure, clock, client, bidder, partner_org, rival, rival_org, procurement_officer, opening_officer,
    second_opening_officer, temp_folder, caplog, capfd, settings,
):  # fmt: skip
    marker = "M" + secrets.token_hex(12)
    caplog.set_level(logging.DEBUG)
    draft = story.start(procedure, organisation=rival_org, by=rival)
    submitted = story.start(procedure, organisation=partner_org, by=bidder)
    fill_by_pages(sign_in(type(client)(), rival), draft, marker)
    candidate = sign_in(type(client)(), bidder)
    fill_by_pages(candidate, submitted, marker)
    page = candidate.post(f"{submitted.get_absolute_url()}submit/", {"seen_state": "draft"})
    assert (page.status_code, Application.objects.get(pk=submitted.pk).state) == (302, "submitted")

    def search():
        captured = capfd.readouterr()
        texts = {"log": caplog.text, "out": captured.out, "err": captured.err, "pg_dump": logical_dump()}
        return places_of(marker, [settings.MEDIA_ROOT, settings.KEY_DIR, settings.VAR / "mail", temp_folder], texts)

    assert search() == set()
    assert list(temp_folder.iterdir()) == []
    for person in (procurement_officer, opening_officer, rival, bidder):
        with pytest.raises(NotReadable):
            reading.read_manifest(submitted.envelope, by=person)

    story.open_applications(procedure, opening_officer, second_opening_officer)

    file = reading.stream_file(submitted.envelope, 1, by=opening_officer)
    assert (file.name, b"".join(file.chunks)) == (f"{marker}.pdf", pdf_with(marker))
    officer = sign_in(type(client)(), opening_officer)
    page = officer.get(submitted.get_absolute_url()).content.decode()
    assert page.count(marker) >= 2
    download = officer.get(reverse("application-file", args=[submitted.pk, 1]))
    assert b"".join(download.streaming_content) == pdf_with(marker)
    # The draft that was never submitted stays what it was: nobody of the authority reads it, then or later.
    assert officer.get(draft.get_absolute_url()).status_code == 404
    with pytest.raises(NotReadable):
        reading.read_manifest(draft.envelope, by=opening_officer)
