"""The list of documents: which, in what order, as HTML. All text is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from search.folding import folded
from ui.parts import safe

if TYPE_CHECKING:
    from search.records import StoredDocument
    from ui.words import Words

ORDERS = ("recent", "doubtful", "symbol", "added")
PAGE = 50
UNKNOWN = "?"  # a year or body that is not known


@dataclass(frozen=True, slots=True)
class Choice:
    """Which documents are listed; "" asks for nothing."""

    find: str = ""
    type: str = ""
    body: str = ""
    year: str = ""
    order: str = "recent"


def year_of(document: StoredDocument) -> str:
    """Its year, "?" where it is not known."""
    return document.provenance.date[:4] or UNKNOWN


def chosen(documents: Sequence[StoredDocument], choice: Choice) -> tuple[StoredDocument, ...]:
    """The documents that are asked for, in their order; all words of ``find`` stand somewhere in what names them."""
    words = folded(choice.find).split()
    found = [
        one
        for one in documents
        if (not choice.type or one.type == choice.type)
        and (not choice.body or (one.provenance.body or UNKNOWN) == choice.body)
        and (not choice.year or year_of(one) == choice.year)
        and all(word in _names(one) for word in words)
    ]
    found.sort(key=lambda one: (one.label.casefold(), one.id))
    if choice.order == "doubtful":
        found.sort(key=lambda one: -one.doubtful)
    elif choice.order == "recent":
        found.sort(key=lambda one: one.provenance.date, reverse=True)
    elif choice.order == "added":
        found.sort(key=lambda one: (one.changed, one.id), reverse=True)
    return tuple(found)


def _names(document: StoredDocument) -> str:
    from_ = document.provenance
    return folded("\n".join((from_.symbol, document.name, from_.title_zh, from_.title_en)))


def rows(documents: Sequence[StoredDocument], doubtful: Mapping[int, int], words: Words) -> str:
    """A table; the symbol opens the document, the count of doubtful pairs the first of them (``doubtful``: its id)."""
    heads = {"symbol": "symbol", "title": "title", "date": "date"}
    heads |= {name: f"l_{name}" for name in ("pairs", "checked", "doubtful")}
    head = "".join(f'<th scope="col" class="dz-co-{name}">{safe(words(word))}</th>' for name, word in heads.items())
    body = "".join(_row(one, doubtful.get(one.id), words) for one in documents)
    return f'<table class="dz-co-list"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(document: StoredDocument, doubtful: int | None, words: Words) -> str:
    from_ = document.provenance
    label = f'<button class="dz-do" data-act="open" data-id="{document.id}">{safe(document.label)}</button>'
    share = f"{document.checked / document.linked:.0%}" if document.linked else "–"
    doubt = "–"
    if document.doubtful:
        where = f"/align?document={document.id}" + (f"#{doubtful}" if doubtful else "")
        hint = escape(words("go_doubtful"))
        doubt = f'<a class="dz-co-doubt" target="_self" href="{where}" title="{hint}">▲ {document.doubtful:,}</a>'
    return (
        f'<tr><th scope="row" class="dz-co-symbol">{label}</th><td class="dz-co-title">{_titles(document, words)}</td>'
        f'<td class="dz-co-date">{safe(from_.date) or "–"}</td><td class="dz-co-pairs">{document.linked:,}</td>'
        f'<td class="dz-co-checked">{share}</td><td class="dz-co-doubtful">{doubt}</td></tr>'
    )


def _titles(document: StoredDocument, words: Words) -> str:
    from_ = document.provenance
    zh = f'<span lang="zh-{escape(from_.zh_script or "Hans")}">{safe(from_.title_zh)}</span>' if from_.title_zh else ""
    en = f'<span lang="en">{safe(from_.title_en)}</span>' if from_.title_en else ""
    both = [part for part in ((zh, en) if words.tongue == "zh" else (en, zh)) if part]
    if len(document.languages) == 1:
        both.append(f'<span class="dz-quiet">{safe(words(f"only_{document.languages[0]}"))}</span>')
    return "".join(both) or f'<span class="dz-quiet">{safe(document.name)}</span>'


def numbers(counts: Mapping[str, int], facts: Sequence[str], words: Words) -> str:
    """The few numbers of the corpus, and below them what else there is to know."""
    shown = "".join(
        f'<div class="dz-co-number dz-co-is-{name}"><b>{value:,}</b> <span>{safe(words(f"n_{name}"))}</span></div>'
        for name, value in counts.items()
    )
    below = "".join(f"<span>{safe(fact)}</span>" for fact in facts)
    return f'<div class="dz-co-numbers">{shown}</div><p class="dz-co-facts">{below}</p>'
