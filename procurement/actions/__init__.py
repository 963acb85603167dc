"""Use cases of a concession procedure, in the order of its line."""

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
from procurement.actions.noticing import (
    confirm_notice_subtype,
    propose_dispatch,
    record_notice,
    record_publication,
)
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

__all__ = [
    "ask_subscription",
    "assess_application",
    "cancel",
    "check_registry",
    "confirm_notice_subtype",
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
    "propose_dispatch",
    "publish",
    "record_notice",
    "record_publication",
    "renounce",
    "request_best_and_final",
    "request_regularisation",
    "retract_award",
    "return_proposal",
    "start_application",
    "start_offer",
    "state_interests",
    "submit_application",
    "submit_for_approval",
    "submit_offer",
    "withdraw_application",
    "withdraw_offer",
    "write_answers",
]
