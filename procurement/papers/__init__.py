"""The documents of a concession procedure: what each may speak of, with a complete example in fictional data."""

from procurement.papers import award, changing, guide, opening, questions, selection, tendering

KINDS = [
    *changing.KINDS,
    *guide.KINDS,
    *opening.KINDS,
    *questions.KINDS,
    *selection.KINDS,
    *tendering.KINDS,
    *award.KINDS,
]

__all__ = ["KINDS"]
