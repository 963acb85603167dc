"""A procedure that documents are about, and the doing of the work they owe."""

from dataclasses import dataclass

from admission import papers as admission_papers
from contracts import papers as contract_papers
from documents import actions, kinds
from lifecycle import outbox
from procurement import papers as procurement_papers

KINDS = [*procurement_papers.KINDS, *admission_papers.KINDS, *contract_papers.KINDS]
CODES = [kind.code for kind in KINDS]


@dataclass(frozen=True)
class Subject:
    """A record that documents are about: all they need of it is its ref and its dossier."""

    ref: str = "procurement.procedure:7"
    dossier: str = "procurement.procedure:7"


def request(kind="selection_letter", *, by, subject=Subject(), **more):
    context = more.pop("context", None) or kinds.kind_of(kind).sample()
    return actions.request_document(kind=kind, subject=subject, context=context, by=by, **more)


def made(document):
    """The document after the outbox did what is owed."""
    outbox.sweep()
    return type(document).objects.get(pk=document.pk)
