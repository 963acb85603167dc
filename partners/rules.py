"""Who may see and act for organisations."""

import rules

from accounts.rules import may


@rules.predicate
def is_a_member(user, organisation):
    return organisation is not None and organisation.memberships.current().filter(user=user).exists()


@rules.predicate
def is_a_signing_member(user, organisation):
    if organisation is None:
        return False
    return organisation.memberships.current().filter(user=user, may_sign=True).exists()


rules.add_perm("partners.view_any_organisation", may("partners.view_organisation"))
rules.add_perm("partners.view_organisation", may("partners.view_organisation") | is_a_member)
rules.add_perm("partners.confirm_organisation", may("partners.confirm_organisation") & ~is_a_member)
rules.add_perm("partners.edit_organisation", is_a_signing_member)
