"""Who may do what with documents, texts and letters."""

import rules

from accounts.rules import may, proposed_it
from documents import kinds, readers
from documents.envelopes import rules as _envelopes  # noqa: F401 -- registers its rules


@rules.predicate
def is_public(user, document):
    return document is not None and document.is_ready and document.is_public


@rules.predicate
def is_addressed_to_them(user, document):
    return document is not None and document.is_ready and document.addressee in readers.refs_of(user)


@rules.predicate
def was_told_to_them(user, document):
    """Sent to them by letter, or enclosed with one."""
    return document is not None and document.is_told_to(readers.refs_of(user))


@rules.predicate
def is_written_for_them(user, document):
    """Of a kind, and about a record, that this person may read by role."""
    if document is None or not document.is_ready or not kinds.is_registered(document.kind):
        return False
    subjects_for = kinds.kind_of(document.kind).subjects_for
    return subjects_for is not None and document.subject in subjects_for(user)


@rules.predicate
def wrote_it(user, version):
    return version is not None and version.author_id is not None and version.author_id == user.pk


rules.add_perm(
    "documents.view_document",
    may("documents.view_document") | is_public | is_addressed_to_them | was_told_to_them | is_written_for_them,
)
rules.add_perm("documents.view_template", may("documents.edit_template") | may("documents.approve_template"))
rules.add_perm("documents.edit_template", may("documents.edit_template"))
# Four eyes: who wrote a version does not approve it.
rules.add_perm("documents.approve_template", may("documents.approve_template") & ~wrote_it)
rules.add_perm("documents.register_sending", may("documents.register_sending"))
rules.add_perm("documents.handle_returned", may("documents.register_sending"))
rules.add_perm("documents.retry_document", may("documents.register_sending") | may("documents.edit_template"))
rules.add_perm("documents.view_correction", may("documents.view_document"))
rules.add_perm("documents.propose_correction", may("documents.propose_correction"))
rules.add_perm("documents.confirm_correction", may("documents.confirm_correction") & ~proposed_it)
rules.add_perm("documents.note_finding", may("documents.note_finding"))
