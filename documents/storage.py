"""Sealed PDFs on disk, named by what is in them: the same content has one place, and a file there never changes."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


class FileIsDamaged(Exception):
    """What lies on disk is not what was stored."""


def path_of(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "documents" / sha256[:2] / sha256[2:4] / f"{sha256}.pdf"


def store(data: bytes) -> str:
    """Write the bytes to their place, whole or not at all, and return their digest. Writing them again changes nothing."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o440)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes of a stored file; raises `FileIsDamaged` when they are not the ones that were stored."""
    data = path_of(sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        msg = f"The file {sha256} was changed on disk."
        raise FileIsDamaged(msg)
    return data
