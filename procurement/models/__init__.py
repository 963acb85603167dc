from procurement.models.addenda import Addendum
from procurement.models.applications import Application, ConditionFinding
from procurement.models.awards import Award
from procurement.models.lots import Lot
from procurement.models.offers import CriterionScore, Offer
from procurement.models.outages import Outage, OutageEffect
from procurement.models.procedures import Procedure
from procurement.models.requirements import AwardCriterion, SelectionCondition
from procurement.models.subscriptions import Subscription
from procurement.models.teams import InterestStatement

__all__ = [
    "Addendum",
    "Application",
    "Award",
    "AwardCriterion",
    "ConditionFinding",
    "CriterionScore",
    "InterestStatement",
    "Lot",
    "Offer",
    "Outage",
    "OutageEffect",
    "Procedure",
    "SelectionCondition",
    "Subscription",
]
