"""Applications and offers: for their makers a sealed draft, a receipt, what was opened; for staff what was opened.

Both kinds share their pages; what differs stands in `Kind`. What is inside an envelope is read for the page that is being
made and kept nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from documents.envelopes import actions as envelopes
from documents.envelopes import reading, uploads
from documents.envelopes.kinds import in_words
from documents.models import Document, EnvelopeFile
from lifecycle.history import history_of
from lifecycle.steps import steps
from lifecycle.views import StepView
from procurement.actions import write_answers
from procurement.actions.drafting import choose_lots
from procurement.answers import Clash, shown
from procurement.forms.submissions import ApplicationAnswersForm, ChosenLotsForm, OfferAnswersForm
from procurement.milestones import timeline_of, timeline_of_lot
from procurement.models import Application, Lot, Offer
from procurement.views.checklist import checklist_of
from procurement.views.parts_changing import news_for_maker
from procurement.views.preparing import trail_to


@dataclass(frozen=True)
class Kind:
    """What differs between an application and an offer."""

    name: str
    model: type
    related: tuple[str, ...]
    answers_form: type
    permission: str
    deadline: Callable

    def url(self, what, record, *args):
        return reverse(f"{self.name}-{what}", args=[record.pk, *args])


APPLICATION = Kind(
    "application",
    Application,
    ("procedure", "participant__lead", "envelope__box"),
    ApplicationAnswersForm,
    "procurement.view_application",
    lambda application: application.procedure.applications_deadline,
)
OFFER = Kind(
    "offer",
    Offer,
    ("lot__procedure", "lot__product", "lot__area", "application__participant__lead", "envelope__box"),
    OfferAnswersForm,
    "procurement.view_offer",
    lambda offer: offer.procedure.offers_deadline,
)


class SubmissionView(LoginRequiredMixin, View):
    """The page of an application or an offer; the other views of it answer with this page when something is wrong."""

    kind = None

    def get(self, request, pk):
        return self._page(self._record(request, pk))

    def _record(self, request, pk, *, preparing=False):
        """404 for what one may not see; 403 for who may see but not prepare."""
        found = self.kind.model.objects.visible_to(request.user).select_related(*self.kind.related)
        record = get_object_or_404(found, pk=pk)
        if not request.user.has_perm(self.kind.permission, record):
            raise Http404
        if preparing and not request.user.has_perm("procurement.prepare_submission", record):
            raise PermissionDenied
        return record

    def _page(self, record, *, answers=None, base=None, lots=None, refusals=(), status=200):
        user, kind = self.request.user, self.kind
        is_maker = record.participant.has_member(user)
        context = {
            "record": record,
            "kind": kind.name,
            "trail": trail_to(record.procedure),
            "number": record.procedure.number,
            "name": _names(record)[0],
            "facts": _names(record)[1:],
            "timeline": _timeline(record, user),
            "steps": steps(record, user),
            "papers": Document.objects.visible_to(user).filter(subject=record.ref),
            "received_url": _received_url(record, user),
            "judgement": _judgement(record, user, is_maker=is_maker),
        }
        if is_maker:
            context |= news_for_maker(record, user)
        if is_maker and record.state == record.State.DRAFT:
            context |= self._draft(record, answers, base, lots, refusals)
        elif is_maker and record.has_receipt:
            context["receipt"] = reading.receipt_of(record.envelope, by=user)
        if record.state in record.OPENED_STATES:
            context |= self._content(record)
        if is_maker or user.has_perm("lifecycle.view_trail"):
            context["told"] = history_of(record, viewer=user)
        return TemplateResponse(self.request, "procurement/submission.html", context, status=status)

    def _draft(self, record, answers, base, lots, refusals):
        """What the maker still works on."""
        user, kind = self.request.user, self.kind
        manifest = reading.read_manifest(record.envelope, by=user)
        may_prepare = user.has_perm("procurement.prepare_submission", record)
        draft = {
            "deadline": kind.deadline(record),
            "checklist": checklist_of(record, user),
            "files": _files(kind, record, manifest.files),
            "refusals": refusals,
            "may_prepare": may_prepare,
        }
        draft["to_do"] = sum(not done for done, _text in draft["checklist"])
        if may_prepare:
            draft |= {
                "answers_form": answers or kind.answers_form(initial=manifest.answers),
                "answers_base": base or shown(manifest.answers),
                "answers_url": kind.url("answers", record),
                "files_url": kind.url("files", record),
                "uploads_url": kind.url("uploads", record),
                "kinds": in_words(),
                "largest": settings.ENVELOPE_MAX_BYTES,
            }
            if kind is APPLICATION:
                draft["lots_form"] = lots or ChosenLotsForm(application=record)
                draft["lots_url"] = kind.url("lots", record)
        return {"draft": draft}

    def _content(self, record):
        """What was opened, for its maker and for who may see it."""
        try:
            manifest = reading.read_manifest(record.envelope, by=self.request.user)
        except reading.NotReadable as refusal:
            return {"unreadable": refusal.sentence}
        return {
            "content": {
                "files": _files(self.kind, record, manifest.files),
                "answers": _answers(self.kind.answers_form, manifest.answers),
            }
        }


def _received_url(record, user):
    """Where stands what this candidate was told, and when."""
    application = record if isinstance(record, Application) else record.application
    if not user.has_perm("procurement.view_application", application):
        return None
    return reverse("application-received", args=[application.pk])


def _timeline(record, user):
    """An offer is about one lot; an application about the procedure."""
    if isinstance(record, Application):
        return timeline_of(record.procedure, record.procedure.lots.all(), user=user)
    return timeline_of_lot(record.lot, user=user)


def _names(record):
    """The name of the page and its facts."""
    if isinstance(record, Application):
        lots = [str(lot.number) for lot in record.lots.all()]
        words = ngettext("perceel %(lots)s", "percelen %(lots)s", len(lots))
        chosen = words % {"lots": ", ".join(lots)} if lots else _("nog geen perceel gekozen")
        return [_("Aanvraag van %(name)s") % {"name": record.participant}, record.procedure.title, chosen]
    name = _("Offerte van %(name)s") % {"name": record.participant}
    return [name, str(record.lot), _("ronde %(round)s") % {"round": record.round}]


def _files(kind, record, files):
    """Files with where to read and remove them; damaged ones say so."""
    intact = dict(EnvelopeFile.objects.filter(envelope=record.envelope).values_list("number", "intact"))
    return [
        {
            "file": file,
            "intact": intact.get(file.number, False),
            "unscanned": file.scanned is False,
            "url": kind.url("file", record, file.number),
            "remove_url": kind.url("file-remove", record, file.number),
        }
        for file in files
    ]


def _answers(form_class, answers):
    """What was answered, with the labels of the form that asked it."""
    fields = form_class().fields
    return [(field.label, _written(answers[name])) for name, field in fields.items() if name in answers]


def _written(value):
    return {True: _("ja"), False: _("nee"), "": "–"}.get(value, value) if isinstance(value, bool | str) else value


def _judgement(record, user, *, is_maker):
    """What was found and proposed: for staff from the start, for its maker once it was decided and told."""
    if isinstance(record, Application):
        told = record.state in {"selected", "not_selected", "excluded"} and record.letters.exists()
        if is_maker and not told:
            return None
        findings = list(record.findings.select_related("condition"))
        rows = [
            (str(each.condition), _("voldaan") if each.met else _("niet voldaan"), each.reason) for each in findings
        ]
        return {
            "columns": [_("Voorwaarde"), _("Oordeel"), _("Motivering")],
            "rows": rows,
            "outcome": record.get_outcome_display(),
            "reasons": record.reasons,
            "asked": record.regularisation_request,
            "last_day": record.regularisation_last_day,
        }
    told = record.lot.state not in {Lot.State.OPEN, Lot.State.AWARD_PROPOSED, Lot.State.AWARD_DECIDED}
    if is_maker and not told:
        return None
    scores = list(record.scores.select_related("criterion"))
    return {
        "columns": [_("Criterium"), _("Punten op 100"), _("Motivering")],
        "rows": [(str(each.criterion), each.points, each.reasons) for each in scores],
        "score": record.score,
        "reasons": record.judgement,
    }


class AnswersView(SubmissionView):
    """Keeping the answers of a draft in its envelope."""

    def get(self, request, pk):
        return redirect(self._record(request, pk).get_absolute_url())

    def post(self, request, pk):
        record = self._record(request, pk, preparing=True)
        form, base = self.kind.answers_form(request.POST), request.POST.get("base", "")
        if not form.is_valid():
            return self._page(record, answers=form, base=base, status=422)
        try:
            write_answers(record, by=request.user, answers=form.cleaned_data, base=base)
        except Clash as clash:
            form = self.kind.answers_form(clash.mine)
            for name, theirs in clash.theirs.items():
                form.add_error(name, _theirs(theirs))
            return self._page(record, answers=form, base=shown(clash.current), status=409)
        messages.success(request, _("Uw antwoorden zijn versleuteld bewaard."))
        return redirect(record.get_absolute_url())


def _theirs(value):
    sentence = _("Iemand anders bewaarde hier intussen: “%(theirs)s”. Bewaar opnieuw om te houden wat hier nu staat.")
    return sentence % {"theirs": _written(value)}


@method_decorator(csrf_exempt, name="dispatch")
class FilesView(SubmissionView):
    """Taking files into a draft: encrypted while they stream. `uploads.receive` checks the token itself, see there."""

    def get(self, request, pk):
        return redirect(self._record(request, pk).get_absolute_url())

    def post(self, request, pk):
        record = self._record(request, pk, preparing=True)

        def respond(request, received):
            if received.refusals or not received.kept:
                none = [] if received.refusals else [uploads.Refusal("", _("Kies eerst een bestand."))]
                return self._page(record, refusals=received.refusals or none, status=422)
            messages.success(request, _("Versleuteld bewaard: %(names)s.") % {"names": ", ".join(received.kept)})
            return redirect(record.get_absolute_url())

        return uploads.receive(request, record.envelope, by=request.user, respond=respond)


class FileView(SubmissionView):
    """One file, decrypted while it is downloaded: of a draft for its makers, of what was opened for who may see it."""

    def get(self, request, pk, number):
        record = self._record(request, pk)
        try:
            file = reading.stream_file(record.envelope, number, by=request.user)
        except reading.NotReadable as refusal:
            if refusal.reason == "no_such_file":
                raise Http404 from None
            if refusal.reason != "sealed":
                raise
            context = {"opens_at": record.envelope.box.opens_at, "record": record}
            return TemplateResponse(request, "procurement/sealed.html", context, status=403)
        return reading.response(file)


class FileRemoveView(SubmissionView):
    """Taking a file out of a draft."""

    def get(self, request, pk, number):
        return redirect(self._record(request, pk).get_absolute_url())

    def post(self, request, pk, number):
        record = self._record(request, pk, preparing=True)
        try:
            envelopes.remove_file(record.envelope, by=request.user, number=number)
        except EnvelopeFile.DoesNotExist:
            raise Http404 from None
        messages.success(request, _("Het bestand is verwijderd."))
        return redirect(record.get_absolute_url())


class ApplicationView(SubmissionView):
    kind = APPLICATION


class ApplicationAnswersView(AnswersView):
    kind = APPLICATION


class ApplicationFilesView(FilesView):
    kind = APPLICATION


class ApplicationFileView(FileView):
    kind = APPLICATION


class ApplicationFileRemoveView(FileRemoveView):
    kind = APPLICATION


class ApplicationStepView(StepView):
    model = Application


class ApplicationLotsView(SubmissionView):
    """For which lots a draft application is made."""

    kind = APPLICATION

    def get(self, request, pk):
        return redirect(self._record(request, pk).get_absolute_url())

    def post(self, request, pk):
        application = self._record(request, pk, preparing=True)
        form = ChosenLotsForm(request.POST, application=application)
        if not form.is_valid():
            return self._page(application, lots=form, status=422)
        lots, declares = form.cleaned_data["lots"], form.cleaned_data.get("declares_reserved", False)
        choose_lots(application, by=request.user, lots=lots, declares_reserved=declares)
        messages.success(request, _("Uw keuze van percelen is bewaard."))
        return redirect(application.get_absolute_url())


class OfferView(SubmissionView):
    kind = OFFER


class OfferAnswersView(AnswersView):
    kind = OFFER


class OfferFilesView(FilesView):
    kind = OFFER


class OfferFileView(FileView):
    kind = OFFER


class OfferFileRemoveView(FileRemoveView):
    kind = OFFER


class OfferStepView(StepView):
    model = Offer
