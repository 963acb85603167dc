"""Numbers for headings and members, so that nobody counts by hand, and the table of contents that follows from them.

`<h2 class="article">` becomes "Artikel 3. …", `<p class="member">` inside it "3.1 …"; `<h2 class="numbered">` becomes
"3. …" and `<h3 class="numbered">` "3.1 …". Every heading gets an anchor.
"""

import re
from dataclasses import dataclass

from django.utils.text import slugify
from markupsafe import Markup

_NUMBERED = re.compile(r"<(h2|h3|p)(?: class=\"([a-z ]+)\")?>(.*?)</\1>", re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Entry:
    """One line of the table of contents."""

    level: int
    anchor: str
    number: str
    text: Markup


def numbered(body: str) -> tuple[Markup, list[Entry]]:
    """The body with its numbers and anchors, and its table of contents."""
    entries: list[Entry] = []
    count = {"h2": 0, "inner": 0}
    anchors = set()

    def replace(found):
        tag, classes, content = found[1], (found[2] or "").split(), found[3]
        number = _number(tag, classes, count)
        if tag == "p" and not number:
            return found[0]
        shown = f'<span class="no">{number}</span> ' if number else ""
        attributes = f' class="{found[2]}"' if classes else ""
        if tag != "p":
            text = Markup(_TAGS.sub("", content).strip())  # noqa: S704 -- a rendered body, already escaped
            anchor = _anchor(number, text, anchors)
            attributes += f' id="{anchor}"'
            entries.append(Entry(int(tag[1]), anchor, number, text))
        return f"<{tag}{attributes}>{shown}{content.strip()}</{tag}>"

    return Markup(_NUMBERED.sub(replace, body)), entries  # noqa: S704 -- a rendered body, already escaped


def _number(tag, classes, count):
    if tag == "h2" and {"article", "numbered"} & set(classes):
        count["h2"] += 1
        count["inner"] = 0
        return f"Artikel {count['h2']}." if "article" in classes else f"{count['h2']}."
    if (tag == "h3" and "numbered" in classes) or (tag == "p" and "member" in classes):
        count["inner"] += 1
        return f"{count['h2']}.{count['inner']}"
    return ""


def _anchor(number, text, taken):
    """A name that says where a link leads: it is what a screen reader reads out."""
    name = wanted = slugify(f"{number} {text.unescape()}")[:60] or "deel"
    again = 1
    while name in taken:
        again += 1
        name = f"{wanted}-{again}"
    taken.add(name)
    return name
