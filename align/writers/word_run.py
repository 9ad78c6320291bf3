"""Runs of text as WordprocessingML: fonts and languages of both scripts, line breaks, control characters shown."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from align.writers.escapes import visible
from align.writers.words import CHINESE_FONTS

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES: Final = f'xmlns:w="{_W}"'
GREY: Final = "5B5A55"


def run(
    text: str,
    hant: bool,
    *,
    chinese: bool = False,
    bold: bool = False,
    size: int,
    colour: str = "",
    fill: str = "",
) -> str:
    """One run; ``size`` in half points. A line feed in the text is a line break, a tab is a tab."""
    if not text:
        return ""
    east_asian = CHINESE_FONTS[hant]
    # The language of Latin stretches is English in Chinese runs too; word processors would break a year in two.
    hint = ' w:hint="eastAsia"' if chinese else ""
    properties = (
        f'<w:rFonts w:ascii="Cambria" w:hAnsi="Cambria" w:eastAsia={quoteattr(east_asian)}{hint}/>'
        + ("<w:b/>" if bold else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + f'<w:sz w:val="{size}"/>'
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "")
        + f'<w:lang w:val="en-GB" w:eastAsia="{"zh-TW" if hant else "zh-CN"}"/>'
    )
    shown = escape(visible(text))
    shown = shown.replace("\t", "</w:t><w:tab/><w:t xml:space='preserve'>")
    shown = shown.replace("\n", "</w:t><w:br/><w:t xml:space='preserve'>")
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{shown}</w:t></w:r>"
