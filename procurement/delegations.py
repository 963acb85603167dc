"""Who may approve up to which amount: dated, with its source, in the reference table of legal values."""

from lifecycle import timelimits

# The one role that approves here (accounts/roles.py), and the amount that the delegation gives it.
DECISION_MAKER = "approval-delegation-decision-maker-eur"


def in_force(on=None):
    """The delegation of the decision maker on a day (today unless told), or None when there is none."""
    try:
        return timelimits.reference(DECISION_MAKER, on=on)
    except LookupError:
        return None
