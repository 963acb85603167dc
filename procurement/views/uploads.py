"""Files of a draft that come in resumably, by the tus protocol: for the makers of that draft alone.

The token against forgery comes in a header, so that no body is read for it (documents.envelopes.tus).
"""

from django.http import HttpResponseNotAllowed

from documents.envelopes import tus
from procurement.views.submissions import APPLICATION, OFFER, SubmissionView


class UploadsView(SubmissionView):
    """Where a file is announced."""

    def get(self, request, pk):
        self._record(request, pk, preparing=True)
        return HttpResponseNotAllowed(["POST", "OPTIONS"])

    def options(self, request, pk):
        self._record(request, pk, preparing=True)
        return tus.options()

    def post(self, request, pk):
        record = self._record(request, pk, preparing=True)
        envelope = record.envelope

        def address(number):
            return self.kind.url("upload", record, number)

        return tus.create(request, envelope, by=request.user, address=address)


class UploadView(SubmissionView):
    """One file on its way: how far it is, more of it, or away with it."""

    def get(self, request, pk, number):
        self._record(request, pk, preparing=True)
        return HttpResponseNotAllowed(["HEAD", "PATCH", "DELETE", "OPTIONS"])

    def options(self, request, pk, number):
        self._record(request, pk, preparing=True)
        return tus.options()

    def head(self, request, pk, number):
        record = self._record(request, pk, preparing=True)
        return tus.offset(request, record.envelope, number, by=request.user)

    def patch(self, request, pk, number):
        record = self._record(request, pk, preparing=True)
        return tus.append(request, record.envelope, number, by=request.user)

    def delete(self, request, pk, number):
        record = self._record(request, pk, preparing=True)
        return tus.terminate(request, record.envelope, number, by=request.user)


class ApplicationUploadsView(UploadsView):
    kind = APPLICATION


class ApplicationUploadView(UploadView):
    kind = APPLICATION


class OfferUploadsView(UploadsView):
    kind = OFFER


class OfferUploadView(UploadView):
    kind = OFFER
