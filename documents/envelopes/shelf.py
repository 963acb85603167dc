"""Where ciphertext lies: `MEDIA_ROOT/envelopes/<random>/<number>.bin`. Nothing else of an envelope is a file."""

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


def keep(file) -> None:
    """Make sure that what was written survives a power cut, and close it."""
    file.flush()
    os.fsync(file.fileno())
    file.close()


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
