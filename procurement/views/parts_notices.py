"""The tab of the notices: for everybody what left and when, for staff the field sheets and what is still to be done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from procurement.eforms.sheet import forms_of
from procurement.models import Notice, SubtypeChoice
from procurement.views.notices import proposal_for


def tabs(procedure, user, *, is_staff):
    """`key -> (label, count, what makes its context)`, or nothing for who would find it empty."""
    count = Notice.objects.in_force().filter(procedure=procedure).count()
    if not is_staff and not count:
        return {}
    return {"aankondigingen": (_("Aankondigingen"), count, lambda: _part(procedure, user, is_staff=is_staff))}


def _part(procedure, user, *, is_staff):
    notices = Notice.objects.in_force().filter(procedure=procedure).select_related("procedure")
    context = {"notices": notices, "internal": is_staff}
    if not is_staff:
        return context
    choice = SubtypeChoice.of(procedure)
    may_confirm = user.has_perm("procurement.confirm_notice_subtype", procedure)
    may_record = procedure.is_public and user.has_perm("procurement.record_notice", procedure)
    return context | {
        "choice": choice,
        "proposal": "" if choice else proposal_for(procedure),
        "subtype_url": reverse("notice-subtype", args=[procedure.pk]) if may_confirm else None,
        "record_url": reverse("notice-new", args=[procedure.pk]) if may_record else None,
        "sheets": [(form.title, form.url) for form in forms_of(procedure, choice)],
    }
