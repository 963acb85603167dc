"""The pages about what a concession is worth: the estimate, the value at award, and its sign-off."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View

from lifecycle.steps import Blocked
from procurement import guards
from procurement.actions import record_award_value, sign_off_award_value, write_estimate
from procurement.forms.valuing import AwardValueForm, EstimateForm, SignOffForm
from procurement.models import AwardValue, Lot, Procedure
from procurement.models.estimates import COMPONENTS
from procurement.thresholds import compare
from procurement.views.preparing import draft_of, trail_to


class EstimateView(LoginRequiredMixin, View):
    """The seven components, their total against the threshold; a form while it is a draft, then only to read."""

    template_name = "procurement/estimate.html"

    def get(self, request, pk):
        procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
        if not request.user.has_perm("procurement.view_internal_procedure"):
            raise PermissionDenied
        editable = procedure.state == procedure.State.DRAFT
        may_edit = editable and request.user.has_perm("procurement.edit_procedure", procedure)
        return self._page(procedure, EstimateForm(procedure=procedure) if may_edit else None)

    def post(self, request, pk):
        procedure = draft_of(request, pk)
        form = EstimateForm(request.POST, procedure=procedure)
        if not form.is_valid():
            return self._page(procedure, form, status=422)
        write_estimate(procedure, by=request.user, method=form.cleaned_data["method"], components=form.components)
        messages.success(request, _("De raming is bewaard."))
        return redirect(request.path)

    def _page(self, procedure, form, status=200):
        context = estimate_of(procedure) | {
            "title": _("Raming"),
            "procedure": procedure,
            "trail": trail_to(procedure),
            "form": form,
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


def estimate_of(procedure) -> dict:
    """The estimate as pages show it: its components in words, the total, the comparison with the threshold."""
    estimate = getattr(procedure, "estimate", None)
    values = estimate.components if estimate else {}
    return {
        "components": [(COMPONENTS[name], value) for name, value in values.items()],
        "total": procedure.estimated_value,
        "method": procedure.value_method,
        "comparison": compare(procedure),
    }


class AwardValueView(LoginRequiredMixin, View):
    """Recording the value at award: of one lot, or (`model = Procedure`) of all lots together."""

    model = None
    template_name = "procurement/award_value.html"

    def get(self, request, pk):
        record = self._record(request, pk)
        known = self._known(record)
        initial = {"value": known.value, "method": known.method} if known else {}
        return self._page(record, AwardValueForm(initial=initial))

    def post(self, request, pk):
        record = self._record(request, pk)
        form = AwardValueForm(request.POST)
        if not form.is_valid():
            return self._page(record, form, status=422)
        made = record_award_value(record, by=request.user, **form.cleaned_data)
        if made.exceeds:
            messages.info(request, _("Opgetekend. De waarde gaat de grens te boven: een jurist tekent ze eerst af."))
        else:
            messages.success(request, _("Opgetekend: de waarde blijft binnen de raming."))
        return redirect(record.get_absolute_url())

    def _record(self, request, pk):
        related = ("procedure", "product", "area") if self.model is Lot else ()
        found = self.model.objects.visible_to(request.user).select_related(*related)
        record = get_object_or_404(found, pk=pk)
        if not request.user.has_perm("procurement.record_award_value", record):
            raise PermissionDenied
        asked = (guards.award_is_undecided, guards.offers_are_evaluated)
        if reasons := [reason for guard in asked if (reason := guard.reason(record, {}))]:
            raise Blocked(reasons, record)
        return record

    def _known(self, record):
        own = {"lot": record} if isinstance(record, Lot) else {"procedure": record, "lot": None}
        return AwardValue.objects.filter(**own).first()

    def _page(self, record, form, status=200):
        procedure = getattr(record, "procedure", record)
        context = {
            "record": record,
            "trail": trail_to(procedure) if record is procedure else [*trail_to(procedure), _link(record)],
            "estimate": record.estimated_value,
            "limit": AwardValue(procedure=procedure, lot=None if record is procedure else record).limit,
            "form": form,
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


def _link(lot):
    return lot.title, lot.get_absolute_url()


class SignOffView(LoginRequiredMixin, View):
    """A legal officer says with reasons what follows from a value above the limit."""

    template_name = "procurement/sign_off.html"

    def get(self, request, pk):
        return self._page(self._award_value(request, pk), SignOffForm())

    def post(self, request, pk):
        award_value = self._award_value(request, pk)
        form = SignOffForm(request.POST)
        if not form.is_valid():
            return self._page(award_value, form, status=422)
        sign_off_award_value(award_value, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Afgetekend: de waarde houdt de gunning niet meer tegen."))
        return redirect((award_value.lot or award_value.procedure).get_absolute_url())

    def _award_value(self, request, pk):
        visible = Procedure.objects.visible_to(request.user)
        related = ("procedure", "lot__product", "lot__area", "recorded_by")
        found = get_object_or_404(AwardValue.objects.select_related(*related), pk=pk, procedure__in=visible)
        if not request.user.has_perm("procurement.sign_off_award_value", found):
            raise PermissionDenied
        if reason := guards.sign_off_is_needed.reason(found, {}):
            raise Blocked([reason], found.lot or found.procedure)
        return found

    def _page(self, award_value, form, status=200):
        procedure, lot = award_value.procedure, award_value.lot
        context = {
            "award_value": award_value,
            "record": lot or procedure,
            "trail": [*trail_to(procedure), _link(lot)] if lot else trail_to(procedure),
            "form": form,
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)
