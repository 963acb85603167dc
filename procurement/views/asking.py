"""Which exclusion grounds a draft applies, each with the evidence that is asked."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View

from procurement.actions.drafting import choose_exclusions
from procurement.forms.asking import ExclusionForm
from procurement.views.preparing import draft_of, trail_to


class ExclusionsView(LoginRequiredMixin, View):
    """The mandatory grounds always apply; of the optional ones the officer chooses (act of 17 June 2016, arts 50 to 52)."""

    template_name = "procurement/exclusions.html"

    def get(self, request, pk):
        procedure = draft_of(request, pk)
        return self._page(procedure, ExclusionForm(procedure=procedure))

    def post(self, request, pk):
        procedure = draft_of(request, pk)
        form = ExclusionForm(request.POST, procedure=procedure)
        if not form.is_valid():
            return self._page(procedure, form, status=422)
        choose_exclusions(procedure, by=request.user, choices=form.choices())
        messages.success(request, _("De uitsluitingsgronden zijn bewaard."))
        return redirect(procedure.get_absolute_url() + "?tab=voorwaarden")

    def _page(self, procedure, form, status=200):
        context = {"procedure": procedure, "trail": trail_to(procedure), "form": form}
        return TemplateResponse(self.request, self.template_name, context, status=status)
