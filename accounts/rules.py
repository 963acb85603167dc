"""*May this person?* as predicates that other apps compose."""

import rules


def may(permission: str) -> rules.Predicate:
    """A predicate: the person holds a role with this permission now."""

    def holds_it(user):
        return permission in getattr(user, "role_permissions", ())

    return rules.Predicate(holds_it, name=f"may:{permission}")


@rules.predicate
def is_signed_in(user):
    return user.is_authenticated


@rules.predicate
def is_staff_member(user):
    """Holds a role of the authority, whichever."""
    return getattr(user, "is_staff_member", False)


@rules.predicate
def is_oneself(user, record):
    """The record is about this very person."""
    return record is not None and getattr(record, "user_id", None) == user.pk


@rules.predicate
def is_this_person(user, person):
    return person is not None and person.pk == user.pk


@rules.predicate
def asked_it(user, override):
    """Asked that a policy be set aside: a second person decides on that."""
    return override is not None and override.asked_by_id == user.pk


@rules.predicate
def proposed_it(user, record):
    """Four eyes: who proposed a record does not decide on it."""
    return getattr(record, "proposed_by_id", None) == user.pk


rules.add_perm("accounts.use_admin", may("accounts.use_admin"))
rules.add_perm("accounts.grant_role", may("accounts.grant_role") & ~is_oneself)
rules.add_perm("accounts.close_account", may("accounts.grant_role") & ~is_this_person)
rules.add_perm("lifecycle.view_trail", may("lifecycle.view_trail"))
rules.add_perm("lifecycle.grant_override", may("lifecycle.grant_override") & ~asked_it)
rules.add_perm("lifecycle.view_legal_value", is_staff_member)
rules.add_perm("lifecycle.propose_value", may("lifecycle.propose_value"))
rules.add_perm("lifecycle.approve_value", may("lifecycle.approve_value") & ~proposed_it)

# What Django's admin asks; nothing else is granted there.
for code in ("accounts.view_user", "accounts.view_roleassignment", "accounts.add_roleassignment"):
    rules.add_perm(code, may("accounts.grant_role"))
