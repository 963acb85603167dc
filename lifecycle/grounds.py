"""Why a guard stands: the law, a rule that the authority published, or its own policy.

The law and a published rule block. A policy warns: a second person may override it with a reason.
"""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _


class GroundKind(Enum):
    LAW = "law"
    PUBLISHED_RULE = "published_rule"
    POLICY = "policy"

    @property
    def label(self):
        return {"law": _("wet"), "published_rule": _("bekendgemaakte regel"), "policy": _("beleid")}[self.value]


@dataclass(frozen=True)
class Ground:
    kind: GroundKind
    reference: str = ""

    @property
    def blocks(self) -> bool:
        return self.kind is not GroundKind.POLICY

    def __str__(self):
        return str(self.reference) or str(self.kind.label)


def law(reference) -> Ground:
    """A legal ground, with its article: `law("wet van 17 juni 2016, art. 47")`."""
    return Ground(GroundKind.LAW, reference)


def published_rule(reference="") -> Ground:
    """A rule that the authority bound itself to by publishing it."""
    return Ground(GroundKind.PUBLISHED_RULE, reference)


def policy(reference="") -> Ground:
    """The authority's own practice: it warns, and can be overridden with a reason by a second person."""
    return Ground(GroundKind.POLICY, reference)
