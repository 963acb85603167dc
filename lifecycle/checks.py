"""System checks of what the database must enforce."""

from django.core.checks import Error

from lifecycle import triggers


def triggers_stand(app_configs=None, databases=None, **_kwargs):
    """The audit trail must be append-only in the database itself (`manage.py check --database default`)."""
    findings = []
    for using in databases or []:
        missing = triggers.names() - triggers.standing(using)
        if missing:
            findings.append(
                Error(
                    f"The audit trail can be changed: missing triggers {', '.join(sorted(missing))}.",
                    hint="Run manage.py migrate.",
                    id="lifecycle.E001",
                )
            )
    return findings
