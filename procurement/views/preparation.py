"""The log of the preparation, for staff only: consultations of the market, and who was involved."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from lifecycle.dates import day_in_words
from procurement.actions import log_preparation
from procurement.forms.people import ConsultationForm, InvolvementForm
from procurement.models import MarketConsultation, PriorInvolvement, Procedure
from procurement.views.preparing import trail_to


class PreparationLogView(LoginRequiredMixin, View):
    """Entries that are only added; `?verbeter=` writes one that supersedes an earlier one, with its reason."""

    template_name = "procurement/preparation_log.html"
    model = form_class = None
    title = intro = empty = other_title = other = ""

    def get(self, request, pk):
        procedure = self._procedure(request, pk)
        wrong = self._wrong(procedure, request.GET.get("verbeter"))
        return self._page(procedure, self.form_class(procedure=procedure, supersedes=wrong), wrong)

    def post(self, request, pk):
        procedure = self._procedure(request, pk)
        if not request.user.has_perm("procurement.keep_preparation_log", procedure):
            raise PermissionDenied
        wrong = self._wrong(procedure, request.POST.get("verbeter"))
        form = self.form_class(request.POST, procedure=procedure, supersedes=wrong)
        if not form.is_valid():
            return self._page(procedure, form, wrong, status=422)
        log_preparation(form.save(), by=request.user)
        messages.success(request, _("Opgetekend."))
        return redirect(request.path)

    def _procedure(self, request, pk):
        if not request.user.has_perm("procurement.view_internal_procedure"):
            raise Http404
        procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
        if not request.user.has_perm("procurement.view_preparation_log", procedure):
            raise PermissionDenied
        return procedure

    def _wrong(self, procedure, key):
        """The standing entry that is corrected; one that was superseded already is not corrected twice."""
        if not key:
            return None
        standing = self.model.objects.standing().filter(procedure=procedure)
        return get_object_or_404(standing, pk=int(key) if key.isdecimal() else 0)

    def _page(self, procedure, form, wrong, status=200):
        may_write = self.request.user.has_perm("procurement.keep_preparation_log", procedure)
        found = self.model.objects.filter(procedure=procedure)
        context = {
            "procedure": procedure,
            "title": self.title,
            "intro": self.intro,
            "empty": self.empty,
            "other": (self.other_title, reverse(self.other, args=[procedure.pk])),
            "trail": trail_to(procedure),
            "entries": [_row(each) for each in found.select_related("recorded_by", "superseded_by", "supersedes")],
            "correcting": wrong,
            "form": form if may_write else None,
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


def _row(entry):
    """The entry with its content as (label, text) pairs; what is empty is left out."""
    values = {name: getattr(entry, name) for name in entry.CONTENT}
    shown = {name: day_in_words(value) if isinstance(value, dt.date) else value for name, value in values.items()}
    pairs = [(entry._meta.get_field(name).verbose_name, value) for name, value in shown.items()]
    if entry.correction_reason:
        pairs.append((entry._meta.get_field("correction_reason").verbose_name, entry.correction_reason))
    return {"entry": entry, "pairs": [(label, value) for label, value in pairs if value]}


class ConsultationsView(PreparationLogView):
    model, form_class = MarketConsultation, ConsultationForm
    title = gettext_lazy("Marktconsultaties")
    intro = gettext_lazy(
        "Elk gesprek met de markt vóór de procedure: met wie, waarover, en hoe alle anderen dezelfde informatie kregen."
    )
    empty = gettext_lazy("Er is nog geen marktconsultatie opgetekend.")
    other, other_title = "procedure-involvements", gettext_lazy("Betrokkenen bij de voorbereiding")


class InvolvementsView(PreparationLogView):
    model, form_class = PriorInvolvement, InvolvementForm
    title = gettext_lazy("Betrokkenen bij de voorbereiding")
    intro = gettext_lazy(
        "Wie buiten het team aan de voorbereiding meewerkte. Stelt die zich kandidaat, dan krijgen alle anderen wat die zag; "
        "uitsluiten kan pas nadat die schriftelijk gehoord is (art. 40 en 52, 6°)."
    )
    empty = gettext_lazy("Er is nog niemand opgetekend.")
    other, other_title = "procedure-consultations", gettext_lazy("Marktconsultaties")
