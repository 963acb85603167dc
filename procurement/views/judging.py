"""What staff state before they see anything that was submitted."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View

from procurement.actions import state_interests
from procurement.forms.interests import InterestsForm
from procurement.models import InterestStatement, Procedure
from procurement.views.preparing import trail_to


class InterestsView(LoginRequiredMixin, View):
    """A staff member's own conflict-of-interest statement (act of 17 June 2016, art. 26)."""

    template_name = "procurement/interests.html"

    def get(self, request, pk):
        procedure, earlier = self._procedure(request, pk)
        return self._page(procedure, InterestsForm(earlier=earlier))

    def post(self, request, pk):
        procedure, earlier = self._procedure(request, pk)
        form = InterestsForm(request.POST, earlier=earlier)
        if not form.is_valid():
            return self._page(procedure, form, status=422)
        state_interests(procedure, by=request.user, has_conflict=form.has_conflict)
        messages.success(request, _("Uw verklaring is opgetekend."))
        return redirect(procedure.get_absolute_url())

    def _procedure(self, request, pk):
        procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
        if not request.user.has_perm("procurement.state_interests", procedure):
            raise PermissionDenied
        return procedure, InterestStatement.objects.filter(procedure=procedure, user=request.user).first()

    def _page(self, procedure, form, status=200):
        context = {"procedure": procedure, "trail": trail_to(procedure), "form": form, "earlier": form.earlier}
        return TemplateResponse(self.request, self.template_name, context, status=status)
