"""The life of an envelope and its box: what each may do when, and what nobody may ever."""

import datetime as dt
import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction

from documents.envelopes import actions, reading, sealing, shelf, uploads
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


# -- the box ------------------------------------------------------------------------------------


def test_make_box_keeps_the_private_key_under_the_vault_key_only(box):
    assert len(bytes(box.public_key)) == 32
    assert box.private_key.split(".")[0] == "1"
    assert (box.state, box.policy, box.first_officer, box.second_officer) == ("sealing", "vault", None, None)


def test_make_box_is_refused_twice_for_a_phase_and_for_a_past_deadline(box, clock, buyer):
    facts = {"subject": box.subject, "dossier": box.dossier, "by": buyer}

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.make_box(phase=box.phase, opens_at=DEADLINE, **facts)
    with pytest.raises(Blocked) as refusal:
        actions.make_box(phase="other", opens_at=clock.now(), **facts)
    assert guards_of(refusal) == ["new_deadline_is_ahead"]


def test_two_officers_release_together_after_the_deadline(box, clock, officer, second_officer):
    clock.travel_to(DEADLINE)

    box = actions.approve_release(box, by=officer, second_factor_at=clock.now())
    assert (box.state, box.first_officer, box.is_released) == ("approved_once", officer, False)
    clock.travel_to(DEADLINE + 14 * MINUTE)
    box = actions.approve_release(box, by=second_officer, second_factor_at=clock.now() - 4 * MINUTE)

    assert (box.state, box.first_officer, box.second_officer) == ("released", officer, second_officer)
    assert box.released_at == DEADLINE + 14 * MINUTE
    told = Entry.objects.filter(subject=box.ref).order_by("position").values_list("verb", "actor", "target")
    assert list(told) == [
        ("make_box", told[0][1], ""),
        ("approve_first", f"user:{officer.pk}", "approved_once"),
        ("release", f"user:{second_officer.pk}", "released"),
    ]


def test_release_before_the_deadline_is_refused_with_the_moment_and_remembered(box, clock, officer):
    clock.travel_to(DEADLINE - SECOND)

    with pytest.raises(Blocked) as refusal:
        actions.approve_release(box, by=officer, second_factor_at=clock.now())

    (reason,) = refusal.value.reasons
    assert (reason.guard, reason.opens_at) == ("moment_of_release_has_come", DEADLINE)
    assert str(reason) == (
        "De uiterste datum is nog niet voorbij. De verzegeling kan worden opgeheven vanaf do 19 mrt 2026, 12.00.01 u."
    )
    last = Entry.objects.filter(subject=box.ref).latest("position")
    assert (last.verb, last.facts, last.actor) == (
        "release_refused",
        {"reasons": ["moment_of_release_has_come"]},
        f"user:{officer.pk}",
    )


def test_the_same_officer_twice_does_not_release(box, clock, officer):
    clock.travel_to(DEADLINE)
    actions.approve_release(box, by=officer, second_factor_at=clock.now())

    with pytest.raises(Blocked) as refusal:
        actions.approve_release(box, by=officer, second_factor_at=clock.now())

    assert guards_of(refusal) == ["officers_are_two"]
    assert SealingBox.objects.get().state == "approved_once"


@pytest.mark.parametrize(
    "age", [5 * MINUTE + SECOND, -SECOND, None], ids=["older than five minutes", "in the future", "none"]
)
def test_a_second_factor_that_is_not_fresh_is_refused(box, clock, officer, second_officer, age):
    clock.travel_to(DEADLINE)
    given = clock.now() - age if age is not None else None

    with pytest.raises(Blocked) as first:
        actions.approve_release(box, by=officer, second_factor_at=given)
    actions.approve_release(box, by=officer, second_factor_at=clock.now() - 5 * MINUTE)
    with pytest.raises(Blocked) as second:
        actions.approve_release(box, by=second_officer, second_factor_at=given)

    assert guards_of(first) == guards_of(second) == ["second_factor_is_fresh"]


def test_a_first_approval_lapses_and_the_next_one_is_a_first_again(box, clock, officer, second_officer):
    clock.travel_to(DEADLINE)
    actions.approve_release(box, by=officer, second_factor_at=clock.now())
    clock.travel_to(DEADLINE + 15 * MINUTE + SECOND)

    box = actions.approve_release(box, by=second_officer, second_factor_at=clock.now())
    assert (box.state, box.first_officer) == ("approved_once", second_officer)
    box = actions.approve_release(box, by=officer, second_factor_at=clock.now())

    assert (box.state, box.first_officer, box.second_officer) == ("released", second_officer, officer)


def test_nobody_but_an_opening_officer_releases(box, clock, buyer, maker):
    clock.travel_to(DEADLINE)

    for person in (buyer, maker, SYSTEM):
        with pytest.raises(PermissionDenied):
            actions.approve_release(box, by=person, second_factor_at=clock.now())


def test_a_released_box_is_not_released_again(box, clock, officer, second_officer):
    approve_both(box, clock, officer, second_officer)

    with pytest.raises(Blocked) as refusal:
        actions.approve_release(box, by=officer, second_factor_at=clock.now())
    assert guards_of(refusal) == ["wrong_state"]


def test_the_database_refuses_a_release_by_one_person_or_before_the_deadline(box, clock, officer, second_officer):
    behind_the_door = models.QuerySet(SealingBox).filter(pk=box.pk)
    approved = {"first_officer": officer, "first_approved_at": DEADLINE}

    for columns in (
        approved | {"second_officer": officer},
        approved | {"second_officer": second_officer, "released_at": DEADLINE - SECOND},
        approved | {"second_officer": None, "released_at": DEADLINE},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            behind_the_door.update(state="released", **columns)


def test_move_deadline_moves_the_moment_for_everybody_and_is_kept(box, clock, buyer, maker):
    envelope = fill(box, maker)
    later = DEADLINE + dt.timedelta(days=3)

    box = actions.move_deadline(box, opens_at=later, by=buyer)
    clock.travel_to(DEADLINE + MINUTE)

    assert actions.seal(envelope, by=maker).sealed_at == DEADLINE + MINUTE
    entry = Entry.objects.get(verb="move_deadline")
    assert entry.facts == trail.plain({"opens_at": later, "instead_of": DEADLINE})


@pytest.mark.parametrize(
    "now,new,reasons",
    [
        (DEADLINE - MINUTE, DEADLINE - 2 * MINUTE, ["deadline_moves_later", "new_deadline_is_ahead"]),
        (DEADLINE - MINUTE, DEADLINE - SECOND, ["deadline_moves_later"]),
        (DEADLINE, DEADLINE + MINUTE, ["deadline_is_ahead"]),
    ],
)
def test_move_deadline_is_refused_to_earlier_and_afterwards(box, clock, buyer, maker, now, new, reasons):
    fill(box, maker)
    clock.travel_to(now)

    with pytest.raises(Blocked) as refusal:
        actions.move_deadline(box, opens_at=new, by=buyer)
    assert guards_of(refusal) == reasons


def test_move_deadline_is_refused_once_a_release_has_begun(box, clock, buyer, officer):
    clock.travel_to(DEADLINE)
    actions.approve_release(box, by=officer, second_factor_at=clock.now())

    with pytest.raises(Blocked) as refusal:
        actions.move_deadline(box, opens_at=DEADLINE + MINUTE, by=buyer)
    assert guards_of(refusal) == ["no_release_has_begun", "deadline_is_ahead"]


def test_an_empty_box_may_still_move_earlier(box, buyer):
    assert actions.move_deadline(box, opens_at=DEADLINE - MINUTE, by=buyer).opens_at == DEADLINE - MINUTE


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


# -- opening ------------------------------------------------------------------------------------


def test_open_is_refused_before_two_officers_released_the_box(box, clock, maker, officer):
    envelope = fill(box, maker)
    actions.seal(envelope, by=maker)

    with pytest.raises(Blocked) as early:
        actions.open_envelope(envelope, by=officer)
    clock.travel_to(DEADLINE)
    actions.approve_release(box, by=officer, second_factor_at=clock.now())
    with pytest.raises(Blocked) as alone:
        actions.open_envelope(envelope, by=officer)

    assert [(reason.guard, reason.opens_at) for reason in early.value.reasons] == [("box_is_released", DEADLINE)]
    assert [(reason.guard, reason.opens_at) for reason in alone.value.reasons] == [("box_is_released", None)]
    with pytest.raises(RuntimeError, match="not released"):
        sealing.examine(envelope)


def test_what_was_opened_is_read_as_it_was_made(box, clock, maker, officer, second_officer):
    large = PDF + bytes(range(256)) * 9000
    envelope = fill(box, maker, answers={"price": "12.345"})
    uploads.take_in(envelope, by=maker, name="bijlage.pdf", chunks=[large[:70_000], large[70_000:]])
    actions.seal(envelope, by=maker)

    (opened,) = open_all(box, clock, officer, second_officer)

    assert (opened.state, opened.damage, opened.is_readable) == ("opened", "", True)
    assert reading.answers(opened, by=officer) == {"price": "12.345"}
    for person in (officer, maker):
        file = reading.stream_file(opened, 2, by=person)
        assert (file.name, file.content_type, file.size) == ("bijlage.pdf", "application/pdf", len(large))
        assert b"".join(file.chunks) == large
    with pytest.raises(NotReadable) as missing:
        reading.stream_file(opened, 3, by=officer)
    assert missing.value.reason == "no_such_file"


def test_the_system_opens_a_released_box_and_others_do_not(box, clock, maker, buyer, officer, second_officer):
    envelope = fill(box, maker)
    actions.seal(envelope, by=maker)
    approve_both(box, clock, officer, second_officer)

    for person in (maker, buyer):
        with pytest.raises(PermissionDenied):
            actions.open_envelope(envelope, by=person)
    assert actions.open_envelope(envelope, by=SYSTEM).state == "opened"


def test_a_damaged_envelope_is_reported_and_does_not_stop_the_others(box, clock, maker, officer, second_officer):
    broken, sound = fill(box, maker, answers={"price": 1}), fill(box, maker)
    uploads.take_in(broken, by=maker, name="bijlage.pdf", chunks=[PDF])
    actions.seal(broken, by=maker)
    actions.seal(sound, by=maker)
    path = shelf.path(broken.uid, 2)
    stored = path.read_bytes()
    path.write_bytes(stored[:-1] + bytes([stored[-1] ^ 1]))

    damaged, opened = open_all(box, clock, officer, second_officer)

    assert (opened.state, damaged.state, damaged.damage, damaged.is_readable) == ("opened", "damaged", "files", True)
    assert list(damaged.files.values_list("number", "intact")) == [(1, True), (2, False)]
    assert reading.answers(damaged, by=officer) == {"price": 1}
    assert b"".join(reading.stream_file(damaged, 1, by=officer).chunks) == PDF
    with pytest.raises(NotReadable) as refusal:
        reading.stream_file(damaged, 2, by=officer)
    assert refusal.value.reason == "damaged"
    entry = Entry.objects.get(verb="report_damage")
    assert (entry.facts["damage"], entry.facts["damaged_files"]) == ("files", [2])

    path.write_bytes(stored)
    mended = actions.open_envelope(damaged, by=officer)
    assert (mended.state, mended.damage) == ("opened", "")
    assert b"".join(reading.stream_file(mended, 2, by=officer).chunks) == PDF


def swap_files(one, other):
    here, there = shelf.path(one.uid, 1), shelf.path(other.uid, 1)
    ours = here.read_bytes()
    here.write_bytes(there.read_bytes())
    there.write_bytes(ours)


def swap_columns(*names):
    def swap(one, other):
        one, other = Envelope.objects.get(pk=one.pk), Envelope.objects.get(pk=other.pk)
        for name in names:
            ours, theirs = getattr(one, name), getattr(other, name)
            setattr(one, name, theirs)
            setattr(other, name, ours)
        one.save()
        other.save()

    return swap


def delete_file(one, other):
    for envelope in (one, other):
        shelf.path(envelope.uid, 1).unlink()


def forge_digest(one, other):
    for envelope in (one, other):
        envelope.files.update(sha256="0" * 64)


def drop_row(one, other):
    for envelope in (one, other):
        envelope.files.all().delete()


def backdate(one, other):
    Envelope.objects.update(sealed_at=one.box.made_at - MINUTE)


@pytest.mark.parametrize(
    "tamper,damage",
    [
        (swap_files, "files"),
        (delete_file, "files"),
        (swap_columns("sealed_key"), "key"),
        (swap_columns("sealed_key", "seal_digest"), "key"),
        (swap_columns("manifest"), "manifest"),
        (swap_columns("manifest", "manifest_sha256"), "key"),
        (swap_columns("owner"), "key"),
        (forge_digest, "key"),
        (drop_row, "key"),
        (backdate, "key"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__qualname__.split(".")[0],
)
def test_tampering_with_what_was_sealed_is_found_at_the_opening(
    box, clock, maker, officer, second_officer, tamper, damage
):
    one = fill(box, maker)
    other = fill(box, maker, owner="partners.organisation:8")
    sealed = [actions.seal(envelope, by=maker) for envelope in (one, other)]
    tamper(*Envelope.objects.order_by("pk"))

    opened = open_all(box, clock, officer, second_officer)

    assert len(sealed) == 2
    assert [(each.state, each.damage) for each in opened] == [("damaged", damage)] * 2


def test_a_missing_vault_key_is_no_damage(box, clock, maker, officer, second_officer, settings, tmp_path):
    from documents.envelopes.keys import KeyUnusableError

    envelope = fill(box, maker)
    actions.seal(envelope, by=maker)
    approve_both(box, clock, officer, second_officer)
    right, settings.KEY_DIR = settings.KEY_DIR, tmp_path / "elsewhere"

    with pytest.raises(KeyUnusableError):
        actions.open_envelope(envelope, by=officer)
    settings.KEY_DIR = right
    assert actions.open_envelope(envelope, by=officer).state == "opened"


# -- the declared lifecycle ---------------------------------------------------------------------


def test_the_lifecycles_are_exactly_these():
    def table(model):
        return {(each.source, each.name, each.target) for each in transitions(model)}

    assert table(SealingBox) == {
        ("sealing", "approve_first", "approved_once"),
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
