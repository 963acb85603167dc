"""Use cases of a concession procedure, in the order of its line."""

from procurement.actions.approving import approve, record_outside_approval
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
from procurement.actions.evaluating import evaluate_offer, request_best_and_final
from procurement.actions.inviting import invite_tenders
from procurement.actions.opening import open_applications, open_tenders
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
from procurement.actions.valuing import record_award_value, sign_off_award_value, write_estimate

__all__ = [
    "approve",
    "ask_subscription",
    "assess_application",
    "cancel",
    "check_registry",
    "confirm_subscription",
    "decide_award",
    "decide_selection",
    "decline_award",
    "end_subscription",
    "evaluate_offer",
    "invite_tenders",
    "notify_award",
    "notify_selection",
    "open_applications",
    "open_tenders",
    "propose_award",
    "publish",
    "record_award_value",
    "record_outside_approval",
    "renounce",
    "request_best_and_final",
    "request_regularisation",
    "retract_award",
    "return_proposal",
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
]
