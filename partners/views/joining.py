"""Coming to act for an organisation: accepting an invitation, asking for access, and deciding on who asked."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from accounts.adapter import COME_BACK_TO
from partners import actions
from partners.forms import AccessForm, PowersForm, RefusalForm
from partners.models import Invitation, JoinRequest
from partners.views.organisations import WithForm, trail_to_partners

FORBIDDEN, CONFLICT, GONE, WRONG = 403, 409, 410, 422


@method_decorator([login_not_required, never_cache], name="dispatch")
class InvitationPage(View):
    """What the owner of a mailbox does with the link in the mail: GET shows it, POST accepts."""

    def get(self, request, token):
        return self._page(self._invitation(token))

    def post(self, request, token):
        invitation = self._invitation(token)
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
        try:
            membership = actions.accept_invitation(invitation, by=request.user)
        except PermissionDenied:
            return self._page(invitation)
        except ValidationError as refusal:
            return self._page(self._invitation(token), refusals=refusal.messages, status=CONFLICT)
        request.session.pop(COME_BACK_TO, None)
        messages.success(request, _now("U handelt voortaan voor %(name)s.") % {"name": membership.organisation})
        return redirect(membership.organisation)

    def _invitation(self, token):
        found = Invitation.objects.by_token(token).select_related("organisation", "invited_by")
        return get_object_or_404(found)

    def _page(self, invitation, refusals=(), status=200):
        sentence, refused = self._refusal(invitation)
        if not self.request.user.is_authenticated and not sentence:
            self.request.session[COME_BACK_TO] = invitation.path
        context = {
            "invitation": invitation,
            "sentence": sentence,
            "refusals": refusals,
            "entrance": urlencode({"next": self.request.path}) if not self.request.user.is_authenticated else "",
        }
        return TemplateResponse(self.request, "partners/invitation.html", context, status=refused or status)

    def _refusal(self, invitation):
        """Why this visitor cannot accept, and the status that goes with it."""
        user = self.request.user
        if not invitation.is_open:
            return _now("Deze uitnodiging geldt niet meer. Vraag wie u uitnodigde om ze opnieuw te versturen."), GONE
        if not user.is_authenticated or user.has_perm("partners.accept_invitation", invitation):
            return "", None
        if user.is_staff_member:
            return _now("Medewerkers van de aanbesteder kunnen geen lid van een partner zijn."), FORBIDDEN
        sentence = _now(
            "Deze uitnodiging ging naar een ander e-mailadres dan het uwe. Meld u aan met het adres waarop u ze kreeg."
        )
        return sentence, FORBIDDEN


class AskToJoin(WithForm):
    """The answer is the same whether the number is known or not."""

    form_class = AccessForm
    heading = _("Toegang vragen")
    button = _("Toegang vragen")
    lead = _(
        "Is uw organisatie al aangemeld, dan beslist wie voor haar ondertekent of u mee voor haar handelt. "
        "Is daar niemand meer, dan beslist de aanbesteder."
    )

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm("partners.ask_to_join"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def trail(self):
        return []

    def get_initial(self):
        return {"enterprise_number": self.request.GET.get("nummer", "")[:30]}

    def form_valid(self, form):
        if not ratelimit.consume(self.request, action="ask_to_join"):
            form.add_error(None, _now("U vroeg te vaak om toegang. Probeer het over een uur opnieuw."))
            return self.form_invalid(form)
        actions.ask_to_join(by=self.request.user, **form.cleaned_data)
        sentence = _now(
            "Uw vraag is gesteld. Is de organisatie bij ons aangemeld, dan krijgt u een mail met het antwoord."
        )
        messages.success(self.request, sentence)
        return redirect("home")


class AccessRequest(LoginRequiredMixin, View):
    """Who decides reads who asks and gives powers, or refuses with a reason; who asked reads how it stands."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        rows = JoinRequest.objects.select_related("organisation", "user", "decided_by")
        self.asked = get_object_or_404(rows, pk=kwargs["pk"])
        if not request.user.has_perm("partners.view_join_request", self.asked):
            raise Http404
        self.decides = request.user.has_perm("partners.decide_join_request", self.asked) and self.asked.is_waiting
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self._page(PowersForm(prefix="accept"), RefusalForm(prefix="refuse"))

    def post(self, request, pk):
        accepting = "accept" in request.POST
        accept = PowersForm(request.POST if accepting else None, prefix="accept")
        refuse = RefusalForm(None if accepting else request.POST, prefix="refuse")
        form = accept if accepting else refuse
        if not self.decides:
            raise PermissionDenied
        if not form.is_valid():
            return self._page(accept, refuse, status=WRONG)
        try:
            if accepting:
                actions.accept_join_request(self.asked, by=request.user, **accept.facts)
            else:
                actions.refuse_join_request(self.asked, by=request.user, **refuse.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self._page(accept, refuse, status=WRONG)
        told = _now("%(name)s handelt voortaan mee.") if accepting else _now("De vraag van %(name)s is geweigerd.")
        messages.success(request, told % {"name": self.asked.user})
        return redirect("home")

    def _page(self, accept, refuse, status=200):
        asked = self.asked
        own = asked.user_id == self.request.user.pk
        context = {
            "asked": asked,
            "title": _("Uw vraag om toegang") if own else _("Vraag om toegang"),
            "about": asked.organisation.written_number
            if own
            else f"{asked.organisation} ({asked.organisation.written_number})",
            "standing": _standing(asked),
            "decides": self.decides,
            "accept": accept,
            "refuse": refuse,
            "bad": next((form for form in (accept, refuse) if form.is_bound and form.errors), None),
            "trail": []
            if own
            else [*trail_to_partners(), (asked.organisation.name, asked.organisation.get_absolute_url())],
        }
        return TemplateResponse(self.request, "partners/access_request.html", context, status=status)


def _standing(asked):
    if asked.is_waiting:
        return _now("Wacht op wie voor de organisatie ondertekent.")
    return _now("Toegang gegeven.") if asked.accepted else _now("Geweigerd.")
