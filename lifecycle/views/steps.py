"""The one view for every verb: GET confirms, POST fires."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View

from lifecycle import overrides, steps
from lifecycle.forms import OverrideForm
from lifecycle.models import PolicyOverride


class StepView(LoginRequiredMixin, View):
    """A verb's page: what will happen, what still stands in the way, the facts it asks, one button with the verb in it.

    A record that one may not see is 404, a verb that one may not do is 403, the wrong moment is 409 with all reasons.
    `model` needs a queryset with `visible_to(user)`.
    """

    model = None
    template_name = "lifecycle/step.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.record = get_object_or_404(self.model.objects.visible_to(request.user), pk=kwargs["pk"])
        self.transition = self._transition(kwargs["verb"])
        return super().dispatch(request, *args, **kwargs)

    def _transition(self, verb):
        """The declared verb from the present state, or from any other so that the page can say why it is too late."""
        found = [each for each in steps.transitions(self.model) if each.name == verb and each.custom["offered"]]
        if not found:
            raise Http404
        here = [each for each in found if each.source == self.record.state]
        transition = (here or found)[0]
        if not transition.permission(self.record, self.request.user):
            raise PermissionDenied
        return transition

    def get(self, request, *args, **kwargs):
        return self._page(self._form())

    def post(self, request, *args, **kwargs):
        if "override" in request.POST:
            return self._ask_override(request.POST["override"])
        form = self._form(request.POST, request.FILES)
        if form is not None and not form.is_valid():
            too_late = self.transition.source != self.record.state
            return self._page(form, status=409 if too_late else 422)
        facts = form.cleaned_data if form is not None else {}
        seen = request.POST.get("seen_state") or self.record.state
        try:
            record = self._do(seen, facts)
        except steps.Blocked as refusal:
            return self._page(form, refusal=refusal, status=409)
        messages.success(request, _("“%(step)s” is gedaan.") % {"step": self.transition.custom["label"]})
        return redirect(record.get_absolute_url())

    def _do(self, seen, facts):
        """Call the verb's action if it has one, else fire it; either way with the state that this person saw."""
        name = self.transition.custom["action"]
        if name is None:
            return steps.fire(self.record, self.transition.name, by=self.request.user, seen=seen, **facts)
        if seen != self.record.state:
            steps.refuse_overtaken(self.record)
        steps.action_of(name)(self.record, by=self.request.user, **facts)
        return self.record

    def _form(self, *data):
        form_class = steps.form_of(self.record, self.transition.name)
        return form_class(*data, record=self.record) if form_class else None

    def _ask_override(self, guard):
        """Ask a second person to set a policy aside; without its reason the page comes back with what was typed."""
        form = OverrideForm(self.request.POST, prefix=guard)
        if not form.is_valid():
            return self._page(self._form(), asked=form, status=422)
        reason = form.cleaned_data["reason"]
        override = overrides.ask_override(
            self.record, by=self.request.user, verb=self.transition.name, guard=guard, reason=reason
        )
        messages.success(self.request, _("Gevraagd. Een tweede persoon beslist of de regel hier opzij kan."))
        return redirect(override.get_absolute_url())

    def _page(self, form, *, refusal=None, asked=None, status=200):
        step = steps.step_of(self.record, self.transition)
        here = self.transition.source == self.record.state
        reasons = list(refusal.reasons if refusal else step.reasons)
        if not here and not refusal:
            reasons = [steps.wrong_state(self.record, self.transition)]
        context = {
            "record": self.record,
            "step": step,
            "part": steps.part_of(self.record, step.verb, self.request.user) if here else None,
            "reasons": reasons,
            "form": form,
            "overtaken": isinstance(refusal, steps.Overtaken),
            "policies": self._policies(reasons, asked),
            "unnamed": step.verb in getattr(self.model, "UNNAMED", {}),
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)

    def _policies(self, reasons, asked):
        """Each policy that stands in the way, with what was asked about it or the form that asks it."""
        found = [reason for reason in reasons if not reason.ground.blocks]
        if not found:
            return []
        pending = PolicyOverride.objects.pending().about(self.record, self.transition.name)
        by_guard = {override.guard: override for override in pending}
        return [
            {
                "reason": reason,
                "override": by_guard.get(reason.guard),
                "form": asked if asked and asked.prefix == reason.guard else OverrideForm(prefix=reason.guard),
            }
            for reason in found
        ]


class PolicyOverrideView(LoginRequiredMixin, View):
    """What is asked to be set aside, for which step and why; a second person grants or refuses it.

    Seen by whoever asked it and by who may decide on it, as long as they may see the record itself.
    """

    template_name = "lifecycle/override.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.override = get_object_or_404(PolicyOverride.objects.select_related("asked_by", "granted_by"), **kwargs)
        record = overrides.record_of(self.override)
        if record is None:
            raise Http404
        self.record = get_object_or_404(type(record).objects.visible_to(request.user), pk=record.pk)
        self.may_decide = request.user.has_perm("lifecycle.grant_override", self.override)
        if not self.may_decide and request.user != self.override.asked_by:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        guard = overrides.guard_of(self.record, self.override)
        transition = overrides.transition_of(self.record, self.override.verb)
        context = {
            "record": self.record,
            "override": self.override,
            "step": transition.custom["label"] if transition else self.override.verb,
            "rule": guard.sentence if guard else self.override.guard,
            "may_decide": self.may_decide and self.override.granted_by_id is None,
        }
        return TemplateResponse(request, self.template_name, context)

    def post(self, request, pk):
        if not self.may_decide:
            raise PermissionDenied
        if request.POST.get("decision") == "grant":
            overrides.grant_override(self.override, by=request.user)
            messages.success(request, _("De regel is voor deze stap opzijgezet."))
        else:
            overrides.refuse_override(self.override, by=request.user)
            messages.success(request, _("Geweigerd: de regel blijft gelden."))
        return redirect(self.record.get_absolute_url())
