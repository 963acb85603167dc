"""Writing a text on its page: a fault names its line next to the field, and nothing typed is lost."""

import pytest

from documents.models import TemplateVersion
from tests.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(clock, client, legal_officer):
    sign_in(client, legal_officer)
    version = TemplateVersion.objects.approved().get(template__kind="selection_letter")
    return f"/sjablonen/{version.pk}/schrijven/"


def test_page_offers_the_version_in_force_and_the_words_it_may_use(client, page):
    response = client.get(page)

    assert response.status_code == 200
    assert response.context["form"].initial["body"].startswith("<p>Geachte")
    assert ("procedure.number", "kenmerk van de procedure") in response.context["words"]
    assert ("lots[].name", "naam van het perceel") in response.context["words"]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("<p>Beste</p>\n<p>{{ onbekend }}</p>", "Regel 2"),
        ("<p>Beste</p>\n\n{% include 'x' %}", "Regel 3"),
        ("<script>alert(1)</script>", "Regel 1"),
    ],
)
def test_faulty_text_is_refused_with_its_line_and_kept_in_the_field(client, page, body, line):
    response = client.post(page, {"body": body})

    assert response.status_code == 422
    assert response.context["form"].errors["body"][0].startswith(line)
    assert response.context["form"]["body"].value() == body
    assert TemplateVersion.objects.drafts().count() == 0


def test_good_text_becomes_a_draft(client, page):
    body = "<p>Geachte</p>\n<p>U bent geselecteerd voor {{ procedure.number }}.</p>"

    response = client.post(page, {"body": body})

    draft = TemplateVersion.objects.drafts().get()
    assert (response.status_code, response.headers["Location"]) == (302, draft.get_absolute_url())
    assert (draft.number, draft.body) == (2, body)


def test_who_wrote_a_draft_sees_for_whom_it_waits(client, page, second_legal_officer):
    client.post(page, {"body": "<p>Geachte</p>\n<p>U bent geselecteerd voor {{ procedure.number }}.</p>"})
    draft = TemplateVersion.objects.drafts().get()
    own = client.get(draft.get_absolute_url()).context
    other = sign_in(client, second_legal_officer).get(draft.get_absolute_url()).context

    assert [step.verb for step in own["steps"]] == []
    assert own["waiting"] == [{"what": "Goedkeuring van deze versie", "who": "een andere jurist dan wie ze schreef"}]
    assert ([step.verb for step in other["steps"]], other["waiting"]) == (["approve"], [])


def test_others_may_not_write(clock, client, auditor, procurement_officer):
    version = TemplateVersion.objects.approved().first()
    for user, status in ((auditor, 404), (procurement_officer, 404)):
        sign_in(client, user)
        assert client.get(f"/sjablonen/{version.pk}/schrijven/").status_code in (403, status)
