"""The keys of an envelope through its life: under the draft key, sealed to its box, under the key of what was opened.

The content key is sealed with HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM) to the public key of the box, bound to
the digest of everything that was sealed: the second, the manifest and every file. Whoever exchanges one of these in
the database exchanges the digest too, and the key no longer opens.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from documents.envelopes import container, shelf
from documents.envelopes.container import DamagedError
from documents.envelopes.keys import Purpose, WrapDamagedError, custody
from documents.envelopes.manifest import Manifest, Receipt
from documents.models import Envelope, SealingBox, Upload
from lifecycle.trail import canonical

SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


# -- what keys and containers are bound to ------------------------------------------------------


def _box(box):
    return f"box:{box.uid}"


def _envelope(envelope):
    return f"envelope:{envelope.uid}"


def file_binding(envelope, number) -> str:
    return f"{_envelope(envelope)}/file:{number}"


def _upload_binding(envelope, number):
    return f"{_envelope(envelope)}/upload:{number}"


def _manifest_binding(envelope):
    return f"{_envelope(envelope)}/manifest"


def _receipt_binding(envelope):
    return f"{_envelope(envelope)}/receipt"


# -- a box --------------------------------------------------------------------------------------


def make_key_pair(box: SealingBox) -> None:
    """Give a new box its key pair; the private half leaves this function only under the vault key."""
    private = X25519PrivateKey.generate()
    box.public_key = private.public_key().public_bytes_raw()
    box.private_key = custody().wrap(Purpose.VAULT, private.private_bytes_raw(), bound_to=_box(box))


def fingerprint(box: SealingBox) -> str:
    """Names the public key of a box, on receipts and in the trail."""
    return hashlib.sha256(bytes(box.public_key)).hexdigest()


# -- a draft ------------------------------------------------------------------------------------


def begin(envelope: Envelope) -> None:
    """Give a new draft its content key and an empty manifest."""
    content_key = container.new_content_key()
    envelope.draft_key = custody().wrap(Purpose.DRAFT, content_key, bound_to=_envelope(envelope))
    write_manifest(envelope, content_key, Manifest())


def draft_key(envelope: Envelope) -> bytes:
    return custody().unwrap(Purpose.DRAFT, envelope.draft_key, bound_to=_envelope(envelope))


def write_manifest(envelope: Envelope, content_key: bytes, manifest: Manifest) -> None:
    envelope.manifest = container.pack(manifest.to_bytes(), content_key, bound_to=_manifest_binding(envelope))
    envelope.manifest_sha256 = hashlib.sha256(envelope.manifest).hexdigest()


def read_manifest(envelope: Envelope, content_key: bytes) -> Manifest:
    """Raises `DamagedError` when it is not the manifest that was last written."""
    stored = bytes(envelope.manifest)
    if hashlib.sha256(stored).hexdigest() != envelope.manifest_sha256:
        raise DamagedError
    return Manifest.from_bytes(container.unpack(stored, content_key, bound_to=_manifest_binding(envelope)))


def read_file(envelope: Envelope, number: int, content_key: bytes):
    """The content of a stored file, chunk by chunk. Raises `DamagedError`, also when the file is not there."""
    try:
        source = shelf.path(envelope.uid, number).open("rb")
    except OSError:
        raise DamagedError from None
    with source:
        yield from container.read(source, content_key, bound_to=file_binding(envelope, number))


def seal_upload(upload: Upload, content_key: bytes, details: bytes) -> bytes:
    """What is known of a file that has not come in whole: its name, its size."""
    return container.pack(details, content_key, bound_to=_upload_binding(upload.envelope, upload.number))


def read_upload(upload: Upload, content_key: bytes) -> bytes:
    binding = _upload_binding(upload.envelope, upload.number)
    return container.unpack(bytes(upload.details), content_key, bound_to=binding)


# -- sealing ------------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class Sealed:
    """What sealing an envelope gives: the sealed key, the digest of the whole, and the maker's receipt as ciphertext."""

    sealed_key: bytes
    seal_digest: str
    receipt_key: str
    receipt: bytes
    plain_receipt: Receipt


def seal(envelope: Envelope, moment: dt.datetime) -> Sealed:
    """Seal the content key to the box; the caller destroys the draft key in the same transaction."""
    content_key = draft_key(envelope)
    manifest = read_manifest(envelope, content_key)
    files = list(envelope.files.order_by("number"))
    if [file.number for file in files] != [file.number for file in manifest.files]:
        raise DamagedError
    digest = _seal_digest(envelope, files, moment)
    public_key = X25519PublicKey.from_public_bytes(bytes(envelope.box.public_key))
    receipt = Receipt(
        envelope=str(envelope.uid),
        sealed_at=moment,
        seal_digest=digest,
        box_key=fingerprint(envelope.box),
        digests=tuple(file.sha256 for file in files),
        files=manifest.files,
        answers_sha256=hashlib.sha256(canonical(manifest.answers)).hexdigest(),
    )
    receipt_key = container.new_content_key()
    return Sealed(
        sealed_key=SUITE.encrypt(content_key, public_key, info=_seal_info(envelope, digest)),
        seal_digest=digest,
        receipt_key=custody().wrap(Purpose.RECEIPT, receipt_key, bound_to=_receipt_binding(envelope)),
        receipt=container.pack(receipt.to_bytes(), receipt_key, bound_to=_receipt_binding(envelope)),
        plain_receipt=receipt,
    )


def read_receipt(envelope: Envelope) -> Receipt:
    binding = _receipt_binding(envelope)
    receipt_key = custody().unwrap(Purpose.RECEIPT, envelope.receipt_key, bound_to=binding)
    return Receipt.from_bytes(container.unpack(bytes(envelope.receipt), receipt_key, bound_to=binding))


def _seal_digest(envelope, files, moment):
    data = {
        "box": str(envelope.box.uid),
        "envelope": str(envelope.uid),
        "owner": envelope.owner,
        "sealed_at": moment.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "manifest": envelope.manifest_sha256,
        "files": [[file.number, file.size, file.sha256] for file in files],
    }
    return hashlib.sha256(canonical(data)).hexdigest()


def _seal_info(envelope, digest):
    return f"partnerloket seal 1\0{_box(envelope.box)}\0{_envelope(envelope)}\0{digest}".encode()


# -- opening ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Examined:
    """What an opening found: the content key under the key of what was opened, and what is damaged."""

    opened_key: str | None
    damage: str = ""
    damaged_files: tuple[int, ...] = ()


def examine(envelope: Envelope) -> Examined:
    """Unseal the content key of an envelope whose box was released, and verify everything that it opens.

    Reads every file to its end. A missing vault key raises `KeyUnusableError`: that is no damage, and can be mended.
    """
    if not envelope.box.is_released:
        msg = "The box of this envelope was not released."
        raise RuntimeError(msg)
    try:
        content_key = _unseal(envelope)
    except (DamagedError, WrapDamagedError, InvalidTag, ValueError):
        return Examined(None, Envelope.Damage.KEY)
    opened = custody().wrap(Purpose.OPENED, content_key, bound_to=_envelope(envelope))
    try:
        manifest = read_manifest(envelope, content_key)
    except (DamagedError, ValueError, KeyError, TypeError):
        return Examined(opened, Envelope.Damage.MANIFEST)
    damaged = tuple(file.number for file in manifest.files if not _is_intact(envelope, file, content_key))
    return Examined(opened, Envelope.Damage.FILES if damaged else "", damaged)


def _unseal(envelope):
    files = list(envelope.files.order_by("number"))
    digest = _seal_digest(envelope, files, envelope.sealed_at)
    if digest != envelope.seal_digest:
        raise DamagedError
    box = envelope.box
    private = X25519PrivateKey.from_private_bytes(custody().unwrap(Purpose.VAULT, box.private_key, bound_to=_box(box)))
    return SUITE.decrypt(bytes(envelope.sealed_key), private, info=_seal_info(envelope, digest))


def _is_intact(envelope, file, content_key):
    found, size = hashlib.sha256(), 0
    try:
        for chunk in read_file(envelope, file.number, content_key):
            found.update(chunk)
            size += len(chunk)
    except (DamagedError, OSError):
        return False
    return (size, found.hexdigest()) == (file.size, file.sha256)


def opened_key(envelope: Envelope) -> bytes:
    return custody().unwrap(Purpose.OPENED, envelope.opened_key, bound_to=_envelope(envelope))
