"""Who may do what with a contract. No deadlines here: those are guards."""

import rules

from accounts.rules import may


def _contract(record):
    """The contract itself, or that of an amendment or a signed copy; a lot stands for none."""
    return getattr(record, "contract", record)


@rules.predicate
def belongs_to_it(user, record):
    """A person of the partner itself."""
    participant = getattr(_contract(record), "participant", None)
    return participant is not None and participant.has_member(user)


@rules.predicate
def may_sign_for_it(user, record):
    participant = getattr(_contract(record), "participant", None)
    return participant is not None and participant.signed_by(user)


@rules.predicate
def was_issued(user, record):
    """What is being prepared is the authority's own."""
    return getattr(_contract(record), "document_id", None) is not None


@rules.predicate
def prepared_it(user, record):
    return getattr(record, "prepared_by_id", None) == user.pk


@rules.predicate
def gave_the_notice(user, record):
    """Served the notice of default: somebody else decides to terminate."""
    return getattr(record, "notice_served_by_id", None) == user.pk


@rules.predicate
def drafted_it(user, amendment):
    return getattr(amendment, "drafted_by_id", None) == user.pk


@rules.predicate
def checked_it(user, amendment):
    return getattr(amendment, "checked_by_id", None) == user.pk


for code, predicate in {
    "contracts.view_contract": may("contracts.view_contract") | (belongs_to_it & was_issued),
    "contracts.view_any_contract": may("contracts.view_contract"),
    "contracts.prepare_contract": may("contracts.prepare_contract") & ~belongs_to_it,
    "contracts.sign_contract": may_sign_for_it & was_issued,
    "contracts.countersign_contract": may("contracts.countersign_contract") & ~prepared_it & ~belongs_to_it,
    "contracts.manage_contract": may("contracts.manage_contract") & ~belongs_to_it,
    "contracts.terminate_contract": may("contracts.countersign_contract") & ~gave_the_notice & ~belongs_to_it,
    "contracts.check_amendment": may("contracts.manage_contract") & ~drafted_it & ~belongs_to_it,
    "contracts.sign_amendment": may("contracts.countersign_contract") & ~drafted_it & ~checked_it & ~belongs_to_it,
}.items():
    rules.add_perm(code, predicate)
