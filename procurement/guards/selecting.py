"""What must hold before candidates are selected, told and invited."""

from django.utils.translation import gettext_lazy as _

from lifecycle import timelimits
from lifecycle.guards import Unmet, guard
from procurement.grounds import PROCEDURE, concessions, remedies


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
