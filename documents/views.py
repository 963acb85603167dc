"""Pages about documents: the list, one document, its file, the proof of a registered sending, the texts in force."""

from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, FormView, ListView

from documents import inbox, kinds, readers, storage
from documents.actions import draft_version, record_registered_sending
from documents.filters import DocumentFilter
from documents.forms import RegisteredSendingForm, TextForm
from documents.models import ClauseVersion, Document, Letter, TemplateVersion
from documents.models.texts import TextState
from lifecycle import dates
from lifecycle.history import history_of
from lifecycle.lists import ListPage
from lifecycle.steps import steps

# Seconds between two looks of the page that waits for a document.
LOOK_AGAIN = 3


class DocumentList(LoginRequiredMixin, ListPage):
    """Every document that this person may see, newest first, each with its dossier."""

    model = Document
    filterset_class = DocumentFilter
    template_name = "documents/document_list.html"
    title = gettext_lazy("Documenten")
    counted = gettext_lazy("documenten")

    def get_queryset(self):
        found = super().get_queryset()
        return found.prefetch_related("letters") if self._is_staff() else found

    def _is_staff(self):
        return self.request.user.has_perm("documents.view_document")

    def get_context_data(self, **context):
        return super().get_context_data(**context) | {"with_addressees": self._is_staff()}


class DocumentDetail(DetailView):
    """One document: what it is, its file, its letters. Until it is made, the page looks again every few seconds."""

    template_name = "documents/document_detail.html"

    def get_queryset(self):
        return Document.objects.visible_to(self.request.user).select_related(
            "template_version__template", "requested_by"
        )

    def get_context_data(self, **context):
        document, user = self.object, self.request.user
        is_staff = user.is_authenticated and user.has_perm("documents.view_document")
        if user.is_authenticated:
            inbox.read_letters(document, readers.refs_of(user), by=user)
        return super().get_context_data(**context) | {
            "record": document,
            "number": document.number,
            "name": document.title,
            "trail": [(_("Documenten"), reverse("documents:documents"))] if is_staff else None,
            "facts": [document.kind_title, dates.moment_in_words(document.requested_at)],
            "letters": document.letters.all() if is_staff else None,
            "may_register": is_staff and user.has_perm("documents.register_sending"),
            "may_correct": is_staff and user.has_perm("documents.propose_correction"),
            "steps": steps(document, user) if is_staff else None,
            "is_staff": is_staff,
            "reads_templates": is_staff and user.has_perm("documents.view_template"),
            "history": history_of(document, viewer=user) if is_staff else None,
        }

    def render_to_response(self, context, **options):
        response = super().render_to_response(context, **options)
        if self.object.is_being_made:
            # A header instead of script: it works everywhere, and stops by itself once the document stands.
            response.headers["Refresh"] = str(LOOK_AGAIN)
        response.headers["Cache-Control"] = "private, no-cache"
        return response


@require_safe
def download(request, pk):
    """The sealed file, as it was stored: what was changed on disk is an error, never handed out."""
    document = get_object_or_404(Document.objects.visible_to(request.user).readable(), pk=pk)
    if request.user.is_authenticated:
        inbox.read_letters(document, readers.refs_of(request.user), by=request.user)
    headers = {
        "Content-Disposition": content_disposition_header(True, document.file_name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(storage.read(document.sha256), content_type="application/pdf", headers=headers)


class RegisterSending(LoginRequiredMixin, FormView):
    """The proof of posting of a registered letter."""

    form_class = RegisteredSendingForm
    template_name = "documents/register_sending.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        visible = Document.objects.visible_to(request.user)
        self.letter = get_object_or_404(
            Letter.objects.select_related("document"), pk=kwargs["pk"], document__in=visible
        )
        if not request.user.has_perm("documents.register_sending", self.letter):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context):
        return super().get_context_data(**context) | {"letter": self.letter}

    def form_valid(self, form):
        try:
            record_registered_sending(self.letter, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        return redirect(self.letter.document.get_absolute_url())

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class TemplateList(LoginRequiredMixin, PermissionRequiredMixin, ListView):
    """The words of the house: each template and clause with the version in force."""

    permission_required = "documents.view_template"
    template_name = "documents/template_list.html"
    paginate_by = 50

    def get_queryset(self):
        return TemplateVersion.objects.approved().select_related("template").order_by("template__name")

    def get_context_data(self, **context):
        clauses = ClauseVersion.objects.approved().select_related("clause").order_by("clause__title")
        drafts = [
            *TemplateVersion.objects.drafts().select_related("template", "author"),
            *ClauseVersion.objects.drafts().select_related("clause", "author"),
        ]
        return super().get_context_data(**context) | {
            "title": _("Sjablonen"),
            "intro": _("De woorden van onze documenten, in de versie die nu geldt."),
            "counted": _("sjablonen"),
            "clauses": clauses,
            "drafts": drafts,
        }


class _TextVersionDetail(LoginRequiredMixin, DetailView):
    template_name = "documents/text_version.html"

    def get_queryset(self):
        return self.model.objects.visible_to(self.request.user).select_related("author", "approved_by")

    def get_context_data(self, **context):
        version = self.object
        by = version.author or _("meegeleverd met Partnerloket")
        return super().get_context_data(**context) | {
            "record": version,
            "number": f"v{version.number}",
            "name": str(version.text),
            "trail": [(_("Sjablonen"), reverse("documents:templates"))],
            "facts": [_("Geschreven door: %(name)s") % {"name": by}, f"SHA-256 {version.digest[:16]}"],
            "steps": steps(version, self.request.user),
            "waiting": self._waiting(),
            "versions": version.text.versions.all(),
            "may_write": self.request.user.has_perm("documents.edit_template"),
            "history": history_of(version, viewer=self.request.user),
        }

    def _waiting(self):
        """Four eyes: who wrote a draft sees for whom it waits."""
        version, user = self.object, self.request.user
        if version.state != TextState.DRAFT or version.author_id != user.pk:
            return []
        return [{"what": _("Goedkeuring van deze versie"), "who": _("een andere jurist dan wie ze schreef")}]


class TemplateVersionDetail(_TextVersionDetail):
    model = TemplateVersion


class ClauseVersionDetail(_TextVersionDetail):
    model = ClauseVersion


class _TextWrite(LoginRequiredMixin, FormView):
    """Writes the next version of a text as a draft; a second person approves it. Faults name their line."""

    form_class = TextForm
    template_name = "documents/text_write.html"
    model = None

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.version = get_object_or_404(self.model.objects.visible_to(request.user), pk=kwargs["pk"])
        if not request.user.has_perm("documents.edit_template"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"body": self.version.body}

    def get_context_data(self, **context):
        return super().get_context_data(**context) | {"version": self.version, "words": self._words()}

    def _words(self):
        """The closed context that the text may speak of; a clause may be used by several kinds of document."""
        kind = getattr(self.version.text, "kind", None)
        return list(kinds.words_of(kinds.kind_of(kind).schema)) if kind else []

    def form_valid(self, form):
        try:
            draft = draft_version(self.version.text, body=form.cleaned_data["body"], by=self.request.user)
        except ValidationError as refusal:
            form.add_error("body", refusal.message_dict.get("body", refusal.messages))
            return self.form_invalid(form)
        return redirect(draft.get_absolute_url())

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class TemplateVersionWrite(_TextWrite):
    model = TemplateVersion


class ClauseVersionWrite(_TextWrite):
    model = ClauseVersion
