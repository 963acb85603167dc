"""The minutes of a body that approved a procedure: for staff, to save, never shown."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views import View

from documents import storage
from procurement.models import ApprovedVersion


class MinutesView(LoginRequiredMixin, View):
    def get(self, request, pk):
        found = ApprovedVersion.objects.visible_to(request.user).select_related("procedure")
        version = get_object_or_404(found, pk=pk)
        if not version.minutes_sha256:
            raise Http404
        return HttpResponse(
            storage.read(version.minutes_sha256),
            headers={
                "Content-Type": "application/pdf",
                "Content-Disposition": f'attachment; filename="{version.minutes_name}"',
                "X-Content-Type-Options": "nosniff",
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "Cache-Control": "private, no-cache",
            },
        )
