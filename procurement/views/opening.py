"""The opening: two officers release the box of a phase together, each with a fresh second factor, then open it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from accounts.middleware import second_factor_at
from documents.envelopes import guards as sealing
from documents.envelopes.actions import approve_release
from documents.models import SealingBox
from lifecycle.steps import Blocked, steps
from procurement.models import Application, Offer, Outage, Procedure
from procurement.views.preparing import trail_to

OPENING_VERBS = {"open_applications", "open_tenders", "open_best_and_final", "close_applications", "close_tenders"}


class BoxReleaseView(LoginRequiredMixin, View):
    """The last box of the procedure, who approved its release, and what this officer can do now."""

    template_name = "procurement/opening.html"

    def get(self, request, pk):
        procedure, box = self._box(request, pk)
        return self._page(procedure, box)

    def post(self, request, pk):
        procedure, box = self._box(request, pk)
        if not request.user.has_perm("procurement.open_submissions", procedure):
            raise PermissionDenied
        proved_at = second_factor_at(request)
        if sealing.second_factor_is_fresh.reason(box, {"second_factor_at": proved_at}):
            return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.path})}")
        try:
            box = approve_release(box, by=request.user, second_factor_at=proved_at)
        except Blocked as refusal:
            return self._page(procedure, box, reasons=refusal.reasons, status=409)
        done = _("De verzegeling is opgeheven.") if box.is_released else _("Uw goedkeuring is opgetekend.")
        messages.success(request, done)
        return redirect(request.path)

    def _box(self, request, pk):
        procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
        if not request.user.has_perm("documents.release_box"):
            raise PermissionDenied
        boxes = SealingBox.objects.filter(subject=procedure.ref).select_related("first_officer", "second_officer")
        box = boxes.order_by("-opens_at").first()
        if box is None:
            raise Http404
        return procedure, box

    def _page(self, procedure, box, *, reasons=None, status=200):
        user = self.request.user
        proved_at = second_factor_at(self.request)
        if reasons is None:
            reasons = self._reasons(box, proved_at)
        context = {
            "procedure": procedure,
            "box": box,
            "title": _phase_name(box.phase),
            "trail": trail_to(procedure),
            "count": _count(procedure, box.phase),
            "approvals": _approvals(box),
            "reasons": [reason for reason in reasons if reason.guard != sealing.second_factor_is_fresh.name],
            "is_stale": any(reason.guard == sealing.second_factor_is_fresh.name for reason in reasons),
            "outage_waits": Outage.objects.filter(state=Outage.State.RECORDED, hindered=True).exists(),
            "has_stated": user.has_perm("procurement.open_submissions", procedure),
            "interests_url": reverse("interests", args=[procedure.pk]),
            "reauthenticate_url": f"{reverse('mfa_reauthenticate')}?{urlencode({'next': self.request.path})}",
            "steps": [step for step in steps(procedure, user) if step.verb in OPENING_VERBS],
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)

    def _reasons(self, box, proved_at):
        """What stands in the way of this officer's approval, before it is asked."""
        facts = {"second_factor_at": proved_at, "officer": self.request.user}
        conditions = [sealing.moment_of_release_has_come, sealing.second_factor_is_fresh]
        if box.first_approval_stands:
            conditions.append(sealing.officers_are_two)
        return [reason for guard in conditions if (reason := guard.reason(box, facts))]


def _phase_name(phase):
    if phase == "applications":
        return _("Opening van de aanvragen")
    return _("Opening van de offertes") if phase == "offers-1" else _("Opening van de definitieve offertes")


def _count(procedure, phase):
    """How many were submitted, and nothing else."""
    if phase == "applications":
        found = procedure.applications.exclude(state=Application.State.WITHDRAWN)
    else:
        found = Offer.objects.filter(lot__procedure=procedure, round=int(phase.partition("-")[2]))
        found = found.exclude(state=Offer.State.WITHDRAWN)
    return found.filter(submitted_at__isnull=False).count()


def _approvals(box):
    """Who approved, in order; an approval that lapsed counts no more."""
    rows = []
    if box.first_officer and (box.is_released or box.first_approval_stands):
        rows.append((_("Eerste goedkeuring"), box.first_officer, box.first_approved_at))
    if box.second_officer:
        rows.append((_("Tweede goedkeuring"), box.second_officer, box.released_at))
    return rows
