"""Timetables to subscribe to from a calendar: of one procedure for anybody, of all of them for the staff."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from procurement import calendars
from procurement.actions.calendars import digest_of, end_calendar_address, make_calendar_address
from procurement.models import CalendarToken, Procedure


@login_not_required
def procedure_calendar(request, pk):
    """What anybody may know of the timetable of a published procedure, whoever asks: nothing depends on who signed in."""
    procedure = get_object_or_404(Procedure.objects.public(), pk=pk)
    return _answer(calendars.of_procedure(procedure), f"{procedure.number}.ics")


@login_not_required
def staff_calendar(request, secret):
    """Every timetable for the owner of the secret, as long as that person is of the staff. A calendar has no session."""
    token = CalendarToken.objects.current().filter(digest=digest_of(secret)).select_related("user").first()
    if token is None or not token.user.has_perm("procurement.view_internal_procedure"):
        raise Http404
    return _answer(calendars.of_staff(token.user), "partnerloket.ics", secret=True)


def _answer(calendar, name, *, secret=False):
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if secret:
        response["Cache-Control"] = "private, no-store"
    return response


class CalendarAddressView(LoginRequiredMixin, View):
    """One's own secret address: made, replaced or ended here. It is shown once, right after it was made."""

    template_name = "procurement/calendar_address.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm("procurement.view_internal_procedure"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self._page()

    def post(self, request):
        if "intrekken" in request.POST:
            end_calendar_address(request.user, by=request.user)
            messages.success(request, _("Het agenda-adres is ingetrokken."))
            return redirect("calendar-address")
        secret = make_calendar_address(request.user, by=request.user)
        return self._page(address=request.build_absolute_uri(reverse("staff-calendar", args=[secret])))

    def _page(self, address=""):
        token = CalendarToken.objects.filter(user=self.request.user).current().first()
        response = TemplateResponse(self.request, self.template_name, {"token": token, "address": address})
        response["Cache-Control"] = "private, no-store"
        return response
