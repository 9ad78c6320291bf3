"""What the Word documents have in common: fonts for both scripts, small grey lines, a foot with signature and page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from align.writers.escapes import visible
from align.writers.word_run import NAMESPACES
from align.writers.words import CHINESE_FONTS

if TYPE_CHECKING:
    from docx.document import Document


def set_fonts(document: Document, traditional: bool) -> None:
    """A serif for both scripts, and their languages, in the style that all paragraphs have."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style = document.styles["Normal"]
    style.font.name, style.font.size = "Cambria", Pt(10)
    style.paragraph_format.space_after = Pt(0)
    properties = style.element.get_or_add_rPr()
    properties.rFonts.set(qn("w:eastAsia"), CHINESE_FONTS[traditional])
    language = properties.makeelement(qn("w:lang"))
    language.set(qn("w:val"), "en-GB")
    language.set(qn("w:eastAsia"), "zh-TW" if traditional else "zh-CN")
    properties.append(language)


def write_footer(section: Any, signature: str, width: float) -> None:
    """The signature at the left and the page's number at the right of ``width`` millimetres."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.oxml import parse_xml
    from docx.shared import Mm

    paragraph = section.footer.paragraphs[0]
    stops = paragraph.paragraph_format.tab_stops
    for inherited in paragraph.style.paragraph_format.tab_stops:
        stops.add_tab_stop(inherited.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    small(paragraph, f"{visible(signature)}\t")
    field = f'<w:fldSimple {NAMESPACES} w:instr="PAGE"><w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>1</w:t></w:r>'
    paragraph._p.append(parse_xml(f"{field}</w:fldSimple>"))


def small(paragraph: Any, text: str) -> None:
    """Add small grey text to a paragraph; control characters are not for it."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size = Pt(8)
    run.font.color.rgb = RGBColor(0x5B, 0x5A, 0x55)
