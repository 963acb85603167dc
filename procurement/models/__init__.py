from procurement.models.applications import Application, ConditionFinding
from procurement.models.approvals import ApprovedVersion
from procurement.models.awards import Award
from procurement.models.estimates import AwardValue, ValueEstimate
from procurement.models.lots import Lot
from procurement.models.offers import CriterionScore, Offer
from procurement.models.procedures import Procedure
from procurement.models.requirements import AwardCriterion, SelectionCondition
from procurement.models.subscriptions import Subscription
from procurement.models.teams import InterestStatement

__all__ = [
    "Application",
    "ApprovedVersion",
    "Award",
    "AwardCriterion",
    "AwardValue",
    "ConditionFinding",
    "CriterionScore",
    "InterestStatement",
    "Lot",
    "Offer",
    "Procedure",
    "SelectionCondition",
    "Subscription",
    "ValueEstimate",
]
