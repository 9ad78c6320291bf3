"""A concept as an article of a dictionary, in HTML: terms by language, definitions, what shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from glossary.concepts import Concept, Definition, Evidence, Term
from glossary.duplicates import family
from glossary.rules import languages_of, status_of
from ui.glossary.entries import both
from ui.glossary.languages import language_name, tag
from ui.parts import marked, provenance, safe, usage_badge, workflow_badge

if TYPE_CHECKING:
    from search.records import StoredPair
    from ui.words import Words

    Pairs = Mapping[int, StoredPair]

AROUND = {"en": 110, "zh-Hans": 45}  # characters of a text that are shown before and behind a mark
SHOWN = 2  # pairs of a term that are open at once


def article(concept: Concept, pairs: Pairs, words: Words, changed: str = "") -> str:
    """The article; ``pairs`` are those of its evidence that the corpus still has, ``changed`` says by whom and when."""
    facts = [safe(concept.subject), concept.id, words("version", n=concept.version), safe(changed)]
    note = f'<div class="gl-note">{safe(concept.note)}</div>' if concept.note else ""
    languages = dict.fromkeys([*languages_of(concept), *(one.language for one in concept.definitions)])
    seen: set[int] = set()
    return (
        f'<article class="gl-article"><h1 id="gl-top">{both(concept)}</h1>'
        f'<div class="dz-from">{" · ".join(fact for fact in facts if fact)}</div>{note}'
        f"{''.join(_language(concept, language, pairs, words, seen) for language in languages)}</article>"
    )


def _language(concept: Concept, language: str, pairs: Pairs, words: Words, seen: set[int]) -> str:
    own = concept.of(language)
    badge = workflow_badge(status_of(concept, language), words) if own else ""
    defined = [_definition(one, words) for one in concept.definitions if one.language == language]
    terms = "".join(_term(term, pairs, words, seen) for term in own)
    return f"<section><h2>{safe(language_name(language, words))} {badge}</h2>{''.join(defined)}{terms}</section>"


def _definition(one: Definition, words: Words) -> str:
    source = f' <span class="dz-quiet">{safe(words("source", text=one.source))}</span>' if one.source else ""
    return f'<p class="dz-text gl-definition" lang="{escape(tag(one.language))}">{safe(one.text)}{source}</p>'


def _term(term: Term, pairs: Pairs, words: Words, seen: set[int]) -> str:
    kind = words(f"k_{term.type}") if term.type else ""
    part = words(f"p_{term.part_of_speech}") if term.part_of_speech in _PARTS else safe(term.part_of_speech)
    source = safe(words("source", text=term.source)) if term.source else ""
    facts = " · ".join(fact for fact in (kind, part, source) if fact)
    copied = f'data-copy="{escape(term.text)}" data-copied="{words("copied")}"'
    copy = f'<button class="dz-do" {copied}>{words("copy")}</button>'
    look = f'<a class="gl-look" target="_self" href="/?{escape(urlencode({"q": term.text}))}">{words("look_up")}</a>'
    look = look if family(term.language) in ("zh", "en") else ""
    note = f'<div class="gl-note">{safe(term.note)}</div>' if term.note else ""
    badge = usage_badge(term.usage, words) if term.usage else ""
    return (
        f'<div class="gl-term"><span class="gl-word" lang="{escape(tag(term.language))}">{safe(term.text)}</span> '
        f'{badge} <span class="dz-quiet">{facts}</span> {copy} {look}</div>'
        f"{note}{_shown(term, pairs, words, seen)}"
    )


_PARTS = ("noun", "verb", "adjective", "adverb", "other")


def _shown(term: Term, pairs: Pairs, words: Words, seen: set[int]) -> str:
    """What shows a term: two pairs that the article has not shown yet at once, the others behind a line."""
    fresh = [one for one in term.evidence if one.pair not in seen][:SHOWN]
    seen |= {one.pair for one in term.evidence}
    others = [one for one in term.evidence if one not in fresh]
    first, rest = ("".join(_evidence(one, term, pairs, words) for one in some) for some in (fresh, others))
    more = words("more_evidence" if fresh else "evidence", n=len(others))
    return first + (f"<details><summary>{more}</summary>{rest}</details>" if rest else "")


def _evidence(one: Evidence, term: Term, pairs: Pairs, words: Words) -> str:
    zh_first = family(term.language) == "zh"
    pair = pairs.get(one.pair)
    address = "/?" + urlencode({"q": term.text, "pair": one.pair})
    gone = f'<div class="dz-from">{safe(one.symbol)} · {words("pair_gone")}</div>'
    below = provenance(pair, words, link=address) if pair else gone
    kinds = ("hit", "partner") if zh_first else ("partner", "hit")
    return facing((one.zh, one.zh_span, kinds[0]), (one.en, one.en_span, kinds[1]), below)


def facing(zh: tuple[str, tuple[int, int], str], en: tuple[str, tuple[int, int], str], below: str = "") -> str:
    """Two texts side by side, each around its mark: text, place, kind of mark; ``below`` is HTML."""
    sides = (
        f'<div class="dz-text" lang="{language}">{around(text, span, kind, AROUND[language])}</div>'
        for language, (text, span, kind) in (("zh-Hans", zh), ("en", en))
    )
    return f'<div class="gl-evidence"><div class="dz-pair">{"".join(sides)}</div>{below}</div>'


def around(text: str, span: Sequence[int], kind: str = "hit", width: int = AROUND["en"]) -> str:
    """The part of a text around a place in it, which is marked; its beginning where the place is unknown."""
    start, end = max(0, min(span[0], len(text))), max(0, min(span[1], len(text)))
    first, last = max(0, start - width), min(len(text), end + width)
    while first > 0 and text[first - 1].isascii() and text[first - 1].isalnum() and start - first < width + 20:
        first -= 1  # no English word is cut in two
    while last < len(text) and text[last].isascii() and text[last].isalnum() and last - end < width + 20:
        last += 1
    spans = [(start - first, end - first)] if end > start else []
    return f"{'…' if first else ''}{marked(text[first:last], spans, kind)}{'…' if last < len(text) else ''}"


def evidence_pairs(concepts: Iterable[Concept]) -> list[int]:
    """The ids of all pairs that show these concepts."""
    return sorted({one.pair for concept in concepts for term in concept.terms for one in term.evidence})
