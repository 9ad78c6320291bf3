"""DOCX (Office Open XML, ECMA-376): the two texts face to face in a landscape A4 table.

The table is what people see. What is read back is a custom XML part with the whole table, which Word keeps when it
saves the file; edits made in Word stay in the visible table and do not reach that part.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from align.errors import UnreadableFileError
from align.table import AlignmentTable
from align.writers.embedded import embed, extract
from align.writers.escapes import visible
from align.writers.fields import ADVICE
from align.writers.markup import parse_xml
from align.writers.summary import summarise
from align.writers.word_page import set_fonts, small, write_footer
from align.writers.word_table import facing_table
from align.writers.zipped import read_members, repack

if TYPE_CHECKING:
    from docx.document import Document

_NAMESPACE = "urn:duizhao:alignment:1"
_ITEM_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    b'<ds:datastoreItem ds:itemID="{6B2A1D52-7F0E-4C61-9C0B-D1A3B5E9F701}" '
    b'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    b'<ds:schemaRefs><ds:schemaRef ds:uri="urn:duizhao:alignment:1"/></ds:schemaRefs></ds:datastoreItem>'
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A4_LONG, _A4_SHORT, _MARGIN = 297, 210, 15  # millimetres


def dump(table: AlignmentTable) -> bytes:
    """The table as a Word document."""
    import docx

    document = docx.Document()
    _set_page(document)
    set_fonts(document, table.provenance.zh_script == "Hant")
    _write_header(document, table)
    write_footer(document.sections[0], table.signature, _A4_LONG - 2 * _MARGIN)
    _write_opening(document, table)
    body = document.element.body
    body.insert(len(body) - 1, facing_table(table))  # before the section's properties
    _embed(document, table)
    stream = BytesIO()
    document.save(stream)
    return repack(stream.getvalue(), _title(table))


def load(data: bytes, source: str) -> AlignmentTable:
    """Read the table that ``dump`` embedded; raises UnreadableFileError where there is none."""
    for name, content in read_members(data, source):
        if name.startswith("customXml/") and _NAMESPACE.encode() in content:
            root = parse_xml(content, source)
            if root.tag == f"{{{_NAMESPACE}}}alignment":
                return extract(root.text or "", source)
    raise UnreadableFileError(f"{source} carries no alignment data of duizhao; {ADVICE}.")


def _title(table: AlignmentTable) -> str:
    provenance = table.provenance
    return " · ".join(part for part in (provenance.symbol, provenance.title_en or provenance.title_zh) if part)


def _set_page(document: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_A4_LONG), Mm(_A4_SHORT)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin, section.bottom_margin = Mm(18), Mm(16)
    section.header_distance = section.footer_distance = Mm(8)


def _write_header(document: Document, table: AlignmentTable) -> None:
    small(document.sections[0].header.paragraphs[0], visible(_title(table)))


def _write_opening(document: Document, table: AlignmentTable) -> None:
    from docx.shared import Pt

    provenance = table.provenance
    for text, size in ((provenance.title_zh, 14), (provenance.title_en, 14)):
        if text:
            run = document.add_paragraph().add_run(visible(text))
            run.font.size, run.bold = Pt(size), True
    counts = summarise(table)
    parts = [f"{counts.beads} {table.level}s", f"{counts.linked} linked", f"{counts.zh_only} only in Chinese"]
    parts += [f"{counts.en_only} only in English", f"{counts.doubtful} doubtful"]
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(6)
    small(paragraph, visible(" · ".join(parts)))


def _embed(document: Document, table: AlignmentTable) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    payload = f'<?xml version="1.0" encoding="UTF-8"?>\n<alignment xmlns="{_NAMESPACE}">{embed(table)}</alignment>'
    item = Part(PackURI("/customXml/item7.xml"), "application/xml", payload.encode(), package)
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    properties = Part(PackURI("/customXml/itemProps7.xml"), kind, _ITEM_PROPERTIES, package)
    item.relate_to(properties, f"{_RELATIONSHIPS}/customXmlProps")
    document.part.relate_to(item, f"{_RELATIONSHIPS}/customXml")
