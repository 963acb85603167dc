"""Subscribing to the changes of a procedure: with an address only, confirmed from the mailbox, ended at one click."""

from allauth.core import ratelimit
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from lifecycle import timelimits
from lifecycle.dates import moment_in_words
from procurement.actions import confirm_subscription, end_subscription
from procurement.actions.subscribing import ask_subscription, takes_subscribers
from procurement.forms.subscribing import SubscribeForm
from procurement.models import Procedure, Subscription
from procurement.views.preparing import trail_to

TOO_MANY, GONE = 429, 410


def subscribing(procedure, form=None, tab=""):
    """The box on the page of a procedure; None when nothing will change there any more. `tab`: where it brings back to."""
    if not takes_subscribers(procedure):
        return None
    return {"form": form or SubscribeForm(), "url": reverse("subscription-ask", args=[procedure.pk]), "tab": tab}


class SubscribeView(View):
    """Asks for an address. The answer is the same whether or not the address was known."""

    template_name = "procurement/subscribe.html"

    def get(self, request, pk):
        return self._page(self._procedure(pk), SubscribeForm())

    def post(self, request, pk):
        procedure = self._procedure(pk)
        form = SubscribeForm(request.POST)
        if not form.is_valid():
            return self._page(procedure, form, status=422)
        if not takes_subscribers(procedure):
            return self._page(procedure, form, status=409)
        if not ratelimit.consume(request, action="subscribe"):
            form.add_error("email", _("Er kwamen te veel aanvragen van uw netwerk. Probeer het over een uur opnieuw."))
            return self._page(procedure, form, status=TOO_MANY)
        ask_subscription(procedure, email=form.cleaned_data["email"])
        messages.success(request, _asked(form.cleaned_data["email"]))
        tab = slugify(request.POST.get("tab", ""))
        return redirect(procedure.get_absolute_url() + (f"?tab={tab}" if tab else ""))

    def _procedure(self, pk):
        return get_object_or_404(Procedure.objects.public(), pk=pk)

    def _page(self, procedure, form, status=200):
        box = subscribing(procedure, form)
        context = {"procedure": procedure, "trail": trail_to(procedure), "subscribing": box}
        return TemplateResponse(self.request, self.template_name, context, status=status)


def _asked(email):
    words = {"email": email, "days": timelimits.days("subscription-confirm-days")}
    return _("Kijk in de mailbox van %(email)s: u vindt er een mail waarmee u binnen %(days)d dagen bevestigt.") % words


@method_decorator(never_cache, name="dispatch")
class TokenView(View):
    """What the owner of a mailbox does with the link in a mail: GET shows one button, POST does it.

    Programs that look at the links in mails follow them, so a GET changes nothing.
    """

    template_name = "procurement/subscription.html"

    def get(self, request, token):
        return self._page(self._subscription(token))

    def post(self, request, token):
        return self._page(self.act(self._subscription(token)))

    def _subscription(self, token):
        return get_object_or_404(Subscription.objects.select_related("procedure"), token=token)

    def _page(self, subscription):
        title, sentence, button, status = self.words(subscription)
        procedure = subscription.procedure
        context = {
            "procedure": procedure,
            "trail": trail_to(procedure),
            "title": title,
            "sentence": sentence,
            "button": button,
            "again": subscribing(procedure) if subscription.is_ended or subscription.is_expired else None,
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)


class ConfirmView(TokenView):
    """The second step of subscribing."""

    def act(self, subscription):
        return confirm_subscription(subscription)

    def words(self, subscription):
        title = _("Abonnement bevestigen")
        if subscription.is_ended:
            return title, _("Dit abonnement is beëindigd."), "", GONE
        if subscription.is_confirmed:
            return _("Uw abonnement is bevestigd"), _news(), "", 200
        if subscription.is_expired:
            until = {"moment": moment_in_words(subscription.confirm_until)}
            return title, _("Bevestigen kon tot en met %(moment)s. Vraag het opnieuw aan.") % until, "", GONE
        if not takes_subscribers(subscription.procedure):
            return title, _("Deze procedure is beëindigd: er verandert niets meer."), "", GONE
        return title, _news(), _("Bevestigen"), 200


def _news():
    return _("U krijgt een mail bij elke wijziging, aanvulling of reeks antwoorden. Uitschrijven kan in elke mail.")


@method_decorator(csrf_exempt, name="dispatch")
class EndView(TokenView):
    """Ends it at one click, also from the button of a mail program (RFC 8058): its token is the proof, not a session."""

    def act(self, subscription):
        return end_subscription(subscription)

    def words(self, subscription):
        if subscription.is_ended:
            return _("Uw abonnement is beëindigd"), _("U krijgt geen berichten meer over deze procedure."), "", 200
        return (
            _("Abonnement beëindigen"),
            _("U krijgt dan geen berichten meer over deze procedure."),
            _("Beëindigen"),
            200,
        )
