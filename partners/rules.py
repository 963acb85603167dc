"""Who may see and act for organisations."""

import rules

from accounts.rules import is_signed_in, is_staff_member, may


def _memberships(user, organisation):
    return organisation.memberships.current().filter(user=user)


@rules.predicate
def is_a_member(user, organisation):
    return organisation is not None and _memberships(user, organisation).exists()


@rules.predicate
def is_a_preparing_member(user, organisation):
    return organisation is not None and _memberships(user, organisation).filter(may_prepare=True).exists()


@rules.predicate
def is_a_signing_member(user, organisation):
    return organisation is not None and _memberships(user, organisation).filter(may_sign=True).exists()


@rules.predicate
def is_confirmed(user, organisation):
    """The authority checked who stands for it: only then are other people drawn in."""
    return organisation is not None and organisation.is_confirmed


@rules.predicate
def is_invited(user, invitation):
    """The invitation went to an address that this person proved to have."""
    return invitation is not None and invitation.email.lower() in user.proved_addresses()


@rules.predicate
def asked_it_oneself(user, request):
    return request is not None and request.user_id == user.pk


@rules.predicate
def signs_for_it(user, request):
    """Signs for the confirmed organisation that somebody asks to act for."""
    return is_a_signing_member(user, request.organisation) and request.organisation.is_confirmed


@rules.predicate
def nobody_signs_for_it(user, request):
    """Who signed has left: the authority sees to it that access outlives a colleague."""
    return not request.organisation.memberships.signing().exists()


rules.add_perm("partners.view_any_organisation", may("partners.view_organisation"))
rules.add_perm("partners.view_organisation", may("partners.view_organisation") | is_a_member)
# Staff of the authority are never their own partner, and nobody confirms what he claimed himself.
rules.add_perm("partners.register_organisation", is_signed_in & ~is_staff_member)
rules.add_perm("partners.confirm_organisation", may("partners.confirm_organisation") & ~is_a_member)
rules.add_perm("partners.import_organisation", may("partners.confirm_organisation"))
rules.add_perm("partners.edit_organisation", is_a_signing_member)
rules.add_perm("partners.manage_members", is_a_signing_member & is_confirmed)
rules.add_perm("partners.act_for_organisation", is_a_preparing_member)
rules.add_perm("partners.accept_invitation", is_signed_in & ~is_staff_member & is_invited)
rules.add_perm("partners.ask_to_join", is_signed_in & ~is_staff_member)
rules.add_perm("partners.decide_for_absent", may("partners.confirm_organisation"))
decides = signs_for_it | (may("partners.confirm_organisation") & nobody_signs_for_it)
rules.add_perm("partners.decide_join_request", decides & ~asked_it_oneself)
rules.add_perm("partners.view_join_request", decides | asked_it_oneself)
