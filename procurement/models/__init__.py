from procurement.models.applications import Application, ConditionFinding
from procurement.models.awards import Award
from procurement.models.lots import Lot
from procurement.models.notices import Notice, NoticeSubtype, SubtypeChoice
from procurement.models.offers import CriterionScore, Offer
from procurement.models.procedures import Procedure
from procurement.models.requirements import AwardCriterion, SelectionCondition
from procurement.models.subscriptions import Subscription
from procurement.models.teams import InterestStatement

__all__ = [
    "Application",
    "Award",
    "AwardCriterion",
    "ConditionFinding",
    "CriterionScore",
    "InterestStatement",
    "Lot",
    "Notice",
    "NoticeSubtype",
    "Offer",
    "Procedure",
    "SelectionCondition",
    "Subscription",
    "SubtypeChoice",
]
