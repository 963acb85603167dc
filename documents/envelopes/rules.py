"""Who may fill, seal, open and release. No deadlines here: those are guards."""

import rules

from accounts.rules import may
from documents import readers


@rules.predicate
def stands_for_its_owner(user, envelope):
    return envelope is not None and envelope.owner in readers.refs_of(user)


for code, predicate in {
    "documents.fill_envelope": stands_for_its_owner,
    "documents.seal_envelope": stands_for_its_owner,
    "documents.release_box": may("documents.release_box"),
    "documents.close_box": may("documents.close_box"),
    "documents.open_envelope": may("documents.release_box"),
}.items():
    rules.add_perm(code, predicate)
