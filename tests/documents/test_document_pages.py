"""The pages of documents: who sees what, what waits, what can be downloaded."""

import datetime as dt

import pytest
from django.urls import reverse

from documents import actions
from documents.models import Letter, TemplateVersion
from lifecycle import clock as legal_clock
from tests.documents.envelope_story import OWNER
from tests.documents.paper_story import Subject, made, request

pytestmark = pytest.mark.usefixtures("seal_keys")


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.STAFF_SECOND_FACTOR = False


def test_download_is_the_sealed_file_under_its_number(client, buyer, maker):
    document = made(request(by=buyer, addressee=OWNER))
    client.force_login(maker)

    response = client.get(document.download_url)

    assert response.content == document.file.read_bytes()
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="2026-001-BSE-01.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("who", ["nobody", "rival"])
def test_document_for_somebody_else_does_not_exist(client, buyer, rival, who):
    document = made(request(by=buyer, addressee=OWNER))
    if who == "rival":
        client.force_login(rival)

    assert client.get(document.get_absolute_url()).status_code == 404
    assert client.get(document.download_url).status_code == 404


def test_public_document_is_for_everybody(client, buyer):
    document = made(request("selection_guide", by=buyer))

    assert client.get(document.get_absolute_url()).status_code == 200
    assert client.get(document.download_url).status_code == 200


def test_page_looks_again_while_the_document_is_made(client, buyer):
    document = request(by=buyer)
    client.force_login(buyer)

    waiting = client.get(document.get_absolute_url())
    assert waiting.headers["Refresh"] == "3"
    assert "wordt opgemaakt" in waiting.content.decode()
    assert client.get(document.download_url).status_code == 404

    ready = client.get(made(document).get_absolute_url())
    assert "Refresh" not in ready.headers
    assert document.number in ready.content.decode()
    assert "geen gekwalificeerd elektronisch zegel" in ready.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_of_the_database_whatever_its_length(client, buyer, count, django_assert_max_num_queries):
    for _ in range(count):
        request(by=buyer)
    client.force_login(buyer)

    with django_assert_max_num_queries(8):
        response = client.get(reverse("documents:documents"))
    assert response.context["page_obj"].paginator.count == count


def test_registered_sending_is_recorded_on_its_page(client, buyer):
    document = made(request("award_letter", by=buyer))
    letter = actions.owe_letter(
        document=document, subject=Subject(), name="Kompas", email="a@k.example", address="x", reason="award", by=buyer
    )
    client.force_login(buyer)
    url = reverse("documents:register-sending", args=[letter.pk])

    refused = client.post(url, {"number": "RN 9", "sent_at": "17/02/2026 10:00"})
    assert refused.status_code == 422
    assert "toekomst" in refused.content.decode()
    assert "RN 9" in refused.content.decode()

    assert client.post(url, {"number": "RN 9", "sent_at": "16/02/2026 09:00"}).status_code == 302
    assert Letter.objects.get(pk=letter.pk).registered_sent_at == legal_clock.at(dt.date(2026, 2, 16), 9)


def test_registered_sending_is_for_who_may(client, buyer, officer, maker):
    document = made(request("award_letter", by=buyer, addressee=OWNER))
    letter = actions.owe_letter(
        document=document, subject=Subject(), name="Kompas", email="a@k.example", address="x", reason="award", by=buyer
    )
    url = reverse("documents:register-sending", args=[letter.pk])

    assert client.get(url).status_code == 302
    for person, status in ((maker, 403), (officer, 404), (buyer, 200)):
        client.force_login(person)
        assert client.get(url).status_code == status


def test_texts_are_for_legal_staff(client, buyer, jurist, second_jurist):
    version = TemplateVersion.objects.get(template__kind="award_letter")
    draft = actions.draft_version(version.template, body="<p>{{ decision }}</p>", by=jurist)
    urls = [reverse("documents:templates"), version.get_absolute_url(), f"{draft.get_absolute_url()}approve/"]

    client.force_login(buyer)
    assert [client.get(url).status_code for url in urls] == [403, 404, 404]
    client.force_login(jurist)
    assert [client.get(url).status_code for url in urls] == [200, 200, 403]
    client.force_login(second_jurist)
    assert client.get(urls[2]).status_code == 200
    assert client.post(urls[2]).status_code == 302
    assert TemplateVersion.objects.get(pk=draft.pk).state == "approved"
