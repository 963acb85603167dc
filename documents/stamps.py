"""How a signature shows on the page: in our own font, in Dutch, with the moment in Belgian time."""

import datetime as dt
import functools
import io

from django.conf import settings
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from pyhanko.pdf_utils.font import FontEngineFactory
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.stamp import TextStampStyle

from lifecycle import clock

FONT = "fonts/public-sans-latin-400-normal.woff2"
SIZE = 8


def style(who: str, at: dt.datetime) -> TextStampStyle:
    """A stamp without border or picture; the words stand at the left, as large as they are."""
    moment = at.astimezone(clock.BRUSSELS)
    left = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MIN,
        y_align=AxisAlignment.ALIGN_MIN,
        margins=Margins(left=0, right=0, top=2, bottom=4),
        inner_content_scaling=InnerScaling.SHRINK_TO_FIT,
    )
    return TextStampStyle(
        border_width=0,
        background=None,
        stamp_text=f"Elektronisch ondertekend\n{_escaped(who)}\n{moment:%d/%m/%Y}, {moment:%H.%M.%S} uur",
        inner_content_layout=left,
        text_box_style=TextBoxStyle(font=HouseFont(), font_size=SIZE, leading=11, border_width=0),
    )


def _escaped(who):
    """The text of a stamp is a format of Python."""
    return who.replace("%", "%%")


class HouseFont(FontEngineFactory):
    """Sets text in the font of our documents, from memory."""

    def create_font_engine(self, writer, obj_stream=None):
        if obj_stream is None and writer.stream_xrefs:
            obj_stream = writer.prepare_object_stream()
        return GlyphAccumulator(writer, io.BytesIO(_font()), font_size=SIZE, obj_stream=obj_stream)


@functools.cache
def _font() -> bytes:
    """The font unpacked: HarfBuzz reads no woff2, and pyHanko writes its widths where a PDF reads thousandths."""
    font, unpacked = TTFont(settings.DOCUMENT_ASSETS / FONT), io.BytesIO()
    font.flavor = None
    scale_upem(font, 1000)
    font.save(unpacked)
    return unpacked.getvalue()
