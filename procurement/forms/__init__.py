"""Forms of procedures, lots, applications and offers; importing them registers the forms of the verbs."""

from procurement.forms import approving, judging, procedures, steps, submissions, valuing  # noqa: F401 -- registers the step forms
