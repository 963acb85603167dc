"""The trail as people read it: words for verbs, states and roles; names for staff only."""

import datetime as dt

import pytest

from accounts.models import RoleAssignment, User
from documents.models import Document
from lifecycle import telling, trail
from lifecycle.actors import SYSTEM
from lifecycle.history import history_of

DOSSIER = "procurement.procedure:1"


@pytest.fixture
def officer(clock):
    user = User.objects.create_user("aankoper@voorbeeld.example", name="A. Aankoper")
    RoleAssignment.objects.create(user=user, role="procurement_officer", since=clock.now())
    return user


@pytest.fixture
def document(officer):
    """A document that exists only in the trail: made, sealed by the system, looked at by an officer."""
    subject = Document(pk=7, dossier=DOSSIER)
    trail.record(subject, "render", by=SYSTEM, source="requested", target="rendered", facts={"pages": 6})
    trail.record(subject, "seal", by=SYSTEM, source="rendered", target="sealed", documents=["ab" * 32])
    trail.record(subject, "looked_at", by=officer, facts={"reason": "persoonlijk", "again": True})
    return subject


def test_history_tells_latest_first_in_words(document, officer):
    told = history_of(document, viewer=officer)

    assert [(entry.label, entry.source, entry.target) for entry in told] == [
        ("Looked at", "", ""),
        ("Verzegelen", "Opgemaakt", "Verzegeld"),
        ("Opmaken", "Wordt opgemaakt", "Opgemaakt"),
    ]
    assert told[1].documents == ["ab" * 32]
    assert told[2].facts == [("Bladzijden", "6")]
    assert told[0].facts[0] == ("Again", "ja")


def test_model_has_the_words_for_what_is_no_transition(document, officer, monkeypatch):
    monkeypatch.setattr(Document, "TRAIL_WORDS", {"looked_at": "Ingekeken"}, raising=False)

    assert history_of(document, viewer=officer)[0].label == "Ingekeken"


def test_staff_read_names_and_others_read_roles(document, officer, somebody):
    assert [(entry.who, entry.role) for entry in history_of(document, viewer=officer)][:2] == [
        ("A. Aankoper", "Aankoper"),
        ("Het systeem", ""),
    ]
    assert [(entry.who, entry.role) for entry in history_of(document, viewer=somebody)][:2] == [
        ("Aankoper", ""),
        ("Het systeem", ""),
    ]


def test_whole_dossier_names_each_subject(document, officer):
    other = Document(pk=8, dossier=DOSSIER)
    trail.record(other, "deliver", by=SYSTEM, source="sealed", target="delivered")

    assert [entry.subject for entry in history_of(document, viewer=officer)] == ["", "", ""]
    assert [entry.subject for entry in history_of(document, viewer=officer, whole_dossier=True)] == [
        "document 8",
        "",
        "",
        "",
    ]


def test_queries_do_not_grow_with_the_history(document, officer, django_assert_num_queries):
    officer.is_staff_member  # noqa: B018 -- roles are read once per request, before this
    for _each in range(20):
        trail.record(document, "looked_at", by=officer)

    with django_assert_num_queries(2):
        history_of(document, viewer=officer)


@pytest.fixture
def facts_of_a_day(officer):
    """An entry whose facts are all codes: a person, a moment, a day, digests, a policy."""
    subject = Document(pk=9, dossier=DOSSIER)
    facts = {
        "officer": officer,
        "opens_at": dt.datetime(2026, 3, 26, 11, 0, 1, tzinfo=dt.UTC),
        "notice_sent_on": dt.date(2026, 2, 16),
        "policy": trail.Code("vault"),
        "members": [],
    }
    trail.record(subject, "looked_at", by=officer, facts=facts)
    return subject


def test_facts_are_told_in_words_and_in_belgian_time(facts_of_a_day, officer):
    assert history_of(facts_of_a_day, viewer=officer)[0].facts == [
        ("Leden van de combinatie", "geen"),
        ("Aankondiging verzonden op", "ma 16 feb 2026"),
        ("Openingsverantwoordelijke", "A. Aankoper"),
        ("Verzegeld tot", "do 26 mrt 2026, 12.00.01 u"),
        ("Verzegelingsbeleid", "Kluis: twee openingsverantwoordelijken heffen de verzegeling samen op"),
    ]


def test_names_in_facts_are_for_staff(facts_of_a_day, officer, somebody):
    facts = dict(history_of(facts_of_a_day, viewer=somebody)[0].facts)

    assert facts["Openingsverantwoordelijke"] == f"gebruiker {officer.pk}"


def test_same_word_means_something_else_in_another_app():
    assert [telling.fact_name("reasons", app) for app in ("contracts", "procurement", "desk")] == [
        "Aantal redenen",
        "Motivering (vingerafdruk)",
        "Reasons",
    ]
