"""What a procedure or a lot waits for, and for whom: the right-hand side of "Wat kan nu"."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.models import Letter
from lifecycle import clock, timelimits
from procurement import own_rules
from procurement.grounds import concessions, remedies
from procurement.milestones import last_sending
from procurement.models import Lot, Procedure, SubtypeChoice
from procurement.models.question_terms import phase_of, terms_of

S = Procedure.State


def waiting_of(procedure, lots, letters) -> list[dict]:
    """For staff: the next thing that has to come from outside or from somebody else. `letters`: those of each lot."""
    ask = _WAITS.get(procedure.state)
    waits = (ask(procedure) if ask else []) + _questions(procedure)
    return waits + [wait for lot in lots for wait in waiting_of_lot(lot, letters[lot.pk], name=f"{lot}: ")]


def _approval(procedure):
    return [{"what": _("Goedkeuring van het dossier"), "who": _("een beslissingsnemer die het niet zelf voorlegde")}]


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
    return [{"what": _("Aanvragen tot deelneming"), "until": procedure.applications_deadline, "ground": ground}]


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
    wait = {
        "what": _("Opheffing van de verzegeling"),
        "who": _("twee openingsverantwoordelijken samen"),
        "ground": str(concessions("art. 32")),
        "url": reverse("box-release", args=[procedure.pk]),
        "label": _("Naar de opening"),
    }
    return [wait]


def _selection_letters(procedure):
    rejected = procedure.applications.filter(state__in=["not_selected", "excluded"])
    letters = Letter.objects.filter(subject__in=[application.ref for application in rejected])
    missing = sum(not letter.is_sent for letter in letters)
    return [_unsent(missing, remedies("art. 7, § 1"))] if missing else []


def _unsent(count, ground, name=""):
    words = ngettext("%(count)d brief zonder verzendbewijs", "%(count)d brieven zonder verzendbewijs", count)
    return {"what": name + words % {"count": count}, "who": _("wie de post verstuurt"), "ground": str(ground)}


_WAITS = {
    S.IN_REVIEW: _approval,
    S.APPROVED: _subtype,
    S.PUBLISHED: _applications,
    S.APPLICATIONS_CLOSED: _opening,
    S.SELECTION_NOTIFIED: _selection_letters,
    S.TENDERING: _offers,
    S.TENDERS_CLOSED: _opening,
    S.BEST_AND_FINAL: _best_and_final,
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
