"""The life of an envelope: what may be done with it when, and what nobody may ever."""

import datetime as dt
import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from documents.envelopes import actions, reading, shelf, uploads
from documents.envelopes.reading import NotReadable
from documents.models import Envelope, SealingBox
from lifecycle import trail
from lifecycle.actors import SYSTEM
from lifecycle.models import Entry
from lifecycle.steps import Blocked, fire, steps, transitions
from tests.documents.envelope_story import DEADLINE, OWNER, PDF, approve_both, fill, open_all

SECOND = dt.timedelta(seconds=1)
MINUTE = dt.timedelta(minutes=1)


def guards_of(refusal):
    return [reason.guard for reason in refusal.value.reasons]


# -- a draft ------------------------------------------------------------------------------------


def test_a_draft_is_read_by_its_makers_and_by_nobody_else(box, maker, colleague, rival, officer, buyer):
    envelope = fill(box, maker, answers={"price": "12.345"})

    for person in (maker, colleague):
        assert reading.answers(envelope, by=person) == {"price": "12.345"}
        assert b"".join(reading.stream_file(envelope, 1, by=person).chunks) == PDF
    for person in (rival, officer, buyer):
        with pytest.raises(NotReadable) as refusal:
            reading.read_manifest(envelope, by=person)
        assert refusal.value.reason == "not_its_maker"
        with pytest.raises(NotReadable):
            reading.stream_file(envelope, 1, by=person)


def test_nobody_fills_seals_or_discards_the_envelope_of_another(box, maker, rival, officer):
    envelope = fill(box, maker)

    for person in (rival, officer, SYSTEM):
        with pytest.raises(PermissionDenied):
            actions.start(box, owner=OWNER, by=person)
        with pytest.raises(PermissionDenied):
            uploads.take_in(envelope, by=person, name="x.pdf", chunks=[PDF])
        with pytest.raises(PermissionDenied):
            actions.write_answers(envelope, by=person, answers={})
        with pytest.raises(PermissionDenied):
            actions.remove_file(envelope, by=person, number=1)
        with pytest.raises(PermissionDenied):
            actions.seal(envelope, by=person)
        with pytest.raises(PermissionDenied):
            actions.replace(envelope, by=person)
        with pytest.raises(PermissionDenied):
            actions.withdraw(envelope, by=person)


def test_a_removed_file_is_gone_and_its_number_is_not_given_again(box, maker, django_capture_on_commit_callbacks):
    envelope = fill(box, maker)

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_file(envelope, by=maker, number=1)
    uploads.take_in(envelope, by=maker, name="offerte.pdf", chunks=[PDF])

    assert [file.number for file in reading.read_manifest(envelope, by=maker).files] == [2]
    assert [file.number for file in envelope.files.all()] == [2]
    assert not shelf.path(envelope.uid, 1).exists()


def test_a_second_file_of_the_same_name_is_refused_and_leaves_nothing(box, maker):
    envelope = fill(box, maker)

    with pytest.raises(Blocked) as refusal:
        uploads.take_in(envelope, by=maker, name="OFFERTE.PDF", chunks=[PDF])

    assert guards_of(refusal) == ["name_is_new"]
    assert [path.name for path in shelf.folder(envelope.uid).iterdir()] == ["1.bin"]


def test_nothing_is_started_or_filled_after_the_deadline(box, clock, maker):
    envelope = fill(box, maker)
    clock.travel_to(DEADLINE)

    for attempt in (
        lambda: actions.start(box, owner=OWNER, by=maker),
        lambda: uploads.take_in(envelope, by=maker, name="x.pdf", chunks=[PDF]),
        lambda: actions.write_answers(envelope, by=maker, answers={}),
    ):
        with pytest.raises(Blocked) as refusal:
            attempt()
        assert guards_of(refusal) == ["box_still_takes"]


# -- sealing ------------------------------------------------------------------------------------


def test_seal_destroys_the_draft_key_and_gives_a_receipt(box, clock, maker, colleague, rival):
    envelope = fill(box, maker, answers={"price": "12.345"})
    clock.travel_to(DEADLINE - SECOND)

    receipt = actions.seal(envelope, by=maker)

    envelope = Envelope.objects.get()
    assert (envelope.state, envelope.draft_key, envelope.opened_key) == ("sealed", None, None)
    assert (envelope.sealed_at, envelope.sealed_by) == (DEADLINE - SECOND, maker)
    (file,) = receipt.files
    assert (file.name, file.size, file.sha256) == ("offerte.pdf", len(PDF), hashlib.sha256(PDF).hexdigest())
    assert receipt.digests == (shelf.digest(envelope.uid, 1),)
    assert receipt.sealed_at == envelope.sealed_at
    assert reading.receipt_of(envelope, by=colleague) == receipt
    with pytest.raises(NotReadable):
        reading.receipt_of(envelope, by=rival)


def test_a_sealed_envelope_is_read_by_nobody(box, maker, rival, officer, buyer):
    envelope = fill(box, maker)
    actions.seal(envelope, by=maker)

    for person in (maker, rival, officer, buyer, SYSTEM):
        with pytest.raises(NotReadable) as refusal:
            reading.read_manifest(envelope, by=person)
        assert refusal.value.reason == "sealed"
        with pytest.raises(NotReadable):
            reading.stream_file(envelope, 1, by=person)


def test_seal_counts_to_the_last_moment_and_not_at_the_release(box, clock, maker):
    in_time, too_late = fill(box, maker), fill(box, maker)
    clock.travel_to(DEADLINE - dt.timedelta(microseconds=1))
    actions.seal(in_time, by=maker)
    clock.travel_to(DEADLINE)

    with pytest.raises(Blocked) as refusal:
        actions.seal(too_late, by=maker)

    assert guards_of(refusal) == ["box_still_takes"]
    assert Envelope.objects.get(pk=too_late.pk).state == "draft"


def test_the_moment_of_the_request_counts_even_if_the_lock_came_later(box, clock, maker):
    envelope = fill(box, maker)
    clock.travel_to(DEADLINE - SECOND)

    with clock.stamped():
        clock.travel_to(DEADLINE + MINUTE)
        receipt = actions.seal(envelope, by=maker)

    assert receipt.sealed_at == DEADLINE - SECOND


def test_seal_is_refused_once_the_box_was_released_whatever_the_stamp(box, clock, maker, officer, second_officer):
    envelope = fill(box, maker)
    approve_both(box, clock, officer, second_officer)
    clock.travel_to(DEADLINE - MINUTE)

    with pytest.raises(Blocked) as refusal:
        actions.seal(envelope, by=maker)
    assert guards_of(refusal) == ["box_still_takes"]


def test_seal_is_refused_twice(box, maker):
    envelope = fill(box, maker)
    actions.seal(envelope, by=maker)

    with pytest.raises(Blocked) as refusal:
        actions.seal(envelope, by=maker)
    assert guards_of(refusal) == ["is_a_draft"]


def test_seal_is_refused_when_a_stored_file_is_not_what_was_uploaded(box, maker):
    envelope = fill(box, maker)
    shelf.path(envelope.uid, 1).write_bytes(b"other")

    with pytest.raises(Blocked) as refusal:
        actions.seal(envelope, by=maker)
    assert guards_of(refusal) == ["files_are_stored_intact"]


def test_what_is_sealed_can_no_longer_be_filled(box, maker):
    envelope = fill(box, maker)
    actions.seal(envelope, by=maker)

    for attempt in (
        lambda: uploads.take_in(envelope, by=maker, name="x.pdf", chunks=[PDF]),
        lambda: actions.write_answers(envelope, by=maker, answers={}),
        lambda: actions.remove_file(envelope, by=maker, number=1),
    ):
        with pytest.raises(Blocked) as refusal:
            attempt()
        assert guards_of(refusal) == ["is_a_draft"]


def test_the_database_refuses_a_sealed_envelope_that_keeps_its_draft_key(box, maker):
    envelope = fill(box, maker)
    draft_key = envelope.draft_key
    actions.seal(envelope, by=maker)
    sealed = Envelope.objects.get()

    sealed.draft_key = draft_key
    with pytest.raises(IntegrityError), transaction.atomic():
        sealed.save()


# -- withdrawing and replacing ------------------------------------------------------------------


def test_a_withdrawn_envelope_is_never_opened(
    box, clock, maker, officer, second_officer, django_capture_on_commit_callbacks
):
    envelope = fill(box, maker)
    receipt = actions.seal(envelope, by=maker)

    with django_capture_on_commit_callbacks(execute=True):
        envelope = actions.withdraw(envelope, by=maker)
    approve_both(box, clock, officer, second_officer)

    assert envelope.state == "withdrawn"
    assert (envelope.draft_key, envelope.sealed_key, envelope.opened_key, envelope.manifest) == (None,) * 4
    assert not shelf.folder(envelope.uid).exists()
    with pytest.raises(Blocked) as refusal:
        actions.open_envelope(envelope, by=officer)
    assert guards_of(refusal) == ["wrong_state"]
    with pytest.raises(NotReadable) as unreadable:
        reading.read_manifest(envelope, by=maker)
    assert unreadable.value.reason == "withdrawn"
    assert reading.receipt_of(envelope, by=maker) == receipt


def test_withdraw_is_refused_after_the_deadline_and_a_draft_may_still_be_thrown_away(box, clock, maker):
    sealed, draft = fill(box, maker), fill(box, maker)
    actions.seal(sealed, by=maker)
    clock.travel_to(DEADLINE)

    with pytest.raises(Blocked) as refusal:
        actions.withdraw(sealed, by=maker)
    assert guards_of(refusal) == ["box_still_takes"]
    assert actions.withdraw(draft, by=maker).state == "withdrawn"


def test_a_replaced_envelope_stands_until_the_new_one_is_sealed(box, clock, maker, officer, second_officer):
    old = fill(box, maker, answers={"price": 1})
    actions.seal(old, by=maker)
    new = actions.replace(old, by=maker)
    actions.write_answers(new, by=maker, answers={"price": 2})
    assert Envelope.objects.get(pk=old.pk).state == "sealed"

    actions.seal(new, by=maker)
    opened = open_all(box, clock, officer, second_officer)

    assert Envelope.objects.get(pk=old.pk).state == "replaced"
    assert [reading.answers(each, by=officer) for each in opened] == [{"price": 2}]


def test_replace_is_refused_for_a_draft_and_twice(box, maker):
    envelope = fill(box, maker)
    with pytest.raises(Blocked) as refusal:
        actions.replace(envelope, by=maker)
    assert guards_of(refusal) == ["is_sealed"]
    actions.seal(envelope, by=maker)

    first = actions.replace(envelope, by=maker)
    with pytest.raises(Blocked) as twice:
        actions.replace(envelope, by=maker)
    assert guards_of(twice) == ["has_no_replacement"]
    actions.withdraw(first, by=maker)
    assert actions.replace(envelope, by=maker).replaces == envelope


# -- the declared lifecycle ---------------------------------------------------------------------


def test_the_lifecycles_are_exactly_these():
    def table(model):
        return {(each.source, each.name, each.target) for each in transitions(model)}

    assert table(SealingBox) == {
        ("sealing", "approve_first", "approved_once"),
        ("sealing", "close", "closed"),
        ("approved_once", "close", "closed"),
        ("approved_once", "approve_first", "approved_once"),
        ("approved_once", "release", "released"),
    }
    assert table(Envelope) == {
        ("draft", "seal", "sealed"),
        ("draft", "discard", "withdrawn"),
        ("sealed", "withdraw", "withdrawn"),
        ("sealed", "give_way", "replaced"),
        ("sealed", "open", "opened"),
        ("damaged", "open", "opened"),
        ("sealed", "report_damage", "damaged"),
        ("damaged", "report_damage", "damaged"),
    }


def test_no_verb_is_offered_or_fired_outside_its_action(box, clock, maker, officer):
    envelope = fill(box, maker)
    clock.travel_to(DEADLINE)

    assert steps(box, officer) == steps(envelope, maker) == []
    with pytest.raises(RuntimeError, match="call the action"):
        fire(envelope, "discard", by=maker)
    with pytest.raises(RuntimeError, match="call the action"):
        fire(box, "approve_first", by=officer, second_factor_at=clock.now())


def test_the_trail_of_a_whole_story_verifies(box, clock, maker, officer, second_officer):
    envelope = fill(box, maker, answers={"price": 1})
    actions.seal(envelope, by=maker)
    open_all(box, clock, officer, second_officer)

    assert list(trail.verify()) == []
    told = Entry.objects.filter(dossier=box.dossier).order_by("position").values_list("verb", flat=True)
    assert list(told) == ("make_box start_envelope add_file write_answers seal approve_first release open".split())
