"""The use cases of contracts; importing this registers them."""

from contracts.actions.amending import draft_amendment
from contracts.actions.concluding import adjust, conclude, enrol
from contracts.actions.issuing import issue
from contracts.actions.signing import countersign, receive_signed_copy, withdraw

__all__ = ["adjust", "conclude", "countersign", "draft_amendment", "enrol", "issue", "receive_signed_copy", "withdraw"]
