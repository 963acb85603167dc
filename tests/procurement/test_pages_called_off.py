"""The public page once a procedure is called off invites nobody and promises nothing; and papers in their versions."""

import datetime as dt

import pytest

from documents.models import Document
from lifecycle import clock
from procurement import actions
from procurement.milestones import timeline_of
from procurement.models import Procedure
from tests.people import sign_in
from tests.procurement.changes import drafted, new_weights
from tests.procurement.story import put

REASON = "De behoefte viel weg.\n\nEr komt een andere procedure."


@pytest.fixture
def called_off(submitted, published, decision_maker):
    clock.travel_to(clock.at(dt.date(2026, 3, 2), 10))
    return actions.cancel(Procedure.objects.get(pk=published.pk), by=decision_maker, reason=REASON)


def tab(client, procedure, name):
    return client.get(f"{procedure.get_absolute_url()}?tab={name}")


def test_nothing_is_asked_or_handed_in_any_more(client, called_off):
    questions, taking = tab(client, called_off, "vragen").text, tab(client, called_off, "deelnemen").text

    assert "stellen kan tot" not in questions
    assert "stellen kon tot" not in questions
    assert "De procedure is stopgezet: deelnemen kan niet meer." in taking
    assert "Stel u kandidaat" not in taking
    assert "Gesloten zonder opening" in taking


def test_what_was_planned_lapses(client, called_off):
    page = tab(client, called_off, "planning")

    assert page.text.count("<td>vervallen</td>") == len(page.context["lines"])
    assert [mark.milestone.label for mark in timeline_of(called_off).marks] == ["Selectieleidraad"]


def test_lots_lapse_for_whoever_reads(client, called_off, procurement_officer):
    for reader in (client, sign_in(type(client)(), procurement_officer)):
        page = tab(reader, called_off, "percelen").text
        assert page.count("Vervallen") == 2
        assert ">Open<" not in page


def test_the_reason_stands_below_the_title_in_its_paragraphs(client, called_off):
    page = client.get(called_off.get_absolute_url()).text

    assert page.index("<h1") < page.index("Waarom dit eindigde")
    assert "<p>De behoefte viel weg.</p>" in page
    assert "<p>Er komt een andere procedure.</p>" in page


# -- versions of a paper --------------------------------------------------------------------------------


@pytest.fixture
def rectified(published, procurement_officer, legal_officer):
    """With its papers as if a worker had made them a day late."""
    addendum = drafted(published, by=procurement_officer, wanted=new_weights(published))
    actions.publish_addendum(addendum, by=legal_officer)
    for document in Document.objects.all():
        made = dict.fromkeys(["rendered_sha256", "sha256"], f"{document.pk:064x}")
        late = dict.fromkeys(["rendered_at", "sealed_at"], clock.now() + dt.timedelta(days=1))
        put(document, "sealed", size=1000, pages=1, **made, **late)
    return Procedure.objects.get(pk=published.pk)


def test_the_guide_is_one_paper_with_its_earlier_version(client, rectified):
    papers = {paper.kind: paper for paper in tab(client, rectified, "documenten").context["papers"]}

    assert papers["selection_guide"].title == "Selectieleidraad, versie 2"
    assert [older.title for older in papers["selection_guide"].older] == ["Selectieleidraad"]
    assert papers["selection_guide"].version == 2


def test_the_front_page_shows_each_paper_as_it_reads_now(client, rectified):
    item = client.get("/bekendmakingen/").context["procedures"][0]

    assert [document.title for document in item["documents"]] == ["Selectieleidraad, versie 2"]


def test_the_guide_tells_the_weights_that_were_rectified(rectified):
    first, second = Document.objects.filter(kind="selection_guide").order_by("pk")

    assert [each["weight"] for each in first.context["award_criteria"]] == [60, 40]
    assert [each["weight"] for each in second.context["award_criteria"]] == [50, 50]


def test_a_paper_is_dated_by_what_it_prints(client, rectified):
    """Made late, it still speaks from the moment that it was asked for."""
    page = tab(client, rectified, "documenten").text

    assert page.count("ma 16 feb 2026, ") == 3
    assert "di 17 feb 2026" not in page


def test_the_guide_says_what_binds(rectified):
    document = Document.objects.filter(kind="selection_guide").latest("pk")

    assert {"what": "Begin van de dienstverlening", "when": "1 januari 2027", "binding": True} in document.context[
        "timeline"
    ]
