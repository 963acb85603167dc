"""What must hold before offers are ranked and an award is proposed."""

from django.utils.translation import gettext_lazy as _

from lifecycle.guards import Unmet, guard
from procurement import own_rules
from procurement.grounds import PROCEDURE, concessions, remedies
from procurement.guards.deadlines import procedure_of


@guard(_("De procedure is niet in beoordeling."), ground=PROCEDURE)
def procedure_is_in_evaluation(record, facts):
    procedure = record.procedure
    return procedure.state == procedure.State.EVALUATION


@guard(_("Niet elk criterium heeft een score met motivering."), ground=remedies("art. 5/1"))
def every_criterion_is_scored(offer, facts):
    return facts == {} or offer.scores.count() == offer.procedure.award_criteria.count()


@guard(_("Niet elke geopende offerte is beoordeeld."), ground=concessions("art. 46, § 1"))
def every_offer_is_evaluated(lot, facts):
    evaluated = not lot.offers_in_play().filter(state__in=["opened", "regular"]).exists()
    return evaluated or _in_the_announced_course(lot, "art. 46, § 1")


@guard(_("Er is geen regelmatige offerte voor dit perceel."), ground=concessions("art. 46, § 1"))
def some_offer_is_regular(lot, facts):
    found = lot.offers_in_play().filter(state="evaluated").exists()
    return found or _in_the_announced_course(lot, "art. 46, § 1")


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
    procedure = procedure_of(record)
    unchanged = procedure.criteria_digest == procedure.award_criteria.digest()
    return unchanged or _in_the_announced_course(procedure, "art. 46, § 6")


def _in_the_announced_course(record, article):
    """What was announced binds in the light regime too, where art. 46 does not."""
    return Unmet(ground=own_rules.course_of(procedure_of(record), concessions(article)))


@guard(_("Voor een perceel is al een gunning voorgesteld."), ground=PROCEDURE)
def no_lot_is_proposed(procedure, facts):
    return not procedure.lots.exclude(state="open").exists()
