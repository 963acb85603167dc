"""What Jinja finds wrong with a text, in the words of who writes it."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_PATTERNS = [
    (
        re.compile(r"Encountered unknown tag '(?P<a>[^']*)'"),
        gettext_lazy("het blok “%(a)s” bestaat niet of hoort hier niet"),
    ),
    (re.compile(r"Unexpected end of template"), gettext_lazy("een blok is niet gesloten: de tekst eindigt te vroeg")),
    (
        re.compile(r"expected token '(?P<a>[^']*)', got '(?P<b>[^']*)'"),
        gettext_lazy("hier hoort “%(a)s”, er staat “%(b)s”"),
    ),
    (re.compile(r"unexpected '(?P<a>[^']*)'"), gettext_lazy("“%(a)s” hoort hier niet")),
    (re.compile(r"unexpected char '?(?P<a>.+?)'? at"), gettext_lazy("het teken “%(a)s” hoort hier niet")),
    (re.compile(r"No filter named '(?P<a>[^']*)'"), gettext_lazy("de filter “%(a)s” bestaat niet")),
    (re.compile(r"'(?P<a>[^']*)' is undefined"), gettext_lazy("de variabele “%(a)s” bestaat niet")),
]


def in_words(message: str) -> str:
    """A sentence without its full stop; what is not foreseen is told without Jinja's own English."""
    for pattern, sentence in _PATTERNS:
        if found := pattern.search(message):
            return str(sentence) % found.groupdict()
    return _("dit kan niet gelezen worden; kijk de accolades en de aanhalingstekens na")
