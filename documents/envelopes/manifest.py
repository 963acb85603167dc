"""What is inside an envelope, and what its maker gets to prove it. Both exist as ciphertext only, until the opening.

Nothing here shows its content when it is printed or logged: whoever wants a name or an answer asks for it by attribute.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, repr=False)
class SealedFile:
    """One file: its number in the envelope, and what its maker called it.

    `scanned` is None where there was no virus scanner, False where there was one that did not answer.
    """

    number: int
    name: str
    content_type: str
    size: int
    sha256: str
    scanned: bool | None = None

    def __repr__(self):
        return f"SealedFile(number={self.number})"


@dataclass(frozen=True, repr=False)
class Manifest:
    """The files and the answers (prices included) of an envelope."""

    files: tuple[SealedFile, ...] = ()
    answers: dict = field(default_factory=dict)

    def __repr__(self):
        return f"Manifest({len(self.files)} files)"

    def to_bytes(self) -> bytes:
        return json.dumps({"files": [asdict(file) for file in self.files], "answers": self.answers}).encode()

    @classmethod
    def from_bytes(cls, data) -> "Manifest":
        plain = json.loads(data)
        return cls(tuple(SealedFile(**file) for file in plain["files"]), plain["answers"])

    def file(self, number) -> SealedFile | None:
        return next((file for file in self.files if file.number == number), None)


@dataclass(frozen=True, repr=False)
class Receipt:
    """What a maker has after sealing: the second, the files with their SHA-256, and the digest that seals them all.

    It names files: it may be shown to the maker of the envelope, on a page that is made each time, and be kept nowhere.
    `digests` are those of the ciphertext, which the trail holds too; `seal_digest` covers all of them and the second.
    """

    envelope: str
    sealed_at: dt.datetime
    seal_digest: str
    box_key: str
    digests: tuple[str, ...]
    files: tuple[SealedFile, ...]
    answers_sha256: str

    def __repr__(self):
        return f"Receipt(envelope={self.envelope})"

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self) | {"sealed_at": self.sealed_at.isoformat()}).encode()

    @classmethod
    def from_bytes(cls, data) -> "Receipt":
        plain = json.loads(data)
        plain["sealed_at"] = dt.datetime.fromisoformat(plain["sealed_at"])
        plain["digests"] = tuple(plain["digests"])
        plain["files"] = tuple(SealedFile(**file) for file in plain["files"])
        return cls(**plain)
