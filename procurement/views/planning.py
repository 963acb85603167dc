"""The timetable on one page: every milestone with its limits, and what a change does before it is kept."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from lifecycle import clock
from lifecycle.steps import Blocked
from procurement.actions.planning import (
    effects_of,
    ended_reason,
    plan_dates,
    remove_milestone,
    write_milestone,
)
from procurement.audience import how_many
from procurement.forms.fields import DAY, HOUR
from procurement.forms.planning import MilestoneForm, PlanningForm
from procurement.models import Procedure
from procurement.planning import drawn, next_custom_code, planned_of, terms_of
from procurement.timetable import reckon
from procurement.views.preparing import trail_to


def procedure_of(request, pk, *, writing=False) -> Procedure:
    """404 for what one may not see, 403 for who does not plan (staff may read), 409 once the procedure ended."""
    procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
    needed = "procurement.edit_procedure" if writing else "procurement.view_internal_procedure"
    if not request.user.has_perm(needed, procedure):
        raise PermissionDenied
    if writing and (reason := ended_reason(procedure)):
        raise Blocked([reason], procedure)
    return procedure


class PlanningView(LoginRequiredMixin, View):
    """All milestones in one table, which is the form; `doe` says whether to look, to keep, or to put one date right."""

    template_name = "procurement/planning.html"

    def get(self, request, pk):
        procedure = procedure_of(request, pk)
        may_plan = request.user.has_perm("procurement.edit_procedure", procedure) and not ended_reason(procedure)
        planned = planned_of(procedure)
        form = PlanningForm(planned=planned) if may_plan else None
        return self._page(procedure, reckon(planned, terms_of(procedure)), form)

    def post(self, request, pk):
        procedure = procedure_of(request, pk, writing=True)
        planned = planned_of(procedure)
        form = PlanningForm(request.POST, planned=planned)
        readable = form.is_valid()
        effects = effects_of(procedure, planned, form.changes)
        if code := request.POST.get("wettig"):
            form, effects = self._put_right(procedure, planned, effects.after, code)
            readable = form.is_valid()
        form.refuse(effects.after)
        wants_to_keep = request.POST.get("doe") == "bewaren"
        if wants_to_keep and readable and form.is_valid():
            return self._keep(request, procedure, form)
        refused = not readable or (wants_to_keep and not form.is_valid())
        status = HTTPStatus.UNPROCESSABLE_ENTITY if refused and not request.htmx else HTTPStatus.OK
        return self._page(procedure, effects.after, form, effects=effects, status=status)

    def _keep(self, request, procedure, form):
        plan_dates(procedure, by=request.user, changes=form.changes, seen=request.POST.get("seen_state"))
        messages.success(request, _("De planning is bewaard."))
        return redirect("planning", procedure.pk)

    def _put_right(self, procedure, planned, timetable, code):
        """The same form with one date on the nearest lawful day; whatever else was typed stays."""
        line = timetable.by_code.get(code)
        moment = line.nearest_lawful() if line else None
        data = self.request.POST.copy()
        if moment is not None:
            for name, value in _as_typed(code, moment).items():
                data[name] = value
        form = PlanningForm(data, planned=planned)
        form.full_clean()
        return form, effects_of(procedure, planned, form.changes)

    def _page(self, procedure, timetable, form, *, effects=None, status=HTTPStatus.OK):
        rows = [_row(procedure, line, form, timetable) for line in timetable.lines]
        context = {
            "procedure": procedure,
            "trail": trail_to(procedure),
            "form": form,
            "rows": rows,
            "timeline": drawn(timetable),
            "effects": effects,
            "told": how_many(procedure) if effects and procedure.is_public else None,
            "tells": effects is not None and any(change.is_public for change in effects.changes),
            "calendar_url": self.request.build_absolute_uri(reverse("procedure-calendar", args=[procedure.pk])),
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


def _as_typed(code, moment):
    """A moment as the fields of the form would have been filled in."""
    if not hasattr(moment, "hour"):
        return {code: moment.strftime(DAY), f"{code}_0": moment.strftime(DAY), f"{code}_1": ""}
    local = moment.astimezone(clock.BRUSSELS)
    return {code: local.strftime(DAY), f"{code}_0": local.strftime(DAY), f"{code}_1": local.strftime(HOUR)}


def _row(procedure, line, form, timetable):
    """One milestone as the table shows it."""
    names = {each.code: each.planned.label for each in timetable.lines}
    planned = line.planned
    field = form[line.code] if form and line.code in form.fields else None
    editable = form is not None and not planned.fixed and not (planned.standard and planned.standard.computed)
    lawful = line.nearest_lawful() if field else None
    return {
        "line": line,
        "field": field,
        "computed": planned.standard is not None and planned.standard.computed,
        "moves_with": _link_in_words(planned.link, names) if planned.link and not planned.fixed else "",
        "followers": [names[code] for code in line.followers],
        "edit_url": reverse("planning-milestone", args=[procedure.pk, line.code]) if editable else "",
        "put_right": lawful if lawful and lawful != line.moment else None,
        "is_latest": line.latest is not None,
    }


def _link_in_words(link, names):
    words = {"count": abs(link.days), "other": names.get(link.to, link.to)}
    if link.working:
        sentence = (
            _("%(count)s werkdagen voor “%(other)s”") if link.days < 0 else _("%(count)s werkdagen na “%(other)s”")
        )
    else:
        sentence = _("%(count)s dagen voor “%(other)s”") if link.days < 0 else _("%(count)s dagen na “%(other)s”")
    return sentence % words


class MilestoneView(LoginRequiredMixin, View):
    """One milestone: a name of its own, a date, or another milestone that it moves with."""

    template_name = "procurement/planning_milestone.html"

    def get(self, request, pk, code=None):
        procedure = procedure_of(request, pk, writing=True)
        planned = planned_of(procedure)
        return self._page(procedure, MilestoneForm(planned=_movable(planned, code), others=planned), code)

    def post(self, request, pk, code=None):
        procedure = procedure_of(request, pk, writing=True)
        planned = planned_of(procedure)
        milestone = _movable(planned, code)
        if "verwijder" in request.POST:
            return self._remove(procedure, milestone)
        form = MilestoneForm(request.POST, planned=milestone, others=planned)
        if form.is_valid():
            try:
                return self._write(procedure, code or next_custom_code(procedure), form)
            except Blocked as refusal:
                for reason in refusal.reasons:
                    form.add_error(None, f"{reason.sentence} ({reason.ground})")
        return self._page(procedure, form, code, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def _write(self, procedure, code, form):
        data = form.cleaned_data
        write_milestone(
            procedure,
            by=self.request.user,
            code=code,
            title=data.get("title", ""),
            moment=data["moment"],
            link=form.link,
            public=data.get("public", False),
        )
        messages.success(self.request, _("De mijlpaal is bewaard."))
        return redirect("planning", procedure.pk)

    def _remove(self, procedure, milestone):
        if milestone is None or milestone.standard:
            raise Http404
        remove_milestone(procedure, by=self.request.user, code=milestone.code)
        messages.success(self.request, _("De mijlpaal is verwijderd."))
        return redirect("planning", procedure.pk)

    def _page(self, procedure, form, code, status=HTTPStatus.OK):
        milestone = _movable(planned_of(procedure), code)
        back = reverse("planning", args=[procedure.pk])
        context = {
            "procedure": procedure,
            "title": milestone.label if milestone else _("Eigen mijlpaal toevoegen"),
            "trail": [*trail_to(procedure), (_("Planning"), back)],
            "form": form,
            "back": back,
            "removable": milestone is not None and milestone.standard is None,
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


def _movable(planned, code):
    """The milestone of this code; 404 when there is none, or nothing about it can be changed here."""
    if code is None:
        return None
    found = next((each for each in planned if each.code == code), None)
    if found is None or found.fixed or (found.standard and found.standard.computed):
        raise Http404
    return found
