"""Templates and clauses: versions, four eyes, and a refusal that names the line."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from documents import actions, initial_texts
from documents.models import Clause, ClauseVersion, Template, TemplateVersion
from lifecycle.steps import Blocked, fire, steps
from tests.documents.paper_story import CODES, made, request


@pytest.fixture
def template(clock):
    return Template.objects.get(kind="selection_letter")


def draft(template, by, body="<p>{{ addressee.name }} is geselecteerd. {{ next }}</p>"):
    return actions.draft_version(template, body=body, by=by)


def test_fresh_database_has_the_texts_of_the_house(db):
    assert sorted(TemplateVersion.objects.approved().values_list("template__kind", flat=True)) == sorted(CODES)
    assert set(ClauseVersion.objects.approved().values_list("clause__code", flat=True)) == {
        "ondertekening", "rechtsmiddelen", "rechtsmiddelen-toelating", "wachttermijn",
    }  # fmt: skip
    assert initial_texts.load() == 0


def test_approved_draft_takes_the_place_of_the_version_before(template, jurist, second_jurist):
    version = draft(template, jurist)
    assert (version.number, version.state) == (2, "draft")

    approved = actions.approve_text(version, by=second_jurist)

    assert (approved.state, approved.approved_by) == ("approved", second_jurist)
    assert list(template.versions.order_by("number").values_list("number", "state")) == [
        (1, "retired"),
        (2, "approved"),
    ]


def test_who_wrote_a_version_does_not_approve_it(template, jurist):
    version = draft(template, jurist)

    assert steps(version, jurist) == []
    with pytest.raises(PermissionDenied):
        actions.approve_text(version, by=jurist)
    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateVersion.objects.filter(pk=version.pk).update(approved_by=jurist)


def test_approval_happens_through_its_action_only(template, jurist, second_jurist):
    with pytest.raises(RuntimeError, match=r"documents\.approve_text"):
        fire(draft(template, jurist), "approve", by=second_jurist)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>een</p>\n<p>{{ onbekend }}</p>", "Regel 2: de variabele “onbekend” bestaat niet."),
        ("{% include 'x' %}", "Regel 1: de constructie “Include” is niet toegelaten."),
        ("<p>x</p>\n\n<script></script>", "Regel 3: het HTML-element <script> is niet toegelaten."),
        ("<p><strong>x</p>", "Regel 1: </p> sluit niets dat open staat."),
    ],
)
def test_text_with_a_fault_is_refused_when_saved_naming_the_line(template, jurist, body, fault):
    with pytest.raises(ValidationError) as refusal:
        draft(template, jurist, body)

    assert fault in refusal.value.message_dict["body"]
    assert template.versions.count() == 1


def test_draft_that_no_longer_fits_its_kind_is_not_approved(template, jurist, second_jurist):
    version = draft(template, jurist)
    version.body = "{{ onbekend }}"
    version.save()

    with pytest.raises(Blocked) as refusal:
        actions.approve_text(version, by=second_jurist)
    assert str(refusal.value.reasons[0]) == ("De tekst bevat fouten. Regel 1: de variabele “onbekend” bestaat niet.")


def test_open_draft_is_written_over_and_an_approved_text_never(template, jurist, second_jurist):
    draft(template, jurist)
    version = draft(template, jurist, "<p>{{ next }}</p>")
    assert template.versions.count() == 2

    approved = actions.approve_text(version, by=second_jurist)
    approved.body = "<p>anders</p>"
    with pytest.raises(TypeError, match="new version"):
        approved.save()


def test_only_legal_staff_write_texts(template, buyer):
    with pytest.raises(PermissionDenied):
        draft(template, buyer)


def test_document_keeps_the_version_it_was_made_with(template, buyer, jurist, second_jurist, seal_keys):
    before = request(by=buyer)
    actions.approve_text(draft(template, jurist), by=second_jurist)
    after = request(by=buyer)

    assert [document.template_version.number for document in (made(before), made(after))] == [1, 2]


def test_clause_is_checked_in_every_kind_that_uses_it(jurist, clock):
    clause = Clause.objects.get(code="wachttermijn")

    actions.draft_version(clause, body="<p>{{ standstill.days }} dagen</p>", by=jurist)
    with pytest.raises(ValidationError) as refusal:
        actions.draft_version(clause, body="<p>{{ applied_on }}</p>", by=jurist)
    assert refusal.value.message_dict["body"] == ["Regel 1: de variabele “applied_on” bestaat niet."]
