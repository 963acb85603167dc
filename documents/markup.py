"""The closed list of HTML that the body of a document may consist of. Nothing in it can reach outside the page."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import gettext as _

TAGS = frozenset(
    "h2 h3 h4 p br strong em ul ol li dl dt dd table caption thead tbody tfoot tr th td section div blockquote sup sub "
    "span ins del".split()
)
VOID = frozenset({"br"})
# Which class names the style sheet of documents knows.
CLASSES = frozenset(
    "lead article numbered member facts plain num keep note decision parties party signatures signature line small "
    "remedies narrow closing digest versions flowing".split()
)
ATTRIBUTES = {
    "class": re.compile(rf"(?:{'|'.join(sorted(CLASSES))})(?: (?:{'|'.join(sorted(CLASSES))}))*"),
    "lang": re.compile(r"nl|fr|de|en"),
    "scope": re.compile(r"col|row|colgroup|rowgroup"),
    "colspan": re.compile(r"[2-9]"),
    "rowspan": re.compile(r"[2-9]"),
    "start": re.compile(r"[0-9]{1,3}"),
}
# Stands for an expression or a block of the template language while the markup around it is checked.
PLACEHOLDER = "\ue000"
_INSIDE_A_TAG = re.compile(rf"<[^<>]*{PLACEHOLDER}")


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong with a text, and on which line."""

    line: int
    message: str

    def __str__(self):
        return _("Regel %(line)s: %(message)s") % {"line": self.line, "message": self.message}


class _Checker(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.faults = []

    def fault(self, message):
        self.faults.append(Fault(self.getpos()[0], message))

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.fault(_("het HTML-element <%(tag)s> is niet toegelaten.") % {"tag": tag})
            return
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.fault(_("het attribuut “%(name)s” is niet toegelaten.") % {"name": name})
            elif not ATTRIBUTES[name].fullmatch(value or ""):
                self.fault(
                    _("de waarde “%(value)s” van “%(name)s” is niet toegelaten.") % {"value": value, "name": name}
                )

    def handle_endtag(self, tag):
        if tag not in TAGS:
            self.fault(_("het HTML-element <%(tag)s> is niet toegelaten.") % {"tag": tag})

    def handle_comment(self, data):
        self.fault(_("HTML-commentaar is niet toegelaten; gebruik {# … #}."))

    def handle_decl(self, decl):
        self.fault(_("een HTML-declaratie is niet toegelaten."))

    unknown_decl = handle_pi = handle_decl

    def handle_data(self, data):
        if "<" in data:
            self.fault(_("een los “<” is niet toegelaten; schrijf &lt;."))


class _Balance(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.fault = None

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append((tag, self.getpos()[0]))

    def handle_endtag(self, tag):
        if self.fault:
            return
        if not self.open or self.open[-1][0] != tag:
            self.fault = _("</%(tag)s> sluit niets dat open staat.") % {"tag": tag}
            return
        self.open.pop()


def check_source(text: str) -> list[Fault]:
    """The faults in the markup of a template, of which the expressions were replaced by placeholders."""
    # What a variable or a condition inside a tag makes of it cannot be judged beforehand.
    inside = [
        Fault(text.count("\n", 0, found.start()) + 1, _("binnen < en > kan geen variabele of voorwaarde staan."))
        for found in _INSIDE_A_TAG.finditer(text)
    ]
    if inside:
        return inside
    checker = _Checker()
    checker.feed(text)
    if checker.rawdata.strip().startswith("<"):
        checker.fault(_("een HTML-element is niet afgesloten met “>”."))
    checker.close()
    return checker.faults


def unbalanced(html: str) -> str | None:
    """What is not closed in a rendered body, or None. Asked of the result, where each branch has been chosen."""
    balance = _Balance()
    balance.feed(html)
    balance.close()
    if balance.fault is None and balance.open:
        return _("<%(tag)s> wordt niet gesloten.") % {"tag": balance.open[-1][0]}
    return balance.fault
