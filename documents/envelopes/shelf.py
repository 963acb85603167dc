"""Where ciphertext lies: `MEDIA_ROOT/envelopes/<random>/<number>.bin`. Nothing else of an envelope is a file."""

import fcntl
import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from django.conf import settings


def folder(uid) -> Path:
    return Path(settings.MEDIA_ROOT) / "envelopes" / uid.hex


def path(uid, number) -> Path:
    return folder(uid) / f"{number}.bin"


def create(uid, number):
    """A new file to write ciphertext into, for the owner alone. Refuses to write over another."""
    folder(uid).mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path(uid, number), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(descriptor, "wb")


def reopen(uid, number):
    """What lies there, to read and to go on writing, for one process at a time.

    Raises `FileNotFoundError`, or `BlockingIOError` while another has it.
    """
    file = path(uid, number).open("r+b")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise
    return file


def size(uid, number) -> int | None:
    """How many bytes lie there, or None where there is nothing."""
    try:
        return path(uid, number).stat().st_size
    except FileNotFoundError:
        return None


def keep(file) -> None:
    """Make sure that what was written survives a power cut, and close it."""
    settle(file)
    file.close()


def settle(file) -> None:
    """Make sure that what was written so far survives a power cut."""
    file.flush()
    os.fsync(file.fileno())


def digest(uid, number) -> str | None:
    """SHA-256 of what lies there, or None where nothing can be read."""
    try:
        with path(uid, number).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def remove(uid, number) -> None:
    path(uid, number).unlink(missing_ok=True)


def clear(uid) -> None:
    """Remove all ciphertext of an envelope whose keys were destroyed."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder(uid))
