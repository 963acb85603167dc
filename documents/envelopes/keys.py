"""Custody of the keys that wrap all others. They live in files or in the environment, never in database or media.

A file is `KEY_DIR/<purpose>-<number>.key`, base64, mode 0600 in a directory of mode 0700; looser permissions are
refused. The environment variable of a purpose (`VAULT_KEY`) holds one or more keys, base64, separated by spaces, and
wins over the files. The first key of the environment, else the file with the highest number, wraps; all of them
unwrap. So a new key is a new file, and every wrap says by which key it was made.
"""

import base64
import binascii
import hashlib
import os
import secrets
import stat
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = "1"


class Purpose(Enum):
    """One key per purpose, so that each can be kept where its readers are and nowhere else."""

    DRAFT = "draft"  # what makers are still working on
    VAULT = "vault"  # the private keys of sealing boxes
    OPENED = "opened"  # what was opened after the deadline
    RECEIPT = "receipt"  # what a maker may always read again: names and digests of what was sealed

    @property
    def variable(self):
        return f"{self.value.upper()}_KEY"


class KeyUnusableError(ImproperlyConfigured):
    """A key is missing, malformed or readable by others: the operator must act, nothing is lost yet."""


class WrapDamagedError(Exception):
    """A wrapped key was changed, or belongs to another record."""


class Custody(Protocol):
    """Who can wrap and unwrap: the files of this machine today; a PKCS#11 device would answer the same two calls."""

    def wrap(self, purpose: Purpose, secret: bytes, *, bound_to: str) -> str:
        """The secret under the active key of a purpose, bound to one record, as text: `format.key id.base64`."""

    def unwrap(self, purpose: Purpose, wrapped: str, *, bound_to: str) -> bytes:
        """The secret again; raises `WrapDamagedError`, or `KeyUnusableError` when its key is not here."""


class LocalKeys:
    """Keys in `KEY_DIR` and in the environment. Read at each use: nothing keeps them in memory longer."""

    def wrap(self, purpose, secret, *, bound_to):
        key = self._active(purpose)
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, secret, _binding(purpose, bound_to))
        return ".".join((FORMAT, key_id(key), base64.urlsafe_b64encode(nonce + sealed).decode()))

    def unwrap(self, purpose, wrapped, *, bound_to):
        try:
            form, wanted, text = wrapped.split(".")
            data = base64.b64decode(text, altchars=b"-_", validate=True)
        except (ValueError, AttributeError):
            raise WrapDamagedError from None
        if form != FORMAT:
            raise WrapDamagedError
        key = next((key for key in self._all(purpose) if key_id(key) == wanted), None)
        if key is None:
            msg = f"The {purpose.value} key {wanted} is not here: put it back in KEY_DIR or {purpose.variable}."
            raise KeyUnusableError(msg)
        try:
            return AESGCM(key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], _binding(purpose, bound_to))
        except (InvalidTag, ValueError):
            raise WrapDamagedError from None

    def _active(self, purpose):
        keys = self._all(purpose)
        if not keys and not settings.PRODUCTION:
            create_missing()
            keys = self._all(purpose)
        if not keys:
            msg = f"There is no {purpose.value} key: run manage.py make_keys, or set {purpose.variable}."
            raise KeyUnusableError(msg)
        return keys[0]

    def _all(self, purpose):
        """Every key of a purpose, the one that wraps first."""
        written = os.environ.get(purpose.variable, "").split()
        named = [_decoded(text, f"{purpose.variable} holds") for text in written]
        return named + [_read(path) for path in _files(purpose)]


def custody() -> Custody:
    """Who keeps the keys of this installation."""
    return LocalKeys()


def key_id(key: bytes) -> str:
    """Names a key without saying anything about it: the digest of 256 random bits."""
    return hashlib.sha256(b"partnerloket key id\0" + key).hexdigest()[:16]


def create_missing() -> list[str]:
    """Make a key file for every purpose that has no key yet; returns the names of the new files."""
    directory = key_directory()
    made = []
    for purpose in Purpose:
        if os.environ.get(purpose.variable) or _files(purpose):
            continue
        name = f"{purpose.value}-1.key"
        if _write_once(directory / name, base64.b64encode(secrets.token_bytes(KEY_BYTES))):
            made.append(name)
    return made


def key_directory() -> Path:
    """`KEY_DIR`, made with mode 0700 where it does not exist; refused where others may look into it."""
    directory = Path(settings.KEY_DIR)
    if not directory.exists():
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _closed_to_others(directory)


def problems() -> list[str]:
    """What is wrong with the keys, for the health page and the check before a deployment; empty when all is well."""
    found = []
    keys = LocalKeys()
    for purpose in Purpose:
        try:
            if not keys._all(purpose):  # noqa: SLF001 -- the same module
                found.append(f"There is no {purpose.value} key: run manage.py make_keys, or set {purpose.variable}.")
        except KeyUnusableError as error:
            found.append(str(error))
    return found


def _binding(purpose, bound_to):
    """What a wrap is bound to: it opens for this purpose and this record only."""
    return f"partnerloket wrap {FORMAT}\0{purpose.value}\0{bound_to}".encode()


def _files(purpose):
    directory = Path(settings.KEY_DIR)
    if not directory.exists():
        return []
    numbered = {}
    for path in key_directory().glob(f"{purpose.value}-*.key"):
        number = path.stem.removeprefix(f"{purpose.value}-")
        if number.isdigit():
            numbered[int(number)] = path
    return [numbered[number] for number in sorted(numbered, reverse=True)]


def _read(path):
    return _decoded(_closed_to_others(path).read_text(encoding="ascii", errors="replace"), f"{path} holds")


def _decoded(text, where):
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        msg = f"{where} no key of {KEY_BYTES} bytes in base64."
        raise KeyUnusableError(msg)
    return key


def _closed_to_others(path):
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        wanted = "0700" if path.is_dir() else "0600"
        msg = f"{path} is open to other users of this machine: set its mode to {wanted}."
        raise KeyUnusableError(msg)
    return path


def _write_once(path, content):
    """Write a new file as a whole or not at all; false if another process was first."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
            return True
        return False
    finally:
        draft.unlink()
