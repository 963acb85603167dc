"""The pages of questions, the public page of a procedure, and that nobody finds out who asked."""

import datetime as dt
import json

import pytest
from django.core import mail, serializers
from django.urls import reverse

from documents.models import Delivery, Document, Message
from lifecycle import outbox
from lifecycle.models import Entry
from lifecycle.steps import fire
from procurement import actions
from procurement.models import Question
from tests.people import sign_in
from tests.procurement.story import put
from tests.procurement.test_questions import answer, ask


def step(question, verb):
    return f"{question.get_absolute_url()}{verb}/"


def tab(procedure, name="vragen", **asked):
    return f"{procedure.get_absolute_url()}?tab={name}" + "".join(f"&{key}={value}" for key, value in asked.items())


@pytest.fixture
def asked(published, bidder, partner_org):
    return ask(published, by=bidder, organisation=partner_org)


@pytest.fixture
def answered(asked, published, procurement_officer, legal_officer):
    """One round with one question."""
    answer(asked, officer=procurement_officer, checker=legal_officer, text="Ja, met hun aandeel.")
    actions.publish_answers(published, by=procurement_officer)
    return Question.objects.get(pk=asked.pk)


# -- asking -------------------------------------------------------------------------------------


def test_candidate_asks_and_reads_back_the_own_question(client, published, bidder, partner_org):
    sign_in(client, bidder)
    page = client.get(reverse("question-ask", args=[published.pk]))
    data = {"organisation": partner_org.pk, "text": "Telt dit mee?", "about": "Punt 4", "way": "openly", "motive": ""}
    response = client.post(reverse("question-ask", args=[published.pk]), data)
    question = Question.objects.get()

    assert "do 5 mrt 2026, 24.00 u" in page.text
    assert response.url == question.get_absolute_url()
    assert "Telt dit mee?" in client.get(response.url).text
    assert "Telt dit mee?" in client.get(tab(published)).text


def test_late_question_is_refused_next_to_the_field_and_kept(client, published, bidder, partner_org, clock):
    clock.travel_to(clock.at(dt.date(2026, 3, 6), 0, 0, 1))
    sign_in(client, bidder)
    data = {"organisation": partner_org.pk, "text": "Telt dit mee?", "about": "", "way": "openly", "motive": ""}
    response = client.post(reverse("question-ask", args=[published.pk]), data)

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "text": [
            (
                "De termijn om vragen te stellen is voorbij. Vragen konden tot do 5 mrt 2026, 24.00 u. "
                "(het bekendgemaakte verloop van de procedure)"
            )
        ]
    }
    assert ">\nTelt dit mee?</textarea>" in response.text


def test_who_has_no_organisation_is_told_where_to_begin(client, published, stranger):
    response = sign_in(client, stranger).get(reverse("question-ask", args=[published.pk]))

    assert response.context["form"] is None
    assert reverse("organisation-register") in response.text


def test_sent_back_question_says_why_and_offers_to_ask_openly(
    client, published, bidder, partner_org, procurement_officer
):
    secret = ask(published, by=bidder, organisation=partner_org, confidential=True, motive="Een eigen methode.")
    actions.send_back_question(secret, by=procurement_officer, reason="Dit is voor iedereen van belang.")
    sign_in(client, bidder)
    page = client.get(secret.get_absolute_url())
    refused = client.post(
        step(secret, "ask_openly"), {"seen_state": "sent_back", "text": "Mag Kim Kandidaat dit?", "about": ""}
    )
    done = client.post(step(secret, "ask_openly"), {"seen_state": "sent_back", "text": "Mag dit?", "about": ""})

    assert "Dit is voor iedereen van belang." in page.text
    assert "Openlijk stellen" in page.text
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["text"])
    assert (done.status_code, Question.objects.get().state) == (302, "asked")


# -- answering ----------------------------------------------------------------------------------


def test_officer_writes_an_answer_from_the_words_that_were_asked(client, asked, procurement_officer):
    sign_in(client, procurement_officer)
    form = client.get(step(asked, "draft_answer")).context["form"]
    refused = client.post(step(asked, "draft_answer"), {"seen_state": "asked", "wording": "Mag dit?", "answer": " "})
    client.post(step(asked, "draft_answer"), {"seen_state": "asked", "wording": "Mag dit?", "answer": "Ja."})
    page = client.get(asked.get_absolute_url())

    assert form["wording"].initial == "Tellen trajecten in onderaanneming mee?"
    assert list(refused.context["form"].errors) == ["answer"]
    assert Question.objects.get().wording == "Mag dit?"
    assert "De vraag zoals iedereen ze leest" in page.text


def test_unanswered_questions_stand_on_the_pages_of_staff_with_their_last_day(client, asked, procurement_officer):
    sign_in(client, procurement_officer)
    home = client.get(reverse("home"))
    page = client.get(asked.procedure.get_absolute_url())
    listed = client.get(reverse("question-list"))

    urgent = [each for each in home.context["urgent"] if "vraag" in each.what]
    assert [(each.what, each.deadline) for each in urgent] == [
        ("1 vraag zonder bekendgemaakt antwoord", dt.date(2026, 3, 13))
    ]
    waits = [each for each in page.context["waiting"] if "vraag" in each["what"]]
    assert [each["until"] for each in waits] == [dt.date(2026, 3, 13)]
    assert [each.answer_by for each in listed.context["page_obj"]] == [dt.date(2026, 3, 13)]


def test_after_the_last_day_the_page_says_that_the_deadline_must_move(client, asked, procurement_officer, clock):
    clock.travel_to(clock.at(dt.date(2026, 3, 14), 9))
    page = sign_in(client, procurement_officer).get(asked.procedure.get_absolute_url())

    assert "te laat, verleng eerst de uiterste datum" in page.text


def test_officer_sees_what_all_will_read_and_publishes_it(client, asked, procurement_officer, legal_officer):
    answer(asked, officer=procurement_officer, checker=legal_officer)
    sign_in(client, procurement_officer)
    url = reverse("answers-publish", args=[asked.procedure.pk])
    preview = client.get(url)
    response = client.post(url)

    assert "Tellen trajecten in onderaanneming mee?" in preview.text
    assert preview.context["reasons"] == []
    assert response.url == tab(asked.procedure)
    assert "Nota van inlichtingen 1 is bekendgemaakt." in client.get(response.url).text


def test_late_round_is_refused_on_its_page_with_the_reason(client, asked, procurement_officer, legal_officer, clock):
    answer(asked, officer=procurement_officer, checker=legal_officer)
    clock.travel_to(clock.at(dt.date(2026, 3, 14), 9))
    sign_in(client, procurement_officer)
    url = reverse("answers-publish", args=[asked.procedure.pk])
    preview, response = client.get(url), client.post(url)

    assert [reason.guard for reason in preview.context["reasons"]] == ["answer_reaches_all_in_time"]
    assert response.status_code == 409
    assert "verleng eerst de uiterste datum" in response.text


def test_officer_moves_the_deadline_for_questions(client, published, procurement_officer):
    sign_in(client, procurement_officer)
    url = reverse("question-terms", args=[published.pk])
    refused = client.post(url, {"applications-until_0": "01/03/2026", "applications-until_1": "12.00"})
    later = {"applications-until_0": "10/03/2026", "applications-until_1": "12.00"}
    silent = client.post(url, later)
    done = client.post(url, later | {"applications-reason": "Er komen nog vragen."})
    page = client.get(tab(published))

    assert (refused.status_code, silent.status_code, done.status_code) == (422, 422, 302)
    assert "Zeg waarom deze termijn verandert." in silent.text
    assert "Een bekendgemaakte termijn om vragen te stellen wordt niet korter." in refused.text
    assert 'value="01/03/2026"' in refused.text
    assert "di 10 mrt 2026, 12.00 u" in page.text


# -- reading ------------------------------------------------------------------------------------


def test_anybody_reads_questions_by_round_and_finds_one_by_its_words(client, answered, published):
    page = client.get(tab(published))
    found, nothing = client.get(tab(published, tekst="aandeel")), client.get(tab(published, tekst="klaver"))

    assert 'id="v1"' in page.text
    assert (
        f"vraagsteller</span> {answered.asker.number}" in page.text
        or f"vraagsteller {answered.asker.number}" in page.text
    )
    assert "Nota van inlichtingen 1" in page.text
    assert [each.number for each in found.context["page_obj"]] == [1]
    assert list(nothing.context["page_obj"]) == []
    assert "Geen vraag of antwoord met deze tekst." in nothing.text


def test_link_to_a_question_turns_to_its_page(client, answered, published):
    for number in range(2, 61):
        copied = {
            field.attname: getattr(answered, field.attname)
            for field in Question._meta.concrete_fields
            if field.name != "id"
        }
        Question.objects.bulk_create([Question(**copied | {"number": number})])

    page = client.get(tab(published, vraag=60)).context["page_obj"]
    assert (page.number, [each.number for each in page][-1]) == (3, 60)
    assert client.get(tab(published, vraag=999)).context["page_obj"].number == 1


def test_documents_stand_with_their_earlier_versions_folded(client, published, clock):
    moment = {"rendered_at": clock.now(), "sealed_at": clock.now(), "rendered_sha256": "0" * 64, "sha256": "0" * 64}
    made = {"size": 1000, "pages": 2}
    for _version in range(3):
        actions.preparing.request_document(
            kind="selection_guide", subject=published, context=_guide(published), by=published.submitted_by, public=True
        )
    for document in Document.objects.filter(kind="selection_guide"):
        put(document, "sealed", **moment, **made)
    page = client.get(tab(published, "documenten"))

    (latest,) = page.context["papers"]
    assert (latest.running, latest.version, [each.running for each in latest.older]) == (4, 4, [3, 2, 1])
    assert "Eerdere versies" in page.text
    assert "versie 4" in page.text


def _guide(procedure):
    from procurement import contexts

    return contexts.selection_guide(procedure)


def test_page_says_how_to_take_part_and_who_can_open(client, published):
    page = client.get(tab(published, "deelnemen"))

    assert "Kluis: twee openingsverantwoordelijken heffen de verzegeling samen op" in page.text
    assert "do 19 mrt 2026, 12.00.01 u" in page.text


# -- nobody finds out ---------------------------------------------------------------------------


def test_before_publication_only_asker_and_authority_find_a_question(
    client, asked, published, rival, stranger, evaluator, opening_officer, procurement_officer
):
    for person in (rival, stranger, evaluator, opening_officer):
        visitor = sign_in(type(client)(), person)
        assert visitor.get(asked.get_absolute_url()).status_code == 404
        assert visitor.get(step(asked, "withdraw")).status_code == 404
        assert asked.text not in visitor.get(tab(published)).text
        assert asked.text not in visitor.get(reverse("question-list")).text
        assert asked.text not in visitor.get(reverse("question-list") + "?text=onderaanneming").text
    anybody = client.get(tab(published, tekst="onderaanneming"))
    assert list(anybody.context["page_obj"]) == []
    assert asked.text in sign_in(client, procurement_officer).get(asked.get_absolute_url()).text


def test_colleagues_of_the_asker_do_not_read_an_answer_before_it_is_told(
    client, asked, procurement_officer, legal_officer, bidder
):
    answer(asked, officer=procurement_officer, checker=legal_officer, text="Ja, met hun aandeel.")
    page = sign_in(client, bidder).get(asked.get_absolute_url())

    assert "Ja, met hun aandeel." not in page.text
    assert ("Gesteld" in page.text, "Antwoord nagezien" in page.text) == (True, False)
    assert list(client.get(reverse("question-list") + "?text=aandeel").context["page_obj"]) == []
    assert len(client.get(reverse("question-list") + "?state=asked").context["page_obj"]) == 1


def test_others_read_the_edited_words_and_never_those_that_were_asked(
    client, published, bidder, partner_org, procurement_officer, legal_officer, rival
):
    question = ask(published, by=bidder, organisation=partner_org, text="Mag onze Zonnebloemmethode?")
    drafted = fire(question, "draft_answer", by=procurement_officer, wording="Mag een eigen methode?", answer="Ja.")
    fire(drafted, "approve_answer", by=legal_officer)
    published_round = actions.publish_answers(published, by=procurement_officer)

    for person in (None, rival):
        visitor = type(client)() if person is None else sign_in(type(client)(), person)
        text = visitor.get(tab(published)).text
        assert ("Mag een eigen methode?" in text, "Zonnebloemmethode" in text) == (True, False)
        assert list(visitor.get(tab(published, tekst="Zonnebloem")).context["page_obj"]) == []
    assert "Zonnebloemmethode" not in json.dumps(published_round.document.context)
    assert "Mag onze Zonnebloemmethode?" in sign_in(client, procurement_officer).get(question.get_absolute_url()).text


ADDRESSES = ["procedure", "question-list", "home", "procedure-list", "public", "documents:documents", "answers-publish"]


def test_name_of_the_asker_stands_nowhere(
    client,
    published,
    rival,
    rival_org,
    procurement_officer,
    legal_officer,
    auditor,
    decision_maker,
    bidder,
    application,
):
    """On no page, in no paper, mail, export or entry: of a person and an organisation that do nothing but ask."""
    names = [rival.name, rival.email, rival_org.name, rival_org.enterprise_number]
    openly = ask(published, by=rival, organisation=rival_org, text="Mag dit?")
    secret = ask(published, by=rival, organisation=rival_org, text="En dit?", confidential=True, motive="Eigen werk.")
    returned = ask(published, by=rival, organisation=rival_org, text="Of dit?", confidential=True, motive="Eigen werk.")
    taken_back = ask(published, by=rival, organisation=rival_org, text="Toch niet?")
    fire(taken_back, "withdraw", by=rival)
    answer(openly, officer=procurement_officer, checker=legal_officer)
    fire(secret, "accept_confidentiality", by=procurement_officer, answer="Dat mag.")
    actions.send_back_question(returned, by=procurement_officer, reason="Dit is niet geheim.")
    before = [openly, secret, returned, taken_back]

    assert _found(client, names, published, before, (procurement_officer, legal_officer, auditor, bidder)) == {}

    actions.answer_alone(Question.objects.get(pk=secret.pk), by=legal_officer)
    fire(Question.objects.get(pk=returned.pk), "ask_openly", by=rival, text="Of dit?", about="")
    actions.publish_answers(published, by=procurement_officer)
    mail.outbox.clear()
    outbox.sweep()

    people = (None, procurement_officer, legal_officer, auditor, decision_maker, bidder)
    assert _found(client, names, published, before, people) == {}
    # The only mails that reach the asker are those about the own questions; no word of them names anybody.
    assert {name for name in names for message in mail.outbox if name in message.body + message.subject} == set()
    kept = [Entry.objects.all(), Message.objects.all(), Delivery.objects.all()]
    texts = [serializers.serialize("json", rows) for rows in kept]
    texts += [json.dumps(document.context) for document in Document.objects.all()]
    assert {name for name in names for text in texts if name in text} == set()
    assert rival_org.ref not in "".join(texts)


def _found(client, names, procedure, questions, people):
    found = {}
    for person in people:
        visitor = type(client)() if person is None else sign_in(type(client)(), person)
        pages = [question.get_absolute_url() for question in questions]
        pages += [tab(procedure, name) for name in ("percelen", "documenten", "vragen", "aanvragen", "verloop")]
        pages += [
            reverse(name, args=[procedure.pk] if "publish" in name or name == "procedure" else []) for name in ADDRESSES
        ]
        pages += [reverse("procedure-list") + "?export=csv"]
        for page in pages:
            response = visitor.get(page)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            if told := [name for name in names if name.encode() in content]:
                found[str(person), page] = told
    return found


def test_history_names_nobody_for_a_question(client, asked, procurement_officer):
    page = sign_in(client, procurement_officer).get(asked.get_absolute_url())

    assert [(entry.label, entry.who, entry.role) for entry in page.context["told"]] == [
        ("Vraag gesteld", "De vraagsteller", "")
    ]
