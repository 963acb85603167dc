"""The numbers of the law: what counts, since when and from where; a proposal by one person, the approval by another."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from lifecycle import clock, legal_guards
from lifecycle.actions import correct_value, propose_value
from lifecycle.dates import day_in_words
from lifecycle.forms import CorrectValueForm, ProposeValueForm
from lifecycle.history import history_of
from lifecycle.models import LegalValue
from lifecycle.steps import Blocked, steps


class LegalValueList(LoginRequiredMixin, View):
    """Every number with all its dated values, the one in force today marked."""

    def get(self, request):
        if not request.user.has_perm("lifecycle.view_legal_value"):
            raise PermissionDenied
        rows = list(LegalValue.objects.visible_to(request.user).select_related("supersedes"))
        context = {
            "title": _("Wettelijke waarden"),
            "groups": [_group(list(found)) for _key, found in groupby(rows, key=lambda row: row.key)],
            "proposals": [row for row in rows if row.state == LegalValue.State.PROPOSED],
            "add_url": reverse("legal-value-new") if request.user.has_perm("lifecycle.propose_value") else None,
        }
        return TemplateResponse(request, "lifecycle/legal_value_list.html", context)


def _group(rows):
    """One number: its rows, latest first, and which of them is in force."""
    counting = [row for row in rows if row.state == LegalValue.State.APPROVED and row.valid_from <= clock.today()]
    present = max(counting, key=lambda row: row.valid_from, default=None)
    told = present or rows[0]
    return {"key": told.key, "meaning": told.meaning, "present": present, "rows": rows}


def _value_of(request, pk):
    return get_object_or_404(LegalValue.objects.visible_to(request.user).select_related("supersedes"), pk=pk)


class LegalValueDetail(LoginRequiredMixin, View):
    """One dated value: who proposed it, who decided, what it supersedes, what superseded it."""

    def get(self, request, pk):
        record, user = _value_of(request, pk), request.user
        may_correct = user.has_perm("lifecycle.propose_value") and not legal_guards.row_counts.reason(record, {})
        context = {
            "record": record,
            "trail": trail_to_list(),
            "number": "",
            "name": record.meaning,
            "facts": [record.amount, _("vanaf %(day)s") % {"day": day_in_words(record.valid_from)}, record.key],
            "steps": steps(record, user),
            "corrections": record.corrections.all(),
            "warns": record.is_past and record.state == LegalValue.State.PROPOSED,
            "correct_url": reverse("legal-value-correct", args=[pk]) if may_correct else None,
            "history": history_of(record, viewer=user) if user.has_perm("lifecycle.view_trail") else None,
        }
        return TemplateResponse(request, "lifecycle/legal_value.html", context)


def trail_to_list():
    return [(_("Wettelijke waarden"), reverse("legal-values"))]


class ProposeValue(LoginRequiredMixin, View):
    """A new dated value; it counts once a second legal officer approved it."""

    def get(self, request):
        self._refuse_others(request)
        return self._page(ProposeValueForm(initial={"key": request.GET.get("sleutel")}))

    def post(self, request):
        self._refuse_others(request)
        form = ProposeValueForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        proposal = propose_value(form.like, by=request.user, **form.content)
        messages.success(request, _("Voorgesteld. Een tweede jurist beslist erover."))
        return redirect(proposal.get_absolute_url())

    def _refuse_others(self, request):
        if not request.user.has_perm("lifecycle.propose_value"):
            raise PermissionDenied

    def _page(self, form, status=200):
        context = {
            "title": _("Een waarde voorstellen"),
            "trail": trail_to_list(),
            "form": form,
            "back": reverse("legal-values"),
        }
        return TemplateResponse(self.request, "lifecycle/legal_value_form.html", context, status=status)


class CorrectValue(LoginRequiredMixin, View):
    """What an approved row should have said; the wrong row stays readable."""

    def get(self, request, pk):
        wrong = self._wrong(request, pk)
        known = {"value": wrong.value, "valid_from": wrong.valid_from, "source": wrong.source}
        return self._page(wrong, CorrectValueForm(initial=known | {"certain": "yes" if wrong.certain else "no"}))

    def post(self, request, pk):
        wrong = self._wrong(request, pk)
        form = CorrectValueForm(request.POST)
        if not form.is_valid():
            return self._page(wrong, form, status=422)
        proposal = correct_value(wrong, by=request.user, **form.content)
        messages.success(request, _("Voorgesteld. Een tweede jurist beslist erover."))
        return redirect(proposal.get_absolute_url())

    def _wrong(self, request, pk):
        wrong = _value_of(request, pk)
        if not request.user.has_perm("lifecycle.propose_value", wrong):
            raise PermissionDenied
        if reason := legal_guards.row_counts.reason(wrong, {}):
            raise Blocked([reason], wrong)
        return wrong

    def _page(self, wrong, form, status=200):
        context = {
            "title": _("Een waarde verbeteren"),
            "trail": [*trail_to_list(), (wrong.amount, wrong.get_absolute_url())],
            "form": form,
            "wrong": wrong,
            "back": wrong.get_absolute_url(),
        }
        return TemplateResponse(self.request, "lifecycle/legal_value_form.html", context, status=status)
