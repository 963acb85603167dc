"""The candidate's pages, from the first click to the receipt; and who else sees what, before and after the opening."""

import datetime as dt
import hashlib

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.envelopes import reading
from lifecycle.models import Entry
from procurement import actions
from procurement.actions.preparing import seal_until
from procurement.models import Application, Offer, Procedure
from tests.people import make_member, make_user, sign_in
from tests.procurement import story

ANSWERS = story.ANSWERS | {"no_exclusion": "on"}


def pdf(name="referentie.pdf", content=story.PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def url(what, record, *args):
    return reverse(f"application-{what}", args=[record.pk, *args])


# -- beginning ----------------------------------------------------------------------------------


def test_candidate_begins_for_an_organisation_that_it_may_prepare_for(
    client, published, bidder, partner_org, rival_org
):
    start = reverse("application-start", args=[published.pk])
    sign_in(client, bidder)
    parties = client.get(start).context["form"].fields["party"].choices
    response = client.post(start, {"party": f"organisation-{partner_org.pk}", "lots": [published.lots.first().pk]})
    application = Application.objects.get()

    assert parties == [(f"organisation-{partner_org.pk}", "Voorbeeldpartner Alfa vzw")]
    assert response.url == application.get_absolute_url()
    assert [lot.number for lot in application.lots.all()] == [1]
    assert application.started_by == bidder


def test_nobody_begins_for_another_organisation(client, published, bidder, rival_org):
    start = reverse("application-start", args=[published.pk])
    response = sign_in(client, bidder).post(start, {"party": f"organisation-{rival_org.pk}"})

    assert response.status_code == 422
    assert Application.objects.count() == 0


def test_who_stands_for_nobody_is_told_so(client, published, stranger):
    start = reverse("application-start", args=[published.pk])
    response = sign_in(client, stranger).get(start)

    assert response.context["form"] is None
    assert sign_in(client, stranger).post(start, {"party": "organisation-1"}).status_code == 422


def test_beginning_asks_to_sign_in(client, published):
    start = reverse("application-start", args=[published.pk])

    assert client.get(start).url == f"{reverse('account_login')}?next={start}"


def test_beginning_twice_leads_to_the_same_application(client, application, bidder, partner_org):
    start = reverse("application-start", args=[application.procedure_id])
    response = sign_in(client, bidder).post(start, {"party": f"organisation-{partner_org.pk}"})

    assert response.url == application.get_absolute_url()
    assert Application.objects.count() == 1


def test_beginning_after_the_deadline_says_why_not(client, published, bidder, partner_org, clock):
    clock.travel_to(story.DEADLINE + dt.timedelta(seconds=1))
    start = reverse("application-start", args=[published.pk])
    response = sign_in(client, bidder).post(start, {"party": f"organisation-{partner_org.pk}"})

    assert response.status_code == 409
    assert "De uiterste datum voor aanvragen is voorbij." in response.text
    assert Application.objects.count() == 0


# -- the draft ----------------------------------------------------------------------------------


def test_draft_says_that_it_is_not_submitted_and_what_is_missing(client, application, bidder):
    response = sign_in(client, bidder).get(application.get_absolute_url())

    assert "NIET INGEDIEND" in response.text
    assert response.context["draft"]["deadline"] == story.DEADLINE
    assert response.context["draft"]["checklist"] == [
        (True, "Organisatie bevestigd"),
        (True, "Minstens één perceel gekozen"),
        (False, "Alle vragen beantwoord"),
        (False, "Minstens één bestand opgeladen"),
    ]
    assert response.context["draft"]["to_do"] == 2
    assert response.text.count("<h1") == 1


def test_whole_way_from_draft_to_receipt(client, application, bidder):
    sign_in(client, bidder)
    page = application.get_absolute_url()

    assert (
        client.post(url("lots", application), {"lots": [lot.pk for lot in application.procedure.lots.all()]}).url
        == page
    )
    assert client.post(url("answers", application), ANSWERS).url == page
    assert client.post(url("files", application), {"bestand": [pdf(), pdf("tweede.pdf")]}).url == page
    assert client.get(page).context["draft"]["to_do"] == 0
    assert client.post(f"{page}submit/", {"seen_state": "draft"}).url == page

    response = client.get(page)
    receipt = response.context["receipt"]
    assert [file.name for file in receipt.files] == ["referentie.pdf", "tweede.pdf"]
    assert {file.sha256 for file in receipt.files} == {hashlib.sha256(story.PDF).hexdigest()}
    assert hashlib.sha256(story.PDF).hexdigest() in response.text
    assert "ma 16 feb 2026, 9.00.00 u" in response.text.lower()
    assert "NIET INGEDIEND" not in response.text
    assert "draft" not in response.context


def test_what_is_uploaded_lies_nowhere_in_the_clear(client, application, bidder):
    marker = b"geheim van een verzonnen kandidaat"
    sign_in(client, bidder).post(url("files", application), {"bestand": pdf(content=story.PDF + marker)})
    client.post(url("answers", application), ANSWERS | {"contact_name": marker.decode()})

    kept = [path.read_bytes() for path in settings.VAR.rglob("*") if path.is_file()]
    assert len(kept) > 0
    assert [content for content in kept if marker in content] == []


def test_files_are_read_back_and_removed_by_their_maker(client, application, bidder):
    sign_in(client, bidder).post(url("files", application), {"bestand": pdf()})
    item = client.get(application.get_absolute_url()).context["draft"]["files"][0]
    response = client.get(item["url"])

    assert b"".join(response.streaming_content) == story.PDF
    assert response["Content-Disposition"] == 'attachment; filename="referentie.pdf"'
    assert client.post(item["remove_url"]).url == application.get_absolute_url()
    assert client.get(item["url"]).status_code == 404
    assert client.post(item["remove_url"]).status_code == 404


def test_refused_file_is_named_with_the_reason_next_to_the_field(client, application, bidder):
    response = sign_in(client, bidder).post(
        url("files", application), {"bestand": [pdf(), pdf("programma.exe", b"MZ\x90\x00" * 40)]}
    )

    assert response.status_code == 422
    assert [refusal.name for refusal in response.context["draft"]["refusals"]] == ["programma.exe"]
    assert 'aria-describedby="bestand-uitleg bestand-fout"' in response.text
    assert [item["file"].name for item in response.context["draft"]["files"]] == ["referentie.pdf"]


def test_upload_of_nothing_asks_for_a_file(client, application, bidder):
    response = sign_in(client, bidder).post(url("files", application), {})

    assert response.status_code == 422
    assert "Kies eerst een bestand." in response.text


def test_upload_without_the_token_is_refused(application, bidder):
    client = sign_in(Client(enforce_csrf_checks=True), bidder)

    assert client.post(url("files", application), {"bestand": pdf()}).status_code == 403
    assert reading.read_manifest(application.envelope, by=bidder).files == ()


def test_wrong_answers_keep_what_was_typed(client, application, bidder):
    typed = ANSWERS | {"contact_email": "geen adres", "contact_name": "Naam die blijft"}
    response = sign_in(client, bidder).post(url("answers", application), typed)

    assert response.status_code == 422
    assert "geen adres" in response.text
    assert "Naam die blijft" in response.text
    assert reading.answers(application.envelope, by=bidder) == {}


def test_submitting_with_open_questions_says_so(client, application, bidder):
    story.fill(application, by=bidder, answers={})
    response = sign_in(client, bidder).post(f"{application.get_absolute_url()}submit/", {"seen_state": "draft"})

    assert response.status_code == 409
    assert "De vragen zijn nog niet allemaal beantwoord." in response.text
    assert Application.objects.get(pk=application.pk).state == "draft"


def test_page_and_step_say_that_questions_are_open(client, application, bidder):
    story.fill(application, by=bidder, answers={})
    sign_in(client, bidder)
    shown = client.get(application.get_absolute_url()).context["steps"]
    step = client.get(f"{application.get_absolute_url()}submit/")

    assert {step.verb: [reason.guard for reason in step.reasons] for step in shown} == {
        "submit": ["answers_are_complete"],
        "withdraw": [],
    }
    assert [reason.guard for reason in step.context["reasons"]] == ["answers_are_complete"]


def test_withdrawn_application_has_no_receipt_any_more(client, submitted, bidder):
    sign_in(client, bidder)
    client.post(f"{submitted.get_absolute_url()}withdraw/", {"seen_state": "submitted"})
    response = client.get(submitted.get_absolute_url())

    assert "receipt" not in response.context
    assert "Ingetrokken" in response.text
    assert client.get(url("file", submitted, 1)).status_code == 403


def test_late_submission_is_refused_and_recorded(client, application, bidder, clock):
    story.fill(application, by=bidder)
    clock.travel_to(story.DEADLINE + dt.timedelta(seconds=1))
    response = sign_in(client, bidder).post(f"{application.get_absolute_url()}submit/", {"seen_state": "draft"})

    assert response.status_code == 409
    assert "De uiterste datum voor aanvragen is voorbij." in response.text
    assert Entry.objects.filter(subject=application.ref, verb="late_attempt").count() == 1


def test_late_upload_is_refused_before_it_is_read(client, application, bidder, clock):
    clock.travel_to(story.DEADLINE + dt.timedelta(seconds=1))
    sign_in(client, bidder)

    assert client.post(url("files", application), {"bestand": pdf()}).status_code == 409
    assert client.post(url("answers", application), ANSWERS).status_code == 409
    assert client.post(url("lots", application), {"lots": [application.lots.get().pk]}).status_code == 409


def test_submission_in_the_last_second_counts(client, application, bidder, clock):
    story.fill(application, by=bidder)
    clock.travel_to(story.DEADLINE)
    client = sign_in(client, bidder)

    assert client.post(f"{application.get_absolute_url()}submit/", {"seen_state": "draft"}).status_code == 302


def test_who_may_not_sign_prepares_but_does_not_submit(client, application, partner_org):
    colleague = make_user("Cas Collega")
    make_member(partner_org, colleague, may_sign=False)
    sign_in(client, colleague)
    response = client.get(application.get_absolute_url())

    assert response.context["draft"]["checklist"][-1] == (
        False,
        "Indienen doet iemand die voor de organisatie mag ondertekenen",
    )
    assert client.post(url("answers", application), ANSWERS).status_code == 302
    assert client.post(f"{application.get_absolute_url()}submit/").status_code == 403


def test_who_may_not_prepare_reads_but_does_not_write(client, application, partner_org):
    signer = make_user("Sam Ondertekenaar")
    make_member(partner_org, signer, may_prepare=False)
    sign_in(client, signer)

    assert "answers_form" not in client.get(application.get_absolute_url()).context["draft"]
    for what in ("lots", "answers", "files"):
        assert client.post(url(what, application), {}).status_code == 403


# -- everybody else -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who",
    ["rival", "stranger", "procurement_officer", "opening_officer", "decision_maker", "auditor", "administrator"],
)
def test_before_the_opening_an_application_is_missing_for_everybody_else(client, submitted, request, who):
    person = request.getfixturevalue(who)
    if person.has_perm("procurement.state_interests"):
        actions.state_interests(submitted.procedure, by=person, has_conflict=False)
    sign_in(client, person)

    assert client.get(submitted.get_absolute_url()).status_code == 404
    assert client.get(url("file", submitted, 1)).status_code == 404
    for what in ("lots", "answers", "files"):
        assert client.post(url(what, submitted), {}).status_code == 404
    assert client.post(url("file-remove", submitted, 1)).status_code == 404
    assert client.post(f"{submitted.get_absolute_url()}submit/").status_code == 404


def test_anonymous_is_asked_to_sign_in(client, submitted):
    page = submitted.get_absolute_url()

    assert client.get(page).url == f"{reverse('account_login')}?next={page}"
    assert client.get(url("file", submitted, 1)).status_code == 302


def test_maker_cannot_read_what_it_sealed(client, submitted, bidder):
    sign_in(client, bidder)

    assert client.get(url("file", submitted, 1)).status_code == 403
    assert "content" not in client.get(submitted.get_absolute_url()).context


def test_after_the_opening_who_stated_no_interest_reads_it(client, opened, procurement_officer):
    sign_in(client, procurement_officer)
    assert client.get(opened.get_absolute_url()).status_code == 404

    actions.state_interests(opened.procedure, by=procurement_officer, has_conflict=False)
    response = client.get(opened.get_absolute_url())

    assert response.context["content"]["answers"][0] == ("Contactpersoon", "Kim Kandidaat")
    assert [item["file"].name for item in response.context["content"]["files"]] == ["referentie.pdf"]
    assert b"".join(client.get(url("file", opened, 1)).streaming_content) == story.PDF
    assert "receipt" not in response.context


def test_who_stated_an_interest_never_sees_it(client, opened, procurement_officer):
    actions.state_interests(opened.procedure, by=procurement_officer, has_conflict=True)
    sign_in(client, procurement_officer)

    assert client.get(opened.get_absolute_url()).status_code == 404
    assert client.get(url("file", opened, 1)).status_code == 404


def test_after_the_opening_the_maker_reads_it_and_its_receipt(client, opened, bidder, rival):
    response = sign_in(client, bidder).get(opened.get_absolute_url())

    assert [item["file"].name for item in response.context["content"]["files"]] == ["referentie.pdf"]
    assert response.context["receipt"].sealed_at == opened.submitted_at
    assert response.context["judgement"] is None
    assert sign_in(client, rival).get(opened.get_absolute_url()).status_code == 404


# -- what was decided and not told ------------------------------------------------------------------


def _told(response):
    """The word of the tag in the header, and the verbs of the history."""
    return response.context["record"].tag_for(response.wsgi_request.user)["word"], [
        entry.label for entry in response.context["told"]
    ]


@pytest.fixture
def assessed(opened, procurement_officer):
    findings = {each.code: (False, "Geen referentie.") for each in opened.procedure.selection_conditions.all()}
    actions.state_interests(opened.procedure, by=procurement_officer, has_conflict=False)
    return actions.assess_application(
        opened, by=procurement_officer, findings=findings, outcome="not_select", reasons="Geen enkele referentie."
    )


def test_maker_does_not_learn_the_assessment_before_the_selection_is_told(
    client, assessed, bidder, procurement_officer
):
    page = assessed.get_absolute_url()
    theirs = sign_in(client, bidder).get(page)

    assert _told(theirs)[0] == "Geopend"
    assert "Beoordelen" not in _told(theirs)[1]
    assert "Beoordeeld" not in theirs.text
    word, verbs = _told(sign_in(Client(), procurement_officer).get(page))
    assert (word, verbs[0]) == ("Beoordeeld", "Beoordelen")


@pytest.mark.parametrize(
    ("state", "word"), [("selection_decided", "Geopend"), ("selection_notified", "Niet geselecteerd")]
)
def test_maker_learns_the_selection_when_it_is_told(client, assessed, bidder, state, word):
    story.put(assessed.procedure, state)
    story.put(assessed, Application.State.NOT_SELECTED)

    assert _told(sign_in(client, bidder).get(assessed.get_absolute_url()))[0] == word


@pytest.mark.parametrize(("lot_state", "word"), [("award_decided", "Geopend"), ("standstill", "Gegund")])
def test_maker_learns_the_award_when_it_is_told(client, selected, bidder, lot_state, word):
    lot = selected.lots.get()
    offer = actions.start_offer(selected, by=bidder, lot=lot)
    story.put(lot, lot_state)
    offer = Offer.objects.get(pk=story.put(offer, Offer.State.AWARDED).pk)

    assert (offer.tag_for(bidder)["word"], lot_state) == (word, offer.lot.state)


def test_nobody_outside_sees_that_an_award_is_decided(client, published, procurement_officer):
    lot = published.lots.first()
    story.put(lot, "award_decided", decided_at=published.published_at, decided_by=procurement_officer)
    page = reverse("lot", args=[lot.pk])
    public, internal = client.get(page), sign_in(Client(), procurement_officer).get(page)

    assert ["Gunning beslist" in response.text for response in (public, internal)] == [False, True]
    done = [
        [mark.milestone.label for mark in page.context["timeline"].marks if mark.done] for page in (public, internal)
    ]
    assert ["Gunning" in labels for labels in done] == [False, True]


# -- offers -------------------------------------------------------------------------------------


@pytest.fixture
def selected(opened, clock):
    """The application as selected, while offers are received until a day later."""
    deadline = clock.now() + dt.timedelta(days=1)
    procedure = story.put(opened.procedure, Procedure.State.TENDERING, offers_deadline=deadline)
    seal_until(procedure, procedure.offers_phase, deadline, by=opened.started_by)
    return story.put(opened, Application.State.SELECTED)


def test_selected_candidate_offers_and_gets_its_receipt(client, selected, bidder):
    sign_in(client, bidder)
    start = reverse("offer-start", args=[selected.pk])
    lot = selected.lots.get()
    response = client.post(start, {"lot": lot.pk})
    offer = Offer.objects.get()
    page = offer.get_absolute_url()

    assert response.url == page
    assert "NIET INGEDIEND" in client.get(page).text
    assert client.post(reverse("offer-answers", args=[offer.pk]), {"capacity": "120", "remarks": ""}).url == page
    assert client.post(reverse("offer-files", args=[offer.pk]), {"bestand": pdf("offerte.pdf")}).url == page
    assert client.post(f"{page}submit/", {"seen_state": "draft"}).url == page
    assert [file.name for file in client.get(page).context["receipt"].files] == ["offerte.pdf"]
    assert client.get(start).context["form"] is None


def test_offer_without_capacity_is_refused_next_to_the_field(client, selected, bidder):
    offer = actions.start_offer(selected, by=bidder, lot=selected.lots.get())
    response = sign_in(client, bidder).post(reverse("offer-answers", args=[offer.pk]), {"capacity": "0"})

    assert response.status_code == 422
    assert list(response.context["draft"]["answers_form"].errors) == ["capacity"]


def test_offer_for_a_lot_that_was_not_applied_for_is_refused(client, selected, bidder):
    other = selected.procedure.lots.exclude(pk__in=selected.lots.values("pk")).first()
    response = sign_in(client, bidder).post(reverse("offer-start", args=[selected.pk]), {"lot": other.pk})

    assert response.status_code == 422
    assert Offer.objects.count() == 0


def test_offer_is_missing_for_everybody_else(client, selected, bidder, rival, procurement_officer):
    offer = actions.start_offer(selected, by=bidder, lot=selected.lots.get())

    assert sign_in(client, rival).get(offer.get_absolute_url()).status_code == 404
    assert sign_in(client, rival).get(reverse("offer-start", args=[selected.pk])).status_code == 404
    assert sign_in(client, procurement_officer).get(offer.get_absolute_url()).status_code == 404
