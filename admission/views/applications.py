"""Applications: their own pages for their applicant, and for staff from the submission on. Never two beside each other."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, View

from admission import actions
from admission.filters import ApplicationFilter
from admission.forms import DraftForm, StartForm
from admission.models import AdmissionApplication, Call, EvidenceFile
from admission.views.lists import OpenHouseList
from documents.models import Document
from lifecycle.history import history_of
from lifecycle.steps import Blocked, steps
from lifecycle.templatetags.lifecycle import when
from lifecycle.timeline import Milestone, Timeline
from lifecycle.views import StepView
from partners.actions import participant_alone

State = AdmissionApplication.State
# From the intention on the applicant reads what was found; before that results are work in progress.
TOLD = (State.REFUSAL_INTENDED, State.HEARD, State.ADMITTED, State.REFUSED)


class ApplicationList(LoginRequiredMixin, OpenHouseList):
    """A worklist: states and terms, no results side by side."""

    model = AdmissionApplication
    filterset_class = ApplicationFilter
    template_name = "admission/application_list.html"
    related = ("call", "participant")
    title = _("Toelatingsaanvragen")
    counted = _("aanvragen")
    default_order = "-submitted"


class ApplicationPage(LoginRequiredMixin, DetailView):
    model = AdmissionApplication
    template_name = "admission/application.html"

    def get_queryset(self):
        found = AdmissionApplication.objects.visible_to(self.request.user)
        return found.select_related("call__product", "conditions_version", "participant__lead")

    def get_context_data(self, **context):
        application, user = self.object, self.request.user
        is_own = application.participant.has_member(user)
        return super().get_context_data(**context) | {
            "record": application,
            "number": application.number,
            "name": application.participant.name,
            "trail": [
                (_("Open House"), reverse("call-list")),
                (str(application.call), application.call.get_absolute_url()),
            ],
            "facts": facts(application),
            "timeline": timeline(application),
            "steps": steps(application, user),
            "waiting": waiting(application, is_own=is_own),
            "services": application.services.select_related("service", "establishment__postcode__municipality"),
            "parts": parts(application, is_own=is_own),
            "may_fill_in": application.takes_evidence and user.has_perm("admission.prepare_application", application),
            "is_own": is_own,
            "documents": Document.objects.about(application).visible_to(user),
            "history": history_of(application, viewer=user),
        }


def facts(application):
    words = [application.call.title, _now("Voorwaarden, versie %s") % application.conditions_version.number]
    if application.submitted_at:
        words.append(_now("Ingediend op %s") % when(application.submitted_at, "second"))
    return words


def timeline(application):
    dates = [
        (application.submitted_at, _now("Ingediend"), None),
        (application.completion_last_day, _now("Aanvullen tot en met"), application.completed_at is not None or None),
        (application.complete_at, _now("Volledig"), None),
        (application.hearing_last_day, _now("Gehoord worden tot en met"), application.heard_at is not None or None),
        (application.decision_due, _now("Beslissing ten laatste"), application.decided_at is not None or None),
        (application.decided_at, _now("Beslist"), None),
    ]
    return Timeline([Milestone(moment, label, done=done) for moment, label, done in dates if moment])


def waiting(application, *, is_own):
    """What it waits for, in this state: at most one thing."""
    ground = _now("bekendgemaakte toelatingsprocedure")
    found = {
        State.INCOMPLETE: (_now("De aanvulling van de aanvrager"), application.completion_last_day),
        State.IN_ASSESSMENT: (_now("De beslissing van VDAB"), application.decision_due),
        State.REFUSAL_INTENDED: (_now("De reactie van de aanvrager"), application.hearing_last_day),
        State.HEARD: (_now("De beslissing van VDAB"), application.decision_due),
    }.get(application.state)
    return [{"what": found[0], "until": found[1], "ground": ground}] if found else []


def parts(application, *, is_own):
    """Per condition: what it asks, what was declared and proved, and, once it may be read, what was found."""
    stated = {each.condition_id: each for each in application.declarations.all()}
    files = list(application.evidence.all() if is_own else application.evidence.exclude(fixed_at=None))
    told = not is_own or application.state in TOLD
    results = {each.condition_id: each for each in application.results.all()} if told else {}
    return [
        {
            "condition": condition,
            "declaration": stated.get(condition.pk),
            "files": [file for file in files if file.condition_id == condition.pk],
            "result": results.get(condition.pk),
        }
        for condition in application.conditions_version.conditions.all()
    ]


class ApplicationStep(StepView):
    model = AdmissionApplication


class ApplicationStart(LoginRequiredMixin, View):
    """For which organisation; then the draft."""

    def dispatch(self, request, *args, **kwargs):
        self.call = get_object_or_404(Call.objects.public().select_related("product"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self._page(StartForm(user=request.user))

    def post(self, request, pk):
        form = StartForm(request.POST, user=request.user)
        if not form.is_valid():
            return self._page(form, status=422)
        participant = participant_alone(form.cleaned_data["organisation"], by=request.user)
        try:
            draft = actions.start_application(self.call, by=request.user, participant=participant)
        except Blocked as refusal:
            return self._page(form, reasons=refusal.reasons, status=409)
        return redirect("admission-application-edit", draft.pk)

    def _page(self, form, *, reasons=(), status=200):
        context = {"form": form, "call": self.call, "reasons": reasons}
        return TemplateResponse(self.request, "admission/start.html", context, status=status)


class ApplicationEdit(LoginRequiredMixin, View):
    """The whole draft on one page. What is right is kept, also when something else is wrong."""

    def dispatch(self, request, *args, **kwargs):
        found = AdmissionApplication.objects.visible_to(request.user)
        self.application = get_object_or_404(
            found.select_related("call__product", "conditions_version", "participant"), pk=kwargs["pk"]
        )
        if not request.user.has_perm("admission.prepare_application", self.application):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        if not self.application.takes_evidence:
            return redirect(self.application)
        return self._page(DraftForm(application=self.application))

    def post(self, request, pk):
        if not self.application.takes_evidence:
            messages.error(request, _("Aan deze aanvraag kan nu niets worden toegevoegd of gewijzigd."))
            return redirect(self.application)
        form = DraftForm(request.POST, request.FILES, application=self.application)
        form.is_valid()
        largest = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        if int(request.META.get("CONTENT_LENGTH") or 0) > largest:
            words = _now("De bestanden zijn samen te groot: hoogstens %s per keer bewaren.") % filesizeformat(largest)
            form.add_error(None, words)
        if not form.save(by=request.user):
            return self._page(form, status=422)
        messages.success(request, _("Bewaard. Uw aanvraag is nog niet ingediend."))
        return redirect("admission-application-edit" if "stay" in request.POST else "admission-application", pk)

    def _page(self, form, *, status=200):
        context = {"form": form, "application": self.application, "parts": form.parts()}
        return TemplateResponse(self.request, "admission/application_form.html", context, status=status)


class EvidenceDownload(LoginRequiredMixin, View):
    """A file goes out as an attachment of the kind that its content showed, never to be shown in the page."""

    def get(self, request, pk):
        evidence = get_object_or_404(EvidenceFile.objects.visible_to(request.user), pk=pk)
        response = FileResponse(
            evidence.file.open("rb"), as_attachment=True, filename=evidence.name, content_type=evidence.content_type
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response


class EvidenceRemove(LoginRequiredMixin, View):
    http_method_names = ["post"]

    def post(self, request, pk):
        evidence = get_object_or_404(EvidenceFile.objects.visible_to(request.user).select_related("application"), pk=pk)
        actions.remove_evidence(evidence.application, by=request.user, evidence=evidence)
        messages.success(request, _("Het bewijsstuk is verwijderd."))
        return redirect("admission-application-edit", evidence.application_id)
