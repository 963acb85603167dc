"""Pages about the notices of a procedure: one notice with its entries, recording, completing and correcting it."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import DetailView

from documents.models import Correction
from lifecycle import clock
from lifecycle.history import told
from lifecycle.models import Entry
from lifecycle.steps import Blocked
from procurement import actions, guards
from procurement.forms.notices import DispatchCorrectionForm, NoticeForm, PublicationForm, SubtypeForm
from procurement.models import Notice, Procedure, SubtypeChoice
from procurement.views.preparing import trail_to


def staff_only(request):
    if not request.user.has_perm("procurement.view_internal_procedure"):
        raise PermissionDenied


def notice_of(request, pk) -> Notice:
    """A notice that this member of staff may see: 404 for what one may not see, 403 for who is no staff."""
    found = Notice.objects.visible_to(request.user).select_related("procedure", "recorded_by", "superseded_by")
    notice = get_object_or_404(found, pk=pk)
    staff_only(request)
    return notice


def tab_of(procedure):
    return f"{procedure.get_absolute_url()}?tab=aankondigingen"


class NoticeDetail(LoginRequiredMixin, DetailView):
    """One entry, the entries before and after it, its corrections."""

    template_name = "procurement/notice.html"

    def get_object(self):
        return notice_of(self.request, self.kwargs["pk"])

    def get_context_data(self, **context):
        notice, user = self.object, self.request.user
        may = user.has_perm("procurement.record_notice", notice.procedure)
        open_corrections = Correction.objects.visible_to(user).about(notice.ref)
        context |= {
            "notice": notice,
            "trail": [*trail_to(notice.procedure), (_("Aankondigingen"), tab_of(notice.procedure))],
            "entries": _entries(notice),
            "corrections": open_corrections,
            "may_complete": may and notice.is_in_force and notice.published_on is None,
            "may_correct": notice.is_in_force and user.has_perm("documents.propose_correction", notice),
        }
        if user.has_perm("lifecycle.view_trail"):
            entries = Entry.objects.filter(dossier=notice.dossier, subject=notice.ref).order_by("-at", "-position")
            context["history"] = told(entries, notice, viewer=user)
        return super().get_context_data(**context)


def _entries(notice):
    """All entries of the same notice, the first one first."""
    first = notice
    while first.supersedes is not None:
        first = first.supersedes
    found, each = [], first
    while each is not None:
        found.append(each)
        each = getattr(each, "superseded_by", None)
    return found


class ProofDownload(LoginRequiredMixin, View):
    """What was handed in as proof. It can be anything: never shown, only saved."""

    def get(self, request, pk):
        notice = notice_of(request, pk)
        if not notice.proof_sha256:
            raise Http404
        headers = {
            "Content-Disposition": content_disposition_header(True, notice.proof_name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(notice.read_proof(), content_type="application/octet-stream", headers=headers)


class FormPage(LoginRequiredMixin, View):
    """A form about a notice or a procedure: what is refused stands next to its field, what was typed stays."""

    template_name = "procurement/notice_form.html"
    form_class = None
    title = button = intro = ""

    def get(self, request, pk):
        record = self.record(request, pk)
        return self.page(record, self.form(record))

    def post(self, request, pk):
        record = self.record(request, pk)
        form = self.form(record, request.POST, request.FILES)
        if not form.is_valid():
            return self.page(record, form, status=422)
        messages.success(request, self.done(record, form.cleaned_data))
        return redirect(self.back(record))

    def form(self, record, *data):
        return self.form_class(*data)

    def back(self, record):
        return record.get_absolute_url()

    def page(self, record, form, status=200):
        context = {
            "title": self.title,
            "intro": self.intro,
            "button": self.button or self.title,
            "trail": self.trail(record),
            "form": form,
            "back": self.back(record),
            "about": record,
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


class AboutProcedure(FormPage):
    permission = "procurement.record_notice"

    def record(self, request, pk):
        procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
        if not request.user.has_perm(self.permission, procedure):
            raise PermissionDenied
        return procedure

    def back(self, procedure):
        return tab_of(procedure)

    def trail(self, procedure):
        return [*trail_to(procedure), (_("Aankondigingen"), tab_of(procedure))]


class RecordNotice(AboutProcedure):
    """A notice that followed the call."""

    form_class = NoticeForm
    title = gettext_lazy("Een aankondiging optekenen")
    button = gettext_lazy("Optekenen")
    intro = gettext_lazy(
        "De aankondiging is buiten dit systeem verzonden, via e-Procurement. Hier komt wat daarvan bewezen is: nummer, moment "
        "en bewijs."
    )

    def record(self, request, pk):
        procedure = super().record(request, pk)
        if reason := guards.call_is_published.reason(procedure, {}):
            raise Blocked([reason], procedure)
        return procedure

    def form(self, procedure, *data):
        return NoticeForm(*data, procedure=procedure)

    def done(self, procedure, given):
        actions.record_notice(procedure, by=self.request.user, **given)
        return _("Opgetekend.")


class ConfirmSubtype(AboutProcedure):
    """Legal staff say which form of the eForms standard the call is; the proposal is shown, never chosen."""

    form_class = SubtypeForm
    permission = "procurement.confirm_notice_subtype"
    title = gettext_lazy("Het subtype van de oproep bevestigen")
    button = gettext_lazy("Bevestigen")

    @property
    def intro(self):
        return proposal_for(self._procedure)

    def record(self, request, pk):
        self._procedure = super().record(request, pk)
        return self._procedure

    def form(self, procedure, *data):
        present = SubtypeChoice.of(procedure)
        known = {"subtype": present.subtype} if present else {}
        return SubtypeForm(*data[:1], procedure=procedure, initial=known)

    def done(self, procedure, given):
        actions.confirm_notice_subtype(procedure, by=self.request.user, **given)
        return _("Bevestigd.")


def proposal_for(procedure) -> str:
    """What the regime points to, with its reason; a person decides."""
    if procedure.is_light:
        return _(
            "Voorstel: 14, want de procedure volgt het licht regime (art. 34): daar is de vooraankondiging de oproep "
            "(art. 42, tweede lid)."
        )
    return _("Voorstel: 19, want de procedure volgt het volledig regime (art. 42).")


class AboutNotice(FormPage):
    """A form about one notice that is in force."""

    permission = "procurement.record_notice"
    conditions = ()

    def record(self, request, pk):
        notice = notice_of(request, pk)
        if not request.user.has_perm(self.permission, notice):
            raise PermissionDenied
        if reasons := [reason for guard in self.conditions if (reason := guard.reason(notice, {}))]:
            raise Blocked(reasons, notice)
        return notice

    def trail(self, notice):
        procedure = notice.procedure
        here = (str(notice), notice.get_absolute_url())
        return [*trail_to(procedure), (_("Aankondigingen"), tab_of(procedure)), here]


class RecordPublication(AboutNotice):
    form_class = PublicationForm
    title = gettext_lazy("De publicatie optekenen")
    button = gettext_lazy("Optekenen")
    conditions = (guards.publication_is_unknown, guards.notice_is_in_force)

    def done(self, notice, given):
        actions.record_publication(notice, by=self.request.user, **given)
        return _("Opgetekend.")


class CorrectDispatch(AboutNotice):
    """Proposing what should have been recorded; a second person sees what becomes different, and confirms."""

    permission = "documents.propose_correction"
    title = gettext_lazy("De verzending verbeteren")
    button = gettext_lazy("Verbetering voorstellen")
    intro = gettext_lazy(
        "U stelt voor wat er had moeten staan. Een tweede persoon ziet wat daardoor anders wordt en bevestigt; tot dan verandert "
        "er niets. De eerste optekening blijft leesbaar."
    )
    conditions = (guards.notice_is_in_force,)

    def form(self, notice, *data):
        known = {
            "number": notice.number,
            "sent_on": notice.dispatched_on,
            "hour": None if notice.whole_day else notice.dispatched_at.astimezone(clock.BRUSSELS).time(),
        }
        return DispatchCorrectionForm(*data[:1], notice=notice, initial=known)

    def done(self, notice, given):
        self.correction = actions.propose_dispatch(notice, by=self.request.user, **given)
        return _("Voorgesteld. Een tweede persoon beslist erover.")

    def back(self, notice):
        return (self.correction if hasattr(self, "correction") else notice).get_absolute_url()
