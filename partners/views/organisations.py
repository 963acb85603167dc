"""Pages about partners: who they are, where they work and who acts for them."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, FormView, RedirectView

from lifecycle.history import history_of
from lifecycle.lists import ListPage
from lifecycle.steps import steps
from partners import actions
from partners.filters import OrganisationFilter
from partners.forms import EstablishmentForm, OrganisationForm
from partners.models import Invitation, JoinRequest, Membership, Organisation
from partners.resources import OrganisationList as OrganisationListResource

PARTNERS = [(_("Partners"), "organisation-list")]


class OrganisationList(LoginRequiredMixin, ListPage):
    """All partners for staff, one's own for anybody else; as a file for who sees all."""

    model = Organisation
    filterset_class = OrganisationFilter
    template_name = "partners/organisation_list.html"
    related = ("postcode__municipality",)
    counted = _("organisaties")
    default_order = "name"
    resource = OrganisationListResource
    file_name = "partners"

    def get_queryset(self):
        return super().get_queryset().annotate(places=Count("establishments"))

    def exports(self):
        return super().exports() if self.sees_all else []

    @property
    def sees_all(self):
        return self.request.user.has_perm("partners.view_any_organisation")

    def get_context_data(self, **context):
        context = super().get_context_data(**context) | {
            "title": _("Partners") if self.sees_all else _("Mijn organisaties")
        }
        if self.request.user.has_perm("partners.register_organisation"):
            context |= {"add_url": reverse("organisation-register"), "add_label": _("Organisatie aanmelden")}
        return context


class MyOrganisation(LoginRequiredMixin, RedirectView):
    """To the one organisation that a person acts for, to the list of several, or to where one is registered."""

    def get_redirect_url(self, *args, **kwargs):
        mine = list(Organisation.objects.of(self.request.user)[:2])
        if not mine:
            return reverse("organisation-register")
        return mine[0].get_absolute_url() if len(mine) == 1 else reverse("organisation-list")


class OrganisationPage(LoginRequiredMixin, DetailView):
    template_name = "partners/organisation.html"

    def get_queryset(self):
        return Organisation.objects.visible_to(self.request.user).select_related("postcode__municipality")

    def get_context_data(self, **context):
        organisation, user = self.object, self.request.user
        manages = user.has_perm("partners.manage_members", organisation)
        members = Membership.objects.current().filter(organisation=organisation).select_related("user")
        return super().get_context_data(**context) | {
            "record": organisation,
            "name": organisation.name,
            "trail": trail_to_partners(),
            "facts": [organisation.written_number, organisation.legal_form_in_words, organisation.place],
            "steps": steps(organisation, user),
            "waiting": _waiting(organisation),
            "establishments": organisation.establishments.select_related("postcode__municipality"),
            "members": members.order_by("user__name", "pk"),
            "edits": user.has_perm("partners.edit_organisation", organisation),
            "manages": manages,
            "invitations": Invitation.objects.pending().filter(organisation=organisation) if manages else [],
            "join_requests": _join_requests(organisation, user),
            "history": history_of(organisation, viewer=user),
        }


def _join_requests(organisation, user):
    """Those that this person decides on."""
    waiting = JoinRequest.objects.to_decide_by(user).filter(organisation=organisation).select_related("user")
    return waiting.order_by("asked_at", "pk")


def trail_to_partners():
    return [(label, reverse(name)) for label, name in PARTNERS]


def _waiting(organisation):
    if organisation.is_confirmed:
        return []
    what = _now("Bevestiging dat wie de organisatie aanmeldde, haar vertegenwoordigt.")
    return [{"what": what, "who": _now("een aankoper van de aanbesteder")}]


class WithForm(LoginRequiredMixin, FormView):
    """A page with one form whose facts go to one action; what the action refuses stands next to the field."""

    template_name = "partners/form.html"
    heading = button = lead = ""

    def form_valid(self, form):
        try:
            organisation = self.act(form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, self.done(organisation))
        return redirect(organisation)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **context):
        return super().get_context_data(**context) | {
            "title": self.heading,
            "button": self.button,
            "lead": self.lead,
            "trail": self.trail(),
        }


class RegisterOrganisation(WithForm):
    form_class = OrganisationForm
    heading = _("Organisatie aanmelden")
    button = _("Organisatie aanmelden")
    lead = _(
        "U wordt het eerste lid en mag voorbereiden en ondertekenen. De aanbesteder bevestigt dat voor u kunt indienen."
    )

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm("partners.register_organisation"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def trail(self):
        return []

    def get_context_data(self, **context):
        """Where the number is registered already one asks those who sign for it."""
        context = super().get_context_data(**context)
        form = context["form"]
        if not form.has_error("enterprise_number", code="unique"):
            return context
        number = urlencode({"nummer": form["enterprise_number"].value()})
        return context | {"instead": {"url": f"{reverse('access-ask')}?{number}", "label": _("Toegang vragen")}}

    def act(self, form):
        return actions.register_organisation(by=self.request.user, **form.facts)

    def done(self, organisation):
        return _now("%(name)s is aangemeld. De aanbesteder bevestigt ze.") % {"name": organisation.name}


class OfOrganisation(WithForm):
    """A form about an organisation that this person may see and, with `permission`, change."""

    permission = "partners.edit_organisation"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=kwargs["pk"])
        if not request.user.has_perm(self.permission, self.organisation):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def trail(self):
        return [*trail_to_partners(), (self.organisation.name, self.organisation.get_absolute_url())]


class AddEstablishment(OfOrganisation):
    form_class = EstablishmentForm
    heading = _("Vestiging toevoegen")
    button = _("Vestiging toevoegen")
    lead = _("Een plaats waar uw organisatie klanten ontvangt.")

    def act(self, form):
        actions.add_establishment(self.organisation, by=self.request.user, **form.facts)
        return self.organisation

    def done(self, _organisation):
        return _now("De vestiging is toegevoegd.")
