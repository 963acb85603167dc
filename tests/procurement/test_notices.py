"""Notices: recorded with their proof, completed once, corrected by two people, and what that makes different."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from desk.waiting import urgent_for
from documents.correcting import confirm_correction, differences_of
from documents.models import Correction
from lifecycle import clock as legal_clock
from lifecycle import trail
from lifecycle.models import Entry
from lifecycle.steps import Blocked, fire
from procurement import actions
from procurement.models import Notice, Procedure, SubtypeChoice
from tests.people import sign_in

ACT = "wet van 17 juni 2016 betreffende de concessieovereenkomsten"
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def notice(published):
    return Notice.objects.get(procedure=published)


def propose(notice, by, day, **more):
    given = {"number": notice.number, "sent_on": day, "reason": "Het bewijs zegt een andere dag."}
    return actions.propose_dispatch(notice, by=by, **(given | more))


def changes(correction):
    return [(each.what, each.before, each.after, bool(each.finding)) for each in differences_of(correction)]


# -- recording ----------------------------------------------------------------------------------


def test_publishing_records_the_call_and_its_day(notice, published, procurement_officer):
    assert (notice.kind, notice.number, notice.dispatched, notice.recorded_by) == (
        "call",
        "BDA-2026-000001",
        dt.date(2026, 2, 16),
        procurement_officer,
    )
    assert (published.notice_number, published.notice_sent_on) == ("BDA-2026-000001", dt.date(2026, 2, 16))
    assert Entry.objects.filter(subject=notice.ref).values_list("verb", flat=True).get() == "record"


def test_the_page_of_publishing_takes_the_hour_and_the_proof(
    client, draft, procurement_officer, decision_maker, opening_officer, second_opening_officer, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    procedure = actions.submit_for_approval(draft, by=procurement_officer)
    procedure = actions.approve(procedure, by=decision_maker)
    sign_in(client, procurement_officer)
    url = f"{procedure.get_absolute_url()}publish/"
    facts = {"seen_state": "approved", "notice_number": "BDA-1", "notice_sent_on": "16/02/2026", "notice_hour": "8.30"}
    refused = client.post(url, facts | {"proof": SimpleUploadedFile("bewijs.pdf", b"MZ\x90\x00 iets anders")})

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["proof"]
    client.post(url, facts | {"proof": SimpleUploadedFile("bewijs.pdf", PDF)})
    notice = Notice.objects.get(procedure=procedure)
    assert notice.dispatched == legal_clock.at(dt.date(2026, 2, 16), 8, 30)
    proof = client.get(reverse("notice-proof", args=[notice.pk]))
    assert proof.content == PDF
    assert proof["Content-Type"] == "application/octet-stream"
    assert proof["Content-Disposition"].startswith("attachment;")


def test_a_notice_that_follows_is_recorded_and_completed_once(client, published, procurement_officer):
    sign_in(client, procurement_officer)
    client.post(
        reverse("notice-new", args=[published.pk]),
        {"kind": "change", "subtype": "14", "number": "BDA-2", "sent_on": "16/02/2026", "hour": "8.00"},
    )
    notice = Notice.objects.get(kind="change")
    url = reverse("notice-publication", args=[notice.pk])
    client.post(url, {"number": "123456-2026", "published_on": "16/02/2026"})
    notice = Notice.objects.get(pk=notice.pk)

    assert (notice.publication_number, notice.published_on) == ("123456-2026", dt.date(2026, 2, 16))
    assert client.get(url).status_code == 409
    # A change starts no minimum: number and day of the call stay.
    assert Procedure.objects.get(pk=published.pk).notice_number == "BDA-2026-000001"


def test_a_dispatch_in_the_future_is_refused_next_to_its_day(client, published, procurement_officer):
    response = sign_in(client, procurement_officer).post(
        reverse("notice-new", args=[published.pk]),
        {"kind": "change", "subtype": "14", "number": "BDA-2", "sent_on": "16/02/2026", "hour": "9.01"},
    )

    assert response.context["form"].errors == {"sent_on": ["De verzending ligt in de toekomst."]}
    assert 'value="BDA-2"' in response.text


def test_an_entry_never_changes(notice):
    notice.number = "BDA-2"

    with pytest.raises(TypeError, match="never changes"):
        notice.save()
    with pytest.raises(TypeError, match="never changes"):
        Notice.objects.update(number="BDA-2")
    with pytest.raises(TypeError, match="never deleted"):
        Notice.objects.all().delete()


def test_the_database_refuses_a_second_call_and_an_entry_superseded_by_nobody(notice):
    values = {
        name: getattr(notice, name) for name in "procedure kind number dispatched_at recorded_by recorded_at".split()
    }
    for more in (
        {},
        {"supersedes": notice},
        {"kind": "change", "number": ""},
        {"kind": "change", "published_on": "2026-03-01"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(**(values | more))


def test_everybody_sees_number_and_day_of_what_left_and_nothing_else(client, notice, published):
    page = client.get(f"{published.get_absolute_url()}?tab=aankondigingen")

    assert "BDA-2026-000001" in page.text
    assert "ma 16 feb 2026" in page.text
    assert "fiche" not in page.text
    assert notice.get_absolute_url() not in page.text


# -- the subtype --------------------------------------------------------------------------------


def test_legal_staff_confirm_the_subtype_and_nothing_is_chosen_beforehand(
    client, draft, legal_officer, procurement_officer
):
    url = reverse("notice-subtype", args=[draft.pk])
    sign_in(client, legal_officer)
    page = client.get(url)

    assert page.context["form"]["subtype"].initial is None
    assert "Voorstel: 14" in page.text
    assert client.post(url, {}).status_code == 422
    client.post(url, {"subtype": "14"})
    assert SubtypeChoice.of(draft).subtype == "14"
    with pytest.raises(PermissionDenied):
        actions.confirm_notice_subtype(draft, by=procurement_officer, subtype="19")


def test_without_a_confirmed_subtype_there_is_no_sheet(client, draft, procurement_officer):
    sign_in(client, procurement_officer)

    assert client.get(reverse("field-sheet", args=[draft.pk, 14])).status_code == 404
    assert client.get(f"{draft.get_absolute_url()}?tab=aankondigingen").context["sheets"] == []


# -- corrections --------------------------------------------------------------------------------


def test_a_later_dispatch_makes_the_deadline_unlawful_and_says_so_beforehand(notice, procurement_officer, clock):
    clock.travel_to(clock.at(dt.date(2026, 2, 20), 9))

    assert changes(propose(notice, procurement_officer, dt.date(2026, 2, 18))) == [
        ("Verzending van de aankondiging", "ma 16 feb 2026", "wo 18 feb 2026", False),
        ("Vroegste uiterste datum voor aanvragen", "do 19 mrt 2026, 0.00 u", "za 21 mrt 2026, 0.00 u", False),
        ("De uiterste datum voor aanvragen laat de minimumtermijn", "ja", "nee", True),
    ]
    assert Procedure.objects.get().notice_sent_on == dt.date(2026, 2, 16)


def test_a_confirmed_correction_is_a_new_entry_and_the_first_one_stays(
    notice, procurement_officer, legal_officer, clock
):
    clock.travel_to(clock.at(dt.date(2026, 2, 20), 9))
    correction = propose(notice, procurement_officer, dt.date(2026, 2, 18), hour=dt.time(14, 30), number="BDA-9")
    correction = confirm_correction(correction, by=legal_officer)
    first, second = Notice.objects.order_by("pk")
    procedure = Procedure.objects.get()

    assert correction.state == "finding"
    assert (first.number, first.dispatched, first.is_in_force) == ("BDA-2026-000001", dt.date(2026, 2, 16), False)
    assert (second.number, second.dispatched, second.supersedes, second.is_in_force) == (
        "BDA-9",
        legal_clock.at(dt.date(2026, 2, 18), 14, 30),
        first,
        True,
    )
    assert (procedure.notice_number, procedure.notice_sent_on) == ("BDA-9", dt.date(2026, 2, 18))
    assert procedure.state == "published"
    assert Correction.objects.get().differences[2]["finding"] == (
        "De termijn voor aanvragen is te kort. Ze is ten vroegste za 21 mrt 2026, 0.00 u (minstens 30 dagen)."
    )
    assert [entry.verb for entry in Entry.objects.filter(subject=correction.ref)] == ["propose", "confirm_with_finding"]
    assert list(trail.verify()) == []
    with pytest.raises(Blocked):
        propose(Notice.objects.get(pk=first.pk), procurement_officer, dt.date(2026, 2, 19))


def test_an_earlier_dispatch_is_no_finding(notice, procurement_officer, legal_officer):
    approved_at = legal_clock.at(dt.date(2026, 2, 12), 9)
    Procedure.objects.update(approved_at=approved_at)
    correction = propose(notice, procurement_officer, dt.date(2026, 2, 13))

    assert confirm_correction(correction, by=legal_officer).state == "confirmed"
    assert Procedure.objects.get().notice_sent_on == dt.date(2026, 2, 13)


def test_who_proposed_does_not_confirm_and_others_do_neither(notice, procurement_officer, decision_maker, bidder):
    correction = propose(notice, procurement_officer, dt.date(2026, 2, 13))

    for person in (procurement_officer, decision_maker, bidder):
        with pytest.raises(PermissionDenied):
            confirm_correction(correction, by=person)
    with pytest.raises(PermissionDenied):
        propose(notice, decision_maker, dt.date(2026, 2, 12))


def test_of_two_proposals_for_one_entry_one_counts(notice, procurement_officer, legal_officer):
    first = propose(notice, procurement_officer, dt.date(2026, 2, 13))
    second = propose(notice, procurement_officer, dt.date(2026, 2, 12))
    confirm_correction(first, by=legal_officer)

    with pytest.raises(Blocked):
        confirm_correction(second, by=legal_officer)
    assert Notice.objects.count() == 2


def test_a_finding_waits_for_a_legal_officer_until_it_is_noted(notice, procurement_officer, legal_officer, clock):
    clock.travel_to(clock.at(dt.date(2026, 2, 20), 9))
    correction = propose(notice, procurement_officer, dt.date(2026, 2, 18))
    asked = [waiting.what for waiting in urgent_for(legal_officer)]
    correction = confirm_correction(correction, by=legal_officer)
    found = [waiting.what for waiting in urgent_for(legal_officer)]
    fire(correction, "take_note", by=legal_officer, reason="De termijn wordt verlengd.")

    assert "Bevestigen of afwijzen" in asked
    assert "Kennis nemen van de vaststelling" in found
    assert "Kennis nemen van de vaststelling" not in [waiting.what for waiting in urgent_for(legal_officer)]


def test_correcting_into_what_stands_there_or_without_a_reason_is_refused(client, notice, procurement_officer):
    url = reverse("notice-correct", args=[notice.pk])
    same = {"number": notice.number, "sent_on": "16/02/2026", "reason": "x"}
    sign_in(client, procurement_officer)

    assert client.post(url, same).context["form"].errors == {"sent_on": ["Dit is wat er al staat."]}
    assert list(client.post(url, same | {"sent_on": "13/02/2026", "reason": ""}).context["form"].errors) == ["reason"]
    answer = client.post(url, same | {"sent_on": "13/02/2026"})
    assert answer.url == Correction.objects.get().get_absolute_url()
    assert "vr 13 feb 2026" in client.get(answer.url).text
