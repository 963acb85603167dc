"""What the story leaves behind: every PDF in a folder, and a summary with digests."""

import hashlib
import json
import shutil
from collections import Counter
from pathlib import Path

from contracts.models import Contract
from documents import storage
from documents.models import Document


def leave_behind(folder: Path, *, teller, cast) -> dict:
    """Write every PDF and `summary.json` (counts per kind, path and SHA-256 of each PDF, contracts, accounts, lines)."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pdfs = [_write(folder, document.kind, document.file_name, document.sha256) for document in _documents()]
    contracts = [_contract(folder, contract, pdfs) for contract in _contracts()]
    summary = {
        "counts": dict(sorted(Counter(document.kind for document in _documents()).items())),
        "documents": pdfs,
        "contracts": contracts,
        "accounts": cast.accounts,
        "steps": teller.lines,
        "chapters": teller.chapters,
    }
    (folder / "summary.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False), encoding="utf-8")
    return summary


def _documents():
    return Document.objects.readable().order_by("kind", "pk")


def _contracts():
    return Contract.objects.select_related("participant", "document").order_by("number")


def _write(folder, kind, name, digest):
    target = folder / kind / name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(storage.read(digest))
    found = hashlib.sha256(target.read_bytes()).hexdigest()
    if found != digest:
        msg = f"{target} is not the document that was sealed."
        raise RuntimeError(msg)
    return {"kind": kind, "path": str(target.relative_to(folder)), "sha256": digest}


def _contract(folder, contract, pdfs):
    signed = _write(folder, "signed_contract", f"{contract.number} getekend.pdf", contract.final_sha256)
    pdfs.append(signed)
    return {
        "number": contract.number,
        "kind": contract.kind,
        "partner": contract.participant.name,
        "lots": sorted(lot.number for lot in contract.lots),
        "start": str(contract.term_start),
        "end": str(contract.term_end),
        "state": contract.state,
        "pdf": signed["path"],
        "sha256": signed["sha256"],
    }
