"""A field sheet: the official form, filled in as far as we know it, to copy field by field or to print."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View

from procurement.eforms import definitions
from procurement.eforms.sheet import sheet_of, title_of
from procurement.models import NoticeSubtype, Procedure, SubtypeChoice
from procurement.models.notices import CALLS
from procurement.views.notices import staff_only, tab_of
from procurement.views.preparing import trail_to


class FieldSheet(LoginRequiredMixin, View):
    """The sheet of a call is there once legal staff confirmed that subtype; of what follows it, once the call left."""

    change = False

    def get(self, request, pk, number):
        procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
        staff_only(request)
        subtype = str(number)
        if not self._is_there(procedure, subtype):
            raise Http404
        sections = sheet_of(procedure, subtype, change=self.change)
        faulty = [row for section in sections for row in section.rows if row.faults]
        context = {
            "procedure": procedure,
            "title": title_of(subtype, change=self.change),
            "trail": [*trail_to(procedure), (_("Aankondigingen"), tab_of(procedure))],
            "sections": sections,
            "faulty": faulty,
            "edition": definitions.edition(),
        }
        return TemplateResponse(request, "procurement/field_sheet.html", context)

    def _is_there(self, procedure, subtype):
        if subtype not in NoticeSubtype.values:
            return False
        if subtype in CALLS:
            choice = SubtypeChoice.of(procedure)
            confirmed = choice is not None and choice.subtype == subtype
            return confirmed and (procedure.is_public or not self.change)
        return procedure.is_public and not self.change
