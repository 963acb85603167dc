"""How the selection guide of a procedure that is being prepared would read now."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View

from documents.previewing import preview_of
from lifecycle import clock
from procurement import contexts, guards
from procurement.models import Procedure
from procurement.views.preparing import trail_to

# Without these there is no guide to read.
NEEDED = (guards.has_applications_deadline, guards.has_lots)


class GuideDraftView(LoginRequiredMixin, View):
    """For the staff, until the guide itself is published."""

    def get(self, request, pk):
        procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
        if not request.user.has_perm("procurement.view_internal_procedure", procedure):
            raise PermissionDenied
        if procedure.is_public:
            raise Http404
        reasons = [reason for guard in NEEDED if (reason := guard.reason(procedure, {}))]
        context = {
            "procedure": procedure,
            "trail": trail_to(procedure),
            "title": _("Ontwerp van de selectieleidraad"),
            "reasons": reasons,
            "body": "" if reasons else _body(procedure),
        }
        return TemplateResponse(request, "procurement/guide_draft.html", context)


def _body(procedure):
    """As if it were published at this moment."""
    procedure.published_at = clock.now()
    return preview_of("selection_guide", contexts.selection_guide(procedure), dossier=procedure.number)
