"""Beginning an application or an offer: from then on it is a sealed draft."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View

from procurement import actions
from procurement.forms.submissions import OfferStartForm, StartForm
from procurement.models import Application, Procedure
from procurement.views.preparing import trail_to


class ApplicationStartView(LoginRequiredMixin, View):
    """Beginning an application: for which party, for which lots."""

    template_name = "procurement/start.html"

    def get(self, request, pk):
        procedure = self._procedure(request, pk)
        return self._page(procedure, StartForm(procedure=procedure, user=request.user))

    def post(self, request, pk):
        procedure = self._procedure(request, pk)
        form = StartForm(request.POST, procedure=procedure, user=request.user)
        if not form.is_valid():
            return self._page(procedure, form, status=422)
        participant = form.participant(by=request.user)
        running = (
            procedure.applications.filter(participant=participant).exclude(state=Application.State.WITHDRAWN).first()
        )
        if running is not None:
            messages.info(request, _("Voor deze organisatie loopt al een aanvraag: hier is ze."))
            return redirect(running.get_absolute_url())
        draft = actions.start_application(
            procedure,
            by=request.user,
            participant=participant,
            lots=form.cleaned_data["lots"],
            declares_reserved=form.cleaned_data.get("declares_reserved", False),
        )
        messages.success(
            request, _("Uw aanvraag is begonnen. Ze is pas ingediend wanneer u op “Indienen” hebt geklikt.")
        )
        return redirect(draft.get_absolute_url())

    def _procedure(self, request, pk):
        return get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)

    def _page(self, procedure, form, status=200):
        context = {
            "title": _("Kandidaat stellen"),
            "trail": trail_to(procedure),
            "procedure": procedure,
            "deadline": procedure.applications_deadline,
            "form": form if form.has_choice else None,
            "button": _("Aanvraag beginnen"),
            "back": procedure.get_absolute_url(),
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


class OfferStartView(LoginRequiredMixin, View):
    """Beginning an offer of a selected candidate for one of its lots in the running round."""

    template_name = "procurement/start.html"

    def get(self, request, pk):
        application = self._application(request, pk)
        return self._page(application, OfferStartForm(application=application))

    def post(self, request, pk):
        application = self._application(request, pk)
        form = OfferStartForm(request.POST, application=application)
        if not form.is_valid():
            return self._page(application, form, status=422)
        draft = actions.start_offer(application, by=request.user, lot=form.cleaned_data["lot"])
        messages.success(
            request, _("Uw offerte is begonnen. Ze is pas ingediend wanneer u op “Indienen” hebt geklikt.")
        )
        return redirect(draft.get_absolute_url())

    def _application(self, request, pk):
        found = Application.objects.visible_to(request.user).select_related("procedure", "participant__lead")
        application = get_object_or_404(found, pk=pk)
        if not request.user.has_perm("procurement.prepare_submission", application):
            raise PermissionDenied
        return application

    def _page(self, application, form, status=200):
        procedure = application.procedure
        context = {
            "title": _("Offerte beginnen"),
            "trail": trail_to(procedure),
            "procedure": procedure,
            "deadline": procedure.offers_deadline,
            "form": form if form.has_choice else None,
            "button": _("Offerte beginnen"),
            "back": application.get_absolute_url(),
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)
