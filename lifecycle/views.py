"""The one view for every verb: GET confirms, POST fires."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View

from lifecycle import steps


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

    def _page(self, form, *, refusal=None, status=200):
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
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)
