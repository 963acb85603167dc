"""Small care for a rendered body: what belongs together stays on one line, and the lead can stand on the cover."""

import re

from markupsafe import Markup

NBSP = "\u00a0"
# Each has a fixed width of its own: a look-behind asks that.
_BEFORE = [r"\b" + word for word in ("artikel", "artikelen", r"art\.", r"arts\.", r"nr\.", "perceel", "punt", "versie")]
_AFTER = [r"\d{3}\b", r"dagen\b", r"werkdagen\b", r"maanden\b", r"uur\b", "%", r"euro\b", r"bytes\b", r"/ \d"]
_TOGETHER = re.compile(
    f"(?:{'|'.join(f'(?<={word})' for word in [*_BEFORE, '§'])}) (?=[0-9])"
    f"|(?<=[0-9]) (?={'|'.join(_AFTER)})"
    "|(?<=[0-9] /) (?=[0-9])"
)
_TEXT = re.compile(r"(<[^>]*>)")
_LEAD = re.compile(r"\s*<p class=\"lead\">.*?</p>", re.DOTALL)


def bound(body: str) -> Markup:
    """`artikel 48`, `15 dagen`, `44 / 50` and `1 200` do not break over lines."""
    parts = _TEXT.split(body)
    parts[::2] = [_TOGETHER.sub(NBSP, text) for text in parts[::2]]
    return Markup("".join(parts))  # noqa: S704 -- a rendered body, already escaped


def without_lead(body: Markup) -> tuple[Markup, Markup]:
    """The opening statement of a body, and the rest."""
    found = _LEAD.match(body)
    if found is None:
        return Markup(), body
    return Markup(found[0]), Markup(body[found.end() :])  # noqa: S704 -- parts of a rendered body
