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
from procurement.actions.changing import draft_addendum, extend_deadline, publish_addendum
from procurement.actions.confirming import confirm_submission
from procurement.actions.evaluating import evaluate_offer, request_best_and_final
from procurement.actions.inviting import invite_tenders
from procurement.actions.opening import open_applications, open_tenders
from procurement.actions.outages import confirm_outage, record_outage
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

__all__ = [
    "assess_application",
    "cancel",
    "check_registry",
    "confirm_outage",
    "confirm_submission",
    "decide_award",
    "decide_selection",
    "decline_award",
    "draft_addendum",
    "evaluate_offer",
    "extend_deadline",
    "invite_tenders",
    "notify_award",
    "notify_selection",
    "open_applications",
    "open_tenders",
    "propose_award",
    "publish",
    "publish_addendum",
    "record_outage",
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
