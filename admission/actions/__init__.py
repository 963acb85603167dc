"""The use cases of an Open House scheme; importing this registers them."""

from admission.actions.applying import (
    add_evidence,
    be_heard,
    complete,
    declare,
    declare_service,
    remove_evidence,
    remove_service,
    start_application,
    submit,
    withdraw,
)
from admission.actions.calls import (
    create_call,
    draft_version,
    edit_call,
    edit_version,
    end_call,
    publish_call,
    publish_version,
)
from admission.actions.deciding import admit, assess, reassess, refuse

__all__ = [
    "add_evidence",
    "admit",
    "assess",
    "be_heard",
    "complete",
    "create_call",
    "declare",
    "declare_service",
    "draft_version",
    "edit_call",
    "edit_version",
    "end_call",
    "publish_call",
    "publish_version",
    "reassess",
    "refuse",
    "remove_evidence",
    "remove_service",
    "start_application",
    "submit",
    "withdraw",
]
