"""The colours of the stylesheet: every pair of text and ground that is used has a contrast of at least 4.5:1."""

import re

import pytest
from django.conf import settings

SOURCE = (settings.BASE_DIR / "static" / "src" / "_settings.scss").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"^\$(\w+): (#[0-9a-f]{6});", SOURCE, re.MULTILINE))
TINTS = dict(re.findall(r'"(\w+)": (#[0-9a-f]{6})', SOURCE.split("$tints:")[1].split(";")[0]))
# Quiet text on a wash is a little darker, and a tag "here" has a tint of yellow.
COLOURS |= {"quiet on wash": "#4d5a62", "tint of here": "#fff6c2", "danger hover": "#841e16"}
PAIRS = [
    *((text, ground) for text in ("ink", "deep", "link", "visited", "stopped") for ground in ("paper", "wash")),
    *((text, "paper") for text in ("good", "waiting", "quiet", "deeper")),
    ("quiet on wash", "wash"),
    ("paper", "deep"),
    ("paper", "deeper"),
    ("paper", "stopped"),
    ("paper", "danger hover"),
    ("ink", "here"),
    ("ink", "tint of here"),
]


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text, ground):
    assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize("tone", sorted(TINTS))
def test_tag_stands_out_from_its_tint(tone):
    assert contrast(COLOURS[tone], TINTS[tone]) >= 4.5


@pytest.mark.parametrize("tone", sorted(TINTS))
def test_ink_and_quiet_text_stand_out_from_a_tint(tone):
    assert min(contrast(COLOURS["ink"], TINTS[tone]), contrast(COLOURS["quiet"], TINTS[tone])) >= 4.5
