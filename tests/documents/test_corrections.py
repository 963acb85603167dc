"""A sending that was recorded wrongly: the next entry counts, the first one stays, two people agree."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from documents import actions
from documents.correcting import confirm_correction, differences_of, propose_sending
from documents.models import Correction, Document, Letter
from lifecycle import clock as legal_clock
from lifecycle import outbox
from lifecycle.models import Entry
from lifecycle.steps import Blocked, fire
from tests.documents.conftest import person
from tests.documents.paper_story import Subject, request
from tests.people import make_user, sign_in

pytestmark = pytest.mark.usefixtures("seal_keys")
POSTED = legal_clock.at(dt.date(2026, 2, 16), 16, 5)
REALLY = legal_clock.at(dt.date(2026, 2, 17), 10)


@pytest.fixture
def lawyer(clock):
    return person("lawyer@authority.example", "legal_officer")


@pytest.fixture
def letter(buyer, clock):
    """Mailed on the morning of the 16th, and recorded as posted that afternoon."""
    document = request("award_letter", by=buyer)
    owed = actions.owe_letter(
        document=document, subject=Subject(), name="Kompas vzw", email="a@b.example", address="", reason="x", by=buyer
    )
    outbox.sweep()
    outbox.sweep()
    clock.travel_to(legal_clock.at(dt.date(2026, 2, 18), 9))
    return actions.record_registered_sending(
        Letter.objects.select_related("document").get(pk=owed.pk), by=buyer, number="RN 1", sent_at=POSTED
    )


def propose(letter, by, **more):
    return propose_sending(letter, by=by, **({"number": "RN 1", "sent_at": REALLY, "reason": "De stempel."} | more))


def test_the_confirmed_sending_counts_and_the_first_entry_stays(letter, buyer, lawyer):
    correction = propose(letter, buyer)
    before = Letter.objects.get(pk=letter.pk).last_sent_at
    confirm_correction(correction, by=lawyer)
    found = Letter.objects.get(pk=letter.pk)

    assert before == POSTED
    assert found.last_sent_at == REALLY
    assert (found.registered_number, found.registered_sent_at) == ("RN 1", POSTED)
    assert found.registration == {"number": "RN 1", "sent_at": REALLY, "corrected": True}
    # By another way than the manager too.
    assert Letter._base_manager.get(pk=letter.pk).last_sent_at == REALLY


def test_what_becomes_different_is_shown_before_and_kept_after(letter, buyer, lawyer):
    correction = propose(letter, buyer)
    before = [(each.what, each.before, each.after) for each in differences_of(correction)]
    confirm_correction(correction, by=lawyer)
    kept = [(each["what"], each["before"], each["after"]) for each in Correction.objects.get().differences]

    assert before == [("Laatste verzending van de brief", "ma 16 feb 2026, 16.05 u", "di 17 feb 2026, 10.00 u")]
    assert kept == before


def test_a_correction_can_be_corrected_and_each_entry_stays(letter, buyer, lawyer):
    confirm_correction(propose(letter, buyer), by=lawyer)
    again = Letter.objects.select_related("document").get(pk=letter.pk)
    second = propose(again, lawyer, sent_at=POSTED + dt.timedelta(minutes=1))
    confirm_correction(second, by=buyer)

    assert [each.running for each in Correction.objects.order_by("running")] == [1, 2]
    assert second.supersedes.moment == REALLY
    assert Letter.objects.get(pk=letter.pk).last_sent_at == POSTED + dt.timedelta(minutes=1)


def test_a_rejected_correction_changes_nothing(letter, buyer, lawyer):
    correction = fire(propose(letter, buyer), "reject", by=lawyer, reason="De stempel zegt 16 februari.")

    assert correction.state == "rejected"
    assert Letter.objects.get(pk=letter.pk).last_sent_at == POSTED


def test_four_eyes(letter, buyer, lawyer, maker, officer):
    correction = propose(letter, buyer)

    for someone in (buyer, maker, officer):
        with pytest.raises(PermissionDenied):
            confirm_correction(correction, by=someone)
    with pytest.raises(PermissionDenied):
        propose(letter, officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(**_values(correction), state="confirmed", decided_by=buyer, decided_at=REALLY)


def _values(correction):
    names = "subject chain about path running number moment number_before moment_before reason proposed_by proposed_at"
    return {name: getattr(correction, name) for name in names.split()}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"sent_at": POSTED}, "sent_at"),
        ({"sent_at": legal_clock.at(dt.date(2026, 2, 19))}, "sent_at"),
        ({"sent_at": legal_clock.at(dt.date(2026, 2, 15))}, "sent_at"),
    ],
)
def test_an_impossible_sending_is_refused_next_to_its_field(letter, buyer, given, field):
    with pytest.raises(ValidationError) as refusal:
        propose(letter, buyer, **given)
    assert list(refusal.value.message_dict) == [field]


def test_a_sending_that_was_not_recorded_has_nothing_to_correct(buyer, letter):
    other = actions.owe_letter(
        document=Document.objects.get(),
        subject=Subject(),
        name="B",
        email="b@b.example",
        address="",
        reason="x",
        by=buyer,
    )

    with pytest.raises(ValidationError):
        propose(other, buyer)


def test_a_second_proposal_is_stale_once_the_first_counts(letter, buyer, lawyer):
    first, second = propose(letter, buyer), propose(letter, buyer, number="RN 2")
    confirm_correction(first, by=lawyer)

    with pytest.raises(Blocked) as refusal:
        confirm_correction(second, by=lawyer)
    assert [reason.guard for reason in refusal.value.reasons] == ["nothing_was_corrected_meanwhile"]


def test_a_proposal_never_changes(letter, buyer):
    correction = propose(letter, buyer)
    correction.reason = "Iets anders."

    with pytest.raises(TypeError, match="never changes"):
        correction.save()
    with pytest.raises(TypeError, match="never deleted"):
        Correction.objects.all().delete()


def test_proposal_and_confirmation_are_in_the_trail_of_the_dossier(letter, buyer, lawyer):
    correction = confirm_correction(propose(letter, buyer), by=lawyer)
    entries = Entry.objects.filter(dossier=letter.dossier, subject=correction.ref)

    assert list(entries.values_list("verb", "actor")) == [
        ("propose", f"user:{buyer.pk}"),
        ("confirm", f"user:{lawyer.pk}"),
    ]
    assert entries.first().facts["moment_before"] == "2026-02-16T15:05:00.000000+00:00"


def test_the_pages_propose_and_confirm(client, letter):
    url = reverse("documents:correct-sending", args=[letter.pk])
    sign_in(client, make_user("An Aankoper", "procurement_officer"))
    answers = {"number": "RN 1", "sent_at": "17/02/2026 10:00", "reason": "De stempel."}
    refused = client.post(url, answers | {"sent_at": "19/02/2026 10:00"})

    assert refused.status_code == 422
    assert "De stempel." in refused.text
    page = client.get(client.post(url, answers).url)
    assert [step.verb for step in page.context["steps"]] == []
    sign_in(client, make_user("Jo Jurist", "legal_officer"))
    confirm = f"{Correction.objects.get().get_absolute_url()}confirm/"
    assert "di 17 feb 2026, 10.00 u" in client.get(confirm).text
    client.post(confirm, {"seen_state": "proposed"})
    assert Letter.objects.get(pk=letter.pk).last_sent_at == REALLY
