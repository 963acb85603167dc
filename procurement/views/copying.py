"""Copying an earlier procedure, and what a draft still needs before it can be handed over."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from lifecycle.steps import reasons_of, transitions
from procurement.actions import copy_procedure
from procurement.forms.copying import CopyForm
from procurement.models import Procedure
from procurement.views.preparing import draft_of, next_number, trail_to


class CopyView(LoginRequiredMixin, View):
    """A new draft from this procedure, under its own number."""

    template_name = "procurement/copy.html"

    def get(self, request, pk):
        return self._page(self._procedure(request, pk), CopyForm(initial={"number": next_number()}))

    def post(self, request, pk):
        procedure = self._procedure(request, pk)
        form = CopyForm(request.POST)
        if not form.is_valid():
            return self._page(procedure, form, status=422)
        copy = copy_procedure(procedure, by=request.user, number=form.cleaned_data["number"])
        words = {"source": procedure.number, "number": copy.number}
        messages.success(request, _("%(source)s is gekopieerd naar %(number)s.") % words)
        return redirect("procedure-missing", copy.pk)

    def _procedure(self, request, pk):
        procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
        if not request.user.has_perm("procurement.edit_procedure"):
            raise PermissionDenied
        return procedure

    def _page(self, procedure, form, status=200):
        context = {"procedure": procedure, "trail": trail_to(procedure), "form": form}
        return TemplateResponse(self.request, self.template_name, context, status=status)


class MissingView(LoginRequiredMixin, View):
    """What stands in the way of handing a draft over, and what is not in it because it is never copied."""

    template_name = "procurement/missing.html"

    def get(self, request, pk):
        procedure = draft_of(request, pk)
        submit = next(each for each in transitions(Procedure) if each.name == "submit_for_approval")
        reasons, _warnings = reasons_of(procedure, submit, {})
        dates = [
            str(field.verbose_name)
            for field in procedure._meta.concrete_fields
            if field.name.endswith(("_deadline", "_planned_on")) and getattr(procedure, field.name) is None
        ]
        context = {
            "procedure": procedure,
            "trail": trail_to(procedure),
            "reasons": reasons,
            "dates": dates,
            "source": procedure.copied_from,
            "edit_url": reverse("procedure-edit", args=[pk]),
            "team_url": reverse("procedure-team", args=[pk]),
        }
        return TemplateResponse(request, self.template_name, context)
