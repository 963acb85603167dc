"""A document's life: requested with its data, made once, never changed."""

import hashlib

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from documents import actions, kinds, signatures, storage, tasks
from documents.models import Document
from lifecycle import clock as legal_clock
from lifecycle import outbox, trail
from lifecycle.actors import SYSTEM
from lifecycle.models import Entry, Owed
from lifecycle.steps import fire
from tests.documents.envelope_story import OWNER
from tests.documents.paper_story import Subject, made, request

pytestmark = pytest.mark.usefixtures("seal_keys")


def test_request_fixes_the_data_and_owes_the_work(buyer):
    document = request("selection_letter", by=buyer, addressee=OWNER)

    assert (document.number, document.state, document.title) == (
        "2026-001-BSE-01",
        "requested",
        "Mededeling van uw selectie",
    )
    assert document.context["document"] == {
        "number": "2026-001-BSE-01",
        "title": "Mededeling van uw selectie",
        "date": "2026-02-16",
        "dossier": "2026-001",
    }
    assert document.clauses.keys() == {"ondertekening"}
    assert Owed.objects.values_list("kind", "key", "payload").get() == (
        "documents.render", f"{document.pk}/1", {"document": document.pk},
    )  # fmt: skip
    assert Entry.objects.filter(dossier=Subject().dossier).values_list("verb", "actor").get() == (
        "request", f"user:{buyer.pk}",
    )  # fmt: skip


def test_documents_of_a_dossier_are_numbered_on(buyer):
    numbers = [request(kind, by=buyer).number for kind in ("selection_letter", "award_letter")]
    elsewhere = request(by=SYSTEM, subject=Subject("admission.call:1", "admission.call:1"), prefix="OH-1").number

    assert numbers == ["2026-001-BSE-01", "2026-001-BGU-02"]
    assert elsewhere == "OH-1-BSE-01"


def test_made_document_is_sealed_stored_and_in_the_trail(buyer):
    document = made(request(by=buyer))
    data = document.file.read_bytes()

    assert document.state == "sealed"
    assert (document.sha256, document.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert document.file == storage.path_of(document.sha256)
    assert document.pages == 1
    assert document.fingerprint["weasyprint"] == "70.0"
    assert signatures.verify(data, at=legal_clock.now()).reasons == []
    assert list(Entry.objects.filter(subject=document.ref).values_list("verb", "target").order_by("position")) == [
        ("request", "requested"), ("render", "rendered"), ("seal", "sealed"),
    ]  # fmt: skip
    assert list(trail.verify()) == []


def test_sealed_document_witnesses_for_the_chain(buyer):
    request(by=buyer)
    second = made(request(by=buyer))

    assert second.trail_head.startswith("1:")
    with connection.cursor() as cursor:
        cursor.execute("update documents_document set trail_head = %s where id = %s", ["1:" + "0" * 64, second.pk])
    assert [str(finding) for finding in trail.verify()] == [
        f"procurement.procedure:7 #1: document {second.number} knows it with another digest"
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda data: data.pop("lots"), "lots is missing"),
        (lambda data: data.update(secret="x"), "secret is not foreseen"),
        (lambda data: data.update(lots="B1"), "lots: a list is expected"),
        (lambda data: data["procedure"].pop("number"), "procedure.number is missing"),
        (lambda data: data.update(next=None), "Regel 2: een gegeven is leeg."),
    ],
)
def test_data_that_departs_from_the_kind_is_refused_at_once(buyer, change, problem):
    data = {**kinds.kind_of("selection_letter").sample()}
    data["procedure"] = dict(data["procedure"])
    change(data)

    with pytest.raises(actions.DataRefused, match=problem.replace("(", r"\(")):
        request(by=buyer, context=data, prefix="X")
    assert Document.objects.count() == 0


def test_data_that_is_not_plain_is_refused(buyer):
    data = kinds.kind_of("selection_letter").sample() | {"next": 1.5}

    with pytest.raises(TypeError):
        request(by=buyer, context=data)


# -- the worker is killed -----------------------------------------------------------------------


def pdfs(settings):
    return sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def test_work_that_was_done_twice_makes_one_file_and_one_history(buyer, settings):
    document = request(by=buyer)
    first, second = tasks.make({"document": document.pk}), tasks.make({"document": document.pk})
    for finish in (first, second):
        with transaction.atomic():
            finish()

    assert len(pdfs(settings)) == 1
    assert Entry.objects.filter(subject=document.ref, verb="seal").count() == 1
    assert tasks.make({"document": document.pk}) is None


def test_work_that_was_interrupted_is_done_once_later(buyer, settings, clock):
    document = request(by=buyer)
    tasks.make({"document": document.pk})
    left = pdfs(settings)
    clock.travel_to(legal_clock.at(legal_clock.today(), 18))

    after = made(document)

    assert pdfs(settings) == left == [after.file]
    assert after.state == "sealed"
    assert Owed.objects.filter(done_at=None).count() == 0


def test_text_that_cannot_be_made_fails_and_can_be_tried_again(buyer, jurist, settings):
    document = request(by=buyer)
    broken = {**document.context, "lots": None}
    with connection.cursor() as cursor:
        cursor.execute("update documents_document set context = %s where id = %s", ["{}", document.pk])

    failed = made(document)
    assert (failed.state, failed.failure != "", pdfs(settings)) == ("failed", True, [])

    with connection.cursor() as cursor:
        cursor.execute(
            "update documents_document set context = %s where id = %s",
            [trail.canonical(broken | {"lots": document.context["lots"]}).decode(), document.pk],
        )
    again = made(actions.retry_document(Document.objects.get(pk=document.pk), by=jurist))
    assert (again.state, again.attempt, again.failure) == ("sealed", 2, "")


def test_damaged_file_is_told(buyer):
    document = made(request(by=buyer))
    document.file.chmod(0o600)
    document.file.write_bytes(b"%PDF-1.7 something else")

    with pytest.raises(storage.FileIsDamaged):
        storage.read(document.sha256)


# -- it never changes ---------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["context", "title", "dossier", "sha256", "pages", "fingerprint", "rendered_sha256"])
def test_sealed_document_never_changes(buyer, column):
    document = made(request(by=buyer))
    setattr(document, column, "x")

    with pytest.raises(TypeError, match="never changes"):
        document.save()
    with pytest.raises(TypeError, match="never changes"):
        Document.objects.filter(pk=document.pk).update(**{column: "x"})


def test_request_never_changes_either(buyer):
    document = Document.objects.get(pk=request(by=buyer).pk)
    document.addressee = "partners.organisation:99"

    with pytest.raises(TypeError, match="addressee"):
        document.save()


def test_document_is_never_deleted(buyer):
    document = request(by=buyer)

    with pytest.raises(TypeError):
        document.delete()
    with pytest.raises(TypeError):
        Document.objects.all().delete()


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "sealed"},
        {"state": "rendered"},
        {"state": "failed"},
        {"state": "geheim"},
        {"state": "delivered", "sha256": "a", "size": 1, "pages": 1},
    ],
)
def test_database_refuses_a_state_without_its_facts(buyer, columns):
    document = request(by=buyer)
    sets = ", ".join(f"{name} = %s" for name in columns)

    statement = f"update documents_document set {sets} where id = %s"  # noqa: S608 -- our own column names
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [*columns.values(), document.pk])


def test_nobody_makes_documents_by_hand(buyer):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        fire(request(by=buyer), "give_up", by=buyer, failure="x")


# -- who sees it --------------------------------------------------------------------------------


def test_documents_are_visible_to_staff_and_to_whom_they_are_for(buyer, maker, rival):
    hers = made(request(by=buyer, addressee=OWNER))
    public = made(request("selection_guide", by=buyer))
    internal = made(request("award_decision", by=buyer))
    waiting = request(by=buyer, addressee=OWNER)

    def seen(user):
        return set(Document.objects.visible_to(user))

    assert seen(buyer) == {hers, public, internal, waiting}
    assert seen(maker) == {hers, public}
    assert seen(rival) == {public}
    assert seen(AnonymousUser()) == {public}
    assert [user.has_perm("documents.view_document", hers) for user in (buyer, maker, rival)] == [True, True, False]
    assert rival.has_perm("documents.view_document", public)
    assert not maker.has_perm("documents.view_document", waiting)


def test_outbox_handlers_are_registered():
    assert {"documents.render", "documents.send_letter"} <= outbox._handlers.keys()
