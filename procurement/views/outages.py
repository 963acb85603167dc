"""The register of outages: for everybody what is confirmed, for those who keep it everything."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from lifecycle import timelimits
from lifecycle.dates import moment_in_words
from lifecycle.history import history_of
from lifecycle.steps import steps
from procurement.actions import record_outage
from procurement.actions.outages import foreseen
from procurement.forms.changing import OutageForm
from procurement.models import Outage

A_PAGE = 50


def outages(request):
    """Every outage with its start and end, and the rule by which it extends deadlines."""
    found = Outage.objects.visible_to(request.user)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rule": rule_of_today(),
        "add_url": reverse("outage-record") if request.user.has_perm("procurement.record_outage") else None,
    }
    return TemplateResponse(request, "procurement/outages.html", context)


def rule_of_today():
    """The published rule in the numbers of today; a procedure keeps those of its own publication."""
    keys = {"minutes": "outage-minimum-minutes", "window": "outage-window-hours", "extra": "outage-extra-hours"}
    return {name: timelimits.days(key) for name, key in keys.items()}


def outage(request, pk):
    """One outage, and what it did to which deadline."""
    record = get_object_or_404(Outage.objects.visible_to(request.user), pk=pk)
    user = request.user
    context = {
        "record": record,
        "trail": [(_("Storingen"), reverse("outage-list"))],
        "name": str(record),
        "facts": _facts(record),
        "effects": record.effects.select_related("procedure"),
    }
    if user.is_authenticated and user.has_perm("procurement.view_outages"):
        context["steps"] = steps(record, user)
        context["foreseen"] = foreseen(record) if record.state == Outage.State.RECORDED else []
        context["told"] = history_of(record, viewer=user)
    return TemplateResponse(request, "procurement/outage.html", context)


def _facts(record):
    if record.ended_at is None:
        return [_("duurt nog")]
    until = _("tot %(moment)s") % {"moment": moment_in_words(record.ended_at)}
    return [until, _("%(minutes)s minuten") % {"minutes": record.minutes}]


class OutageRecordView(LoginRequiredMixin, View):
    """Recording an outage, while it lasts or afterwards."""

    template_name = "procurement/outage_form.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm("procurement.record_outage"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self._page(OutageForm())

    def post(self, request):
        form = OutageForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        record = record_outage(form.save(commit=False), by=request.user)
        messages.success(request, _("De storing is opgetekend. Een tweede persoon bevestigt ze."))
        return redirect(record.get_absolute_url())

    def _page(self, form, status=200):
        context = {
            "title": _("Storing optekenen"),
            "trail": [(_("Storingen"), reverse("outage-list"))],
            "form": form,
            "back": reverse("outage-list"),
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)
