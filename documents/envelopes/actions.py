"""What happens to boxes and envelopes: made, filled, sealed, withdrawn, released, opened.

Upper apps call these inside their own actions. Every function locks the box before the envelope, and takes the row
afresh: use what is returned.
"""

import datetime as dt
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction

from documents.envelopes import guards, sealing, shelf
from documents.envelopes.container import DamagedError, Digests
from documents.envelopes.manifest import Manifest, Receipt, SealedFile
from documents.models import Envelope, EnvelopeFile, SealingBox, Upload
from lifecycle import clock, trail
from lifecycle.actors import is_system
from lifecycle.guards import Guard, Reason
from lifecycle.steps import Blocked, action, fire

# -- the box ------------------------------------------------------------------------------------


@action("documents.make_box")
def make_box(*, subject: str, phase: str, dossier: str, opens_at: dt.datetime, by) -> SealingBox:
    """Make the box of a phase. `opens_at` is the first moment of release: the second after the deadline."""
    box = SealingBox(subject=subject, phase=phase, dossier=dossier, opens_at=opens_at, made_at=clock.now())
    _require(box, guards.new_deadline_is_ahead, facts={"opens_at": opens_at})
    sealing.make_key_pair(box)
    box.save()
    key = trail.Code(sealing.fingerprint(box))
    facts = {"phase": trail.Code(phase), "policy": trail.Code(box.policy), "opens_at": opens_at, "public_key": key}
    trail.record(box, "make_box", by=by, facts=facts)
    return box


@action("documents.move_deadline")
def move_deadline(box: SealingBox, *, opens_at: dt.datetime, by) -> SealingBox:
    """Move the moment of release, before it has come. Who may is decided by the verb of the procedure that calls this."""
    return _move(box, opens_at, by, guards.no_release_has_begun, guards.deadline_is_ahead)


@action("documents.prolong_box")
def prolong(box: SealingBox, *, opens_at: dt.datetime, by) -> SealingBox:
    """Move the moment of release to later, also just after it came, as long as no officer approved a release.

    Only for what nobody could foresee (an outage): what was read, or could have been, is never sealed again.
    """
    return _move(box, opens_at, by, guards.no_release_has_begun, guards.deadline_only_moves_later)


def _move(box, opens_at, by, *conditions):
    box = _locked_box(box)
    conditions += (guards.deadline_moves_later, guards.new_deadline_is_ahead)
    _require(box, *conditions, facts={"opens_at": opens_at})
    facts = {"opens_at": opens_at, "instead_of": box.opens_at}
    box.opens_at = opens_at
    box.save()
    trail.record(box, "move_deadline", by=by, facts=facts)
    return box


@action("documents.close_box")
def close(box: SealingBox, *, by) -> SealingBox:
    """Close a box for good: what is in it stays sealed, nobody opens it and nothing comes in. A released one stays as it is.

    Who may is decided by the verb of the procedure that calls this.
    """
    box = _locked_box(box)
    return box if box.is_released else fire(box, "close", by=by)


def remember_refused_release(box, refusal, *, by):
    """An attempt to release too early, alone or without a fresh second factor stays in the record."""
    facts = {"reasons": [trail.Code(reason.guard) for reason in refusal.reasons]}
    trail.record(box, "release_refused", by=by, facts=facts)


@action("documents.approve_release", refused=remember_refused_release)
def approve_release(box: SealingBox, *, by, second_factor_at: dt.datetime | None) -> SealingBox:
    """Approve the release of a box: the first officer opens the way, a second one within fifteen minutes releases.

    `second_factor_at` is when this officer last gave a second factor in this session, as the session recorded it; the
    caller must never take it from the request. Raises `Blocked` with all reasons and the moment, `PermissionDenied`.
    """
    box = _locked_box(box)
    waits_for_second = box.state == box.State.APPROVED_ONCE and box.first_approval_stands
    verb = "approve_first" if box.state != box.State.RELEASED and not waits_for_second else "release"
    return fire(box, verb, by=by, second_factor_at=second_factor_at, officer=by)


# -- a draft ------------------------------------------------------------------------------------


@action("documents.start_envelope")
def start(box: SealingBox, *, owner: str, by, subject: str = "") -> Envelope:
    """Begin a draft for a party, named by its ref."""
    return _begin(Envelope(box=_locked_box(box), owner=owner, subject=subject), by)


@action("documents.replace_envelope")
def replace(envelope: Envelope, *, by) -> Envelope:
    """Begin the draft that will take the place of a sealed envelope, which stands until the new one is sealed."""
    old = _locked(envelope)
    _require_owner(old, by)
    _require(old, guards.is_sealed, guards.has_no_replacement)
    return _begin(Envelope(box=old.box, owner=old.owner, subject=old.subject, replaces=old), by)


def _begin(envelope, by):
    _require_owner(envelope, by)
    _require(envelope, guards.box_still_takes)
    envelope.started_by, envelope.started_at = by, clock.now()
    sealing.begin(envelope)
    envelope.save()
    trail.record(envelope, "start_envelope", by=by)
    return envelope


def require_fillable(envelope: Envelope, *, by) -> None:
    """Refuse now what would be refused after an upload: another person, a sealed envelope, a deadline that is over."""
    with clock.stamped(), transaction.atomic():
        _fillable(envelope, by)


def number_for_next_file(envelope: Envelope, *, by) -> int:
    """A number that no other file of this envelope has or had: its place on disk and part of its binding."""
    with clock.stamped(), transaction.atomic():
        envelope = _fillable(envelope, by)
        envelope.last_number += 1
        envelope.save()
    return envelope.last_number


@action("documents.add_file")
def add_file(
    envelope: Envelope, *, by, number: int, name: str, content_type: str, digests: Digests, scanned: bool | None = None
) -> Envelope:
    """Take a stored container into the draft. Use `uploads` or `resumable`, which check the file and write the container."""
    envelope = _fillable(envelope, by)
    content_key = sealing.draft_key(envelope)
    manifest = sealing.read_manifest(envelope, content_key)
    _require_new_name(envelope, manifest, name)
    new = SealedFile(number, name, content_type, digests.size, digests.sha256, scanned)
    files = tuple(sorted((*manifest.files, new), key=lambda file: file.number))
    EnvelopeFile.objects.create(
        envelope=envelope, number=number, size=digests.stored_size, sha256=digests.stored_sha256
    )
    _save_manifest(envelope, content_key, Manifest(files, manifest.answers))
    facts = {"number": number, "stored_sha256": trail.Code(digests.stored_sha256), "scanned": scanned}
    trail.record(envelope, "add_file", by=by, facts=facts)
    return envelope


@action("documents.begin_upload")
def begin_upload(envelope: Envelope, *, by, name: str, details: bytes) -> Upload:
    """Reserve a place for a file that comes in over several requests. `details` says what it is, for its makers only."""
    envelope = _fillable(envelope, by)
    content_key = sealing.draft_key(envelope)
    _require_new_name(envelope, sealing.read_manifest(envelope, content_key), name)
    envelope.last_number += 1
    envelope.save()
    upload = Upload(envelope=envelope, number=envelope.last_number, started_by=by, touched_at=clock.now())
    upload.details = sealing.seal_upload(upload, content_key, details)
    upload.save()
    return upload


@action("documents.end_upload")
def end_upload(upload: Upload, *, by, **file) -> Envelope:
    """The file came in whole: it becomes a file of the draft. Raises `Upload.DoesNotExist` where it was thrown away."""
    envelope = add_file(upload.envelope, by=by, number=upload.number, **file)
    deleted, _each = Upload.objects.filter(pk=upload.pk).delete()
    if not deleted:
        raise Upload.DoesNotExist
    return envelope


def drop_uploads(uploads) -> None:
    """Forget uploads that are not finished, and remove their ciphertext."""
    for upload in uploads.select_related("envelope"):
        upload.delete()
        transaction.on_commit(partial(shelf.remove, upload.envelope.uid, upload.number))


def _require_new_name(envelope, manifest, name):
    _require(envelope, guards.name_is_new, facts={"name": name, "names": [file.name for file in manifest.files]})


@action("documents.remove_file")
def remove_file(envelope: Envelope, *, by, number: int) -> Envelope:
    """Take a file out of the draft and remove its ciphertext. Raises `EnvelopeFile.DoesNotExist` for another number."""
    envelope = _fillable(envelope, by)
    envelope.files.get(number=number).delete()
    content_key = sealing.draft_key(envelope)
    manifest = sealing.read_manifest(envelope, content_key)
    files = tuple(file for file in manifest.files if file.number != number)
    _save_manifest(envelope, content_key, Manifest(files, manifest.answers))
    trail.record(envelope, "remove_file", by=by, facts={"number": number})
    transaction.on_commit(lambda: shelf.remove(envelope.uid, number))
    return envelope


@action("documents.write_answers")
def write_answers(envelope: Envelope, *, by, answers: dict, merge=None) -> Envelope:
    """Keep the answers of the draft (plain data that JSON knows), prices included, in place of the earlier ones.

    `merge(answers, kept)`: puts them together with those that are kept now, or refuses.
    """
    envelope = _fillable(envelope, by)
    content_key = sealing.draft_key(envelope)
    manifest = sealing.read_manifest(envelope, content_key)
    if merge:
        answers = merge(answers, manifest.answers)
    _save_manifest(envelope, content_key, Manifest(manifest.files, answers))
    trail.record(envelope, "write_answers", by=by)
    return envelope


def _fillable(envelope, by):
    envelope = _locked(envelope)
    _require_owner(envelope, by)
    _require(envelope, guards.is_a_draft, guards.box_still_takes)
    return envelope


def _save_manifest(envelope, content_key, manifest):
    sealing.write_manifest(envelope, content_key, manifest)
    envelope.save()


# -- sealing and withdrawing --------------------------------------------------------------------


@action("documents.seal_envelope")
def seal(envelope: Envelope, *, by) -> Receipt:
    """Seal a draft: destroy the draft key, leave the content key for the opening alone, give the maker a receipt.

    The receipt names files: show it to the maker, keep it nowhere (`reading.receipt_of` has it again).
    """
    envelope = _locked(envelope)
    _require_owner(envelope, by, "documents.seal_envelope")
    _require(envelope, guards.is_a_draft, guards.box_still_takes, guards.files_are_stored_intact)
    try:
        done = sealing.seal(envelope, clock.now())
    except DamagedError:
        broken = guards.files_are_stored_intact
        raise Blocked([Reason(broken.name, str(broken.sentence), broken.ground)], envelope) from None
    envelope = fire(
        envelope,
        "seal",
        by=by,
        sealed_key=done.sealed_key,
        seal_digest=trail.Code(done.seal_digest),
        receipt_key=done.receipt_key,
        receipt=done.receipt,
        ciphertexts=[trail.Code(digest) for digest in done.plain_receipt.digests],
    )
    drop_uploads(envelope.uploads)
    if envelope.replaces and envelope.replaces.state == Envelope.State.SEALED:
        _clear_afterwards(fire(envelope.replaces, "give_way", by=by))
    return done.plain_receipt


@action("documents.withdraw_envelope")
def withdraw(envelope: Envelope, *, by) -> Envelope:
    """Withdraw a sealed envelope before the deadline, or throw a draft away: the key is destroyed, nobody ever opens it."""
    envelope = _locked(envelope)
    verb = "discard" if envelope.state == Envelope.State.DRAFT else "withdraw"
    return _clear_afterwards(fire(envelope, verb, by=by))


def _clear_afterwards(envelope):
    envelope.uploads.all().delete()
    transaction.on_commit(lambda: shelf.clear(envelope.uid))
    return envelope


# -- opening ------------------------------------------------------------------------------------


@action("documents.open_envelope")
def open_envelope(envelope: Envelope, *, by) -> Envelope:
    """Open a sealed envelope of a released box and verify all of it.

    Damage never raises: the envelope is `damaged`, its `damage` and its files say what, the trail keeps it, and it can be
    opened again once storage was restored. Reads every file, so it takes a second per few hundred MB.
    """
    envelope = _locked(envelope)
    if not (is_system(by) or by.has_perm("documents.open_envelope", envelope)):
        raise PermissionDenied
    _require(envelope, guards.box_is_released)
    if envelope.state not in {Envelope.State.SEALED, Envelope.State.DAMAGED}:
        return fire(envelope, "open", by=by)
    found = sealing.examine(envelope)
    for file in envelope.files.all():
        file.intact = file.number not in found.damaged_files
        file.save()
    facts = {"opened_key": found.opened_key}
    if found.damage:
        facts |= {"damage": found.damage, "damaged_files": found.damaged_files}
    return fire(envelope, "report_damage" if found.damage else "open", by=by, **facts)


# -- asking and locking -------------------------------------------------------------------------


def _require(record, *conditions: Guard, facts=None):
    """Refuse with every condition that does not hold."""
    if reasons := [reason for guard in conditions if (reason := guard.reason(record, facts or {}))]:
        raise Blocked(reasons, record)


def _require_owner(envelope, by, permission="documents.fill_envelope"):
    if not by.has_perm(permission, envelope):
        raise PermissionDenied


def _locked_box(box):
    return SealingBox.objects.select_for_update().get(pk=box.pk)


def _locked(envelope):
    """The box first, then the envelope, so that nobody releases the one while the other is being sealed."""
    box = _locked_box(envelope.box)
    fresh = Envelope.objects.select_for_update().get(pk=envelope.pk)
    fresh.box = box
    return fresh
