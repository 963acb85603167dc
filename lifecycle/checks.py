"""System checks of what the database must enforce."""

from django.core.checks import Error
from django.db import connections

from lifecycle import triggers


def triggers_stand(app_configs=None, databases=None, **_kwargs):
    """The audit trail must be append-only in the database itself (`manage.py check --database default`)."""
    findings = []
    for using in databases or []:
        # A table that a first `migrate` has yet to make is no table that can be changed.
        tables = set(connections[using].introspection.table_names())
        missing = {name for name in triggers.names() - triggers.standing(using) if name.partition("_no_")[0] in tables}
        if missing:
            findings.append(
                Error(
                    f"The audit trail can be changed: missing triggers {', '.join(sorted(missing))}.",
                    hint="Run manage.py migrate --skip-checks.",
                    id="lifecycle.E001",
                )
            )
    return findings
