"""The opening of envelopes: after the release, all of them, whatever state one of them is in."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from documents.envelopes import actions, reading, sealing, shelf, uploads
from documents.envelopes.reading import NotReadable
from documents.models import Envelope
from lifecycle.actors import SYSTEM
from lifecycle.models import Entry
from lifecycle.steps import Blocked
from tests.documents.envelope_story import DEADLINE, PDF, approve_both, fill, open_all

SECOND = dt.timedelta(seconds=1)
MINUTE = dt.timedelta(minutes=1)


def guards_of(refusal):
    return [reason.guard for reason in refusal.value.reasons]


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
