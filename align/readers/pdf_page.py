"""The characters of a PDF page with their places, as pdfium finds them."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, NamedTuple

_BOLD_NAME = re.compile(rb"[Bb]old|[Bb]lack|[Hh]eavy|[Hh]eiti|SimHei")
BOLD_FROM = 600  # PDF font weights run from 100 to 900; 400 is regular, 700 bold
_RULE_THICKNESS = 2.5  # points
_MAX_OBJECTS = 4000  # a page of drawings: looking for rules among them is not worth the time
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u00ad": "-", "\u2010": "-"}  # pdfium's marks of a hyphen at a line's end


class Glyph(NamedTuple):
    """A character: left and right edge and baseline in points from the page's lower left corner, and its size."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool


class Rule(NamedTuple):
    """A horizontal line drawn on the page."""

    x0: float
    x1: float
    y: float


class Bar(NamedTuple):
    """A vertical line drawn on the page."""

    x: float
    y0: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page's upright characters in the file's order, the text of the turned ones, and the lines drawn on it."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    turned: str
    rules: tuple[Rule, ...]
    bars: tuple[Bar, ...]


def read_page(page: Any, number: int) -> Page:
    """Read one pypdfium2 page; ``number`` counts from 1."""
    textpage = page.get_textpage()
    try:
        glyphs, turned = _glyphs(textpage.raw, textpage.count_chars())
    finally:
        textpage.close()
    width, height = page.get_size()
    rules, bars = _drawn_lines(page)
    return Page(number, width, height, tuple(glyphs), turned, rules, bars)


def _glyphs(textpage: Any, count: int) -> tuple[list[Glyph], str]:
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    glyphs: list[Glyph] = []
    turned: list[str] = []
    high = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
        if pdfium.FPDFText_IsGenerated(textpage, index) or code in (0, 10, 13):
            continue
        text = _clean(chr(code))
        if not text:
            continue
        pdfium.FPDFText_GetMatrix(textpage, index, matrix)
        if abs(matrix.b) > abs(matrix.a):
            turned.append(text)
            continue
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
        bold = pdfium.FPDFText_GetFontWeight(textpage, index) >= BOLD_FROM
        if not bold:  # many embedded fonts tell it only by name
            length = pdfium.FPDFText_GetFontInfo(textpage, index, name, len(name), flags)
            bold = 0 < length <= len(name) and _BOLD_NAME.search(name.raw[: length - 1]) is not None
        glyph = Glyph(text, min(x.value, box.left), max(box.right, x.value), y.value, size or 1.0, bold)
        if not (glyphs and _doubled(glyphs[-1], glyph)):
            glyphs.append(glyph)
    return glyphs, "".join(turned).strip()


def _doubled(before: Glyph, glyph: Glyph) -> bool:
    """Tell a character drawn twice, a little shifted, to look bold; the two f of a ligature are no such pair."""
    near = abs(glyph.x0 - before.x0) < 0.08 * glyph.size and abs(glyph.base - before.base) < 0.08 * glyph.size
    return near and glyph.text == before.text and glyph.text not in " filtj"


def _clean(character: str) -> str:
    """Put right what PDF producers do to single characters; an empty string drops one."""
    if character in _HYPHENS:
        return _HYPHENS[character]
    if character.isspace() or character == "\u00a0":
        return " "
    if "\u2e80" <= character <= "\u2fdf" or "\ufb00" <= character <= "\ufb06":
        # Radicals in place of the Han characters they look like; ligatures.
        return unicodedata.normalize("NFKC", character)
    return "" if unicodedata.category(character) in ("Cc", "Cf") else character


def _drawn_lines(page: Any) -> tuple[tuple[Rule, ...], tuple[Bar, ...]]:
    import pypdfium2.raw as pdfium

    rules, bars = [], []
    for index, found in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if index > _MAX_OBJECTS:
            return (), ()
        left, bottom, right, top = found.get_bounds()
        if top - bottom <= _RULE_THICKNESS and right - left >= 20:
            rules.append(Rule(left, right, (top + bottom) / 2))
        elif right - left <= _RULE_THICKNESS and top - bottom >= 6:
            bars.append(Bar((left + right) / 2, bottom, top))
    return tuple(rules), tuple(bars)
