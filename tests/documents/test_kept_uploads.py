"""A file is not lost with a form that had an error elsewhere: it comes back by a token, for a day."""

import os
import re
import time

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.kept_uploads import A_DAY, KeptFileInput, keep
from procurement import actions
from procurement.models import Notice
from tests.people import *  # noqa: F403 -- its fixtures
from tests.people import sign_in
from tests.procurement.conftest import *  # noqa: F403 -- its fixtures
from tests.procurement.story import PDF


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


class Form(forms.Form):
    name = forms.CharField()
    proof = forms.FileField(widget=KeptFileInput())


def token_in(html):
    found = re.search(r'name="proof_kept" value="([^"]+)"', html)
    return found and found.group(1)


def upload():
    return SimpleUploadedFile("bewijs.pdf", PDF)


def test_a_file_comes_back_with_its_name_and_every_byte():
    first = Form({"name": ""}, {"proof": upload()})
    assert list(first.errors) == ["name"]
    html = str(first)
    assert "Behouden: bewijs.pdf." in html

    second = Form({"name": "An", "proof_kept": token_in(html)}, {})

    assert second.is_valid()
    assert (second.cleaned_data["proof"].name, second.cleaned_data["proof"].read()) == ("bewijs.pdf", PDF)


def test_another_file_replaces_the_kept_one():
    token = keep(upload())
    other = SimpleUploadedFile("ander.pdf", b"%PDF-1.7 iets anders")

    form = Form({"name": "An", "proof_kept": token}, {"proof": other})

    assert form.is_valid()
    assert form.cleaned_data["proof"].name == "ander.pdf"


@pytest.mark.parametrize("token", ["", "onzin", "eyJwbGFjZSI6Ii4uLy4uL2V0Yy9wYXNzd2QifQ:1abc:def"])
def test_a_token_that_we_did_not_give_brings_nothing(token):
    form = Form({"name": "An", "proof_kept": token}, {})

    assert form.errors == {"proof": ["Dit veld is verplicht."]}


def test_a_file_with_an_error_of_its_own_is_not_kept(tmp_path):
    form = Form({"name": "An"}, {"proof": SimpleUploadedFile("leeg.pdf", b"")})

    assert list(form.errors) == ["proof"]
    assert token_in(str(form)) is None
    assert not (tmp_path / "kept").exists()


def test_after_a_day_it_is_gone(tmp_path):
    token = keep(upload())
    (place,) = (tmp_path / "kept").iterdir()
    long_ago = time.time() - A_DAY - 1
    os.utime(place, (long_ago, long_ago))

    keep(upload())

    assert not place.exists()
    assert not Form({"name": "An", "proof_kept": token}, {}).is_valid()


def test_the_proof_of_a_dispatch_is_chosen_once(
    client, draft, procurement_officer, decision_maker, opening_officer, second_opening_officer
):
    procedure = actions.approve(actions.submit_for_approval(draft, by=procurement_officer), by=decision_maker)
    sign_in(client, procurement_officer)
    url = reverse("procedure-step", args=[procedure.pk, "publish"])
    facts = {"seen_state": "approved", "notice_sent_on": "16/02/2026"}

    refused = client.post(url, facts | {"proof": upload()})
    assert list(refused.context["form"].errors) == ["notice_number"]
    done = client.post(url, facts | {"notice_number": "BDA-1", "proof_kept": token_in(refused.text)})

    assert done.status_code == 302
    assert Notice.objects.get().read_proof() == PDF
