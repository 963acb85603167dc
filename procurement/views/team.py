"""The team of a procedure on one page: members, deputies, and who stated what about interests."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from lifecycle import clock
from procurement.actions import join_team, leave_team
from procurement.forms.people import TeamMemberForm
from procurement.models import Procedure, TeamMember
from procurement.views.preparing import trail_to


class TeamView(LoginRequiredMixin, View):
    """Read by who reads the trail, which tells the same; written by who names the team."""

    template_name = "procurement/team.html"

    def get(self, request, pk):
        procedure = self._procedure(request, pk)
        return self._page(procedure, TeamMemberForm(procedure=procedure))

    def post(self, request, pk):
        procedure = self._procedure(request, pk)
        if not request.user.has_perm("procurement.name_team", procedure):
            raise PermissionDenied
        if "beeindig" in request.POST:
            leave_team(_member(procedure, request.POST["beeindig"]), by=request.user)
            messages.success(request, _("Beëindigd."))
            return redirect(request.path)
        form = TeamMemberForm(request.POST, procedure=procedure)
        if not form.is_valid():
            return self._page(procedure, form, status=422)
        join_team(form.save(commit=False), by=request.user)
        messages.success(request, _("Bewaard."))
        return redirect(request.path)

    def _interests_url(self, procedure, stated):
        """Where this member states interests, as long as nothing was stated."""
        member = procedure.team.current(clock.today()).filter(user=self.request.user).exists()
        owes = member and self.request.user.pk not in stated
        may = self.request.user.has_perm("procurement.state_interests", procedure)
        return reverse("interests", args=[procedure.pk]) if owes and may else ""

    def _procedure(self, request, pk):
        procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
        if not request.user.has_perm("procurement.view_team", procedure):
            raise PermissionDenied
        return procedure

    def _page(self, procedure, form, status=200):
        members = list(procedure.team.select_related("user", "replaces__user"))
        statements = list(procedure.interest_statements.select_related("user").order_by("stated_at"))
        stated = {statement.user_id for statement in statements}
        context = {
            "procedure": procedure,
            "trail": trail_to(procedure),
            "members": members,
            "open_roles": _open_roles(members),
            "statements": statements,
            "silent": sorted({str(each.user) for each in members if each.is_current and each.user_id not in stated}),
            "interests_url": self._interests_url(procedure, stated),
            "form": form if self.request.user.has_perm("procurement.name_team", procedure) else None,
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


def _member(procedure, key):
    return get_object_or_404(procedure.team.select_related("procedure"), pk=int(key) if key.isdecimal() else 0)


def _open_roles(members):
    """The roles that nobody is named for: everybody who holds them does their steps."""
    named = {member.role for member in members}
    return [str(label) for role, label in TeamMember.Role.choices if role not in named]
