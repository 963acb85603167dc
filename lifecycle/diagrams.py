"""The lifecycles as diagrams, drawn from the declared transitions."""

from django.apps import apps
from django.utils import translation

from lifecycle import steps
from lifecycle.models import Recorded


def lifecycle_models():
    """Every model with a lifecycle, in the order of the house."""
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


def page() -> str:
    """docs/lifecycles.md: one Mermaid diagram and one table per model."""
    with translation.override("en"):
        parts = [_chapter(model) for model in lifecycle_models()]
    head = "# Lifecycles\n\nGenerated from the code by `make docs`; `make check` fails when it is stale.\n\n"
    return head + "\n".join(parts)


def _chapter(model) -> str:
    field = model._meta.get_field("state")
    found = sorted(steps.transitions(model), key=lambda each: (each.name, each.source))
    lines = [f"## {model._meta.label}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {field.default}"]
    lines += [f"    {each.source} --> {each.target}: {each.name}" for each in found]
    lines += ["```", "", "| verb | from | to | who | action | guards and their ground |", "|---|---|---|---|---|---|"]
    for each in found:
        who = getattr(each.permission, "permission", None) or "the system"
        guards = "; ".join(f"`{guard.name}` ({guard.ground.kind.value}: {guard.ground})" for guard in each.conditions)
        lines.append(
            f"| {each.name} | {each.source} | {each.target} | `{who}` | {_names(each.custom['action'])} | {guards} |"
        )
    return "\n".join(lines) + "\n"


def _names(action) -> str:
    return action or "" if isinstance(action, str | None) else " or ".join(action)
