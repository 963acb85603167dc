"""Writing and verifying the audit trail."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import connection, models, transaction

from lifecycle import clock
from lifecycle.actors import actor_ref, actor_roles
from lifecycle.models import Anchor, Entry, Head, ref

FIELDS = (
    "dossier position subject verb source target actor roles facts documents previous".split()
)  # fmt: skip


def record(subject, verb, *, by, source="", target="", facts=None, documents=(), dossier=None) -> Entry:
    """Append one entry to the chain of the subject's dossier.

    `facts` are identifiers, numbers, dates and digests: texts are kept as their SHA-256, so that the trail proves them
    without holding them. `documents` are digests of the documents involved. Must run inside the fact's transaction.
    """
    dossier = dossier or subject.dossier
    # Without a savepoint of its own: a fact whose entry fails is undone with it.
    with transaction.atomic(savepoint=False):
        head = locked_head(dossier)
        entry = Entry(
            dossier=dossier,
            position=head.position + 1,
            at=clock.now(),
            subject=ref(subject),
            verb=verb,
            source=source or "",
            target=target or "",
            actor=actor_ref(by),
            roles=actor_roles(by),
            facts=plain(facts or {}),
            documents=sorted(documents),
            previous=head.digest,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        Head.objects.filter(pk=dossier).update(position=entry.position, digest=entry.digest)
    return entry


def locked_head(dossier: str) -> Head:
    """The head of a chain, made with its first entry, and locked: inside a transaction, as its last lock."""
    heads = Head.objects.select_for_update().filter(dossier=dossier)
    try:
        return heads.get()
    except Head.DoesNotExist:
        return _new_head(dossier) or heads.get()


def _new_head(dossier):
    """A new head, ours alone until the transaction ends; None when another transaction made it while this one waited."""
    with connection.cursor() as cursor:
        # The ORM would not say whether it inserted a row, and one more question at every beginning is one too many.
        cursor.execute(
            "insert into lifecycle_head (dossier, position, digest) values (%s, 0, '') on conflict do nothing",
            [dossier],
        )
        return Head(dossier=dossier) if cursor.rowcount == 1 else None


# The row of `Head` that anchoring locks; no dossier is called so.
ANCHORS = "anchors"


class Code(str):
    """A text that the trail may hold as it is: a code, a number of a dossier, a digest. Never personal content."""


def plain(facts) -> dict:
    """Facts as the trail keeps them."""
    return {name: _plain(value) for name, value in facts.items() if value is not None}


def _plain(value):
    if isinstance(value, bool | int | Code):
        return value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date | Decimal):
        return str(value)
    if isinstance(value, models.Choices):
        return str(value.value)
    if isinstance(value, models.Model):
        return ref(value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return "sha256:" + hashlib.sha256(value).hexdigest()
    return "sha256:" + hashlib.sha256(str(value).encode()).hexdigest()


def canonical(data) -> bytes:
    """The one byte form of plain data: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(entry: Entry) -> str:
    data = {name: getattr(entry, name) for name in FIELDS}
    data["at"] = entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(canonical(data)).hexdigest()


def head_of(dossier: str) -> str:
    """The head of a chain as it is printed in sealed documents: `position:digest`."""
    head = Head.objects.filter(dossier=dossier).first()
    return f"{head.position}:{head.digest}" if head else ""


def anchor() -> Anchor | None:
    """Put today's heads under one digest, in the database and in a file outside it. Once a day."""
    with clock.stamped(), transaction.atomic():
        # One anchor at a time, and none for a day before the last one: a worker may have read the clock long ago.
        locked_head(ANCHORS)
        if Anchor.objects.filter(day__gte=clock.today()).exists():
            return None
        last = Anchor.objects.order_by("-day").first()
        row = Anchor(
            at=clock.now(),
            day=clock.today(),
            heads={head.dossier: f"{head.position}:{head.digest}" for head in _heads()},
            previous=last.digest if last else "",
        )
        row.digest = anchor_digest(row)
        row.save(force_insert=True)
        transaction.on_commit(lambda: _write_anchor(row))
    return row


def _heads():
    return Head.objects.exclude(dossier=ANCHORS).order_by("dossier")


def anchor_digest(row: Anchor) -> str:
    data = {"at": row.at.astimezone(dt.UTC).isoformat(timespec="microseconds"), "day": str(row.day)}
    return hashlib.sha256(canonical(data | {"heads": row.heads, "previous": row.previous})).hexdigest()


def _write_anchor(row):
    settings.ANCHOR_FILE.parent.mkdir(parents=True, exist_ok=True)
    with settings.ANCHOR_FILE.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"day": str(row.day), "heads": row.heads, "digest": row.digest}) + "\n")


# -- verifying ----------------------------------------------------------------------------------

_witnesses = []


def witness(function):
    """Register a function that yields `(where, dossier, "position:digest")` for heads kept outside the chains.

    Sealed documents print the head of their dossier: what they say must still be in the chain.
    """
    _witnesses.append(function)
    return function


@dataclass(frozen=True)
class Finding:
    """What is wrong with a chain, and at which entry."""

    dossier: str
    position: int
    problem: str

    def __str__(self):
        return f"{self.dossier} #{self.position}: {self.problem}"


def verify() -> Iterable[Finding]:
    """Walk all chains, heads, anchors and witnesses; yield every finding."""
    chain, findings = {}, []
    previous = {}
    for entry in Entry.objects.order_by("dossier", "position").iterator(2000):
        expected, digest = previous.get(entry.dossier, (0, ""))
        findings += _check_entry(entry, expected + 1, digest)
        previous[entry.dossier] = (entry.position, entry.digest)
        chain[entry.dossier, entry.position] = entry.digest
    findings += _check_heads(previous)
    findings += _check_anchors(chain)
    for function in _witnesses:
        for where, dossier, head in function():
            findings += _check_head_in_chain(chain, dossier, head, where)
    return findings


def _check_entry(entry, position, previous):
    if entry.position != position:
        yield Finding(entry.dossier, position, f"entry missing: the next one found is #{entry.position}")
    elif entry.previous != previous:
        yield Finding(entry.dossier, entry.position, "does not follow from the entry before it")
    if entry.digest != digest_of(entry):
        yield Finding(entry.dossier, entry.position, "was changed after it was written")


def _check_heads(last):
    heads = {head.dossier: (head.position, head.digest) for head in _heads()}
    for dossier in sorted(heads.keys() | last.keys()):
        position, digest = last.get(dossier, (0, ""))
        if dossier not in heads:
            yield Finding(dossier, position, "the head of the chain is missing")
        elif heads[dossier][0] > position:
            yield Finding(dossier, position + 1, f"entry missing: the head says #{heads[dossier][0]}")
        elif heads[dossier] != (position, digest):
            yield Finding(dossier, position, "the head of the chain says otherwise")


def _check_anchors(chain):
    previous = ""
    known = {}
    for row in Anchor.objects.order_by("day"):
        if row.previous != previous or row.digest != anchor_digest(row):
            yield Finding(ANCHORS, 0, f"the anchor of {row.day} was changed or one before it is missing")
        previous = row.digest
        known[str(row.day)] = row.digest
        for dossier, head in row.heads.items():
            yield from _check_head_in_chain(chain, dossier, head, f"the anchor of {row.day}")
    for line in _anchor_lines():
        if known.get(line["day"]) != line["digest"]:
            yield Finding(ANCHORS, 0, f"the anchor of {line['day']} is not the one in the anchor file")
            for dossier, head in line["heads"].items():
                yield from _check_head_in_chain(chain, dossier, head, f"the anchor file, {line['day']}")


def _anchor_lines():
    if not settings.ANCHOR_FILE.exists():
        return []
    return [json.loads(line) for line in settings.ANCHOR_FILE.read_text(encoding="utf-8").splitlines() if line]


def _check_head_in_chain(chain, dossier, head, where):
    position, _, digest = head.partition(":")
    if not head or position == "0":
        return
    found = chain.get((dossier, int(position)))
    if found is None:
        yield Finding(dossier, int(position), f"entry missing: {where} knows it")
    elif found != digest:
        yield Finding(dossier, int(position), f"{where} knows it with another digest")
