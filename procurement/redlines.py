"""What differs between two versions of a text, word by word: for a page, for an addendum, for a message."""

import difflib
import re

KEPT, GONE, NEW = "kept", "gone", "new"
# Longer texts are compared by sentence: word by word nobody could read it, and it would take seconds.
MANY_WORDS = 3000
# An amount is one word, however its thousands are kept apart.
_WORDS = re.compile(r"\s+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+\S*|\S+")
_SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?]+|\n+|$)\s*")


def compare(old, new) -> list[tuple[str, str]]:
    """The pieces of both texts in reading order, each `kept`, `gone` or `new`; what is empty on one side is one piece."""
    old, new = _text(old), _text(new)
    before, after = _tokens(old, new)
    found = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append((KEPT, "".join(before[i:j])))
            continue
        found += [(GONE, "".join(before[i:j])), (NEW, "".join(after[k:m]))]
    return _joined([(sort, text) for sort, text in found if text])


def _text(value):
    return "" if value is None else str(value)


def _tokens(old, new):
    words = _WORDS.findall(old), _WORDS.findall(new)
    if max(map(len, words)) <= MANY_WORDS:
        return words
    return [part for part in _SENTENCES.findall(old) if part], [part for part in _SENTENCES.findall(new) if part]


def _joined(pieces):
    """Two changed words with only a blank between them read as one change."""
    found = []
    gone, new = "", ""
    for number, (sort, text) in enumerate(pieces):
        if sort == GONE:
            gone += text
        elif sort == NEW:
            new += text
        elif text.isspace() and (gone or new) and number + 1 < len(pieces):
            gone, new = gone + text, new + text
        else:
            found += [each for each in ((GONE, gone), (NEW, new)) if each[1]]
            gone, new = "", ""
            found.append((KEPT, text))
    return found + [each for each in ((GONE, gone), (NEW, new)) if each[1]]
