"""Amendments: drafting one, and its page."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from contracts import actions
from contracts.forms import AmendmentForm
from contracts.models import Amendment, Contract
from lifecycle.history import history_of
from lifecycle.steps import Blocked, steps
from lifecycle.views import StepView


def _trail_to(contract):
    return [(_("Contracten"), reverse("contract-list")), (str(contract), contract.get_absolute_url())]


class AmendmentNew(LoginRequiredMixin, View):
    """A draft for a running contract."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        found = Contract.objects.visible_to(request.user).select_related("participant")
        self.contract = get_object_or_404(found, pk=kwargs["pk"])
        if not request.user.has_perm("contracts.manage_contract", self.contract):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self._page(AmendmentForm())

    def post(self, request, pk):
        form = AmendmentForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            amendment = actions.draft_amendment(self.contract, by=request.user, **form.cleaned_data)
        except Blocked as refusal:
            return self._page(form, reasons=refusal.reasons, status=409)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self._page(form, status=422)
        return redirect(amendment)

    def _page(self, form, *, reasons=(), status=200):
        context = {"form": form, "contract": self.contract, "reasons": reasons, "trail": _trail_to(self.contract)}
        return TemplateResponse(self.request, "contracts/amendment_form.html", context, status=status)


class AmendmentPage(LoginRequiredMixin, View):
    def get(self, request, pk):
        found = Amendment.objects.visible_to(request.user).select_related("contract__participant")
        amendment = get_object_or_404(found, pk=pk)
        context = {
            "record": amendment,
            "trail": _trail_to(amendment.contract),
            "number": f"{amendment.contract.number}/{amendment.number}",
            "name": amendment.get_ground_display(),
            "facts": [amendment.contract.participant.name],
            "steps": steps(amendment, request.user),
            "amendment": amendment,
            "history": history_of(amendment, viewer=request.user),
        }
        return TemplateResponse(request, "contracts/amendment.html", context)


class AmendmentStep(StepView):
    model = Amendment
