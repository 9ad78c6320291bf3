"""DOCX (Office Open XML, ECMA-376): citation cards on A4, one a hit: both texts, the hit highlighted, and their source.

A card is kept on one page where it fits. Control characters are shown by their pictures, which are as long as they.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from align.document import Language
from align.language import script_of
from align.writers.escapes import visible
from align.writers.summary import Verdict, level_of, verdict
from align.writers.word_page import set_fonts, small, write_footer
from align.writers.word_run import GREY, NAMESPACES, run
from align.writers.zipped import repack
from search.exports.marks import stretches
from search.exports.rows import LANGUAGES, NOTHING, Side, citation, languages, link_of, side, text_of
from search.hits import Hit, Results
from search.records import StoredPair

if TYPE_CHECKING:
    from docx.document import Document

_WIDTH, _HEIGHT, _MARGIN = 210, 297, 25  # millimetres
_HIT, _PARTNER, _LINK = "FFE9A8", "CFE8D5", "1F5FA8"
_BARS = {Verdict.GOOD: "3E8E58", Verdict.FAIR: "C79A1B", Verdict.DOUBTFUL: "B3402E"}
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHOWN = 1_000  # characters of a query at the head: cards are about the answers
_SIZE, _SMALL = 22, 16  # half points


def dump(results: Results) -> bytes:
    """The results as a Word document."""
    import docx

    document = docx.Document()
    _set_page(document)
    set_fonts(document, traditional=False)
    write_footer(document.sections[0], results.signature, _WIDTH - 2 * _MARGIN)
    _write_head(document, results)
    body = document.element.body
    for hit in results.hits:
        for paragraph in _card(document, hit, results):
            body.insert(len(body) - 1, paragraph)  # before the section's properties
    stream = BytesIO()
    document.save(stream)
    return repack(stream.getvalue(), results.query[:200])


def _set_page(document: Document) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(_WIDTH), Mm(_HEIGHT)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(10)


def _write_head(document: Document, results: Results) -> None:
    query = results.query if len(results.query) <= _SHOWN else f"{results.query[:_SHOWN]}…"
    asked = Side(languages(results)[0], query, ())
    size = 28 if len(query) <= 60 else _SIZE
    body = document.element.body
    words = run(query, asked.traditional, chinese=asked.language == "zh", size=size)
    body.insert(len(body) - 1, _paragraph(words, after=40))
    count = len(results.hits)
    shown = (f"{count:,} pair" if count == 1 else f"{count:,} pairs") if count else NOTHING
    cut = f"the first {_SHOWN:,} of the query's {len(results.query):,} characters" if query != results.query else ""
    line = document.add_paragraph()
    small(line, visible(" · ".join(part for part in (shown, cut, *results.notes) if part)))


def _card(document: Document, hit: Hit, results: Results) -> list[Any]:
    """The paragraphs of a card: neighbours before it, both texts, neighbours after it, where it stands."""
    order = languages(results)
    before = [pair for pair in hit.neighbours if pair.position < hit.pair.position]
    after = [pair for pair in hit.neighbours if pair.position > hit.pair.position]
    bar = _bar(hit)
    found: list[Any] = []
    for language in order:
        fill = _HIT if language == results.language else _PARTNER
        found += _around(before, language, bar)
        found.append(_paragraph(_marked(side(hit, language), fill), bar, after=80))
        found += _around(after, language, bar)
    found.append(_paragraph(_source(document, hit.pair), bar, after=0, last=True))
    found[0].pPr.get_or_add_spacing().set(_w("before"), "360")
    return found


def _around(pairs: list[StoredPair], language: Language, bar: str) -> list[Any]:
    """The neighbours' texts in one language, smaller and grey."""
    texts = [text for pair in pairs if (text := text_of(pair, language))]
    return [
        _paragraph(run(text, script_of(text) == "Hant", chinese=language == "zh", size=18, colour=GREY), bar)
        for text in texts
    ]


def _marked(text: Side, fill: str) -> str:
    chinese = text.language == "zh"
    if not text.text:
        return run(f"not in {LANGUAGES[text.language]}", False, size=_SMALL, colour=GREY)
    return "".join(
        run(
            text.text[part.start : part.end],
            text.traditional,
            chinese=chinese,
            size=_SIZE,
            fill=fill if part.marked else "",
        )
        for part in stretches(text.spans, 0, len(text.text))
    )


def _source(document: Document, pair: StoredPair) -> str:
    """The citation, small and grey; its symbol is a link where it is one of the United Nations."""
    words = citation(pair)
    url = link_of(pair.symbol)
    if not url:
        return run(words, False, size=_SMALL, colour=GREY)
    identifier = document.part.relate_to(url, f"{_RELATIONSHIP}/hyperlink", is_external=True)
    link = run(pair.symbol, False, size=_SMALL, colour=_LINK)
    rest = run(words[len(pair.symbol) :], False, size=_SMALL, colour=GREY)
    return f"<w:hyperlink r:id={quoteattr(identifier)}>{link}</w:hyperlink>{rest}"


def _bar(hit: Hit) -> str:
    """The bar at the left: its colour says how sure the pair is, solid says that a person has checked it."""
    record = hit.pair.record
    line = "single" if verdict(record) is Verdict.CHECKED else "dashed"
    return f'<w:left w:val="{line}" w:sz="18" w:space="8" w:color="{_BARS[level_of(record)]}"/>'


def _paragraph(runs: str, bar: str = "", *, after: int = 40, last: bool = False) -> Any:
    """A paragraph that stays with the next one unless it is a card's last; ``after`` in twentieths of a point."""
    from docx.oxml import parse_xml

    keep = "" if last else "<w:keepNext/>"
    border = f"<w:pBdr>{bar}</w:pBdr>" if bar else ""
    return parse_xml(
        f'<w:p {NAMESPACES} xmlns:r="{_RELATIONSHIP}"><w:pPr>{keep}<w:keepLines/>{border}'
        f'<w:spacing w:before="0" w:after="{after}" w:line="288" w:lineRule="auto"/></w:pPr>{runs}</w:p>'
    )


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))
