"""What waits for staff because something was published: notices that are owed, and deadlines that turn out too early."""

from django.urls import reverse
from django.utils.translation import gettext as _

from desk.owed import LOOK_AT, Waiting
from procurement import guards
from procurement.eforms.changes import untold
from procurement.grounds import concessions
from procurement.models import Procedure, SubtypeChoice

S = Procedure.State


def subtypes(user) -> list[Waiting]:
    """The procedures whose notice has no form yet: the field sheet waits for it, and with that the dispatch."""
    if not user.has_perm("procurement.confirm_notice_subtype"):
        return []
    waiting = Procedure.objects.filter(state__in=(S.IN_REVIEW, S.APPROVED))
    waiting = waiting.exclude(pk__in=SubtypeChoice.objects.values("procedure")).order_by("-pk")
    return [
        Waiting(
            what=_("Subtype van de aankondiging bevestigen"),
            about=str(procedure),
            url=reverse("notice-subtype", args=[procedure.pk]),
            label=_("Bevestigen"),
            ground=str(concessions("art. 42")),
        )
        for procedure in waiting[:LOOK_AT]
    ]


def change_notices(user) -> list[Waiting]:
    """Addenda that touch the official notice and after which no notice of change was recorded."""
    if not user.has_perm("procurement.record_notice"):
        return []
    running = Procedure.objects.running().filter(addenda__state="published").distinct().order_by("-pk")[:LOOK_AT]
    owed = {procedure: addenda[-1] for procedure in running if (addenda := untold(procedure))}
    return [
        Waiting(
            what=_("Aankondiging van wijziging verzenden en optekenen"),
            about=str(addendum),
            url=f"{procedure.get_absolute_url()}?tab=aankondigingen",
            label=_("Bekijk"),
            ground=str(concessions("art. 46, § 4")),
        )
        for procedure, addendum in owed.items()
    ]


def early_deadlines(user) -> list[Waiting]:
    """Deadlines that a corrected dispatch made too early: only an extension puts that right."""
    if not user.has_perm("procurement.extend_deadline"):
        return []
    check = guards.applications_deadline_leaves_the_minimum
    found = Procedure.objects.filter(state=S.PUBLISHED, notices__correction__isnull=False).distinct().order_by("-pk")
    reasons = [(procedure, check.reason(procedure, {})) for procedure in found[:LOOK_AT]]
    return [
        Waiting(
            what=_("Uiterste datum verlengen: ze ligt te vroeg"),
            about=f"{procedure}: {reason.sentence}",
            url=reverse("procedure-step", args=[procedure.pk, "extend_deadline"]),
            label=_("Verlengen"),
            deadline=procedure.applications_deadline,
            ground=str(reason.ground),
        )
        for procedure, reason in reasons
        if reason is not None and reason.ground.blocks
    ]
