"""The first and the last middleware of every request."""

from django.shortcuts import render
from django_fsm import ConcurrentTransition

from lifecycle import clock
from lifecycle.grounds import published_rule
from lifecycle.guards import Reason
from lifecycle.steps import Blocked, Overtaken


class LegalMomentMiddleware:
    """Stamps the legal moment of the request, once, before anything else runs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with clock.stamped():
            request.legal_moment = clock.now()
            return self.get_response(request)


class RefusalMiddleware:
    """Turns a refused step into a page that says why, whatever view it came from (HTTP 409)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, ConcurrentTransition):
            from django.utils.translation import gettext as _  # noqa: PLC0415 -- only needed on this rare path

            exception = Overtaken([Reason("overtaken", _("Iemand anders was u voor."), published_rule())])
        if not isinstance(exception, Blocked):
            return None
        context = {
            "reasons": exception.reasons,
            "record": exception.record,
            "overtaken": isinstance(exception, Overtaken),
        }
        return render(request, "lifecycle/refused.html", context, status=409)
