"""The answer to a term as HTML: its entry in the glossary, its renderings, what is in no count, years as a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from align.language import script_of
from glossary.concepts import Usage
from glossary.duplicates import family
from glossary.rules import USABLE, status_of
from search.folding import folded
from search.precedents.places import Sought
from search.precedents.question import document_of
from search.precedents.timeline import telling_parts
from ui.look_up.asking import type_name
from ui.parts import safe, side_of, tag_of, usage_badge, workflow_badge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.document import Language
    from glossary.concepts import Concept, Term
    from glossary.entries import Entries
    from search.precedents.evidence import Evidence, Rendering, TermResult
    from search.precedents.timeline import TurningPoint
    from search.precedents.unpaired import Likely
    from ui.words import Words

SHOWN = 6  # renderings; the rarer ones stay folded
FORMS = 4  # other forms of a rendering that are named


def entries_html(entries: Entries, language: Language, words: Words, asked: str = "") -> str:
    """What the glossary says of the term: each concept with the terms to use, and its status; "" where nothing.

    Where the term that was ``asked`` is not to be used, that comes first, with the one to use instead.
    """
    forms = Sought.make(asked, language).forms if asked else ()
    own = "".join(
        _not_to_use(concept, language, forms, words) + _entry(concept, language, words) for concept in entries.own
    )
    longer = ""
    if entries.longer:
        links = " · ".join(both_terms(concept, language) for concept in entries.longer)
        longer = f'<div class="dz-quiet la-longer">{words("glossary_longer")}: {links}</div>'
    return (
        f'<section class="la-entries" aria-label="{words("glossary_says")}">{own}{longer}</section>'
        if own + longer
        else ""
    )


def _entry(concept: Concept, language: Language, words: Words) -> str:
    theirs = _best_first(concept, side_of(language))
    terms = "".join(_term(term, words) for term in theirs) or f'<span class="dz-quiet">{words("no_rendering")}</span>'
    status = status_of(concept, theirs[0].language if theirs else language)
    subject = f'<span class="dz-quiet">{safe(concept.subject)}</span>' if concept.subject else ""
    return (
        f'<div class="la-entry"><span class="la-label">{words("glossary_says")}</span>{terms}'
        f"{workflow_badge(status, words)}{subject}"
        f'<a class="dz-do" target="_self" href="/glossary?concept={escape(concept.id)}">{words("entry")}</a></div>'
    )


def _not_to_use(concept: Concept, language: Language, forms: Sequence[str], words: Words) -> str:
    terms = _best_first(concept, language)
    wrong = [term for term in terms if term.usage not in USABLE and folded(term.text) in forms]
    if not wrong:
        return ""
    instead = next((term for term in terms if term.usage in USABLE), None)
    use = f'<span class="dz-quiet">{words("use_instead")}</span>{_term(instead, words)}' if instead else ""
    return f'<div class="la-entry">⚠ {_term(wrong[0], words)}{use}</div>'


def _best_first(concept: Concept, language: Language) -> list[Term]:
    """Its terms in a language, whatever the script, the preferred one first and the forbidden ones last."""
    found = [term for term in concept.terms if family(term.language) == language]
    order = list(Usage)
    return sorted(found, key=lambda term: order.index(Usage.ADMITTED if term.usage is Usage.NONE else term.usage))


def _term(term: Term, words: Words) -> str:
    tag = tag_of(family(term.language), script_of(term.text)) if family(term.language) == "zh" else "en"
    badge = usage_badge(term.usage, words) if term.usage is not Usage.NONE else ""
    struck = "" if term.usage in USABLE else " la-not"
    copy = (
        f'<button class="dz-do" data-copy="{escape(term.text)}" data-copied="{words("copied")}" '
        f'title="{words("copy_word")}">{words("copy")}</button>'
        if not struck
        else ""
    )
    return f'<span class="la-term{struck}"><b class="dz-word" lang="{tag}">{safe(term.text)}</b> {badge}{copy}</span>'


def both_terms(concept: Concept, language: Language) -> str:
    """A concept as a link: its term in a language, and in the other one, those to be used."""
    terms = [
        next((term.text for term in _best_first(concept, side) if term.usage in USABLE), "")
        for side in (language, side_of(language))
    ]
    shown = " – ".join(safe(text) for text in terms if text)
    return f'<a target="_self" href="/glossary?concept={escape(concept.id)}">{shown}</a>'


def headline(result: TermResult, words: Words) -> str:
    """How often the term was rendered, and in how many documents."""
    documents = len({document_of(shown.pair) for one in result.renderings for shown in one.evidence})
    return words("times", times=counted("times", result.count, words), documents=counted("documents", documents, words))


def counted(what: str, number: int, words: Words) -> str:
    """A number of times, documents or paragraphs in words."""
    return words(f"{what}_1") if number == 1 else words(f"{what}_n", n=number)


def renderings_html(result: TermResult, chosen: str, words: Words) -> str:
    """The renderings as bars, the most frequent first; ``chosen`` is the one whose paragraphs are shown alone."""
    if not result.renderings:
        return ""
    most = max(one.count for one in result.renderings)
    rows = [_bar(one, most, one.text == chosen, side_of(result.language), words) for one in result.renderings]
    more = ""
    if len(rows) > SHOWN:
        opened = " open" if any(one.text == chosen for one in result.renderings[SHOWN:]) else ""
        said = words("more_renderings", n=len(rows) - SHOWN)
        more = f'<details class="la-more"{opened}><summary>{said}</summary>{"".join(rows[SHOWN:])}</details>'
    head = f'<div class="la-label">{words("renderings")} · {headline(result, words)}</div>'
    return f'<section class="la-renderings">{head}{"".join(rows[:SHOWN])}{more}</section>'


def _bar(one: Rendering, most: int, chosen: bool, language: Language, words: Words) -> str:
    width = max(1.5, 100 * one.count / most)
    first, last = (date[:4] for date in one.dates)
    years = first if first == last else f"{first}–{last}"
    types = ", ".join(f"{type_name(kind, words)} {count}" for kind, count in one.types.items())
    tag = tag_of(language, script_of(one.text) if language == "zh" else "")
    checked = f'<span class="la-checked">{words("checked_n", n=one.checked)}</span>' if one.checked else ""
    return (
        f'<div class="la-row"><button class="la-rendering" data-act="narrow" data-r="{escape(one.text)}" '
        f'aria-pressed="{"true" if chosen else "false"}" title="{words("narrow")}">'
        f'<span class="dz-word" lang="{tag}">{safe(one.text)}</span>'
        f'<span class="la-track"><span class="la-bar" style="width:{width:.1f}%"></span></span>'
        f'<span class="la-count">{one.count:,}</span><span class="la-years">{years}</span></button>'
        f'<span class="la-types">{safe(types)}{checked}{_doubt(one, words)}</span>'
        f'<button class="dz-do" data-copy="{escape(one.text)}" data-copied="{words("copied")}" '
        f'title="{words("copy_word")}">{words("copy")}</button>{_forms(one, words)}</div>'
    )


def _forms(one: Rendering, words: Words) -> str:
    if not one.variants:
        return ""
    forms = ", ".join(f"{safe(text)} {count}" for text, count in one.variants[:FORMS])
    return f'<span class="la-forms">{words("also", forms=forms)}{", …" if len(one.variants) > FORMS else ""}</span>'


def _doubt(one: Rendering, words: Words) -> str:
    """Why one should look before relying on a rendering, as the way to the pair where to look."""
    if not one.doubt:
        return ""
    if one.doubtful == one.count:
        said = words("doubt_one") if one.count == 1 else words("doubt_all", n=one.count)
    elif 2 * one.doubtful >= one.count:
        said = words("doubt_some", k=one.doubtful, n=one.count)
    else:
        said = words("doubt_place")
    return (
        f'<button class="dz-do la-doubt" data-act="doubt" data-r="{escape(one.text)}" '
        f'data-id="{doubtful_pair(one).pair.id}" title="{words("doubt_open")}">⚠ {said}</button>'
    )


def doubtful_pair(one: Rendering) -> Evidence:
    """The evidence of a rendering that should be looked at first."""
    return min(one.evidence, key=lambda shown: (not shown.pair.record.doubtful, shown.confidence))


def meant_html(spellings: Sequence[str], language: Language, words: Words) -> str:
    """What may have been meant, each to be asked with a click; "" where nothing is like it."""
    tag = tag_of(language)
    asks = " · ".join(
        f'<button class="dz-do la-meant" data-act="ask" data-q="{escape(one)}" lang="{tag}">{safe(one)}</button>'
        for one in spellings
    )
    return f'<div class="la-entry"><span class="la-label">{words("meant")}</span>{asks}</div>' if asks else ""


def notes_html(result: TermResult, inside: bool, words: Words) -> str:
    """What is in no count and why, a line each."""
    missing, notes = result.missing, []
    other = side_of(result.language)
    # where the corpus does not hold it at all, the head of the concordance says so
    if not result.count and (missing.unpaired or missing.lists or result.unrendered or result.longer):
        notes.append(words("no_rendering"))
    if missing.unpaired:
        paragraphs = counted("paragraphs", missing.unpaired, words)
        documents = counted("documents", missing.unpaired_documents, words)
        notes.append(words(f"unpaired_{other}", paragraphs=paragraphs, documents=documents))
    if result.unrendered:
        show = f'<button class="dz-do" data-act="unrendered">{words("show_them")}</button>'
        found = counted("paragraphs", len(result.unrendered), words)
        notes.append(f"{words('unrendered', paragraphs=found)} {show}")
    if missing.lists:
        notes.append(words("lists", paragraphs=counted("paragraphs", missing.lists, words)))
    if result.longer:
        names = " · ".join(
            f'<button class="dz-do" data-act="ask" data-q="{escape(one.text)}">{safe(one.text)}</button> {one.count:,}'
            for one in result.longer
        )
        count = f'<button class="dz-do" data-act="inside" data-on="1">{words("inside")}</button>'
        notes.append(f"{words('longer')} {names} · {count}")
    if inside:
        apart = f'<button class="dz-do" data-act="inside" data-on="">{words("inside_off")}</button>'
        notes.append(f"{words('inside_on')} {apart}")
    return "".join(f'<div class="dz-quiet">{note}</div>' for note in notes) + _likely(result, words)


def _likely(result: TermResult, words: Words) -> str:
    """What probably renders the term where its own language is missing: in no count, so without a bar."""
    if not result.likely:
        return ""
    tag = tag_of(side_of(result.language))
    rows = "".join(
        f'<button class="dz-do" data-act="ask" data-q="{escape(one.text)}">'
        f'<span class="dz-word" lang="{tag}">{safe(one.text)}</span></button> {_likely_count(one, words)} '
        for one in result.likely[:SHOWN]
    )
    said = words("likely", language=words(f"{result.language}_language"))
    return f'<div class="dz-quiet">{said}</div><div class="la-likely">{rows}</div>'


def _likely_count(one: Likely, words: Words) -> str:
    times, documents = counted("times", one.count, words), counted("documents", one.documents, words)
    return words("likely_n", times=times, documents=documents)


def turning_html(points: Sequence[TurningPoint], words: Words) -> str:
    """The turning points in a sentence each, the document a link; "" without any."""
    said = []
    for point in points:
        new, old = telling_parts(point.after, point.before)
        sentence = words("turned", new=safe(new), old=safe(old), year=str(point.year))
        link = f'<a target="_self" href="/corpus?document={point.document}">{safe(point.label)}</a>'
        said.append(f'<div class="la-turning">{sentence} <span class="dz-from">{link}</span></div>')
    return "".join(said)


def years_of(result: TermResult) -> list[int]:
    """The years in which dated documents have a rendering."""
    return sorted({point.year for point in result.timeline if not point.body})


def table_html(result: TermResult, words: Words) -> str:
    """The counts by year and rendering, folded."""
    names = [one.text for one in result.renderings[:SHOWN]]
    counts = {(point.year, point.rendering): point.count for point in result.timeline if not point.body}
    tag = tag_of(side_of(result.language))
    head = "".join(f'<th scope="col" lang="{tag}">{safe(name)}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row">{year}</th>{"".join(f"<td>{counts.get((year, name), 0)}</td>" for name in names)}</tr>'
        for year in years_of(result)
    )
    return (
        f'<details class="la-table"><summary>{words("table")}</summary><table>'
        f'<tr><th scope="col">{words("year")}</th>{head}</tr>{rows}</table></details>'
    )
