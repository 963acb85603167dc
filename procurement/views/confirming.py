"""Confirming a submission after an addendum, in one click from its page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from procurement.actions import confirm_submission
from procurement.views.submissions import APPLICATION, OFFER, SubmissionView


class ConfirmView(SubmissionView):
    """What was submitted stands as it is, also after the change."""

    def get(self, request, pk):
        return redirect(self._record(request, pk).get_absolute_url())

    def post(self, request, pk):
        record = self._record(request, pk)
        if not request.user.has_perm("procurement.sign_submission", record):
            raise PermissionDenied
        confirm_submission(record, by=request.user)
        messages.success(request, _("Bevestigd: uw inzending blijft gelden zoals u ze indiende."))
        return redirect(record.get_absolute_url())


class ApplicationConfirmView(ConfirmView):
    kind = APPLICATION


class OfferConfirmView(ConfirmView):
    kind = OFFER
