"""Admissions: for their partner, and for staff."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from admission.filters import AdmissionFilter
from admission.models import Admission
from admission.views.lists import OpenHouseList
from documents.models import Document
from lifecycle.history import history_of
from lifecycle.steps import steps
from lifecycle.templatetags.lifecycle import dag
from lifecycle.timeline import Milestone, Span, Timeline
from lifecycle.views import StepView


class AdmissionList(LoginRequiredMixin, OpenHouseList):
    model = Admission
    filterset_class = AdmissionFilter
    template_name = "admission/admission_list.html"
    related = ("call", "participant", "application")
    title = _("Toelatingen")
    counted = _("toelatingen")
    default_order = "name"


class AdmissionPage(LoginRequiredMixin, DetailView):
    model = Admission
    template_name = "admission/admission.html"

    def get_queryset(self):
        found = Admission.objects.visible_to(self.request.user)
        return found.select_related("call__product", "conditions_version", "participant", "application__call")

    def get_context_data(self, **context):
        admission, user = self.object, self.request.user
        about = Q(subject=admission.ref) | Q(subject=admission.application.ref)
        return super().get_context_data(**context) | {
            "record": admission,
            "number": admission.number,
            "name": admission.participant.name,
            "trail": [(_("Toelatingen"), reverse("admission-list"))],
            "facts": [
                admission.call.title,
                _now("Toegelaten vanaf %s") % dag(admission.active_from),
                _now("Voorwaarden, versie %s") % admission.conditions_version.number,
            ],
            "timeline": timeline(admission),
            "steps": steps(admission, user),
            "waiting": waiting(admission),
            "services": admission.application.services.select_related(
                "service", "establishment__postcode__municipality"
            ),
            "documents": Document.objects.filter(about).visible_to(user),
            "history": history_of(admission, viewer=user),
        }


def timeline(admission):
    last = admission.last_day or admission.call.open_until
    milestones = [Milestone(admission.application.decided_at, _now("Toegelaten"))]
    if admission.verified_at:
        milestones.append(Milestone(admission.verified_at, _now("Laatst geverifieerd")))
    if last < admission.active_from:
        return Timeline([*milestones, Milestone(last, _now("Beëindigd"))])
    return Timeline(milestones, [Span(admission.active_from, last, _now("Toelating"), tone="good")])


def waiting(admission):
    if admission.measure_hearing_last_day is None or admission.state not in ("active", "suspended", "re_verification"):
        return []
    return [
        {
            "what": _now("De reactie van de partner op het voornemen"),
            "until": admission.measure_hearing_last_day,
            "ground": admission.get_ground_display(),
        }
    ]


class AdmissionStep(StepView):
    model = Admission
