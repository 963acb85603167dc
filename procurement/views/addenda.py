"""Addenda: writing one beside what stands published, and the page that shows what changed."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from documents.models import Document
from lifecycle.dates import moment_in_words
from lifecycle.history import history_of
from lifecycle.steps import Blocked, Overtaken, refuse_overtaken, steps
from procurement import guards
from procurement.actions import draft_addendum
from procurement.forms.changing import AddendumForm
from procurement.models import Addendum, Procedure
from procurement.redlines import compare
from procurement.views.preparing import trail_to


def addendum(request, pk):
    """What an addendum changes, old beside new; a draft is for staff."""
    found = Addendum.objects.visible_to(request.user).select_related(
        "procedure", "outage", "published_by", "drafted_by"
    )
    record = get_object_or_404(found, pk=pk)
    user, procedure = request.user, record.procedure
    is_staff = user.has_perm("procurement.view_internal_procedure")
    context = {
        "record": record,
        "trail": [*trail_to(procedure), (_("Wijzigingen"), f"{procedure.get_absolute_url()}?tab=wijzigingen")],
        "number": procedure.number,
        "name": record.name,
        "facts": _facts(record, is_staff=is_staff),
        "comparison": comparison_of(record),
        "public": not is_staff,
        "papers": Document.objects.visible_to(user).filter(subject=record.ref),
    }
    if is_staff:
        context |= {"steps": steps(record, user), "edit_url": _edit_url(record, user)}
        context["reminds_of_notice"] = record.touches_the_notice
    if user.has_perm("lifecycle.view_trail"):
        context["told"] = history_of(record, viewer=user)
    return TemplateResponse(request, "procurement/addendum.html", context)


def comparison_of(record):
    """Each change with the pieces of both versions in reading order."""
    return [
        {"where": change["where"], "what": change["what"], "pieces": compare(change["old"], change["new"])}
        for change in record.changes
    ]


def _facts(record, *, is_staff):
    facts = [record.get_kind_display()]
    if record.published_at:
        facts.append(_("bekendgemaakt %(moment)s") % {"moment": moment_in_words(record.published_at)})
    elif is_staff:
        facts.append(_("opgesteld door %(name)s") % {"name": record.drafted_by.name})
    return facts


def _edit_url(record, user):
    editable = record.state == Addendum.State.DRAFT and user.has_perm("procurement.draft_addendum", record)
    return reverse("addendum-edit", args=[record.pk]) if editable else None


class AddendumFormView(LoginRequiredMixin, View):
    """The form of an addendum: everything that may still change, as it stands published."""

    template_name = "procurement/addendum_form.html"

    def get(self, request, pk):
        return self._page(AddendumForm(addendum=self._addendum(request, pk)))

    def post(self, request, pk):
        draft = self._addendum(request, pk)
        form = AddendumForm(request.POST, addendum=draft)
        if form.is_valid():
            try:
                draft = draft_addendum(form.written(), by=request.user)
            except Overtaken:
                raise
            except Blocked as refusal:
                form.blame(refusal.reasons)
            else:
                messages.success(request, _("Het ontwerp is bewaard. Een tweede persoon maakt het bekend."))
                return redirect(draft.get_absolute_url())
        return self._page(form, status=422)

    def _page(self, form, status=200):
        draft = form.addendum
        procedure = Procedure.objects.get(pk=draft.procedure_id)
        context = {
            "title": _("Addendum aanpassen") if draft.pk else _("Rectificatie opstellen"),
            "trail": trail_to(procedure),
            "form": form,
            "back": draft.get_absolute_url() if draft.pk else procedure.get_absolute_url(),
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


class AddendumCreateView(AddendumFormView):
    def _addendum(self, request, pk):
        procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
        if not request.user.has_perm("procurement.draft_addendum", procedure):
            raise PermissionDenied
        draft = Addendum(procedure=procedure)
        if reason := guards.procedure_can_be_rectified.reason(draft, {}):
            raise Blocked([reason], procedure)
        return draft


class AddendumEditView(AddendumFormView):
    def _addendum(self, request, pk):
        draft = get_object_or_404(Addendum.objects.visible_to(request.user).select_related("procedure"), pk=pk)
        if not request.user.has_perm("procurement.draft_addendum", draft):
            raise PermissionDenied
        if draft.state != Addendum.State.DRAFT:
            refuse_overtaken(draft)
        if reason := guards.procedure_can_be_rectified.reason(draft, {}):
            raise Blocked([reason], draft)
        return draft
