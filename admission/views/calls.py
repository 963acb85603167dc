"""Calls and the versions of their conditions: public from their publication on."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, FormView, View

from admission import actions
from admission.filters import CallFilter
from admission.forms import CallForm, ConditionFormSet, FeeFormSet, VersionForm
from admission.models import Call, ConditionsVersion, PublishedIsFixed
from admission.views.lists import OpenHouseList
from documents.models import Document
from lifecycle.history import history_of
from lifecycle.steps import steps
from lifecycle.templatetags.lifecycle import dag
from lifecycle.timeline import Milestone, Span, Timeline
from lifecycle.views import StepView


class CallList(OpenHouseList):
    model = Call
    filterset_class = CallFilter
    template_name = "admission/call_list.html"
    related = ("product",)
    title = _("Open House")
    intro = _(
        "Wie aan de bekendgemaakte voorwaarden voldoet, wordt toegelaten: op elk moment, zonder maximum en zonder rang."
    )
    counted = _("oproepen")
    default_order = "-number"

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        if self.request.user.has_perm("admission.manage_call"):
            context |= {"add_url": reverse("call-new"), "add_label": _("Oproep voorbereiden")}
        return context


class CallPage(DetailView):
    """The page of a call; its parts are tabs."""

    model = Call
    template_name = "admission/call.html"
    part = "conditions"

    def get_queryset(self):
        return Call.objects.visible_to(self.request.user).select_related("product")

    def get_context_data(self, **context):
        call, user = self.object, self.request.user
        version = call.version_in_force() or call.newest_version() or call.first_version
        may_apply = call.takes_applications and not (user.is_authenticated and user.is_staff_member)
        return super().get_context_data(**context) | {
            "record": call,
            "number": call.number,
            "name": call.title,
            "trail": [(_("Open House"), reverse("call-list"))],
            "facts": call_facts(call),
            "timeline": call_timeline(call),
            # Who is invited to apply has something to do here: "nothing to do" would contradict the button.
            "steps": (steps(call, user) or (None if may_apply else [])) if user.is_authenticated else None,
            "tabs": self.tabs(call),
            "part": self.part,
            "version": version,
            "conditions": version.conditions.all() if version else [],
            "fees": version.fees.all() if version else [],
            "versions": call.versions.visible_to(user).order_by("-number"),
            "manages": user.has_perm("admission.manage_call", call),
            "may_edit": call.state == Call.State.DRAFT,
            "may_renew": call.is_running,
            "may_apply": may_apply,
            "documents": Document.objects.about(call).visible_to(user) if self.part == "conditions" else None,
            "partners": self.partners(call) if self.part == "partners" else None,
            "history": history_of(call, viewer=user, whole_dossier=True) if self.part == "history" else None,
        }

    def partners(self, call):
        """Who is admitted is public, in the order of the alphabet: it prefers nobody."""
        return call.admissions.running().select_related("participant").order_by("participant__name")

    def tabs(self, call):
        found = [("conditions", _("Voorwaarden"), reverse("call", args=[call.pk]), None)]
        if call.is_public:
            count = call.admissions.running().count()
            found.append(("partners", _("Toegelaten partners"), reverse("call-partners", args=[call.pk]), count))
        found.append(("history", _("Verloop"), reverse("call-history", args=[call.pk]), None))
        return [
            {"label": label, "url": url, "current": code == self.part, "count": count}
            for code, label, url, count in found
        ]


def call_facts(call):
    words = [call.product.name]
    if call.apply_until:
        words.append(_now("Aanvragen kan van %(first)s tot en met %(last)s") % _term(call))
    else:
        words.append(_now("Open vanaf %(first)s") % _term(call))
    return [*words, _now("Geen maximum, geen rangschikking")]


def _term(call):
    return {"first": dag(call.open_from, "plain"), "last": dag(call.apply_until, "plain")}


def call_timeline(call):
    binding = call.is_public
    milestones = [
        Milestone(call.published_at, _now("Bekendgemaakt"), url="") if call.published_at else None,
        Milestone(call.open_from, _now("Open voor aanvragen"), binding=binding),
        Milestone(call.starts_on, _now("Start dienstverlening"), binding=binding),
        Milestone(call.apply_until, _now("Laatste dag om aan te vragen")) if call.apply_until else None,
    ]
    spans = [Span(call.starts_on, call.open_until, _now("Looptijd"), tone="good")]
    return Timeline([each for each in milestones if each], spans)


class CallStep(StepView):
    model = Call


class ManagesCalls(LoginRequiredMixin):
    """Only who manages calls; asked before anything is read or written."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm("admission.manage_call"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class CallNew(ManagesCalls, FormView):
    form_class = CallForm
    template_name = "admission/call_form.html"
    extra_context = {"title": _("Oproep voorbereiden"), "back_label": _("Open House")}

    def get_context_data(self, **context):
        return super().get_context_data(**context) | {"back_url": reverse("call-list")}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Call()}

    def form_valid(self, form):
        try:
            call = actions.create_call(by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        return redirect("conditions-version-edit", call.first_version.pk)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CallEdit(CallNew):
    extra_context = {"title": _("Oproep aanpassen")}

    def dispatch(self, request, *args, **kwargs):
        self.call = get_object_or_404(Call.objects.visible_to(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context):
        url = self.call.get_absolute_url()
        return super().get_context_data(**context) | {"back_url": url, "back_label": str(self.call)}

    def get_form_kwargs(self):
        # A copy: what a refused form wrote on it must not be shown as the call.
        return super().get_form_kwargs() | {"instance": Call.objects.get(pk=self.call.pk)}

    def form_valid(self, form):
        try:
            call = actions.edit_call(self.call, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except PublishedIsFixed:
            form.add_error(None, _("De oproep is voorgelegd en kan niet meer worden aangepast."))
        else:
            return redirect(call)
        return self.form_invalid(form)


class VersionPage(DetailView):
    model = ConditionsVersion
    template_name = "admission/version.html"

    def get_queryset(self):
        user = self.request.user
        calls = Call.objects.visible_to(user)
        return ConditionsVersion.objects.visible_to(user).filter(call__in=calls).select_related("call")

    def get_context_data(self, **context):
        version, user = self.object, self.request.user
        words = [_now("Geldt vanaf %s") % dag(version.applies_from)] if version.applies_from else []
        if version.digest:
            words.append(f"SHA-256 {version.digest[:16]}…")
        return super().get_context_data(**context) | {
            "record": version,
            "number": version.call.number,
            "name": _now("Voorwaarden, versie %s") % version.number,
            "facts": words,
            "trail": [(_("Open House"), reverse("call-list")), (str(version.call), version.call.get_absolute_url())],
            "steps": steps(version, user) if user.is_authenticated else None,
            "conditions": version.conditions.all(),
            "fees": version.fees.all(),
            "version": version,
            "manages": user.has_perm("admission.manage_call", version.call),
            "history": history_of(version, viewer=user),
        }


class VersionNew(ManagesCalls, View):
    """Begins the next version of a running call."""

    http_method_names = ["post"]

    def post(self, request, pk):
        call = get_object_or_404(Call.objects.running(), pk=pk)
        return redirect("conditions-version-edit", actions.draft_version(call, by=request.user).pk)


class VersionEdit(ManagesCalls, View):
    """All conditions, fees and the agreement of a draft on one page."""

    def dispatch(self, request, *args, **kwargs):
        self.version = get_object_or_404(ConditionsVersion.objects.select_related("call"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        if not self.version.is_editable:
            return redirect(self.version)
        return self._page(*self._forms())

    def post(self, request, pk):
        form, conditions, fees = found = self._forms(request.POST)
        if not all(each.is_valid() for each in found):
            return self._page(*found, status=422)
        try:
            actions.edit_version(
                self.version, by=request.user, conditions=_rows(conditions), fees=_rows(fees), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        except PublishedIsFixed:
            form.add_error(None, _("Deze voorwaarden staan vast en kunnen niet meer worden aangepast."))
        else:
            again = "more" in request.POST
            return redirect("conditions-version-edit", pk) if again else redirect(self._back())
        return self._page(*found, status=422)

    def _forms(self, *data):
        version = ConditionsVersion.objects.select_related("call").get(pk=self.version.pk)
        return (
            VersionForm(*data, instance=version),
            ConditionFormSet(*data, prefix="conditions", initial=list(version.conditions.values())),
            FeeFormSet(*data, prefix="fees", initial=list(version.fees.values())),
        )

    def _back(self):
        return self.version.call if self.version.number == 1 else self.version

    def _page(self, form, conditions, fees, *, status=200):
        context = {"form": form, "conditions": conditions, "fees": fees, "version": self.version, "back": self._back()}
        return TemplateResponse(self.request, "admission/version_form.html", context, status=status)


def _rows(formset):
    """The rows that were filled in and not struck out."""
    rows = [form.cleaned_data for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    return [{name: value for name, value in row.items() if name != "DELETE"} for row in rows]


class VersionStep(StepView):
    model = ConditionsVersion
