"""Writes an edition of the sample as a Word document: real footnotes, automatic numbering, header and page number."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from samples.content import SYMBOL
from samples.edition import Edition, Unit

_DATE = datetime.datetime(2044, 11, 4, 9, 0, 0)
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_COLUMNS = 3
_ABSTRACT_NUMBERING = 90
_OPERATIVE, _PRINCIPLE = 90, 91
_KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Title", "Heading1", "Header", "Footer"}
_DROPPED_RELATIONS = ("stylesWithEffects", "thumbnail", "customXml")
_CENTRED = {"title", "annex", "caption", "heading"}
_FONTS = {"zh": ("Times New Roman", "SimSun", "zh-CN"), "en": ("Times New Roman", "SimSun", "en-GB")}


def word_bytes(edition: Edition) -> bytes:
    """Return the edition as a .docx file, the same bytes every time."""
    document = Document()
    _trim(document)
    _set_properties(document, edition)
    _set_styles(document, edition)
    _add_numbering(document)
    _add_footnotes(document, edition)
    _add_header_and_footer(document, edition)
    cells: list[Unit] = []
    for unit in edition.body:
        if unit.style == "cell":
            cells.append(unit)
            continue
        if cells:
            _add_table(document, cells)
            cells = []
        _add_paragraph(document, unit)
    return _with_fixed_dates(document)


def _trim(document: Any) -> None:
    """Take out what python-docx's template brings and the sample does not use: 95 % of its size."""
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in relations.items() if rel.reltype.endswith(_DROPPED_RELATIONS)]:
            del relations[key]
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in _KEPT_STYLES:
            styles.remove(style)
    for tag in ("w:rPr/w:color", "w:pPr/w:pBdr", "w:link", "w:rPr/w:rFonts"):
        for found in styles.findall(f"w:style/{tag}", {"w": styles.nsmap["w"]}):
            found.getparent().remove(found)


def _set_properties(document: Any, edition: Edition) -> None:
    properties = document.core_properties
    properties.title = next(unit.text for unit in edition.units if unit.style == "title")
    properties.subject = SYMBOL
    properties.author = properties.last_modified_by = "duizhao"
    properties.comments = ""
    properties.language = _FONTS[edition.language][2]
    properties.created = properties.modified = _DATE
    properties.revision = 1


def _set_styles(document: Any, edition: Edition) -> None:
    latin, han, tag = _FONTS[edition.language]
    fonts = f'<w:rFonts {nsdecls("w")} w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{han}" w:cs="{latin}"/>'
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(defaults):
        defaults.remove(child)
    defaults.append(parse_xml(fonts))
    defaults.append(parse_xml(f'<w:sz {nsdecls("w")} w:val="21"/>'))
    language = f'w:val="{tag if tag != "zh-CN" else "en-GB"}" w:eastAsia="zh-CN"'
    defaults.append(parse_xml(f"<w:lang {nsdecls('w')} {language}/>"))
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    document.styles["Normal"].paragraph_format.line_spacing = 1.15
    for name, size in (("Title", 14), ("Heading 1", 12)):
        style = document.styles[name]
        style.font.size, style.font.bold = Pt(size), True
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(8)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(3)
    section.top_margin = section.bottom_margin = Cm(2.2)


def _add_numbering(document: Any) -> None:
    """Add one list "1." / "(a)" and two uses of it: the operative part, and the annex counting from 1 again."""
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="567"/></w:pPr></w:lvl>'
        for level, form, text, left in ((0, "decimal", "%1.", 567), (1, "lowerLetter", "(%2)", 1134))
    )
    numbering.append(
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_ABSTRACT_NUMBERING}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
    )
    for identifier in (_OPERATIVE, _PRINCIPLE):
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{identifier}"><w:abstractNumId w:val="{_ABSTRACT_NUMBERING}"/>'
                f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )


def _add_footnotes(document: Any, edition: Edition) -> None:
    """python-docx knows no footnotes: write the part by hand (ECMA-376 part 1, 17.11)."""
    root = parse_xml(
        f"<w:footnotes {nsdecls('w')}>"
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0">'
        "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
        "</w:footnotes>"
    )
    for mark, text in enumerate(edition.notes, start=1):
        note = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{mark}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            '<w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t xml:space="preserve"></w:t></w:r></w:p></w:footnote>'
        )
        note.findall(f".//{qn('w:t')}")[0].text = f" {text}"
        root.append(note)
    blob = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n" + _serialise(root)
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    settings = document.settings.element
    for tag in ("savePreviewPicture", "rsids"):
        for found in settings.findall(qn(f"w:{tag}")):
            settings.remove(found)
    references = f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    settings.find(qn("w:compat")).addprevious(parse_xml(references))


def _serialise(element: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(element, encoding="UTF-8"))


def _add_header_and_footer(document: Any, edition: Edition) -> None:
    """Put the symbol and the page number on every page but the first, where the masthead and a job number stand."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = SYMBOL
    section.first_page_header.paragraphs[0].text = ""
    section.first_page_footer.paragraphs[0].text = f"44-17203 ({'C' if edition.language == 'zh' else 'E'})"
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for index, instruction in enumerate(("PAGE", "NUMPAGES")):
        if index:
            footer.add_run("/")
        field = f'<w:fldSimple {nsdecls("w")} w:instr=" {instruction} "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
        footer._p.append(parse_xml(field))


def _add_paragraph(document: Any, unit: Unit) -> None:
    styles = {"title": "Title", "annex": "Heading 1", "heading": "Heading 1"}
    paragraph = document.add_paragraph(style=styles.get(unit.style, "Normal"))
    _fill(paragraph, unit)
    if unit.style in _CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if unit.style in {"symbol", "distribution"}:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_after = Pt(0)
    if unit.style in {"organ", "session", "sponsors", "caption"}:
        paragraph.runs[0].bold = True
    if unit.style == "annex":
        paragraph.paragraph_format.page_break_before = True
    if unit.style == "preamble":
        paragraph.paragraph_format.first_line_indent = Cm(1)
    if unit.style == "continuation":
        paragraph.paragraph_format.left_indent = Cm(1)
    if unit.label:
        _number(paragraph, unit)


def _number(paragraph: Paragraph, unit: Unit) -> None:
    level = 1 if unit.style == "item" else 0
    identifier = _PRINCIPLE if unit.style == "principle" else _OPERATIVE
    properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{identifier}"/></w:numPr>'
    # The schema wants numPr ahead of spacing, ind and jc.
    paragraph._p.get_or_add_pPr().insert(1 if paragraph._p.pPr.pStyle is not None else 0, parse_xml(properties))


def _fill(paragraph: Paragraph, unit: Unit) -> None:
    start = 0
    for offset, mark in unit.notes:
        paragraph.add_run(unit.text[start:offset])
        reference = paragraph.add_run()
        reference.font.superscript = True
        reference._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{mark}"/>'))
        start = offset
    if start < len(unit.text) or not unit.notes:
        paragraph.add_run(unit.text[start:])


def _add_table(document: Any, cells: list[Unit]) -> None:
    table = document.add_table(rows=len(cells) // _COLUMNS, cols=_COLUMNS)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{borders}</w:tblBorders>"))
    for index, unit in enumerate(cells):
        paragraph = table.cell(index // _COLUMNS, index % _COLUMNS).paragraphs[0]
        _fill(paragraph, unit)
        paragraph.runs[0].bold = index < _COLUMNS
        paragraph.paragraph_format.space_after = Pt(2)


def _with_fixed_dates(document: Any) -> bytes:
    """Save, and write the archive again stored and without dates: the bytes then depend on no clock and no zlib."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as target:
        for member in source.infolist():
            entry = zipfile.ZipInfo(member.filename, date_time=(1980, 1, 1, 0, 0, 0))
            target.writestr(entry, source.read(member))
    return fixed.getvalue()
