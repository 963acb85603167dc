"""Use cases of a concession procedure, in the order of its line."""

from procurement.actions.approving import approve, record_outside_approval
from procurement.actions.asking import (
    answer_alone,
    ask_question,
    publish_answers,
    send_back_question,
    set_questions_deadline,
)
from procurement.actions.awarding import (
    check_registry,
    decide_award,
    decline_award,
    notify_award,
    propose_award,
    renounce,
    retract_award,
    return_proposal,
)
from procurement.actions.calendars import end_calendar_address, make_calendar_address
from procurement.actions.changing import draft_addendum, extend_deadline, publish_addendum
from procurement.actions.confirming import confirm_submission
from procurement.actions.copying import copy_procedure
from procurement.actions.evaluating import evaluate_offer, request_best_and_final
from procurement.actions.inviting import invite_tenders
from procurement.actions.logging import log_preparation
from procurement.actions.noticing import (
    confirm_notice_subtype,
    propose_dispatch,
    record_notice,
    record_publication,
)
from procurement.actions.opening import open_applications, open_tenders
from procurement.actions.outages import confirm_outage, record_outage
from procurement.actions.planning import plan_dates, remove_milestone, write_milestone
from procurement.actions.preparing import cancel, publish, state_interests, submit_for_approval
from procurement.actions.selecting import (
    assess_application,
    decide_selection,
    notify_selection,
    request_regularisation,
)
from procurement.actions.submitting import (
    start_application,
    start_offer,
    submit_application,
    submit_offer,
    withdraw_application,
    withdraw_offer,
    write_answers,
)
from procurement.actions.subscribing import ask_subscription, confirm_subscription, end_subscription
from procurement.actions.teaming import join_team, leave_team
from procurement.actions.valuing import record_award_value, sign_off_award_value, write_estimate

__all__ = [
    "answer_alone",
    "approve",
    "ask_question",
    "ask_subscription",
    "assess_application",
    "cancel",
    "check_registry",
    "confirm_notice_subtype",
    "confirm_outage",
    "confirm_submission",
    "confirm_subscription",
    "copy_procedure",
    "decide_award",
    "decide_selection",
    "decline_award",
    "draft_addendum",
    "end_calendar_address",
    "end_subscription",
    "evaluate_offer",
    "extend_deadline",
    "invite_tenders",
    "join_team",
    "leave_team",
    "log_preparation",
    "make_calendar_address",
    "notify_award",
    "notify_selection",
    "open_applications",
    "open_tenders",
    "plan_dates",
    "propose_award",
    "propose_dispatch",
    "publish",
    "publish_addendum",
    "publish_answers",
    "record_award_value",
    "record_notice",
    "record_outage",
    "record_outside_approval",
    "record_publication",
    "remove_milestone",
    "renounce",
    "request_best_and_final",
    "request_regularisation",
    "retract_award",
    "return_proposal",
    "send_back_question",
    "set_questions_deadline",
    "sign_off_award_value",
    "start_application",
    "start_offer",
    "state_interests",
    "submit_application",
    "submit_for_approval",
    "submit_offer",
    "withdraw_application",
    "withdraw_offer",
    "write_answers",
    "write_estimate",
    "write_milestone",
]
