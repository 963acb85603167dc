"""Forms of procedures, lots, applications and offers; importing them registers the forms of the verbs."""

from procurement.forms import (  # noqa: F401 -- registers the step forms
    approving,
    changing,
    judging,
    procedures,
    questions,
    steps,
    submissions,
    valuing,
)
