"""The log of the preparation: added to, superseded with a reason, never edited."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from lifecycle.models import AppendOnlyError, Entry
from procurement import actions
from procurement.models import MarketConsultation, PriorInvolvement
from tests.people import sign_in

CONSULTED = {
    "held_on": "10/02/2026",
    "with_whom": "Voorbeeldpartner Alfa vzw",
    "subject": "Haalbaarheid van de opstart",
    "shared": "De planning; ze staat sindsdien op de openbare pagina.",
    "minutes": "",
}
INVOLVED = {"name": "Adviesbureau Fictief bv", "capacity": "raming", "since": "05/01/2026", "saw": "De ramingstabel."}


def consultation(procedure, *, by, **fields):
    values = {"held_on": dt.date(2026, 2, 10), "with_whom": "Alfa", "subject": "Opstart", "shared": "De planning."}
    return actions.log_preparation(MarketConsultation(procedure=procedure, **values | fields), by=by)


def test_consultation_is_recorded_and_the_trail_keeps_its_digest_alone(client, draft, procurement_officer):
    url = reverse("procedure-consultations", args=[draft.pk])
    response = sign_in(client, procurement_officer).post(url, CONSULTED)
    entry = MarketConsultation.objects.get()

    assert response.url == url
    assert entry.recorded_by == procurement_officer
    assert Entry.objects.latest("pk").facts == {
        "log": "marketconsultation",
        "log_entry": entry.pk,
        "log_digest": entry.digest(),
    }
    assert "Voorbeeldpartner Alfa vzw" in client.get(url).text


def test_mistake_is_superseded_with_its_reason(client, draft, procurement_officer):
    wrong = consultation(draft, by=procurement_officer)
    url = reverse("procedure-consultations", args=[draft.pk])
    sign_in(client, procurement_officer)
    shown = client.get(url, {"verbeter": wrong.pk})
    assert shown.context["form"]["subject"].value() == "Opstart"

    refused = client.post(url, CONSULTED | {"verbeter": wrong.pk, "correction_reason": ""})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["correction_reason"])
    assert "De planning; ze staat sindsdien" in refused.text
    assert client.post(url, CONSULTED | {"verbeter": wrong.pk, "correction_reason": "verkeerde dag"}).status_code == 302
    assert list(MarketConsultation.objects.standing().values_list("supersedes", "subject")) == [
        (wrong.pk, "Haalbaarheid van de opstart")
    ]
    assert MarketConsultation.objects.count() == 2
    assert client.get(url, {"verbeter": wrong.pk}).status_code == 404
    assert "Verbeterd" in client.get(url).text


def test_consultation_in_the_future_is_refused(client, draft, procurement_officer):
    url = reverse("procedure-consultations", args=[draft.pk])
    response = sign_in(client, procurement_officer).post(url, CONSULTED | {"held_on": "17/02/2026"})

    assert response.context["form"].errors["held_on"] == ["Een consultatie wordt opgetekend nadat ze plaatsvond."]


def test_involvement_is_recorded(client, draft, procurement_officer):
    url = reverse("procedure-involvements", args=[draft.pk])
    sign_in(client, procurement_officer)

    assert client.post(url, INVOLVED | {"until": "01/01/2026"}).status_code == 422
    assert client.post(url, INVOLVED).url == url
    assert PriorInvolvement.objects.get().capacity == "raming"
    assert "schriftelijk gehoord" in client.get(url).text


def test_log_is_for_staff_and_written_by_officers(client, published, legal_officer, evaluator, bidder):
    for page in ("procedure-consultations", "procedure-involvements"):
        url = reverse(page, args=[published.pk])
        assert sign_in(client, bidder).get(url).status_code == 404
        assert sign_in(client, evaluator).get(url).status_code == 403
        read = sign_in(client, legal_officer).get(url)
        assert (read.status_code, read.context["form"]) == (200, None)
        assert client.post(url, CONSULTED).status_code == 403
    with pytest.raises(PermissionDenied):
        consultation(published, by=legal_officer)


def test_entry_is_not_changed_by_the_model(draft, procurement_officer):
    entry = consultation(draft, by=procurement_officer)

    for change in (entry.save, entry.delete, MarketConsultation.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()
    with pytest.raises(AppendOnlyError):
        MarketConsultation.objects.update(subject="anders")


@pytest.mark.parametrize("statement", ["update {} set subject = 'x'", "delete from {}"])
def test_entry_is_not_changed_in_the_database(draft, procurement_officer, statement):
    consultation(draft, by=procurement_officer)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(MarketConsultation._meta.db_table))


def test_database_asks_the_reason_of_a_correction(draft, procurement_officer):
    wrong = consultation(draft, by=procurement_officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        consultation(draft, by=procurement_officer, supersedes=wrong)
