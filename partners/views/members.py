"""Who acts for an organisation: inviting a colleague, other powers, the end."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from partners import actions
from partners.forms import InvitationForm, PowersForm
from partners.models import Membership, Organisation
from partners.views.organisations import OfOrganisation, trail_to_partners


class Invite(OfOrganisation):
    permission = "partners.manage_members"
    form_class = InvitationForm
    heading = _("Collega uitnodigen")
    button = _("Uitnodiging versturen")
    lead = _("Een collega die mee voorbereidt of ondertekent. Wie mag ondertekenen, verbindt de organisatie.")

    def act(self, form):
        if not ratelimit.consume(self.request, action="invite"):
            raise ValidationError(_now("U verstuurde te veel uitnodigingen. Probeer het over een uur opnieuw."))
        self.invitation = actions.invite(self.organisation, by=self.request.user, **form.facts)
        return self.organisation

    def done(self, _organisation):
        return _now("De uitnodiging vertrekt naar %(email)s.") % {"email": self.invitation.email}


class ChangePowers(OfOrganisation):
    """What a member may do from now on; what was, ends."""

    permission = "partners.manage_members"
    form_class = PowersForm
    button = _("Wijzigen")
    lead = _("Dit geldt vanaf nu. Wat uw collega tot nu toe mocht, blijft in het verloop staan.")

    @property
    def heading(self):
        return _now("Bevoegdheden van %(name)s") % {"name": self.membership.user}

    @property
    def membership(self):
        current = Membership.objects.current().filter(organisation=self.organisation).select_related("user")
        return get_object_or_404(current, pk=self.kwargs["membership"])

    def get_initial(self):
        return PowersForm.initial_of(self.membership)

    def act(self, form):
        actions.change_powers(self.membership, by=self.request.user, **form.facts)
        return self.organisation

    def done(self, _organisation):
        return _now("De bevoegdheden zijn gewijzigd.")


class AskOnce(LoginRequiredMixin, TemplateView):
    """Something about a member or an invitation of one organisation: asks once, then does it at once."""

    template_name = "partners/ask_once.html"
    heading = button = consequence = ""
    warns = True

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        visible = Organisation.objects.visible_to(request.user)
        self.organisation = get_object_or_404(visible, pk=kwargs["pk"])
        if not request.user.has_perm("partners.manage_members", self.organisation):
            raise PermissionDenied
        self.record = self.found()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context):
        trail = [*trail_to_partners(), (self.organisation.name, self.organisation.get_absolute_url())]
        return super().get_context_data(**context) | {
            "title": self.heading,
            "button": self.button,
            "warns": self.warns,
            "sentence": self.sentence(),
            "organisation": self.organisation,
            "trail": trail,
        }

    def post(self, request, *args, **kwargs):
        try:
            self.act()
        except ValidationError as refusal:
            return self.render_to_response(self.get_context_data(refusals=refusal.messages), status=409)
        messages.success(request, self.done)
        return redirect(self.afterwards())

    def afterwards(self):
        return self.organisation


class EndMembership(AskOnce):
    heading = button = _("Lidmaatschap beëindigen")
    done = _("Het lidmaatschap is beëindigd.")

    def found(self):
        current = Membership.objects.current().filter(organisation=self.organisation).select_related("user")
        return get_object_or_404(current, pk=self.kwargs["membership"])

    def sentence(self):
        words = {"name": self.record.user, "organisation": self.organisation}
        return (
            _now(
                "%(name)s handelt dan niet langer voor %(organisation)s, ook niet voor wat al begonnen is. Dat geldt meteen."
            )
            % words
        )

    def act(self):
        actions.end_membership(self.record, by=self.request.user)

    def afterwards(self):
        return self.organisation if self.request.user != self.record.user else "home"


class OfInvitation(AskOnce):
    def found(self):
        return get_object_or_404(self.organisation.invitations.pending(), pk=self.kwargs["invitation"])


class ResendInvitation(OfInvitation):
    heading = button = _("Uitnodiging opnieuw versturen")
    done = _("De uitnodiging vertrekt opnieuw.")
    warns = False

    def sentence(self):
        sentence = _now("Er vertrekt een nieuwe mail naar %(email)s. De link in de vorige mail werkt dan niet meer.")
        return sentence % {"email": self.record.email}

    def act(self):
        actions.resend_invitation(self.record, by=self.request.user)


class WithdrawInvitation(OfInvitation):
    heading = button = _("Uitnodiging intrekken")
    done = _("De uitnodiging is ingetrokken.")

    def sentence(self):
        return _now("De link in de mail naar %(email)s werkt dan niet meer.") % {"email": self.record.email}

    def act(self):
        actions.withdraw_invitation(self.record, by=self.request.user)
