"""The list of procedures and the page of one: for anyone what is public, for candidates their own, for staff all."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.models import Document
from lifecycle import clock
from lifecycle.dates import day_in_words
from lifecycle.history import entries_about, entries_of, told
from lifecycle.lists import ListPage
from lifecycle.steps import steps
from partners.models import Membership
from procurement.filters import REGIMES, ProcedureFilter
from procurement.milestones import letters_of, next_of, timeline_of
from procurement.models import Application, Award, InterestStatement, Offer, Procedure
from procurement.resources import ProcedureResource
from procurement.views.subscriptions import subscribing
from procurement.waiting import waiting_of


class ProcedureListView(ListPage):
    """Every procedure that this person may see; filtered, sorted, and as a file."""

    model = Procedure
    filterset_class = ProcedureFilter
    template_name = "procurement/procedure_list.html"
    title = gettext_lazy("Procedures")
    intro = gettext_lazy("Concessies voor de begeleiding van werkzoekenden, van aankondiging tot sluiting.")
    counted = gettext_lazy("procedures")
    default_order = "-number"
    resource = ProcedureResource
    file_name = "procedures"

    def get_queryset(self):
        return super().get_queryset().annotate(lot_count=Count("lots"))

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        for procedure in context["page_obj"].object_list:
            procedure.next_milestone = next_of(procedure)
            procedure.regime_in_short = REGIMES[procedure.regime]
        may_add = self.request.user.has_perm("procurement.edit_procedure")
        return context | {
            "add_url": reverse("procedure-new") if may_add else None,
            "add_label": _("Nieuwe procedure"),
        }


def procedure(request, pk):
    """The page of one procedure; what one may not see is 404."""
    record = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
    page = ProcedurePage(record, request.user, part=request.GET.get("page"))
    return TemplateResponse(request, "procurement/procedure.html", page.context(request.GET.get("tab")))


class ProcedurePage:
    """What one person sees of one procedure."""

    def __init__(self, procedure, user, part=None):
        """`part`: the number of the page within a long history."""
        self.procedure, self.user, self.part = procedure, user, part
        self.is_staff = user.has_perm("procurement.view_internal_procedure")
        self.lots = list(procedure.lots.select_related("product", "area").order_by("number"))
        for lot in self.lots:
            lot.procedure = procedure

    def context(self, wanted):
        procedure, tabs = self.procedure, self._tabs()
        current = wanted if wanted in tabs else next(iter(tabs))
        label, _count, part = tabs[current]
        shown = {
            "record": procedure,
            "trail": [(_("Procedures"), reverse("procedure-list"))],
            "number": procedure.number,
            "name": procedure.title,
            "facts": self._facts(),
            "timeline": timeline_of(procedure, self.lots, user=self.user),
            "tabs": [
                {"label": name, "url": f"?tab={key}", "current": key == current, "count": count}
                for key, (name, count, _part) in tabs.items()
            ],
            "part_title": label,
            "part_template": f"procurement/parts/{current}.html",
            "subject": procedure.subject,
            "invitation": self._invitation(),
            "subscribing": None if self.is_staff else subscribing(procedure),
            "interests": self._interests(),
            "edit_links": self._edit_links(),
        }
        if self.is_staff:
            shown["steps"] = steps(procedure, self.user)
            shown["waiting"] = waiting_of(procedure, self.lots, letters_of(self.lots))
            shown["returned"] = procedure.return_reason if procedure.state == procedure.State.DRAFT else ""
        return shown | part()

    # -- around the parts -----------------------------------------------------------------------

    def _facts(self):
        procedure = self.procedure
        count = len(self.lots)
        words = {
            "months": procedure.term_months,
            "first": day_in_words(procedure.term_start, "plain"),
            "last": day_in_words(procedure.term_end, "plain"),
        }
        return [
            _("Concessie, %(regime)s") % {"regime": REGIMES[procedure.regime]},
            ngettext("%(count)s perceel", "%(count)s percelen", count) % {"count": count},
            _("%(months)s maanden, van %(first)s tot en met %(last)s") % words,
        ]

    def _invitation(self):
        """Whether one can still apply, and until when: for members of an organisation, and visitors who will sign in."""
        deadline = self.procedure.applications_deadline
        is_open = self.procedure.state == Procedure.State.PUBLISHED and deadline and clock.now() <= deadline
        if not is_open or not self._could_apply():
            return None
        return {"deadline": deadline, "url": reverse("application-start", args=[self.procedure.pk])}

    def _could_apply(self):
        if not self.user.is_authenticated:
            return True
        return not self.user.is_staff_member and Membership.objects.current().filter(user=self.user).exists()

    def _interests(self):
        """What a staff member stated about interests, for who has to state it before seeing anything."""
        if not self.procedure.is_public or not self.user.has_perm("procurement.state_interests", self.procedure):
            return None
        return {"statement": self._statement(), "url": reverse("interests", args=[self.procedure.pk])}

    def _statement(self):
        return InterestStatement.objects.filter(procedure=self.procedure, user=self.user).first()

    def _edit_links(self):
        editable = self.procedure.state == Procedure.State.DRAFT
        if not editable or not self.user.has_perm("procurement.edit_procedure", self.procedure):
            return []
        names = {
            "procedure-edit": _("Gegevens"),
            "procedure-lots": _("Percelen"),
            "procedure-criteria": _("Gunningscriteria"),
            "procedure-conditions": _("Selectievoorwaarden"),
        }
        return [(label, reverse(name, args=[self.procedure.pk])) for name, label in names.items()]

    # -- the parts ------------------------------------------------------------------------------

    def _tabs(self):
        """The parts that this person sees: key -> (label, count, what makes its context). The history is the last."""
        tabs = {
            "percelen": (_("Percelen"), len(self.lots), self._lots_part),
            "documenten": (_("Documenten"), self._papers().count(), self._documents_part),
            "voorwaarden": (_("Voorwaarden en criteria"), None, self._terms_part),
        }
        if self.is_staff and self.procedure.is_public:
            tabs["aanvragen"] = (_("Aanvragen"), None, self._applications_part)
            tabs["offertes"] = (_("Offertes"), None, self._offers_part)
        elif self._own.exists():
            tabs["uw-aanvraag"] = (_("Uw aanvraag"), None, self._own_part)
        if self.user.has_perm("lifecycle.view_trail"):
            tabs["verloop"] = (_("Verloop"), None, self._trail_part)
        elif self._own.exists():
            tabs["verloop"] = (_("Verloop"), None, self._own_trail_part)
        return tabs

    @property
    def _own(self):
        """The applications of the participants that this person belongs to."""
        if self.is_staff:
            return Application.objects.none()
        return Application.objects.visible_to(self.user).filter(procedure=self.procedure)

    def _lots_part(self):
        """Each lot with its concessionaires, once everybody may know them (staff: once they are decided)."""
        awards = (
            Award.objects.filter(lot__in=self.lots).select_related("offer__application__participant").order_by("rank")
        )
        names = {}
        for award in awards.decided():
            names.setdefault(award.lot_id, []).append(str(award.participant))
        for lot in self.lots:
            known = self.is_staff or lot.state == lot.State.CONCLUDED
            lot.concessionaires = names.get(lot.pk, []) if known else []
        return {"lots": self.lots}

    def _papers(self):
        return Document.objects.visible_to(self.user).filter(dossier=self.procedure.dossier)

    def _documents_part(self):
        papers = self._papers().prefetch_related("letters") if self.is_staff else self._papers()
        return {"papers": papers, "addressees": self.is_staff}

    def _terms_part(self):
        return {
            "conditions": self.procedure.selection_conditions.all(),
            "criteria": self.procedure.award_criteria.all(),
            "value_method": self.procedure.value_method,
        }

    def _applications_part(self):
        """Before the opening only how many there are; then those that this person may see."""
        procedure = self.procedure
        found = Application.objects.visible_to(self.user).filter(procedure=procedure).opened()
        sealed = procedure.applications.submitted().count()
        return {
            "sealed": sealed,
            "opened": procedure.applications.opened().count(),
            "applications": found.select_related("participant").annotate(lot_count=Count("lots")).order_by("pk"),
        }

    def _offers_part(self):
        mine = Offer.objects.filter(lot__procedure=self.procedure)
        found = Offer.objects.visible_to(self.user).filter(lot__procedure=self.procedure).opened()
        counts = mine.aggregate(
            sealed=Count("pk", filter=Q(state=Offer.State.SUBMITTED)),
            opened=Count("pk", filter=Q(state__in=Offer.OPENED_STATES)),
        )
        ranked = found.select_related("application__participant", "lot__product", "lot__area").order_by(
            "lot__number", "-score", "pk"
        )
        return counts | {"offers": ranked}

    def _own_part(self):
        applications = list(self._own.select_related("participant", "procedure").order_by("pk"))
        offers = Offer.objects.visible_to(self.user).filter(application__in=applications)
        return {
            "applications": applications,
            "offers": offers.select_related("application__participant", "lot__product", "lot__area").order_by("pk"),
            "offer_links": self._offer_links(applications),
        }

    def _offer_links(self, applications):
        takes = {Procedure.State.TENDERING, Procedure.State.BEST_AND_FINAL}
        deadline = self.procedure.offers_deadline
        if self.procedure.state not in takes or deadline is None or clock.now() > deadline:
            return []
        selected = [each for each in applications if each.state == Application.State.SELECTED]
        return [(str(each.participant), reverse("offer-start", args=[each.pk])) for each in selected]

    def _trail_part(self):
        """The whole dossier."""
        hidden = _sealed_refs(self.procedure)
        return self._told(entries_of(self.procedure, self.user, whole_dossier=True, without=hidden))

    def _own_trail_part(self):
        """Only what happened to their own applications and offers."""
        offers = Offer.objects.visible_to(self.user).filter(lot__procedure=self.procedure)
        own = [
            *self._own.select_related("participant", "procedure"),
            *offers.select_related("application__participant", "lot__product", "lot__area"),
        ]
        return self._told(entries_about(own, self.user), known=own)

    def _told(self, entries, known=()):
        """A hundred entries a page."""
        page = Paginator(entries, 100).get_page(self.part)
        return {"told": told(page.object_list, self.procedure, viewer=self.user, known=known), "page_obj": page}


def _sealed_refs(procedure):
    """What nobody of the authority may know of: who is preparing, who submitted before the opening, who withdrew."""
    refs = []
    for model, path in ((Application, "procedure"), (Offer, "lot__procedure")):
        found = model.objects.filter(**{path: procedure}, state__in=model.SEALED_STATES)
        for pk, envelope in found.values_list("pk", "envelope"):
            refs += [f"{model._meta.label_lower}:{pk}", f"documents.envelope:{envelope}"]
    return refs
