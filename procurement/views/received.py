"""Which information reached one candidate, and when: its documents and letters, the messages, what was made public."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View

from documents.models import Delivery, Document, Letter
from procurement.models import Application, Lot
from procurement.views.preparing import trail_to


class ReceivedView(LoginRequiredMixin, View):
    """For the candidate always; for staff once its application was opened."""

    template_name = "procurement/received.html"

    def get(self, request, pk):
        found = Application.objects.visible_to(request.user).select_related("procedure", "participant")
        application = get_object_or_404(found, pk=pk)
        if not request.user.has_perm("procurement.view_application", application):
            raise Http404
        return TemplateResponse(request, self.template_name, self._context(application))

    def _context(self, application):
        papers = Document.objects.visible_to(self.request.user).filter(dossier=application.dossier)
        own = papers.filter(addressee=application.participant.ref)
        return {
            "application": application,
            "trail": [*trail_to(application.procedure), (str(application.participant), application.get_absolute_url())],
            "title": _("Meegedeeld aan %(name)s") % {"name": application.participant},
            "letters": _with_lots(
                Letter.objects.filter(document__in=own).select_related("document", "read_by", "returned")
            ),
            "papers": own.filter(letters=None),
            "copies": Delivery.objects.filter(
                message__dossier=application.dossier, recipient=application.participant.ref
            )
            .select_related("message", "read_by", "returned")
            .order_by("message__owed_at", "pk"),
            "public": papers.public().order_by("public_from", "pk"),
        }


def _with_lots(letters):
    """Each letter with the lot that it is about."""
    letters, label = list(letters), Lot._meta.label_lower
    numbers = {each.subject: int(each.subject.partition(":")[2]) for each in letters if each.subject.startswith(label)}
    lots = Lot.objects.select_related("product", "area").in_bulk(numbers.values())
    for letter in letters:
        letter.about = str(lots[numbers[letter.subject]]) if letter.subject in numbers else ""
    return letters
