from procurement.models.applications import Application, ConditionFinding
from procurement.models.awards import Award
from procurement.models.lots import Lot
from procurement.models.offers import CriterionScore, Offer
from procurement.models.planning import CalendarToken, PlannedDate
from procurement.models.procedures import Procedure
from procurement.models.question_terms import QuestionPhase
from procurement.models.questions import Question, QuestionAsker, QuestionRound
from procurement.models.requirements import AwardCriterion, SelectionCondition
from procurement.models.subscriptions import Subscription
from procurement.models.teams import InterestStatement

__all__ = [
    "Application",
    "Award",
    "AwardCriterion",
    "CalendarToken",
    "ConditionFinding",
    "CriterionScore",
    "InterestStatement",
    "Lot",
    "Offer",
    "PlannedDate",
    "Procedure",
    "Question",
    "QuestionAsker",
    "QuestionPhase",
    "QuestionRound",
    "SelectionCondition",
    "Subscription",
]
