"""The list of procedures and the page of one: for anyone what is public, for candidates their own, for staff all."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.models import Message, SealingBox
from lifecycle import clock, timelimits
from lifecycle.dates import day_in_words
from lifecycle.history import entries_about, entries_of, told
from lifecycle.lists import ListPage
from lifecycle.steps import steps
from lifecycle.telling import CODES
from partners.models import Membership
from procurement import own_rules
from procurement.cpv import in_light_regime
from procurement.filters import REGIMES, ProcedureFilter
from procurement.milestones import letters_of, next_of, timeline_of
from procurement.models import Application, Award, ExclusionGround, InterestStatement, Offer, Procedure
from procurement.resources import ProcedureResource
from procurement.views import parts_approval, parts_notices
from procurement.views.parts_changing import changes_tab
from procurement.views.parts_documents import DocumentsPart
from procurement.views.parts_planning import planning_part
from procurement.views.parts_questions import QuestionsPart
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
            "may_copy": may_add,
        }


def procedure(request, pk):
    """The page of one procedure; what one may not see is 404."""
    record = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
    page = ProcedurePage(record, request.user, part=request.GET.get("page"), asked=request.GET)
    return TemplateResponse(request, "procurement/procedure.html", page.context(request.GET.get("tab")))


class ProcedurePage:
    """What one person sees of one procedure."""

    def __init__(self, procedure, user, part=None, asked=None):
        """`part`: the number of the page within a long part; `asked`: what else the address asks of one."""
        self.procedure, self.user, self.part = procedure, user, part
        self.is_staff = user.has_perm("procurement.view_internal_procedure")
        self.lots = list(procedure.lots.select_related("product", "area").order_by("number"))
        for lot in self.lots:
            lot.procedure = procedure
        self.questions = QuestionsPart(procedure, user, asked or {})
        self.papers = DocumentsPart(procedure, user, page=part, with_letters=self.is_staff)

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
            "end_reason": procedure.end_reason,
            "invitation": self._invitation(),
            "subscribing": None if self.is_staff else subscribing(procedure, tab=current),
            "to_confirm": [] if self.is_staff else self._to_confirm(),
            "interests": self._interests(),
            "edit_links": self._edit_links(),
            "staff_links": self._staff_links() if self.is_staff else [],
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
        if own := self._own.exclude(state=Application.State.WITHDRAWN).select_related("participant").first():
            return {"deadline": deadline, "url": own.get_absolute_url(), "own": own}
        return {"deadline": deadline, "url": reverse("application-start", args=[self.procedure.pk])}

    def _could_apply(self):
        if not self.user.is_authenticated:
            return True
        return not self.user.is_staff_member and Membership.objects.current().filter(user=self.user).exists()

    def _to_confirm(self):
        """The own submissions that a rectification asks to confirm or replace."""
        found = [*self._own.filter(state="submitted").select_related("procedure", "participant")]
        offers = Offer.objects.visible_to(self.user).filter(lot__procedure=self.procedure, state="submitted")
        found += offers.select_related("lot__procedure", "lot__product", "lot__area", "application__participant")
        return [each for each in found if each.phase == self.procedure.phase and each.addenda_to_confirm().exists()]

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
            "planning": _("Planning"),
            "procedure-estimate": _("Raming"),
            "procedure-lots": _("Percelen"),
            "procedure-criteria": _("Gunningscriteria"),
            "procedure-sub-criteria": _("Subcriteria"),
            "procedure-conditions": _("Selectievoorwaarden"),
            "procedure-exclusions": _("Uitsluitingsgronden"),
            "procedure-missing": _("Wat nog ontbreekt"),
        }
        return [(label, reverse(name, args=[self.procedure.pk])) for name, label in names.items()]

    def _staff_links(self):
        """The pages around the procedure, in whatever state it is."""
        names = {
            **(
                {}
                if self.procedure.is_public
                else {"procedure-guide-draft": ("procurement.view_internal_procedure", _("Leidraad (ontwerp)"))}
            ),
            "procedure-team": ("procurement.view_team", _("Team")),
            "procedure-consultations": ("procurement.view_preparation_log", _("Marktconsultaties")),
            "procedure-involvements": ("procurement.view_preparation_log", _("Betrokkenen bij de voorbereiding")),
        }
        allowed = [(name, label) for name, (perm, label) in names.items() if self.user.has_perm(perm, self.procedure)]
        if self.user.has_perm("procurement.edit_procedure"):
            allowed.append(("procedure-copy", _("Kopiëren")))
        return [(label, reverse(name, args=[self.procedure.pk])) for name, label in allowed]

    # -- the parts ------------------------------------------------------------------------------

    def _tabs(self):
        """The parts that this person sees: key -> (label, count, what makes its context). The history is the last."""
        tabs = {
            "percelen": (_("Percelen"), len(self.lots), self._lots_part),
            "documenten": (_("Documenten"), self.papers.count, self.papers.context),
            "vragen": (_("Vragen"), self.questions.count, self.questions.context),
            "voorwaarden": (_("Voorwaarden en criteria"), None, self._terms_part),
            "planning": (_("Planning"), None, lambda: planning_part(self.procedure, internal=self.is_staff)),
            "deelnemen": (_("Deelnemen"), None, self._taking_part),
            **parts_notices.tabs(self.procedure, self.user, is_staff=self.is_staff),
        }
        if self.is_staff:
            tabs |= parts_approval.tabs_of(self.procedure, self.user)
        tabs |= changes_tab(self.procedure, self.user)
        if self.is_staff and self.procedure.is_public:
            tabs["aanvragen"] = (_("Aanvragen"), None, self._applications_part)
            tabs["offertes"] = (_("Offertes"), None, self._offers_part)
        elif self._own.exists():
            tabs["uw-aanvraag"] = (_("Uw aanvraag"), None, self._own_part)
        if self.is_staff and self.procedure.is_public and self.user.has_perm("documents.view_document"):
            tabs["berichten"] = (_("Berichten"), None, self._messages_part)
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
        reserved = any(lot.is_reserved for lot in self.lots)
        percent = timelimits.days("reserved-workers-percent", on=self.procedure.law_counts_on) if reserved else None
        return {"lots": self.lots, "limits": _limits(self.procedure), "reserved_percent": percent}

    def _terms_part(self):
        return {
            "conditions": self.procedure.selection_conditions.all(),
            "criteria": self.procedure.award_criteria.with_parts(),
            "exclusions": ExclusionGround.objects.applied_to(self.procedure, on=self.procedure.law_counts_on),
            "value_method": self.procedure.value_method,
            "own_rules": own_rules.rules_of(self.procedure),
            "codes": [(code, in_light_regime(code)) for code in self.procedure.codes],
            "term": self.procedure,
        }

    def _taking_part(self):
        """How one takes part, until when, and who can open what is handed in."""
        boxes = SealingBox.objects.filter(subject=self.procedure.ref).order_by("opens_at")
        phases = CODES["phase"]
        return {
            "seals": [
                (
                    phases.get(box.phase, box.phase),
                    box.get_policy_display(),
                    box.opens_at,
                    box.state == box.State.CLOSED,
                )
                for box in boxes
            ],
            "called_off": self.procedure.is_called_off,
            "ask_url": reverse("question-ask", args=[self.procedure.pk]),
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

    def _messages_part(self):
        """What everybody was told, with numbers: for whom is on the page of each, for who may know."""
        page = Paginator(Message.objects.counted().filter(dossier=self.procedure.dossier), 50).get_page(self.part)
        return {"sent_messages": page.object_list, "page_obj": page}

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


def _limits(procedure):
    """How many lots one candidate may ask and get, where it is limited."""
    found = []
    if procedure.max_lots_applied:
        words = _("Aantal percelen waarvoor een kandidaat een aanvraag kan indienen: hoogstens %(count)s.")
        found.append(words % {"count": procedure.max_lots_applied})
    if procedure.max_lots_awarded:
        words = _("Aantal percelen dat een inschrijver kan krijgen: hoogstens %(count)s.")
        found.append(words % {"count": procedure.max_lots_awarded})
    return found


def _sealed_refs(procedure):
    """What nobody of the authority may know of: who is preparing, who submitted before the opening, who withdrew."""
    refs = []
    for model, path in ((Application, "procedure"), (Offer, "lot__procedure")):
        found = model.objects.filter(**{path: procedure}, state__in=model.SEALED_STATES)
        for pk, envelope in found.values_list("pk", "envelope"):
            refs += [f"{model._meta.label_lower}:{pk}", f"documents.envelope:{envelope}"]
    return refs
