"""The encrypted container: AES-256-GCM in chunks of 1 MiB, written and read as a stream.

    header   magic and version (5) | salt (32) | nonce prefix (7)
    chunk    AES-256-GCM of up to 1 MiB; nonce = prefix | counter (4) | 1 if it is the last (1)

This is the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizar 2015): chunks cannot be cut off, repeated or change
places. Each container has a key of its own, derived from the content key, the salt and a binding (which envelope,
which file), so that a file cannot be moved to another place. The content is padded to a multiple of 64 KiB, so
that the size on disk does not tell the size of the file.
"""

import hashlib
import io
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"PLEC\x01"
SALT_BYTES = 32
PREFIX_BYTES = 7
HEADER_BYTES = len(MAGIC) + SALT_BYTES + PREFIX_BYTES
CHUNK = 1024 * 1024
TAG_BYTES = 16
PADDING = 64 * 1024  # divides CHUNK, so that the padding always lies within the last chunk
PAD_MARK = b"\x80"
CONTENT_KEY_BYTES = 32


class DamagedError(Exception):
    """A container was cut, changed, reordered or moved from its place. Says nothing about its content."""


@dataclass(frozen=True)
class Digests:
    """What a finished container amounts to; `size` and `sha256` are of the content, the others of the ciphertext."""

    size: int
    sha256: str
    stored_size: int
    stored_sha256: str

    def __repr__(self):
        return f"Digests(stored_size={self.stored_size})"


def new_content_key() -> bytes:
    return secrets.token_bytes(CONTENT_KEY_BYTES)


class Writer:
    """Encrypts what is written into `sink`, an open binary file; holds at most one chunk.

    A chunk reaches the sink in one piece as soon as it is full, so that what was written survives a broken line.
    """

    def __init__(self, sink, content_key: bytes, *, bound_to: str, go_on: Callable[[bytes], None] | None = None):
        """With `go_on`, continue a container that holds whole chunks only, in a file open for reading and writing.

        All that is there is read and verified first, because digests cannot be kept between requests, and its content
        given to `go_on`. Raises `DamagedError` for anything else than whole chunks: to write another content over a
        torn one would use a nonce twice.
        """
        header = MAGIC + secrets.token_bytes(SALT_BYTES + PREFIX_BYTES) if go_on is None else _header_of(sink)
        self._sink, self._binding = sink, bound_to.encode()
        self._prefix = header[-PREFIX_BYTES:]
        self._cipher = _cipher(content_key, header[len(MAGIC) : -PREFIX_BYTES], self._binding)
        self._waiting, self._counter = bytearray(), 0
        self._plain, self._stored = hashlib.sha256(), hashlib.sha256()
        self.size = self._stored_size = 0
        if go_on is None:
            self._put(header)
        else:
            self._count(header)
            self._read_back(go_on)

    def write(self, data) -> None:
        self._plain.update(data)
        self.size += len(data)
        rest = memoryview(data)
        while rest:
            room = CHUNK - len(self._waiting)
            self._waiting += rest[:room]
            rest = rest[room:]
            # A full chunk is never the last one: the padding comes after it.
            if len(self._waiting) == CHUNK:
                self._flush(last=False)

    def finish(self) -> Digests:
        """Pad, write the last chunk, and say what the container amounts to."""
        self._waiting += PAD_MARK
        self._waiting += bytes(-len(self._waiting) % PADDING)
        self._flush(last=True)
        return Digests(self.size, self._plain.hexdigest(), self._stored_size, self._stored.hexdigest())

    def _flush(self, *, last):
        nonce = _nonce(self._prefix, self._counter, last=last)
        self._put(self._cipher.encrypt(nonce, bytes(self._waiting), self._binding))
        self._counter += 1
        self._waiting.clear()

    def _read_back(self, tell):
        while chunk := self._sink.read(CHUNK + TAG_BYTES):
            content = self._verified(chunk)
            self._plain.update(content)
            self.size += len(content)
            self._count(chunk)
            self._counter += 1
            tell(content)

    def _verified(self, chunk):
        if len(chunk) != CHUNK + TAG_BYTES:
            raise DamagedError
        try:
            return self._cipher.decrypt(_nonce(self._prefix, self._counter, last=False), chunk, self._binding)
        except InvalidTag:
            raise DamagedError from None

    def _put(self, data):
        self._sink.write(data)
        self._count(data)

    def _count(self, data):
        self._stored.update(data)
        self._stored_size += len(data)


def whole_chunks(stored_size: int) -> int | None:
    """How much content a container that is still being written holds, or None where its last chunk was torn."""
    chunks, rest = divmod(stored_size - HEADER_BYTES, CHUNK + TAG_BYTES)
    return None if rest or chunks < 0 else chunks * CHUNK


def read(source, content_key: bytes, *, bound_to: str) -> Iterator[bytes]:
    """The content of an open binary file, chunk by chunk, each verified before it is given out.

    Raises `DamagedError`, possibly after earlier chunks: who needs the whole to be sound reads it to the end first.
    """
    header = _header_of(source)
    salt, prefix = header[len(MAGIC) : -PREFIX_BYTES], header[-PREFIX_BYTES:]
    binding = bound_to.encode()
    cipher = _cipher(content_key, salt, binding)
    counter, chunk = 0, source.read(CHUNK + TAG_BYTES)
    while chunk:
        following = source.read(CHUNK + TAG_BYTES)
        try:
            content = cipher.decrypt(_nonce(prefix, counter, last=not following), chunk, binding)
        except (InvalidTag, ValueError):
            raise DamagedError from None
        yield content if following else _without_padding(content)
        counter, chunk = counter + 1, following
    if counter == 0:
        raise DamagedError


def pack(content: bytes, content_key: bytes, *, bound_to: str) -> bytes:
    """A small container in memory, for a manifest or a receipt."""
    sink = io.BytesIO()
    writer = Writer(sink, content_key, bound_to=bound_to)
    writer.write(content)
    writer.finish()
    return sink.getvalue()


def unpack(container: bytes, content_key: bytes, *, bound_to: str) -> bytes:
    return b"".join(read(io.BytesIO(container), content_key, bound_to=bound_to))


def _header_of(source):
    header = source.read(HEADER_BYTES)
    if len(header) != HEADER_BYTES or not header.startswith(MAGIC):
        raise DamagedError
    return header


def _cipher(content_key, salt, binding):
    derivation = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"partnerloket container 1\0" + binding)
    return AESGCM(derivation.derive(content_key))


def _nonce(prefix, counter, *, last):
    return prefix + counter.to_bytes(4, "big") + bytes([last])


def _without_padding(content):
    stripped = content.rstrip(b"\0")
    if not stripped.endswith(PAD_MARK):
        raise DamagedError
    return stripped[:-1]
