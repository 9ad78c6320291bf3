"""Terms that are in the glossary already, or nearly so, told before anything is saved."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from glossary.duplicates import Likeness, Similar
from ui.glossary.address import link
from ui.glossary.languages import tag
from ui.parts import safe

if TYPE_CHECKING:
    from glossary.concepts import Term
    from glossary.glossary import Glossary
    from ui.words import Words

SHOWN = 4  # of each term


def warned(glossary: Glossary, terms: Iterable[Term], besides: str, words: Words) -> None:
    """Show what is like these terms; the place is there before anything is found, so that nothing moves under hands."""
    import streamlit as st

    found = glossary.warnings([term for term in terms if len(term.text.strip()) > 1], besides)
    lines = [_line(text, one, words) for (_, text), some in found.items() for one in some[:SHOWN]]
    rest = sum(max(0, len(some) - SHOWN) for some in found.values())
    lines += [f"<li>{words('more_likes', n=rest)}</li>"] if rest else []
    head = f'<b class="dz-conflict">⚠ {words("similar")}</b>' if lines else ""
    st.html(f'<div class="gl-likes" role="status">{head}<ul>{"".join(lines)}</ul></div>')


def _line(text: str, one: Similar, words: Words) -> str:
    key = "same_as" if one.likeness is Likeness.SAME else "differs"
    kind = words(f"like_{one.likeness.name.casefold()}")
    said = words(
        key,
        text=f"“{safe(text)}”",
        other=f'<span lang="{escape(tag(one.language))}">“{safe(one.text)}”</span>',
        kind=kind,
    )
    return f'<li>{said} <a href="{escape(link(one.concept))}" target="_blank">{one.concept}</a></li>'
