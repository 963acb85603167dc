"""The page of one lot: from its ranking to its conclusion, and the check at the registry of the Council of State."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from documents.models import Document, Letter
from lifecycle import timelimits
from lifecycle.history import history_of
from lifecycle.steps import Blocked, steps
from procurement import guards, own_rules
from procurement.actions import check_registry
from procurement.guards import valuing
from procurement.milestones import NOTIFIED, last_sending, letters_of, timeline_of_lot
from procurement.models import Lot, Offer
from procurement.views.preparing import trail_to
from procurement.waiting import waiting_of_lot


def _lot_of(request, pk):
    found = Lot.objects.visible_to(request.user).select_related("procedure", "product", "area")
    return get_object_or_404(found, pk=pk)


def lot(request, pk):
    """The page of a lot; ranking and letters only for who may see them."""
    record = _lot_of(request, pk)
    user, procedure = request.user, record.procedure
    is_staff = user.has_perm("procurement.view_internal_procedure")
    letters = letters_of([record])[record.pk]
    context = {
        "record": record,
        "trail": trail_to(procedure),
        "number": procedure.number,
        "name": record.title,
        "facts": _facts(record),
        "timeline": timeline_of_lot(record, user=user),
        "offers": _offers(record, user),
        "standstill": _standstill(record, letters),
        "papers": Document.objects.visible_to(user).filter(subject=record.ref),
        "concessionaires": record.awards.select_related("offer__application__participant").decided()
        if record.state == Lot.State.CONCLUDED
        else None,
    }
    if is_staff:
        context |= {
            "steps": steps(record, user),
            "waiting": waiting_of_lot(record, letters),
            "awards": record.awards.select_related("offer__application__participant"),
            "end_reason": record.end_reason,
            "award_value": _award_value(record, user),
        }
    if user.has_perm("documents.view_document"):
        context["letters"] = Letter.objects.about(record).select_related("document")
        context["may_register"] = user.has_perm("documents.register_sending")
    if user.has_perm("lifecycle.view_trail"):
        context["told"] = history_of(record, viewer=user)
    return TemplateResponse(request, "procurement/lot.html", context)


def _award_value(record, user):
    """The value at award that counts for this lot, and where it is recorded or signed off by who may."""
    if not user.has_perm("procurement.view_award_value", record):
        return None
    found = valuing.value_of(record)
    recordable = valuing.award_is_undecided.reason(record, {}) is None
    may_record = recordable and user.has_perm("procurement.record_award_value", record)
    may_sign = found and found.needs_sign_off and user.has_perm("procurement.sign_off_award_value", found)
    return {
        "record": found,
        "record_url": reverse("lot-award-value", args=[record.pk]) if may_record else "",
        "sign_url": found.get_absolute_url() if may_sign else "",
    }


def _facts(record):
    words = {"count": record.max_concessionaires}
    return [record.product.name, record.area.name, _("hoogstens %(count)s concessiehouders") % words]


def _offers(record, user):
    """The opened offers in their order, for who evaluates; for a tenderer only its own."""
    found = Offer.objects.visible_to(user).filter(lot=record)
    return found.select_related("application__participant", "lot__product", "lot__area").order_by("-score", "pk")


def _standstill(record, letters):
    """From when to when, once the last letter left; the countdown stands with its ground."""
    sent_on = last_sending(letters) if record.state in NOTIFIED else None
    if sent_on is None:
        return None
    days = record.procedure.legal_days("standstill-days", on=sent_on)
    last_day = timelimits.period_end(sent_on, days=days)
    return {
        "sent_on": sent_on,
        "days": days,
        "last_day": last_day,
        "over": timelimits.period_over(last_day),
        "ground": str(own_rules.ground_of(record.procedure, own_rules.STANDSTILL)),
        "voluntary": record.procedure.is_light and own_rules.binds(record.procedure, own_rules.STANDSTILL),
        "checked_at": record.registry_checked_at,
    }


class RegistryCheckView(LoginRequiredMixin, View):
    """Recording that the registry of the Council of State was checked for a suspension request, now, by this person."""

    template_name = "procurement/registry_check.html"

    def get(self, request, pk):
        record = self._record(request, pk)
        context = {
            "record": record,
            "trail": [*trail_to(record.procedure), (record.title, record.get_absolute_url())],
            "standstill": _standstill(record, letters_of([record])[pk]),
        }
        return TemplateResponse(request, self.template_name, context)

    def post(self, request, pk):
        record = check_registry(self._record(request, pk), by=request.user)
        messages.success(request, _("Opgetekend: de griffie is nagezien."))
        return redirect(record.get_absolute_url())

    def _record(self, request, pk):
        record = _lot_of(request, pk)
        if not request.user.has_perm("procurement.record_proceedings", record):
            raise PermissionDenied
        if reason := guards.lot_stands_still.reason(record, {}):
            raise Blocked([reason], record)
        return record
