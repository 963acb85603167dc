"""Questions: asked in time, answered to all at once with four eyes, and never with the name of who asked."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from documents.models import Delivery, Document, Message
from lifecycle import outbox, steps
from lifecycle.models import Entry
from lifecycle.steps import Blocked, fire
from procurement import actions
from procurement.forms.questions import AskForm, TermsForm
from procurement.models import Addendum, Procedure, Question, QuestionAsker
from procurement.models.question_terms import terms_of
from tests.procurement.story import DEADLINE, put

PUBLISHED_RULE = "het bekendgemaakte verloop van de procedure"


def ask(procedure, *, by, organisation, text="Tellen trajecten in onderaanneming mee?", **more):
    return actions.ask_question(procedure, by=by, organisation=organisation, text=text, **more)


def answer(question, *, officer, checker, text="Ja."):
    question = fire(question, "draft_answer", by=officer, wording=question.text, answer=text)
    return fire(question, "approve_answer", by=checker)


@pytest.fixture
def asked(published, bidder, partner_org):
    return ask(published, by=bidder, organisation=partner_org)


@pytest.fixture
def secret(published, bidder, partner_org):
    return ask(published, by=bidder, organisation=partner_org, confidential=True, motive="Een eigen methode.")


def guards_of(refusal):
    return [reason.guard for reason in refusal.value.reasons]


# -- the terms ----------------------------------------------------------------------------------


def test_terms_are_reckoned_backwards_from_the_deadline(published):
    terms = terms_of(published, "applications")

    assert DEADLINE.date() == dt.date(2026, 3, 19)
    assert terms.answers_until == dt.date(2026, 3, 13)
    assert terms.questions_until.date() == dt.date(2026, 3, 6)
    assert (terms.questions_until.hour, terms.questions_until.minute) == (0, 0)


def test_terms_move_with_the_deadline(published, clock):
    Procedure.objects.filter(pk=published.pk).update(applications_deadline=DEADLINE + dt.timedelta(days=7))

    assert terms_of(Procedure.objects.get(), "applications").answers_until == dt.date(2026, 3, 20)


def test_terms_of_a_phase_without_deadline_are_empty(published):
    terms = terms_of(published, "offers")

    assert (terms.deadline, terms.questions_until, terms.answers_until) == (None, None, None)
    assert (terms.takes_questions, terms.takes_answers, terms.is_ahead) == (False, False, False)


def test_officer_chooses_another_deadline_for_questions(published, procurement_officer, clock):
    until = clock.at(dt.date(2026, 3, 10), 12)
    chosen = {"phase": "applications", "until": until, "reason": "Er komen nog vragen."}
    procedure = actions.set_questions_deadline(published, by=procurement_officer, **chosen)

    assert terms_of(procedure, "applications").questions_until == until
    assert Entry.objects.filter(verb="set_questions_deadline").get().facts == {
        "phase": "applications",
        "questions_until": "2026-03-10T11:00:00.000000+00:00",
    }
    addendum = Addendum.objects.get()
    assert (addendum.kind, addendum.reason, addendum.new_questions_until) == (
        "extension",
        "Er komen nog vragen.",
        until,
    )
    assert Document.objects.get(kind="addendum").context["introduction"] == (
        "De aanbesteder verlengt de termijn om vragen te stellen, voor iedereen gelijk."
    )


@pytest.mark.parametrize(
    "day,reason,refused",
    [(4, "Nog vragen.", "questions_deadline_is_not_sooner"), (10, " ", "reason_is_given")],
)
def test_a_running_deadline_for_questions_moves_later_alone_and_with_a_reason(
    published, procurement_officer, clock, day, reason, refused
):
    until = clock.at(dt.date(2026, 3, day), 12)
    with pytest.raises(Blocked) as refusal:
        actions.set_questions_deadline(
            published, by=procurement_officer, phase="applications", until=until, reason=reason
        )

    assert guards_of(refusal) == [refused]
    assert terms_of(Procedure.objects.get(), "applications").questions_until == clock.at(dt.date(2026, 3, 6))


@pytest.mark.parametrize(
    "day,hour,errors",
    [
        ("07/03/2026", "12.00", {}),
        ("14/03/2026", "0.00", {}),
        (
            "05/03/2026",
            "12.00",
            {"until": [f"Een bekendgemaakte termijn om vragen te stellen wordt niet korter. ({PUBLISHED_RULE})"]},
        ),
        (
            "14/03/2026",
            "0.01",
            {
                "until": [
                    (
                        "Er blijft geen dag over om te antwoorden. Vragen kunnen hoogstens tot vr 13 mrt 2026, 24.00 u. "
                        "(art. 45, derde lid, wet van 17 juni 2016 betreffende de concessieovereenkomsten)"
                    )
                ]
            },
        ),
    ],
)
def test_chosen_deadline_is_never_sooner_and_leaves_time(published, day, hour, errors):
    data = {"applications-until_0": day, "applications-until_1": hour, "applications-reason": "Nog vragen."}
    form = TermsForm(data, procedure=published, phase="applications")

    assert form.errors == errors


# -- asking -------------------------------------------------------------------------------------


def test_question_is_taken_in_without_a_word_of_who_asked(asked, bidder):
    entry = Entry.objects.filter(verb="ask").get()

    assert (asked.state, asked.phase) == ("asked", "applications")
    assert (entry.dossier, entry.target) == (asked.procedure.ref, "asked")
    assert set(entry.facts) == {"phase", "confidential", "question"}
    assert entry.facts["question"].startswith("sha256:")


def test_question_until_the_second_of_its_deadline(published, bidder, partner_org, clock):
    until = terms_of(published, "applications").questions_until
    clock.travel_to(until)
    ask(published, by=bidder, organisation=partner_org)
    clock.travel_to(until + dt.timedelta(seconds=1))
    with pytest.raises(Blocked) as refusal:
        ask(published, by=bidder, organisation=partner_org)

    assert [str(reason) for reason in refusal.value.reasons] == [
        "De termijn om vragen te stellen is voorbij. Vragen konden tot do 5 mrt 2026, 24.00 u."
    ]
    assert Question.objects.count() == 1


def test_question_needs_a_phase_that_runs(draft, bidder, partner_org):
    with pytest.raises(Blocked) as refusal:
        ask(draft, by=bidder, organisation=partner_org)

    assert guards_of(refusal)[0] == "phase_takes_questions"


def test_nobody_asks_for_an_organisation_of_others(published, rival, stranger, procurement_officer, partner_org):
    for person in (rival, stranger, procurement_officer):
        with pytest.raises(PermissionDenied):
            ask(published, by=person, organisation=partner_org)

    assert not QuestionAsker.objects.exists()


def test_questions_of_one_asker_have_one_number(published, bidder, partner_org, rival, rival_org):
    first = ask(published, by=bidder, organisation=partner_org)
    other = ask(published, by=rival, organisation=rival_org)
    second = ask(published, by=bidder, organisation=partner_org)

    assert first.asker == second.asker
    assert first.asker.number != other.asker.number
    assert {first.asker.number, other.asker.number} <= set(range(1, 100))


def test_numbers_of_askers_do_not_follow_the_order_of_arrival(published, make_askers):
    """Sixty in the order in which they came, drawn from ninety-nine or more: sorted once in more than 10^80 times."""
    numbers = make_askers(60)

    assert len(set(numbers)) == 60
    assert numbers != sorted(numbers)


@pytest.fixture
def make_askers(published):
    from procurement.actions.asking import _asker
    from tests.people import make_organisation

    def make(count):
        return [_asker(published, make_organisation(f"Vrager {each} Fictief vzw")).number for each in range(count)]

    return make


FORM = {"text": "Telt dit mee?", "about": "", "way": "openly", "motive": ""}


@pytest.mark.parametrize(
    "changes,errors",
    [
        ({}, []),
        ({"way": "confidentially", "motive": "Een eigen methode."}, []),
        ({"way": "confidentially"}, ["motive"]),
        ({"text": " "}, ["text"]),
        ({"text": "Mag voorbeeldpartner alfa VZW dat ook?"}, ["text"]),
        ({"about": "Kim Kandidaat, bladzijde 4"}, ["about"]),
        ({"way": "confidentially", "motive": "Kim Kandidaat vraagt het."}, ["motive"]),
    ],
)
def test_form_refuses_what_tells_who_asks(published, bidder, partner_org, changes, errors):
    form = AskForm(FORM | {"organisation": partner_org.pk} | changes, procedure=published, user=bidder)

    assert list(form.errors) == errors


def test_form_offers_only_own_organisations(published, bidder, partner_org, rival_org):
    form = AskForm(FORM | {"organisation": rival_org.pk}, procedure=published, user=bidder)

    assert list(form.fields["organisation"].queryset) == [partner_org]
    assert list(form.errors) == ["organisation"]


# -- answering to all ---------------------------------------------------------------------------


def test_answer_is_looked_at_by_a_second_person(asked, procurement_officer, legal_officer):
    drafted = fire(asked, "draft_answer", by=procurement_officer, wording="Tellen die mee?", answer="Ja.")
    with pytest.raises(PermissionDenied):
        fire(drafted, "approve_answer", by=procurement_officer)
    checked = fire(drafted, "approve_answer", by=legal_officer)

    assert (checked.state, checked.answered_by, checked.checked_by) == ("checked", procurement_officer, legal_officer)
    assert (checked.text, checked.wording) == ("Tellen trajecten in onderaanneming mee?", "Tellen die mee?")
    facts = Entry.objects.get(verb="draft_answer").facts
    assert {name: value[:7] for name, value in facts.items()} == {"wording": "sha256:", "answer": "sha256:"}


def test_database_refuses_one_person_for_both(asked, procurement_officer, clock):
    with pytest.raises(IntegrityError):
        put(
            asked,
            "checked",
            answer="Ja.",
            answered_by=procurement_officer,
            answered_at=clock.now(),
            checked_by=procurement_officer,
        )


def test_answer_that_is_sent_back_is_written_anew(asked, procurement_officer, legal_officer):
    drafted = fire(asked, "draft_answer", by=procurement_officer, wording="W", answer="Ja.")
    returned = fire(drafted, "return_answer", by=legal_officer, reason="Verwijs naar het artikel.")
    again = fire(returned, "draft_answer", by=procurement_officer, wording="W", answer="Ja, art. 49.")

    assert (returned.state, returned.return_reason) == ("asked", "Verwijs naar het artikel.")
    assert (again.state, again.return_reason, again.answer) == ("answered", "", "Ja, art. 49.")


def test_changing_a_checked_answer_asks_a_second_look_again(asked, procurement_officer, legal_officer):
    checked = answer(asked, officer=procurement_officer, checker=legal_officer)
    changed = fire(checked, "draft_answer", by=procurement_officer, wording="W", answer="Neen.")

    assert (changed.state, changed.checked_by) == ("answered", None)


def test_round_publishes_what_is_checked_to_everybody(
    published, asked, application, rival, rival_org, procurement_officer, legal_officer
):
    answer(asked, officer=procurement_officer, checker=legal_officer)
    waiting = ask(published, by=rival, organisation=rival_org, text="Een andere vraag?")
    first = actions.publish_answers(published, by=procurement_officer)
    answer(waiting, officer=procurement_officer, checker=legal_officer, text="Neen.")
    second = actions.publish_answers(published, by=procurement_officer)

    found = list(Question.objects.order_by("number").values_list("number", "state", "round__number"))
    assert found == [(1, "published", 1), (2, "published", 2)]
    assert [(each.document.title, each.document.kind) for each in (first, second)] == [
        ("Nota van inlichtingen 1", "question_list"),
        ("Nota van inlichtingen 2", "question_list"),
    ]
    assert first.document.context["questions"] == [
        {
            "number": 1,
            "asker": asked.asker.number,
            "about": "",
            "question": "Tellen trajecten in onderaanneming mee?",
            "answer": "Ja.",
        }
    ]
    assert all(each.document.public_from for each in (first, second))
    messages = Message.objects.filter(reason="answers_published").order_by("pk")
    assert [each.title for each in messages] == [
        "2026-001: Nota van inlichtingen 1",
        "2026-001: Nota van inlichtingen 2",
    ]
    # The candidate with an open draft is told; that somebody asked tells nobody anything.
    assert [each.recipient for each in Delivery.objects.filter(message=messages[0])] == [application.participant.ref]


def test_nothing_checked_is_nothing_to_publish(published, asked, procurement_officer):
    with pytest.raises(Blocked) as refusal:
        actions.publish_answers(published, by=procurement_officer)

    assert guards_of(refusal) == ["some_answer_is_ready"]


def test_only_who_may_publish_does(published, asked, procurement_officer, legal_officer, evaluator, bidder):
    answer(asked, officer=procurement_officer, checker=legal_officer)
    for person in (legal_officer, evaluator, bidder):
        with pytest.raises(PermissionDenied):
            actions.publish_answers(published, by=person)


def test_late_answer_is_refused_until_the_deadline_moves(published, asked, procurement_officer, legal_officer, clock):
    answer(asked, officer=procurement_officer, checker=legal_officer)
    clock.travel_to(clock.at(dt.date(2026, 3, 14), 9))
    with pytest.raises(Blocked) as refusal:
        actions.publish_answers(published, by=procurement_officer)
    documents = Document.objects.filter(kind="question_list").count()
    Procedure.objects.filter(pk=published.pk).update(applications_deadline=DEADLINE + dt.timedelta(days=5))
    actions.publish_answers(published, by=procurement_officer)

    assert [(str(reason), str(reason.ground)) for reason in refusal.value.reasons] == [
        (
            (
                "Een antwoord kan iedereen niet meer tijdig voor de uiterste datum bereiken. Dat kon tot en met vr 13 mrt "
                "2026: verleng eerst de uiterste datum."
            ),
            "art. 45, derde lid, wet van 17 juni 2016 betreffende de concessieovereenkomsten",
        )
    ]
    assert documents == 0
    assert Question.objects.get().state == "published"


def test_answer_on_the_last_day_reaches_all_in_time(published, asked, procurement_officer, legal_officer, clock):
    answer(asked, officer=procurement_officer, checker=legal_officer)
    clock.travel_to(clock.at(dt.date(2026, 3, 13), 23, 59, 59))

    assert actions.publish_answers(published, by=procurement_officer).number == 1


def test_unanswered_in_time_is_what_still_waits_in_the_phase_that_runs(
    published, asked, secret, bidder, partner_org, procurement_officer, legal_officer
):
    withdrawn = ask(published, by=bidder, organisation=partner_org)
    fire(withdrawn, "withdraw", by=bidder)
    assert set(published.questions.unanswered_in_time()) == {asked, secret}

    actions.send_back_question(secret, by=procurement_officer, reason="Dit is niet geheim.")
    answer(asked, officer=procurement_officer, checker=legal_officer)
    assert set(published.questions.unanswered_in_time()) == {asked}

    actions.publish_answers(published, by=procurement_officer)
    assert not published.questions.unanswered_in_time().exists()


def test_questions_of_a_phase_that_is_over_wait_no_more(published, asked):
    put(published, "applications_closed")

    assert not Question.objects.unanswered_in_time().exists()
    assert Question.objects.unanswered().count() == 1


# -- confidential -------------------------------------------------------------------------------


def test_accepted_question_is_answered_to_its_asker_alone(secret, procurement_officer, legal_officer, bidder):
    accepted = fire(secret, "accept_confidentiality", by=procurement_officer, answer="Dat mag.")
    assert accepted.state_told(bidder) == "confidential"
    with pytest.raises(PermissionDenied):
        actions.answer_alone(accepted, by=procurement_officer)
    answered = actions.answer_alone(accepted, by=legal_officer)
    mail.outbox.clear()
    outbox.sweep()

    assert (answered.state, answered.number, answered.round) == ("answered_alone", None, None)
    assert not Document.objects.filter(kind="question_list").exists()
    assert not Message.objects.exists()
    told = [message for message in mail.outbox if "vraag" in message.subject]
    assert [(message.to, message.subject) for message in told] == [([bidder.email], "2026-001: over uw vraag")]
    assert "Dat mag." not in told[0].body
    assert Question.objects.get().told_at is not None


def test_accepted_answer_may_come_back_to_be_thought_over(secret, procurement_officer, legal_officer):
    accepted = fire(secret, "accept_confidentiality", by=procurement_officer, answer="Dat mag.")
    returned = fire(accepted, "return_acceptance", by=legal_officer, reason="Dit is voor iedereen van belang.")

    assert (returned.state, returned.return_reason) == ("confidential", "Dit is voor iedereen van belang.")


def test_question_that_is_sent_back_is_asked_openly(secret, procurement_officer, bidder, rival):
    returned = actions.send_back_question(secret, by=procurement_officer, reason="Dit is voor iedereen van belang.")
    with pytest.raises(PermissionDenied):
        fire(returned, "ask_openly", by=rival, text="Mag dit?", about="")
    openly = fire(returned, "ask_openly", by=bidder, text="Mag dit?", about="Punt 4")

    assert (openly.state, openly.text, openly.about, openly.confidential) == ("asked", "Mag dit?", "Punt 4", False)
    assert openly.sent_back_reason == "Dit is voor iedereen van belang."


def test_question_that_is_sent_back_may_be_withdrawn(secret, procurement_officer, bidder):
    returned = actions.send_back_question(secret, by=procurement_officer, reason="Dit is voor iedereen van belang.")

    assert fire(returned, "withdraw", by=bidder).state == "withdrawn"
    assert [step.verb for step in steps.steps(returned, bidder)] == ["ask_openly", "withdraw"]


def test_confidential_question_without_motive_is_refused_by_the_database(asked):
    with pytest.raises(IntegrityError):
        Question.objects.filter(pk=asked.pk).update(confidential=True, motive="")
