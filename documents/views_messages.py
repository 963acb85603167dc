"""Pages about messages: for staff what was told and what became of it, for partners what they were told, and what came back."""

from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, ListView

from documents import inbox, readers, recipients
from documents.actions import handle_returned
from documents.forms import ReturnedMailForm
from documents.models import Document, Message, ReturnedMail
from lifecycle.dates import moment_in_words

COPIES = 200


class MessageList(LoginRequiredMixin, ListView):
    """For staff every message with its numbers (`?dossier=`: of one dossier); for others what was addressed to theirs."""

    paginate_by = 50

    def get_template_names(self):
        return ["documents/message_list.html" if self._is_staff() else "documents/inbox.html"]

    def _is_staff(self):
        return self.request.user.has_perm("documents.view_document")

    def get_queryset(self):
        if not self._is_staff():
            return inbox.of(readers.refs_of(self.request.user))
        found = Message.objects.counted()
        dossier = self.request.GET.get("dossier")
        return found.filter(dossier=dossier) if dossier else found

    def get_context_data(self, **context):
        return super().get_context_data(**context) | {
            "title": _("Berichten"),
            "counted": _("berichten"),
            "returned_url": reverse("documents:returned-mails") if self._is_staff() else None,
        }


class MessagePage(LoginRequiredMixin, DetailView):
    """One message, word for word. Who it is for sees that; staff see numbers, and the names that they may know."""

    template_name = "documents/message.html"

    def get_queryset(self):
        found = Message.objects.counted().select_related("document", "owed_by")
        if self._is_staff():
            return found
        return found.sent_to(readers.refs_of(self.request.user))

    def _is_staff(self):
        return self.request.user.has_perm("documents.view_document")

    def get_context_data(self, **context):
        message, user = self.object, self.request.user
        context = super().get_context_data(**context) | {
            "trail": [(_("Berichten"), reverse("documents:messages"))],
            "is_staff": self._is_staff(),
            "document": Document.objects.visible_to(user).filter(pk=message.document_id).first(),
        }
        if self._is_staff():
            return context | _copies(message, user)
        refs = readers.refs_of(user)
        inbox.read_message(message, refs, by=user)
        own = message.deliveries.filter(recipient__in=refs).select_related("read_by").order_by("pk")
        return context | {"copies": own}


def _copies(message, user):
    """The copies whose recipients this person may know, and how many there are of the others."""
    known = {ref for _dossier, ref in recipients.known_to(user, [message.dossier])}
    to_organisations = message.deliveries.exclude(recipient="")
    shown = to_organisations.filter(recipient__in=known).select_related("read_by").order_by("name", "pk")
    return {
        "copies": shown[:COPIES],
        "unknown": to_organisations.exclude(recipient__in=known).count(),
    }


class ReturnedMailList(LoginRequiredMixin, PermissionRequiredMixin, ListView):
    """Mail to organisations that came back: what waits first. Who it was for, only where this person may know that."""

    permission_required = "documents.handle_returned"
    template_name = "documents/returned_list.html"
    paginate_by = 50

    def get_queryset(self):
        return _returned().order_by("handled_at", "-came_back_at", "-pk")

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        rows = context["page_obj"].object_list
        name_them(rows, self.request.user)
        return context | {"title": _("Teruggekomen mail"), "counted": _("mails")}


def _returned():
    return ReturnedMail.objects.select_related("letter__document", "delivery__message", "handled_by")


def name_them(rows, user) -> None:
    """Give each its `name`: that of a letter stands on its document, that of a copy is known only after the opening."""
    known = recipients.known_to(user, {row.dossier for row in rows if row.delivery})
    for row in rows:
        if row.letter:
            row.name = row.letter.name
        elif (row.dossier, row.delivery.recipient) in known:
            row.name = row.delivery.name
        else:
            row.name = ""


class HandleReturnedMail(LoginRequiredMixin, FormView):
    """What a person did about a mail that came back."""

    form_class = ReturnedMailForm
    template_name = "documents/returned_mail.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if not request.user.has_perm("documents.handle_returned"):
            raise PermissionDenied
        self.returned = get_object_or_404(_returned(), pk=kwargs["pk"])
        name_them([self.returned], request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context):
        return super().get_context_data(**context) | {
            "returned": self.returned,
            "trail": [(_("Teruggekomen mail"), reverse("documents:returned-mails"))],
            "form": None if self.returned.is_handled else context.get("form", self.get_form()),
            "when": moment_in_words(self.returned.came_back_at),
        }

    def form_valid(self, form):
        handle_returned(self.returned, by=self.request.user, **form.cleaned_data)
        return redirect("documents:returned-mails")

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
