"""Where on a page signatures go: the lines of the signature blocks, found again after the layout."""

import re

from markupsafe import Markup

# What legal staff write for a line to sign on; ids are not theirs to give.
LINE = re.compile(r'<p class="line">')
NAME = "handtekening-"
POINTS = 0.75  # of a CSS pixel
# The note on the line stands at its top.
NOTE = 12


def named(body: Markup) -> Markup:
    """Give every line to sign on a name that the layout can be asked for."""
    numbers = iter(range(1, len(LINE.findall(body)) + 1))
    return Markup(LINE.sub(lambda _found: f'<p class="line" id="{NAME}{next(numbers)}">', body))  # noqa: S704 -- as it came


def places(pages) -> list[dict]:
    """The page (from 0) and the box of every line, in points from the lower left corner, in the order of the text."""
    found = {}
    for number, page in enumerate(pages):
        for name, (left, top, right, bottom) in page.anchors.items():
            if name.startswith(NAME):
                box = [left, page.height - bottom, right, page.height - top - NOTE]
                found[int(name.removeprefix(NAME))] = {"page": number, "box": [round(side * POINTS) for side in box]}
    return [found[key] for key in sorted(found)]
