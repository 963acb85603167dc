"""Writing a draft: its facts, then its lots, criteria and conditions, each with a small form of its own."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from lifecycle import clock
from lifecycle.grounds import published_rule
from lifecycle.guards import Reason
from lifecycle.steps import Blocked
from lifecycle.templatetags.lifecycle import euro
from procurement.actions.drafting import remove_part, write_draft, write_part
from procurement.forms.asking import SubCriterionForm
from procurement.forms.procedures import ConditionForm, CriterionForm, LotForm, ProcedureForm
from procurement.models import Procedure, SubCriterion


def draft_of(request, pk) -> Procedure:
    """The draft that this person may edit: 404 for what one may not see, 403 without the right, 409 once it is no draft."""
    procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("procurement.edit_procedure", procedure):
        raise PermissionDenied
    if procedure.state != Procedure.State.DRAFT:
        sentence = _("Alleen een ontwerp kan worden aangepast; dit staat op “%(state)s”.")
        reason = Reason("is_a_draft", sentence % {"state": procedure.get_state_display()}, published_rule())
        raise Blocked([reason], procedure)
    return procedure


class ProcedureCreateView(LoginRequiredMixin, View):
    """A new procedure, with the next number of the year."""

    template_name = "procurement/procedure_form.html"

    def get(self, request):
        return self._page(ProcedureForm(initial={"number": next_number()}))

    def post(self, request):
        form = ProcedureForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        procedure = write_draft(form.save(commit=False), by=request.user)
        messages.success(request, _("Het ontwerp is bewaard. Voeg nu percelen, criteria en voorwaarden toe."))
        return redirect("procedure-lots", procedure.pk)

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm("procurement.edit_procedure"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def _page(self, form, status=200):
        context = {
            "title": _("Nieuwe procedure"),
            "trail": [(_("Procedures"), reverse("procedure-list"))],
            "form": form,
            "back": reverse("procedure-list"),
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


def next_number():
    year = clock.today().year
    taken = set(Procedure.objects.filter(number__startswith=f"{year}-").values_list("number", flat=True))
    return next(number for count in range(1, len(taken) + 2) if (number := f"{year}-{count:03}") not in taken)


class ProcedureEditView(LoginRequiredMixin, View):
    """The facts of a draft."""

    template_name = "procurement/procedure_form.html"

    def get(self, request, pk):
        return self._page(ProcedureForm(instance=draft_of(request, pk)))

    def post(self, request, pk):
        form = ProcedureForm(request.POST, instance=draft_of(request, pk))
        if not form.is_valid():
            return self._page(form, status=422)
        procedure = write_draft(form.save(commit=False), by=request.user)
        messages.success(request, _("Het ontwerp is bewaard."))
        return redirect(procedure.get_absolute_url())

    def _page(self, form, status=200):
        # What was typed is not the name of the record yet.
        procedure = Procedure.objects.get(pk=form.instance.pk)
        context = {
            "title": _("%(number)s bewerken") % {"number": procedure.number},
            "trail": trail_to(procedure),
            "form": form,
            "back": procedure.get_absolute_url(),
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


def trail_to(procedure):
    """Where I am, down to the procedure itself."""
    return [(_("Procedures"), reverse("procedure-list")), (procedure.number, procedure.get_absolute_url())]


class PartsView(LoginRequiredMixin, View):
    """The parts of a draft in a table, and one form that adds or changes one of them.

    With htmx only the table and the form are replaced; without it the page comes back as a whole.
    """

    template_name = "procurement/parts.html"
    form_class = None
    title = add_label = empty = ""
    columns = []

    def get(self, request, pk):
        procedure = draft_of(request, pk)
        part = self._part(procedure, request.GET.get("wijzig"))
        return self._page(procedure, self.form_class(instance=part, procedure=procedure))

    def post(self, request, pk):
        procedure = draft_of(request, pk)
        if "verwijder" in request.POST:
            remove_part(self._part(procedure, request.POST["verwijder"]), by=request.user)
            messages.success(request, _("Verwijderd."))
            return redirect(request.path)
        part = self._part(procedure, request.POST.get("wijzig"))
        form = self.form_class(request.POST, instance=part, procedure=procedure)
        if not form.is_valid():
            # htmx puts only successful answers into the page.
            return self._page(procedure, form, status=200 if request.htmx else 422)
        write_part(form.save(commit=False), by=request.user)
        messages.success(request, _("Bewaard."))
        return redirect(request.path)

    def _part(self, procedure, key):
        if not key:
            return None
        return get_object_or_404(self.parts(procedure), pk=int(key) if key.isdecimal() else 0)

    def _page(self, procedure, form, status=200):
        editing = form.instance.pk
        context = {
            "procedure": procedure,
            "title": self.title,
            "trail": trail_to(procedure),
            "columns": self.columns,
            "rows": [
                {"pk": part.pk, "name": self.name(part), "cells": self.cells(part)} for part in self.parts(procedure)
            ],
            "form": form,
            "editing": editing,
            "form_title": _("Wijzigen") if editing else self.add_label,
            "empty": self.empty,
            "others": [
                (other.title, reverse(name, args=[procedure.pk]))
                for name, other in PARTS.items()
                if other is not type(self)
            ],
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


class LotsView(PartsView):
    form_class = LotForm
    title, add_label = gettext_lazy("Percelen"), gettext_lazy("Perceel toevoegen")
    empty = gettext_lazy("Er is nog geen perceel.")
    columns = [
        gettext_lazy("Perceel"),
        gettext_lazy("Concessiehouders"),
        gettext_lazy("Geraamde waarde"),
        gettext_lazy("Voorbehouden"),
    ]

    def parts(self, procedure):
        return procedure.lots.select_related("product", "area").order_by("number")

    def name(self, lot):
        return lot.title

    def cells(self, lot):
        return [lot.max_concessionaires, euro(lot.estimated_value), _("ja") if lot.is_reserved else "–"]


class CriteriaView(PartsView):
    form_class = CriterionForm
    title, add_label = gettext_lazy("Gunningscriteria"), gettext_lazy("Criterium toevoegen")
    empty = gettext_lazy("Er is nog geen gunningscriterium.")
    columns = [gettext_lazy("Criterium"), gettext_lazy("Wat beoordeeld wordt"), gettext_lazy("Gewicht")]

    def parts(self, procedure):
        return procedure.award_criteria.order_by("rank")

    def name(self, criterion):
        return str(criterion)

    def cells(self, criterion):
        return [criterion.text_nl, criterion.weight or "–"]


class SubCriteriaView(PartsView):
    form_class = SubCriterionForm
    title, add_label = gettext_lazy("Subcriteria"), gettext_lazy("Subcriterium toevoegen")
    empty = gettext_lazy("Er is nog geen subcriterium.")
    columns = [
        gettext_lazy("Subcriterium"),
        gettext_lazy("Criterium"),
        gettext_lazy("Wat beoordeeld wordt"),
        gettext_lazy("Gewicht"),
    ]

    def parts(self, procedure):
        found = SubCriterion.objects.filter(criterion__procedure=procedure)
        return found.select_related("criterion__procedure").order_by("criterion__rank", "rank")

    def name(self, part):
        return str(part)

    def cells(self, part):
        return [part.criterion, part.text_nl, part.weight or "–"]


class ConditionsView(PartsView):
    form_class = ConditionForm
    title, add_label = gettext_lazy("Selectievoorwaarden"), gettext_lazy("Voorwaarde toevoegen")
    empty = gettext_lazy("Er is nog geen selectievoorwaarde.")
    columns = [gettext_lazy("Voorwaarde"), gettext_lazy("Wat gevraagd wordt"), gettext_lazy("Bewijs")]

    def parts(self, procedure):
        return procedure.selection_conditions.order_by("code")

    def name(self, condition):
        return str(condition)

    def cells(self, condition):
        return [condition.text_nl, condition.evidence_nl]


PARTS = {
    "procedure-lots": LotsView,
    "procedure-criteria": CriteriaView,
    "procedure-sub-criteria": SubCriteriaView,
    "procedure-conditions": ConditionsView,
}
