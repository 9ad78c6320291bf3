"""What a pasted text quotes, as HTML: its quoted places marked and numbered, and the official wording of each."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from align.language import script_of
from search.exports.rows import citation
from ui.look_up.concordance import named
from ui.look_up.summary import both_terms
from ui.parts import provenance, safe, side_of, tag_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.document import Language
    from glossary.concepts import Concept
    from search.quotations.tracing import Quotation, QuotedPassage
    from ui.words import Words

SOURCES = 3  # that are shown of each place
NO_TITLES: Mapping[int, str] = {}


def quoted_html(
    text: str,
    language: Language,
    passages: Sequence[QuotedPassage],
    words: Words,
    terms: Sequence[Concept] = (),
    titles: Mapping[int, str] = NO_TITLES,
) -> str:
    """The text with what it quotes, and below it the approved terms in it and the sources; no text that quotes nothing.

    ``titles``: by document what one without symbol is called.
    """
    said = words("quoted" if passages else "quotes_none")
    sources = "".join(_passage(number, passage, words, titles) for number, passage in enumerate(passages, start=1))
    tag = tag_of(language, script_of(text) if language == "zh" else "")
    itself = f'<div class="dz-text" lang="{tag}" tabindex="0">{_numbered(text, passages)}</div>' if passages else ""
    return (
        f'<section class="la-quoted"><div class="la-label">{said}</div>{itself}'
        f"{_terms(terms, language, words)}{sources}</section>"
    )


def _terms(terms: Sequence[Concept], language: Language, words: Words) -> str:
    """The approved terms of the glossary that stand in the text, with what they are in the other language."""
    if not terms:
        return ""
    links = " · ".join(both_terms(concept, language) for concept in terms)
    return f'<div class="dz-quiet la-longer">{words("glossary_in_it")}: {links}</div>'


def _numbered(text: str, passages: Sequence[QuotedPassage]) -> str:
    """The text as HTML with its quoted places marked, each with its number; places may overlap a little."""
    parts: list[str] = []
    at = 0
    for number, passage in enumerate(passages, start=1):
        start, end = max(at, passage.span[0]), passage.span[1]
        if start >= end:
            continue
        marked = f'<mark class="dz-hit">{safe(text[start:end])}</mark><sup class="la-number">{number}</sup>'
        parts += [safe(text[at:start]), marked]
        at = end
    return "".join([*parts, safe(text[at:])])


def _passage(number: int, passage: QuotedPassage, words: Words, titles: Mapping[int, str]) -> str:
    shown = "".join(_source(number, quotation, words, titles) for quotation in passage.quotations[:SOURCES])
    more = len(passage.quotations) - SOURCES
    return shown + (f'<div class="dz-quiet la-source">{words("more_sources", n=more)}</div>' if more > 0 else "")


def _source(number: int, quotation: Quotation, words: Words, titles: Mapping[int, str]) -> str:
    pair, other = named(quotation.pair, titles), side_of(quotation.language)
    like = words("verbatim") if quotation.verbatim else words("alike", n=min(99, round(100 * quotation.likeness)))
    adopted = f'<span class="la-why">{words("adopted")}</span>' if quotation.adopted else ""
    if quotation.wording:
        tag = tag_of(other, script_of(quotation.official) if other == "zh" else "")
        copied = escape(f"{quotation.official}\n{citation(pair)}")
        copy = f'<button class="dz-do" data-copy="{copied}" data-copied="{words("copied")}">{words("copy")}</button>'
        official = f'<div class="dz-text" lang="{tag}"><mark class="dz-partner">{safe(quotation.official)}</mark></div>'
    else:
        copy, official = "", f'<div class="dz-quiet">{words("no_other")}</div>'
    return (
        f'<div class="la-source"><span class="la-number">{number}</span><div>{official}<div class="la-foot">'
        f"{provenance(pair, words, link=f'/corpus?document={pair.document}')}"
        f'<span class="la-why">{like}</span>{adopted}'
        f'<button class="dz-do" data-act="pair" data-id="{pair.id}">{words("context")}</button>{copy}</div></div></div>'
    )
