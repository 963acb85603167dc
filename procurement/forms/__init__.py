"""Forms of procedures, lots, applications and offers; importing them registers the forms of the verbs."""

from procurement.forms import changing, judging, procedures, steps, submissions  # noqa: F401 -- registers the step forms
