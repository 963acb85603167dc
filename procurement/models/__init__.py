from procurement.models.addenda import Addendum
from procurement.models.applications import Application, ConditionFinding
from procurement.models.approvals import ApprovedVersion
from procurement.models.awards import Award
from procurement.models.estimates import AwardValue, ValueEstimate
from procurement.models.exclusion import AppliedGround, ExclusionChoice, ExclusionGround
from procurement.models.lots import Lot
from procurement.models.notices import Notice, NoticeSubtype, SubtypeChoice
from procurement.models.offers import CriterionScore, Offer
from procurement.models.outages import Outage, OutageEffect
from procurement.models.planning import CalendarToken, PlannedDate
from procurement.models.preparation import MarketConsultation, PriorInvolvement
from procurement.models.procedures import Procedure
from procurement.models.question_terms import QuestionPhase
from procurement.models.questions import Question, QuestionAsker, QuestionRound
from procurement.models.requirements import AwardCriterion, SelectionCondition, SubCriterion
from procurement.models.subscriptions import Subscription
from procurement.models.teams import InterestStatement, TeamMember

__all__ = [
    "Addendum",
    "Application",
    "AppliedGround",
    "ApprovedVersion",
    "Award",
    "AwardCriterion",
    "AwardValue",
    "CalendarToken",
    "ConditionFinding",
    "CriterionScore",
    "ExclusionChoice",
    "ExclusionGround",
    "InterestStatement",
    "Lot",
    "MarketConsultation",
    "Notice",
    "NoticeSubtype",
    "Offer",
    "Outage",
    "OutageEffect",
    "PlannedDate",
    "PriorInvolvement",
    "Procedure",
    "Question",
    "QuestionAsker",
    "QuestionPhase",
    "QuestionRound",
    "SelectionCondition",
    "SubCriterion",
    "Subscription",
    "SubtypeChoice",
    "TeamMember",
    "ValueEstimate",
]
