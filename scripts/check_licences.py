"""No installed package is AGPL, and the state machine is the maintained one: `django_fsm` comes from django-fsm-2.

The distribution `django-fsm` installs the same module; its newer releases are AGPL, and whichever of the two is
installed last silently overwrites the other.
"""

import re
import sys
from importlib import metadata

AGPL = re.compile(r"\bAGPL|Affero", re.IGNORECASE)
# The full text of another licence may mention the AGPL further down; its title does not.
TITLE = 200


def main():
    findings = [finding for found in metadata.distributions() for finding in of_distribution(found)]
    makers = set(metadata.packages_distributions().get("django_fsm", ()))
    if makers != {"django-fsm-2"}:
        findings.append(f"django_fsm comes from {sorted(makers) or 'nowhere'}, not from django-fsm-2 alone.")
    for finding in sorted(findings):
        print(finding)
    return 1 if findings else 0


def of_distribution(found):
    name = found.metadata["Name"]
    if re.sub(r"[-_.]+", "-", name).lower() == "django-fsm":
        yield f"{name} {found.version} is installed: only django-fsm-2 may be."
    licences = stated(found.metadata)
    if not licences:
        yield f"{name} {found.version} states no licence."
    if any(AGPL.search(licence[:TITLE]) for licence in licences):
        yield f"{name} {found.version} is AGPL: {licences[0][:TITLE]}"


def stated(fields):
    """What a package says of its licence, in any of the four places that packaging has had for it."""
    licences = [text for name in ("License-Expression", "License") for text in fields.get_all(name, [])]
    licences += [text for text in fields.get_all("Classifier", []) if text.startswith("License ::")]
    licences += fields.get_all("License-File", [])
    return [text for text in licences if text.strip() not in {"", "UNKNOWN"}]


if __name__ == "__main__":
    sys.exit(main())
