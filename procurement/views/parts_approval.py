"""Two parts of the page of a procedure, for staff: what it is worth, and what was approved."""

from django.urls import reverse
from django.utils.translation import gettext as _

from procurement import comparing, delegations
from procurement.views.valuing import estimate_of


def tabs_of(procedure, user) -> dict:
    """key -> (label, count, what makes its context)."""
    versions = procedure.approved_versions.select_related("recorded_by").order_by("-number")
    return {
        "waarde": (_("Waarde"), None, lambda: _value(procedure, user)),
        "goedkeuring": (_("Goedkeuring"), versions.count() or None, lambda: _approval(procedure, versions)),
    }


def _value(procedure, user):
    context = estimate_of(procedure) | {
        "delegation": delegations.in_force(),
        "estimate_url": reverse("procedure-estimate", args=[procedure.pk]),
        "award_values": None,
    }
    if user.has_perm("procurement.view_award_value", procedure):
        found = procedure.award_values.select_related("lot__product", "lot__area", "signed_off_by", "procedure")
        context["award_values"] = [
            {"record": each, "url": each.get_absolute_url() if _may_sign(user, each) else ""} for each in found
        ]
    if procedure.state == procedure.State.EVALUATION and user.has_perm("procurement.record_award_value", procedure):
        context["record_url"] = reverse("procedure-award-value", args=[procedure.pk])
    return context


def _may_sign(user, award_value):
    return award_value.needs_sign_off and user.has_perm("procurement.sign_off_award_value", award_value)


def _approval(procedure, versions):
    """The last version word for word, and what it changed of the one before."""
    versions = list(versions)
    last = versions[0] if versions else None
    earlier = versions[1] if len(versions) > 1 else None
    return {
        "versions": versions,
        "last": last,
        "content": comparing.in_words(last.content) if last else [],
        "earlier": earlier,
        "changes": comparing.changes_between(earlier.content, last.content) if earlier else [],
    }
