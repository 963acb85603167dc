"""The list of contracts, and what has none yet."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views import View

from admission.models import Admission
from contracts import actions
from contracts.filters import ContractFilter
from contracts.models import Contract
from contracts.resources import ContractResource
from contracts.waiting import admissions_without_contract, awards_without_contract
from lifecycle.lists import ListPage
from procurement.models import Award


class ContractList(LoginRequiredMixin, ListPage):
    """The contracts that this person may see: all for staff, their own for a partner."""

    model = Contract
    filterset_class = ContractFilter
    template_name = "contracts/contract_list.html"
    related = ("participant__lead", "procedure", "admission__call")
    title = _("Contracten")
    intro = _("Wat volgt op een gunning of een toelating, van de opmaak tot het einde.")
    counted = _("contracten")
    default_order = "-number"
    resource = ContractResource
    file_name = "contracten"

    def get_queryset(self):
        return super().get_queryset().prefetch_related("contract_lots__lot")

    def get_context_data(self, **context):
        may_prepare = self.request.user.has_perm("contracts.prepare_contract")
        return super().get_context_data(**context) | {
            "add_url": reverse("contract-todo") if may_prepare else None,
            "add_label": _("Op te maken contracten"),
        }


class PreparesContracts(LoginRequiredMixin):
    """Only for who prepares contracts; everybody else is refused."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if not request.user.has_perm("contracts.prepare_contract"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ContractsToDo(PreparesContracts, View):
    """Tenderers whose awards can be concluded, and admitted partners without an agreement."""

    def get(self, request):
        context = {
            "trail": [(_("Contracten"), reverse("contract-list"))],
            "title": _("Op te maken contracten"),
            "tenderers": _per_tenderer(awards_without_contract()),
            "admissions": admissions_without_contract(),
        }
        return TemplateResponse(request, "contracts/todo.html", context)


def _per_tenderer(awards):
    """One row for all awards of a tenderer in a procedure: they become one contract."""
    found = {}
    for award in awards:
        found.setdefault((award.lot.procedure_id, award.participant.pk), []).append(award)
    return [
        {
            "name": group[0].participant.name,
            "procedure": group[0].lot.procedure,
            "lots": [award.lot for award in group],
            "url": reverse("contract-conclude", args=[group[0].pk]),
        }
        for group in found.values()
    ]


class Conclude(PreparesContracts, View):
    """Prepares the contract for all awards of a tenderer that can be concluded."""

    http_method_names = ["post"]

    def post(self, request, pk):
        contract = actions.conclude(award=get_object_or_404(Award, pk=pk), by=request.user)
        messages.success(request, _now("Contract %s is opgemaakt.") % contract.number)
        return redirect(contract)


class Enrol(PreparesContracts, View):
    """Makes and issues the agreement of an admitted partner."""

    http_method_names = ["post"]

    def post(self, request, pk):
        admission = get_object_or_404(Admission.objects.visible_to(request.user), pk=pk)
        contract = actions.enrol(admission=admission, by=request.user)
        messages.success(request, _now("Overeenkomst %s is uitgereikt.") % contract.number)
        return redirect(contract)
