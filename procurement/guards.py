"""What must hold before a step of a concession procedure: one condition, one sentence, one ground each."""

import datetime as dt

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lifecycle import clock, timelimits
from lifecycle.dates import day_in_words, moment_in_words
from lifecycle.guards import Unmet, guard
from procurement.grounds import PROCEDURE, SOUND_ADMINISTRATION, concessions, remedies

# -- preparing ----------------------------------------------------------------------------------


@guard(_("Er is nog geen perceel."), ground=PROCEDURE)
def has_lots(procedure, facts):
    return procedure.lots.exists()


@guard(
    _("Elk perceel heeft een geraamde waarde, en samen zijn ze niet meer waard dan de procedure."),
    ground=concessions("art. 36"),
)
def every_lot_is_valued(procedure, facts):
    values = [lot.estimated_value for lot in procedure.lots.all()]
    return None not in values and sum(values) <= (procedure.estimated_value or 0)


@guard(
    _("De gunningscriteria zijn niet volledig gerangschikt, of hun gewichten kloppen niet."),
    ground=concessions("art. 55, § 3"),
)
def has_ranked_criteria(procedure, facts):
    """Ranks without gaps; weights for all or none, together 100, not rising with the rank."""
    criteria = list(procedure.award_criteria.all())
    weights = [criterion.weight for criterion in criteria]
    if [criterion.rank for criterion in criteria] != list(range(1, len(criteria) + 1)) or not criteria:
        return False
    if all(weight is None for weight in weights):
        return True
    return None not in weights and sum(weights) == 100 and weights == sorted(weights, reverse=True)


@guard(_("Er is nog geen selectievoorwaarde met haar bewijs."), ground=concessions("art. 48"))
def has_selection_conditions(procedure, facts):
    return procedure.selection_conditions.exists()


@guard(_("De raming of haar methode ontbreekt."), ground=concessions("art. 35"))
def value_is_estimated(procedure, facts):
    return bool(procedure.estimated_value and procedure.value_method.strip())


@guard(_("De nota over het exploitatierisico ontbreekt."), ground=concessions("art. 2, 7°"))
def operating_risk_is_argued(procedure, facts):
    return bool(procedure.operating_risk_memo.strip())


@guard(_("De looptijd is te lang zonder berekening van de terugverdientijd."), ground=concessions("art. 37"))
def term_is_justified(procedure, facts):
    longest = int(timelimits.value("term-without-justification-months"))
    if procedure.term_months <= longest or procedure.recoupment_justification.strip():
        return True
    words = {"months": procedure.term_months, "longest": longest}
    return Unmet(_now("De looptijd telt %(months)s maanden, zonder berekening hoogstens %(longest)s.") % words)


@guard(_("De uiterste datum voor aanvragen ontbreekt of ligt in het verleden."), ground=PROCEDURE)
def has_applications_deadline(procedure, facts):
    return procedure.applications_deadline is not None and procedure.applications_deadline > clock.now()


@guard(_("U hebt een belang gemeld: dat kunt u niet zelf terugnemen."), ground=concessions("art. 26"))
def no_interest_was_stated(procedure, facts):
    stated = procedure.interest_statements.filter(user=facts["by"], has_conflict=True)
    return facts["has_conflict"] or not stated.exists()


@guard(_("Geef de reden."), ground=SOUND_ADMINISTRATION)
def reason_is_given(record, facts):
    return bool(facts.get("reason", "…").strip())


@guard(_("Het dossier is gewijzigd sinds het werd voorgelegd."), ground=SOUND_ADMINISTRATION)
def unchanged_since_submission(procedure, facts):
    return procedure.approved_digest == procedure.content_digest()


# -- publishing ---------------------------------------------------------------------------------


@guard(_("Het nummer en de verzendingsdatum van de aankondiging ontbreken."), ground=concessions("art. 42"))
def notice_is_recorded(procedure, facts):
    if not facts:
        return True
    sent_on = facts.get("notice_sent_on")
    return bool(facts.get("notice_number")) and sent_on is not None and sent_on <= clock.today()


@guard(_("De termijn voor aanvragen is te kort."), ground=concessions(_("art. 47, derde lid")))
def applications_deadline_leaves_the_minimum(procedure, facts):
    """Thirty days from the dispatch of the notice; the whole last day must have elapsed (Regulation 1182/71)."""
    sent_on = facts.get("notice_sent_on") or procedure.notice_sent_on or clock.today()
    days = timelimits.days("applications-minimum-days", on=sent_on)
    return _late_enough(procedure.applications_deadline, sent_on, days)


@guard(_("Er zijn geen twee openingsverantwoordelijken om de verzegeling op te heffen."), ground=concessions("art. 32"))
def opening_officers_can_open(procedure, facts):
    return procedure.opening_officers_available()


def _late_enough(deadline, event, days):
    earliest = timelimits.earliest_deadline(event, days=days)
    if deadline is not None and deadline >= earliest:
        return True
    words = {"earliest": moment_in_words(earliest), "days": days}
    return Unmet(_now("Ze is ten vroegste %(earliest)s (minstens %(days)s dagen).") % words)


# -- deadlines ----------------------------------------------------------------------------------


@guard(_("De uiterste datum voor aanvragen is nog niet voorbij."), ground=concessions("art. 32"))
def applications_deadline_is_past(record, facts):
    return _past(_procedure(record).applications_deadline)


@guard(_("De uiterste datum voor aanvragen is voorbij."), ground=concessions("art. 47"))
def applications_deadline_is_ahead(record, facts):
    return _ahead(_procedure(record).applications_deadline)


@guard(_("De uiterste datum voor offertes is nog niet voorbij."), ground=concessions("art. 32"))
def offers_deadline_is_past(record, facts):
    return _past(_procedure(record).offers_deadline)


@guard(_("De uiterste datum voor offertes is voorbij."), ground=concessions("art. 47"))
def offers_deadline_is_ahead(record, facts):
    return _ahead(_procedure(record).offers_deadline)


def _procedure(record):
    return getattr(record, "procedure", record)


def _past(deadline):
    """A submission counts up to and including the second of the deadline."""
    if deadline is None:
        return False
    opens_at = deadline + dt.timedelta(seconds=1)
    return clock.now() >= opens_at or Unmet(opens_at=opens_at)


def _ahead(deadline):
    return deadline is not None and clock.now() < deadline + dt.timedelta(seconds=1)


# -- submitting ---------------------------------------------------------------------------------


@guard(_("De procedure ontvangt nu geen aanvragen."), ground=PROCEDURE)
def procedure_takes_applications(application, facts):
    return application.procedure.state == application.procedure.State.PUBLISHED


@guard(_("De procedure ontvangt nu geen offertes."), ground=PROCEDURE)
def procedure_takes_offers(offer, facts):
    procedure = offer.procedure
    return procedure.state in {procedure.State.TENDERING, procedure.State.BEST_AND_FINAL}


@guard(_("Kies minstens één perceel."), ground=PROCEDURE)
def application_names_lots(application, facts):
    return application.lots.exists()


@guard(_("Er is nog geen bestand opgeladen."), ground=PROCEDURE)
def envelope_holds_files(record, facts):
    return record.envelope.files.exists()


@guard(_("De vragen zijn nog niet allemaal beantwoord."), ground=PROCEDURE)
def answers_are_complete(record, facts):
    """What is sealed cannot be asked again, nor read here: whoever wrote the answers noted whether any is missing."""
    return record.answered


@guard(_("Alleen geselecteerde kandidaten dienen een offerte in."), ground=concessions("art. 46, § 1"))
def maker_is_selected(offer, facts):
    return offer.application.state == offer.application.State.SELECTED


# -- opening ------------------------------------------------------------------------------------


@guard(_("Er is geen aanvraag ingediend."), ground=PROCEDURE)
def some_application_was_submitted(procedure, facts):
    return procedure.applications.submitted().exists()


@guard(_("Er zijn aanvragen ingediend."), ground=PROCEDURE)
def no_application_was_submitted(procedure, facts):
    return not procedure.applications.submitted().exists()


@guard(_("Er is geen offerte ingediend."), ground=PROCEDURE)
def some_offer_was_submitted(procedure, facts):
    return _sealed_offers(procedure)


@guard(_("Er zijn offertes ingediend."), ground=PROCEDURE)
def no_offer_was_submitted(procedure, facts):
    return not _sealed_offers(procedure)


def _sealed_offers(procedure):
    return procedure.lots.filter(offers__state="submitted", offers__round=procedure.round).exists()


@guard(
    _("Twee openingsverantwoordelijken hebben de verzegeling nog niet samen opgeheven."), ground=concessions("art. 32")
)
def applications_box_is_released(procedure, facts):
    return procedure.box("applications").is_released


@guard(
    _("Twee openingsverantwoordelijken hebben de verzegeling nog niet samen opgeheven."), ground=concessions("art. 32")
)
def offers_box_is_released(procedure, facts):
    return procedure.box(procedure.offers_phase).is_released


# -- selecting ----------------------------------------------------------------------------------


@guard(_("De termijn om aan te vullen loopt nog."), ground=concessions("art. 48, § 3"))
def regularisation_is_closed(application, facts):
    last = application.regularisation_last_day
    if application.state != application.State.REGULARISATION or last is None:
        return True
    return timelimits.period_over(last) or Unmet(opens_at=timelimits.first_moment_after(last))


@guard(_("Niet elke selectievoorwaarde is beoordeeld."), ground=concessions("art. 48"))
def every_condition_is_judged(application, facts):
    return facts == {} or application.findings.count() == application.procedure.selection_conditions.count()


@guard(_("De uitkomst en haar motivering ontbreken, of spreken de voorwaarden tegen."), ground=remedies("art. 5/1"))
def outcome_is_reasoned(application, facts):
    """Selected means every condition met; not selected names one that is not."""
    if not facts:
        return True
    all_met = not application.findings.filter(met=False).exists()
    outcome = facts.get("outcome")
    fits = {"select": all_met, "not_select": not all_met, "exclude": True}.get(outcome, False)
    return fits and bool(facts.get("reasons", "").strip())


@guard(_("Niet elke aanvraag is beoordeeld."), ground=remedies("art. 5/1"))
def every_application_is_assessed(procedure, facts):
    opened = procedure.applications.opened()
    return opened.exists() and not opened.exclude(state="assessed").exists()


@guard(_("De selectiebeslissing is nog niet opgemaakt en verzegeld."), ground=remedies("art. 4/1"))
def selection_decision_is_sealed(procedure, facts):
    return procedure.documents_of("selection_decision").readable().exists()


@guard(_("Geen enkele kandidaat is geselecteerd."), ground=PROCEDURE)
def some_candidate_is_selected(procedure, facts):
    return procedure.applications.filter(state="selected").exists()


@guard(
    _("Niet elke brief aan een niet-geselecteerde kandidaat is verzonden, elektronisch en aangetekend."),
    ground=remedies("art. 7, § 1"),
)
def every_non_selection_letter_is_sent(procedure, facts):
    rejected = procedure.applications.filter(state__in=["not_selected", "excluded"])
    return all(_letters_sent(application.letters) for application in rejected)


def _letters_sent(letters):
    sent = [letter.last_sent_at for letter in letters]
    return bool(sent) and None not in sent


@guard(_("De termijn voor offertes is te kort."), ground=concessions(_("art. 47, vierde en vijfde lid")))
def offers_deadline_leaves_the_minimum(procedure, facts):
    """Twenty-two days from the invitation, less five because offers are received electronically."""
    if "offers_deadline" not in facts:
        return True
    today = clock.today()
    days = timelimits.days("offers-minimum-days", on=today) - timelimits.days(
        "offers-electronic-reduction-days", on=today
    )
    return _late_enough(facts["offers_deadline"], today, days)


@guard(_("De nieuwe uiterste datum ligt niet in de toekomst."), ground=concessions("art. 46, § 4"))
def new_deadline_is_ahead(procedure, facts):
    return "offers_deadline" not in facts or facts["offers_deadline"] > clock.now()


# -- evaluating ---------------------------------------------------------------------------------


@guard(_("De procedure is niet in beoordeling."), ground=PROCEDURE)
def procedure_is_in_evaluation(record, facts):
    procedure = record.procedure
    return procedure.state == procedure.State.EVALUATION


@guard(_("Niet elk criterium heeft een score met motivering."), ground=remedies("art. 5/1"))
def every_criterion_is_scored(offer, facts):
    return facts == {} or offer.scores.count() == offer.procedure.award_criteria.count()


@guard(_("Niet elke geopende offerte is beoordeeld."), ground=concessions("art. 46, § 1"))
def every_offer_is_evaluated(lot, facts):
    return not lot.offers_in_play().filter(state__in=["opened", "regular"]).exists()


@guard(_("Er is geen regelmatige offerte voor dit perceel."), ground=concessions("art. 46, § 1"))
def some_offer_is_regular(lot, facts):
    return lot.offers_in_play().filter(state="evaluated").exists()


@guard(
    _("Op de grens van het aantal concessiehouders staan offertes volledig gelijk: de rangschikking beslist niet."),
    ground=concessions("art. 55, § 3"),
)
def ranking_decides(lot, facts):
    """Ties are broken by the points on the criteria in their published order, and by nothing that was not published."""
    standings = [offer.standing for offer in lot.ranked_offers()]
    last = lot.max_concessionaires
    return len(standings) <= last or standings[last - 1] != standings[last]


@guard(_("De gunningscriteria zijn niet meer die van de uitnodiging."), ground=concessions("art. 46, § 6"))
def criteria_are_unchanged(record, facts):
    procedure = _procedure(record)
    return procedure.criteria_digest == procedure.award_criteria.digest()


@guard(_("Voor een perceel is al een gunning voorgesteld."), ground=PROCEDURE)
def no_lot_is_proposed(procedure, facts):
    return not procedure.lots.exclude(state="open").exists()


# -- deciding, telling, standing still ----------------------------------------------------------


@guard(_("De gunningsbeslissing is nog niet opgemaakt en verzegeld."), ground=remedies("art. 4/1"))
def award_decision_is_sealed(lot, facts):
    return lot.documents_of("award_decision").readable().exists()


@guard(_("Niet elke brief is verzonden, elektronisch en aangetekend."), ground=remedies("art. 9/1"))
def every_award_letter_is_sent(lot, facts):
    unsent = [letter.name for letter in lot.letters if letter.last_sent_at is None]
    if lot.letters.exists() and not unsent:
        return True
    return Unmet(_now("Zonder verzendbewijs: %(names)s.") % {"names": ", ".join(unsent)} if unsent else "")


@guard(_("De wachttermijn loopt nog."), ground=remedies("art. 11"))
def standstill_is_over(lot, facts):
    last = lot.standstill_last_day
    if last is None:
        return False
    if timelimits.period_over(last):
        return True
    detail = _now("Ze loopt tot en met %(last)s, 24.00 uur.") % {"last": day_in_words(last)}
    return Unmet(detail, opens_at=timelimits.first_moment_after(last))


@guard(
    _("De griffie van de Raad van State is na de wachttermijn nog niet nagezien op een vordering tot schorsing."),
    ground=remedies(_("art. 11, tweede lid")),
)
def registry_is_checked_after_the_standstill(lot, facts):
    last = lot.standstill_last_day
    checked = lot.registry_checked_at
    return bool(last and checked and checked >= timelimits.first_moment_after(last))


@guard(
    _("De gunningsbeslissing van dit perceel is nog niet meegedeeld, of de wachttermijn is afgesloten."),
    ground=PROCEDURE,
)
def lot_stands_still(lot, facts):
    return lot.state in {lot.State.STANDSTILL, lot.State.SUSPENDED}


@guard(_("Geef de datum waarop de vordering is ingesteld."), ground=remedies(_("art. 11, tweede lid")))
def filing_date_is_given(lot, facts):
    return "filed_on" not in facts or facts["filed_on"] <= clock.today()


# -- the end ------------------------------------------------------------------------------------


@guard(_("Niet elk perceel is gesloten, niet gegund of vervallen."), ground=PROCEDURE)
def every_lot_is_final(procedure, facts):
    return (
        procedure.lots.exists()
        and not procedure.lots.exclude(state__in=["concluded", "not_awarded", "lapsed"]).exists()
    )


@guard(_("Een perceel is al gesloten: de procedure kan niet meer als geheel worden stopgezet."), ground=PROCEDURE)
def no_lot_is_concluded(procedure, facts):
    return not procedure.lots.filter(state="concluded").exists()
