"""The concordance as HTML: both texts of each hit, what is marked in them, where they come from, what one can do."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING

from align.language import script_of
from search.exports.rows import citation
from ui.look_up.excerpts import excerpt
from ui.parts import confidence_class, marked, provenance, safe, side_of, tag_of

if TYPE_CHECKING:
    from align.document import Language
    from search.hits import Hit, Places
    from search.records import StoredPair
    from ui.words import Words

SHORT = 20  # characters of a text that may be marked whole
NEARLY_ALL = 0.85


@dataclass(frozen=True, slots=True)
class View:
    """How hits are shown: the language on the left, the pair whose context is open, its neighbours, what was proposed.

    ``proposed``: by pair the concept that was proposed from it; ``titles``: by document what one without symbol is;
    ``repeats``: by pair in how many other places of its document both texts are the same.
    """

    words: Words
    language: Language
    opened: int = 0
    neighbours: Sequence[StoredPair] = ()
    proposed: Mapping[int, str] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)
    repeats: Mapping[int, int] = field(default_factory=dict)

    def named(self, pair: StoredPair) -> StoredPair:
        """A pair whose document has something to be called by."""
        return named(pair, self.titles)


def named(pair: StoredPair, titles: Mapping[int, str]) -> StoredPair:
    """A pair with the title of its document in the place of the symbol that it lacks."""
    return pair if pair.symbol else replace(pair, symbol=titles.get(pair.document, ""))


def once(hits: Sequence[Hit], keep: Container[int] = ()) -> tuple[list[Hit], dict[int, int]]:
    """The hits without those that a document has said before, as running heads do; and by pair how many those are.

    ``keep``: pairs that are shown whatever they say.
    """
    first: dict[tuple[int, str, str], int] = {}
    repeats: dict[int, int] = {}
    shown = []
    for hit in hits:
        said = hit.pair.document, hit.pair.record.zh_text, hit.pair.record.en_text
        if said in first and hit.pair.id not in keep:
            repeats[first[said]] = repeats.get(first[said], 0) + 1
            continue
        first.setdefault(said, hit.pair.id)
        shown.append(hit)
    return shown, repeats


def hits_html(hits: Sequence[Hit], view: View) -> str:
    """The hits one below the other."""
    return "".join(hit_html(hit, view) for hit in hits)


def hit_html(hit: Hit, view: View) -> str:
    """One hit, with what stands before and after it where it is open."""
    opened = hit.pair.id == view.opened
    before = after = ""
    if opened:
        near = view.neighbours
        before = "".join(_neighbour(pair, view) for pair in near if pair.position < hit.pair.position)
        after = "".join(_neighbour(pair, view) for pair in near if pair.position > hit.pair.position)
    sides = "".join(_side(hit, language, view, whole=opened) for language in _order(view))
    return (
        f'<article class="la-hit{" la-open" if opened else ""}" id="pair-{hit.pair.id}" tabindex="-1">{before}'
        f'<div class="la-itself {confidence_class(hit.pair.record)}"><div class="dz-pair">{sides}</div>'
        f"{_foot(hit, view)}</div>{after}</article>"
    )


def _order(view: View) -> tuple[Language, Language]:
    return view.language, side_of(view.language)


def _side(hit: Hit, language: Language, view: View, whole: bool) -> str:
    text = hit.pair.text(language)
    if not text:
        return f'<div class="dz-quiet">{view.words(f"missing_{language}")}</div>'
    kind = "hit" if language == view.language else "partner"
    spans = () if _all_marked(hit, text, language) else hit.spans(language)
    return _text(text, spans, language, kind, whole)


def _all_marked(hit: Hit, text: str, language: Language) -> bool:
    """Whether nearly all of a longer text is marked for its meaning: to mark it says nothing."""
    covered = sum(end - start for start, end in hit.spans(language))
    return "meaning" in hit.why and "exact" not in hit.why and len(text) > SHORT and covered > NEARLY_ALL * len(text)


def _text(text: str, spans: Places, language: Language, kind: str, whole: bool) -> str:
    tag = tag_of(language, script_of(text) if language == "zh" else "")
    if whole:
        return f'<div class="dz-text" lang="{tag}">{marked(text, spans, kind)}</div>'
    part = excerpt(text, spans, language)
    before, behind = "…" if part.more_before else "", "…" if part.more_behind else ""
    return f'<div class="dz-text" lang="{tag}">{before}{marked(part.text, part.spans, kind)}{behind}</div>'


def _neighbour(pair: StoredPair, view: View) -> str:
    """A paragraph before or after the one that is open; quieter."""
    texts = "".join(
        f'<div class="dz-text" lang="{tag_of(language, script_of(pair.text(language)) if language == "zh" else "")}">'
        f"{safe(pair.text(language))}</div>"
        for language in _order(view)
    )
    return f'<div class="dz-pair la-near">{texts}</div>'


def _foot(hit: Hit, view: View) -> str:
    """Where the pair comes from, why it is a hit, and what one can do with it."""
    words, pair = view.words, hit.pair
    link = f"/corpus?document={pair.document}"
    why = "".join(f'<span class="la-why">{one}</span>' for one in reasons(hit, words))
    if pair.id in view.repeats:
        why += f'<span class="la-why">{words("repeated", n=view.repeats[pair.id])}</span>'
    return f'<div class="la-foot">{provenance(view.named(pair), words, link=link)}{why}{_acts(hit, view)}</div>'


def reasons(hit: Hit, words: Words) -> list[str]:
    """Why a pair is a hit, in words; nothing where it holds what was asked and that is marked."""
    why = hit.why
    if "exact" in why:
        return []
    found = [words("w_fuzzy", n=round(100 * why["fuzzy"]))] if "fuzzy" in why else []
    return found or ([words("w_meaning", n=round(100 * why["meaning"]))] if "meaning" in why else [])


def _acts(hit: Hit, view: View) -> str:
    words, pair = view.words, hit.pair
    opened, copy = pair.id == view.opened, escape(copied(view.named(pair), view.language))
    acts = [
        f'<button class="dz-do" data-act="context" data-id="{pair.id}" aria-expanded="{"true" if opened else "false"}">'
        f"{words('context_off' if opened else 'context')}</button>",
        f'<button class="dz-do" data-copy="{copy}" data-copied="{words("copied")}" '
        f'title="{words("copy_title")}">{words("copy")}</button>',
        f'<a class="dz-do" target="_self" href="/align?document={pair.document}&amp;pair={pair.id}#{pair.id}">'
        f"{words('fix')}</a>",
    ]
    if pair.id in view.proposed:
        concept = escape(view.proposed[pair.id])
        said = words("proposed_here", id=concept)
        acts.append(f'<a class="dz-do la-done" target="_self" href="/glossary?concept={concept}">{said}</a>')
    elif pair.record.zh_text and pair.record.en_text:
        acts.append(
            f'<button class="dz-do" data-act="propose" data-id="{pair.id}">{words("propose")}</button>',
        )
    return f'<span class="la-acts">{"".join(acts)}</span>'


def copied(pair: StoredPair, first: Language) -> str:
    """What goes to the clipboard: both texts, that of the question first, and where they come from."""
    texts = [pair.text(first), pair.text(side_of(first))]
    return "\n".join([*(text for text in texts if text), citation(pair)])
