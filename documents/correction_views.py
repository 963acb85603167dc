"""Pages about corrections: proposing one for a letter, what it makes different, confirming it."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView

from documents.correcting import Difference, differences_of, propose_sending
from documents.forms import SendingCorrectionForm
from documents.models import Correction, Document, Letter
from lifecycle import clock
from lifecycle.history import history_of
from lifecycle.models import ref
from lifecycle.steps import steps
from lifecycle.views import StepView


def told_differences(correction):
    """Kept as they were when it was confirmed; until then as they would be."""
    if correction.is_proposed:
        return differences_of(correction)
    return [Difference(**each) for each in correction.differences]


class CorrectionDetail(LoginRequiredMixin, DetailView):
    """What was recorded, what should have been, why, and everything that comes out differently."""

    template_name = "documents/correction.html"

    def get_queryset(self):
        people = ("proposed_by", "decided_by", "noted_by", "supersedes")
        return Correction.objects.visible_to(self.request.user).select_related(*people)

    def get_context_data(self, **context):
        record, user = self.object, self.request.user
        return super().get_context_data(**context) | {
            "record": record,
            "name": _("Verbetering"),
            "number": "",
            "facts": [record.about],
            "trail": [(_("Waar dit opgetekend is"), record.path)],
            "steps": steps(record, user),
            "differences": told_differences(record),
            "history": history_of(record, viewer=user) if user.has_perm("lifecycle.view_trail") else None,
        }


class CorrectionStep(StepView):
    """Confirming shows once more what becomes different."""

    model = Correction
    template_name = "documents/correction_step.html"

    def _page(self, form, **options):
        page = super()._page(form, **options)
        page.context_data["differences"] = told_differences(self.record)
        return page


class CorrectSending(LoginRequiredMixin, FormView):
    """Proposing what the proof of posting of a letter really says; every entry so far stays on the page."""

    form_class = SendingCorrectionForm
    template_name = "documents/correct_sending.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        found = Letter.objects.select_related("document")
        self.letter = get_object_or_404(found, pk=kwargs["pk"], document__in=Document.objects.visible_to(request.user))
        if not request.user.has_perm("documents.propose_correction", self.letter):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        now = self.letter.registration
        moment = now and now["sent_at"].astimezone(clock.BRUSSELS).strftime("%d/%m/%Y %H:%M")
        return {"number": now["number"], "sent_at": moment} if now else {}

    def get_context_data(self, **context):
        entries = Correction.objects.about(ref(self.letter)).select_related("proposed_by", "decided_by")
        return super().get_context_data(**context) | {"letter": self.letter, "entries": entries}

    def form_valid(self, form):
        try:
            correction = propose_sending(self.letter, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        return redirect(correction.get_absolute_url())

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
