"""How many lots one candidate may ask and get, and which lots are reserved."""

from django.db.models import Count
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lifecycle import timelimits
from lifecycle.guards import Unmet, guard
from procurement.grounds import PROCEDURE, concessions

NO_AWARD = ("not_awarded", "lapsed")


@guard(_("Dit zijn meer percelen dan waarvoor één kandidaat een aanvraag mag indienen."), ground=PROCEDURE)
def lots_stay_within_the_limit(application, facts):
    """`lots`: those that are being chosen; without them those that the application names."""
    limit = application.procedure.max_lots_applied
    if limit is None:
        return True
    chosen = len(facts["lots"]) if "lots" in facts else application.lots.count()
    words = {"limit": limit, "chosen": chosen}
    return chosen <= limit or Unmet(_now("Hoogstens %(limit)s; u koos er %(chosen)s.") % words)


@guard(
    _(
        "Een voorbehouden perceel vraagt de verklaring dat u een beschutte werkplaats bent of genoeg doelgroepwerkers hebt."
    ),
    ground=concessions("art. 33"),
)
def reserved_lots_are_declared(application, facts):
    """A candidate for a reserved lot declares to be a sheltered workshop or to employ enough people of the target group."""
    if facts.get("declares_reserved", application.declares_reserved):
        return True
    reserved = (
        [lot for lot in facts["lots"] if lot.is_reserved]
        if "lots" in facts
        else list(application.lots.filter(is_reserved=True))
    )
    if not reserved:
        return True
    words = {
        "lots": ", ".join(str(lot.number) for lot in reserved),
        "percent": timelimits.days("reserved-workers-percent"),
    }
    return Unmet(_now("Voorbehouden: perceel %(lots)s (minstens %(percent)s %% doelgroepwerkers).") % words)


@guard(_("Een inschrijver zou meer percelen krijgen dan het bekendgemaakte maximum."), ground=PROCEDURE)
def tenderers_stay_within_their_lots(lot, facts):
    """Counts what is proposed or decided for other lots of the procedure, unless that lot ended without award."""
    limit = lot.procedure.max_lots_awarded
    if limit is None:
        return True
    proposed = {offer.participant.pk: offer.participant for offer in lot.ranked_offers()[: lot.max_concessionaires]}
    others = lot.procedure.lots.exclude(pk=lot.pk).exclude(state__in=NO_AWARD)
    awards = others.filter(awards__offer__application__participant__in=proposed)
    counts = awards.order_by().values_list("awards__offer__application__participant").annotate(Count("pk"))
    full = [proposed[key] for key, count in counts if key in proposed and count >= limit]
    if not full:
        return True
    words = {"names": ", ".join(sorted(str(each) for each in full)), "limit": limit}
    return Unmet(
        _now("%(names)s: hoogstens %(limit)s. Stuur het voorstel voor een ander perceel terug of gun dit perceel niet.")
        % words
    )
