"""What a draft needs before a second person looks at it."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from lifecycle.guards import Unmet, guard
from procurement import own_rules
from procurement.grounds import PROCEDURE, SOUND_ADMINISTRATION, concessions


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


@guard(
    _("De subcriteria van een criterium zijn niet volledig gerangschikt, of hun gewichten kloppen niet."),
    ground=concessions("art. 55, § 3"),
)
def sub_criteria_add_up(procedure, facts):
    """Within each criterion: ranks without gaps, weights for all or none, together those of the criterion, not rising."""
    wrong = [str(each) for each in procedure.award_criteria.with_parts() if not _parts_fit(each)]
    return not wrong or Unmet(_now("Het gaat om: %(criteria)s.") % {"criteria": "; ".join(wrong)})


def _parts_fit(criterion):
    parts = list(criterion.sub_criteria.all())
    weights = [part.weight for part in parts]
    if [part.rank for part in parts] != list(range(1, len(parts) + 1)):
        return False
    if all(weight is None for weight in weights):
        return True
    return None not in weights and sum(weights) == criterion.weight and weights == sorted(weights, reverse=True)


@guard(_("Er is nog geen selectievoorwaarde met haar bewijs."), ground=concessions("art. 48"))
def has_selection_conditions(procedure, facts):
    found = procedure.selection_conditions.exists()
    return found or Unmet(ground=own_rules.ground_of(procedure, own_rules.SELECTION))


@guard(_("De nota over het exploitatierisico ontbreekt."), ground=concessions("art. 2, 7°"))
def operating_risk_is_argued(procedure, facts):
    return bool(procedure.operating_risk_memo.strip())


@guard(_("De looptijd is te lang zonder berekening van de terugverdientijd."), ground=concessions("art. 37"))
def term_is_justified(procedure, facts):
    longest = procedure.legal_days("term-without-justification-months")
    if procedure.term_months <= longest or procedure.recoupment_justification.strip():
        return True
    words = {"months": procedure.term_months, "longest": longest}
    return Unmet(_now("De looptijd telt %(months)s maanden, zonder berekening hoogstens %(longest)s.") % words)


@guard(
    _("De laatste dag voor nieuwe klanten ligt niet binnen de looptijd, of die voor nazorg en afrekening ligt ervoor."),
    ground=PROCEDURE,
)
def dates_are_in_order(procedure, facts):
    """Begin, last intake, end, last performance: in that order."""
    return procedure.dates_are_in_order


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
