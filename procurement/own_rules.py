"""The rules that the authority binds itself to where the law does not.

Under title 4 of the act of 17 June 2016 they are the law. In the light regime (art. 34) arts 45 to 48 of that act do not
bind, nor, for want of a compulsory concession notice, does the standstill of the act of 17 June 2013 (art. 12, 1°): there a
rule binds once the authority adopted it for the procedure and publishes it, and is no more than its practice otherwise.
"""

from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lifecycle.grounds import Ground, policy, published_rule
from procurement.grounds import PROCEDURE, concessions, remedies


@dataclass(frozen=True)
class OwnRule:
    """One rule: `meaning` is what it makes the authority do, `ground` the article that imposes it in the full regime."""

    code: str
    label: str
    meaning: str
    ground: Ground


MINIMUM_PERIODS = "minimum-periods"
SELECTION = "selection"
INFORMATION = "information"
DOCUMENTS = "documents"
STANDSTILL = "standstill"

RULES = {
    rule.code: rule
    for rule in (
        OwnRule(
            MINIMUM_PERIODS,
            _("Minimumtermijnen"),
            _("Aanvragen en offertes krijgen minstens de termijnen van het gewone regime."),
            concessions("art. 47"),
        ),
        OwnRule(
            SELECTION,
            _("Selectie"),
            _(
                "Kandidaten worden geselecteerd op bekendgemaakte voorwaarden, met het bewijs dat ervoor gevraagd wordt."
            ),
            concessions("art. 48"),
        ),
        OwnRule(
            DOCUMENTS,
            _("Concessiedocumenten"),
            _("De documenten staan vanaf de bekendmaking gratis, volledig en rechtstreeks voor iedereen open."),
            concessions("art. 45"),
        ),
        OwnRule(
            INFORMATION,
            _("Inlichtingen"),
            _(
                "Aanvullende inlichtingen gaan naar iedereen, ten laatste zes dagen voor de uiterste datum voor offertes."
            ),
            concessions(_("art. 45, derde lid")),
        ),
        OwnRule(
            STANDSTILL,
            _("Wachttermijn"),
            _("Na de mededeling van de gunningsbeslissing wordt niet gesloten voor het einde van de wachttermijn."),
            remedies("art. 11"),
        ),
    )
}


def every_code() -> list[str]:
    """What a procedure adopts unless it says otherwise."""
    return list(RULES)


def ground_of(procedure, code, law=None) -> Ground:
    """On what ground a rule stands in this procedure; `law`: the article in the full regime, when it is a finer one."""
    law = law or RULES[code].ground
    if not procedure.is_light:
        return law
    if code in procedure.own_rules:
        return published_rule(format_lazy(_("{}, aangenomen als eigen regel"), law))
    return policy(format_lazy(_("{}, in het licht regime niet aangenomen"), law))


def binds(procedure, code) -> bool:
    """Whether a rule binds this procedure, by law or because it was adopted."""
    return ground_of(procedure, code).blocks


def course_of(procedure, law) -> Ground:
    """The ground of what belongs to the announced course of the procedure: it binds in either regime, by law in the full one."""
    return PROCEDURE if procedure.is_light else law


def rules_of(procedure) -> list[dict]:
    """Every rule as a page shows it: does it bind this procedure, and why."""
    return [
        {
            "label": rule.label,
            "meaning": rule.meaning,
            "ground": ground,
            "kind": ground.kind.label,
            "binds": ground.blocks,
        }
        for rule in RULES.values()
        for ground in [ground_of(procedure, rule.code)]
    ]
