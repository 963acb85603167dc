"""What a procedure or a lot waits for, and for whom: the right-hand side of "Wat kan nu"."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.models import Letter, SealingBox
from lifecycle import clock, timelimits
from procurement import guards, own_rules
from procurement.grounds import concessions, remedies
from procurement.milestones import award_notice_due, award_notice_ground, last_sending
from procurement.models import Lot, Notice, Offer, Procedure, SubtypeChoice
from procurement.models.question_terms import phase_of, terms_of

S = Procedure.State


def waiting_of(procedure, lots, letters) -> list[dict]:
    """For staff: the next thing that has to come from outside or from somebody else. `letters`: those of each lot."""
    ask = _WAITS.get(procedure.state)
    waits = [*(ask(procedure) if ask else []), *_questions(procedure), *_award_notice(procedure, lots)]
    return waits + [wait for lot in lots for wait in waiting_of_lot(lot, letters[lot.pk], name=f"{lot}: ")]


def _approval(procedure):
    who = _("een beslissingsnemer die het niet zelf voorlegde")
    if guards.value_is_within_the_delegation.reason(procedure, {}):
        who = _("een orgaan boven de delegatie; een jurist tekent zijn beslissing op")
    return [{"what": _("Goedkeuring van het dossier"), "who": who}]


def _subtype(procedure):
    """Publishing does not wait for it; the field sheet of the notice, which has to leave before, does."""
    if SubtypeChoice.of(procedure):
        return []
    wait = {
        "what": _("Bevestiging van het subtype van de aankondiging"),
        "who": _("een jurist"),
        "ground": str(concessions("art. 42")),
        "url": f"{procedure.get_absolute_url()}?tab=aankondigingen",
        "label": _("Naar de aankondigingen"),
    }
    return [wait]


def _applications(procedure):
    ground = str(own_rules.ground_of(procedure, own_rules.MINIMUM_PERIODS, concessions(_("art. 47, derde lid"))))
    waits = [{"what": _("Aanvragen tot deelneming"), "until": procedure.applications_deadline, "ground": ground}]
    unmet = guards.applications_deadline_leaves_the_minimum.reason(procedure, {})
    if unmet is None or not unmet.ground.blocks:
        return waits
    extend = {
        "what": _("Verlenging: de uiterste datum ligt te vroeg. %(why)s") % {"why": unmet.sentence},
        "who": _("een aankoper"),
        "ground": ground,
        "url": reverse("procedure-step", args=[procedure.pk, "extend_deadline"]),
        "label": _("Verlengen"),
    }
    return [extend, *waits]


def _questions(procedure):
    """Who asked in time gets an answer in time, or the deadline moves."""
    phase = phase_of(procedure)
    count = procedure.questions.unanswered_in_time().count() if phase else 0
    if not count:
        return []
    terms = terms_of(procedure, phase)
    wait = {
        "what": words_for_unanswered(count),
        "until": terms.answers_until,
        "ground": str(concessions(_("art. 45, derde lid"))),
        "url": f"{procedure.get_absolute_url()}?tab=vragen",
        "label": _("Naar de vragen"),
    }
    if not terms.takes_answers:
        wait |= {"what": f"{wait['what']}: {_('te laat, verleng eerst de uiterste datum')}", "until": None}
    return [wait]


def words_for_unanswered(count):
    return ngettext(
        "%(count)d vraag zonder bekendgemaakt antwoord", "%(count)d vragen zonder bekendgemaakt antwoord", count
    ) % {"count": count}


def _offers(procedure):
    ground = str(own_rules.ground_of(procedure, own_rules.MINIMUM_PERIODS, concessions(_("art. 47, vierde lid"))))
    return [{"what": _("Offertes van de geselecteerden"), "until": procedure.offers_deadline, "ground": ground}]


def _best_and_final(procedure):
    return _offers(procedure) if procedure.offers_deadline >= clock.now() else _opening(procedure)


def _opening(procedure):
    """The release by two officers; after it one of them opens."""
    phase = "applications" if procedure.state == S.APPLICATIONS_CLOSED else procedure.offers_phase
    box = SealingBox.objects.filter(subject=procedure.ref, phase=phase).first()
    released = box is not None and box.is_released
    what = _("Opheffing van de verzegeling")
    if released:
        what = _("Openen van de aanvragen") if phase == "applications" else _("Openen van de offertes")
    wait = {
        "what": what,
        "who": _("een openingsverantwoordelijke") if released else _("twee openingsverantwoordelijken samen"),
        "ground": str(concessions("art. 32")),
        "url": reverse("box-release", args=[procedure.pk]),
        "label": _("Naar de opening"),
    }
    return [wait]


def _assessments(procedure):
    """Every application is assessed, then the decision maker decides on all of them."""
    open_ones = procedure.applications.opened().exclude(state="assessed").count()
    words = ngettext("%(count)d aanvraag te beoordelen", "%(count)d aanvragen te beoordelen", open_ones)
    decision = {
        "what": _("Selectiebeslissing"),
        "who": _("een beslissingsnemer die zelf niet beoordeelde"),
        "ground": str(remedies("art. 4/1")),
    }
    if not open_ones:
        return [decision]
    assess = {
        "what": words % {"count": open_ones},
        "who": _("een aankoper zonder belang"),
        "ground": str(concessions("art. 48")),
        "url": f"{procedure.get_absolute_url()}?tab=aanvragen",
        "label": _("Naar de aanvragen"),
    }
    return [assess, decision | {"what": _("Daarna: de selectiebeslissing")}]


def _selection_told(procedure):
    """The letters go out once the decision is made and sealed."""
    what = _("Meedelen van de selectie aan elke kandidaat")
    if not procedure.documents_of("selection_decision").readable().exists():
        what = _("Opmaken en verzegelen van de selectiebeslissing")
        return [{"what": what, "who": _("het systeem"), "ground": str(remedies("art. 4/1"))}]
    return [{"what": what, "who": _("een aankoper"), "ground": str(remedies("art. 7, § 1"))}]


def _evaluation(procedure):
    """Offers without an evaluation, then the lots whose award is neither proposed nor decided."""
    todo = Offer.objects.filter(lot__procedure=procedure, state__in=["opened", "regular"]).count()
    if todo:
        words = ngettext("%(count)d offerte te beoordelen", "%(count)d offertes te beoordelen", todo)
        wait = {
            "what": words % {"count": todo},
            "who": _("een beoordelaar zonder belang"),
            "ground": str(concessions("art. 55")),
            "url": f"{procedure.get_absolute_url()}?tab=offertes",
            "label": _("Naar de offertes"),
        }
        return [wait]
    found = [_of_lots(procedure, state, wait) for state, wait in _lot_decisions()]
    return [wait for wait in found if wait]


def _lot_decisions():
    yield (
        Lot.State.OPEN,
        {
            "what": _("voorstel van gunning"),
            "who": _("een aankoper zonder belang"),
            "ground": str(remedies("art. 4/1")),
        },
    )
    who = _("een beslissingsnemer die niet voorstelde of beoordeelde")
    yield (
        Lot.State.AWARD_PROPOSED,
        {"what": _("gunningsbeslissing"), "who": who, "ground": str(remedies("art. 4/1"))},
    )
    yield (
        Lot.State.AWARD_DECIDED,
        {"what": _("meedelen van de gunning"), "who": _("een aankoper"), "ground": str(remedies("art. 8"))},
    )


def _of_lots(procedure, state, wait):
    """One line for all lots of a procedure in this state, or None."""
    numbers = [str(number) for number in _numbers(procedure, state)]
    if not numbers:
        return None
    words = ngettext("Perceel %(numbers)s: %(what)s", "Percelen %(numbers)s: %(what)s", len(numbers))
    return wait | {"what": words % {"numbers": ", ".join(numbers), "what": wait["what"]}}


def _numbers(procedure, state):
    return procedure.lots.filter(state=state).order_by("number").values_list("number", flat=True)


def _negotiation(procedure):
    wait = {
        "what": _("Einde van de onderhandeling of vraag om definitieve offertes"),
        "who": _("een beoordelaar zonder belang"),
        "ground": str(concessions("art. 46, § 1")),
    }
    return [wait]


def _award_notice(procedure, lots):
    due = award_notice_due(procedure, lots)
    if due is None or procedure.notices.filter(kind=Notice.Kind.AWARD).exists():
        return []
    what = _("Aankondiging van gegunde concessie")
    return [{"what": what, "who": _("een aankoper"), "until": due, "ground": award_notice_ground(procedure)}]


def _selection_letters(procedure):
    """The letters to who was not selected, then the invitation of who was."""
    rejected = procedure.applications.filter(state__in=["not_selected", "excluded"])
    letters = Letter.objects.filter(subject__in=[application.ref for application in rejected])
    missing = sum(not letter.is_sent for letter in letters)
    if missing:
        return [_unsent(missing, remedies("art. 7, § 1"))]
    ground = str(concessions("art. 46, § 1"))
    return [{"what": _("Uitnodiging tot offerte"), "who": _("een aankoper"), "ground": ground}]


def _unsent(count, ground, name=""):
    words = ngettext("%(count)d brief zonder verzendbewijs", "%(count)d brieven zonder verzendbewijs", count)
    return {"what": name + words % {"count": count}, "who": _("wie de post verstuurt"), "ground": str(ground)}


_WAITS = {
    S.IN_REVIEW: _approval,
    S.APPROVED: _subtype,
    S.PUBLISHED: _applications,
    S.APPLICATIONS_CLOSED: _opening,
    S.SELECTION: _assessments,
    S.SELECTION_DECIDED: _selection_told,
    S.SELECTION_NOTIFIED: _selection_letters,
    S.TENDERING: _offers,
    S.TENDERS_CLOSED: _opening,
    S.BEST_AND_FINAL: _best_and_final,
    S.EVALUATION: _evaluation,
    S.NEGOTIATION: _negotiation,
}


def waiting_of_lot(lot, letters, name="") -> list[dict]:
    """What a lot in standstill waits for: proofs of sending, then the last day."""
    if lot.state == Lot.State.SUSPENDED:
        return [{"what": name + _("uitspraak over de vordering tot schorsing"), "who": _("de Raad van State")}]
    if lot.state != Lot.State.STANDSTILL:
        return []
    missing = sum(not letter.is_sent for letter in letters)
    if missing:
        wait = _unsent(missing, remedies("art. 9/1"), name)
        return [wait | {"url": lot.get_absolute_url(), "label": _("Bekijk de brieven")}]
    sent_on = last_sending(letters)
    if sent_on is None:
        return []
    last_day = timelimits.period_end(sent_on, days=lot.procedure.legal_days("standstill-days", on=sent_on))
    ground = own_rules.ground_of(lot.procedure, own_rules.STANDSTILL)
    waits = {"what": name + _("wachttermijn"), "until": last_day, "ground": str(ground)}
    if timelimits.period_over(last_day):
        waits = {
            "what": name + _("nazicht bij de griffie van de Raad van State"),
            "who": _("een jurist"),
            "ground": str(own_rules.ground_of(lot.procedure, own_rules.STANDSTILL, remedies(_("art. 11, tweede lid")))),
            "url": reverse("lot-registry-check", args=[lot.pk]),
            "label": _("Optekenen"),
        }
        checked = lot.registry_checked_at
        return [] if checked and checked >= timelimits.first_moment_after(last_day) else [waits]
    return [waits]
