"""Concepts as the entries of a dictionary, in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

import regex

from glossary.browsing import headword
from glossary.concepts import Concept, Term
from glossary.duplicates import family
from ui.glossary.address import link
from ui.glossary.languages import tag
from ui.parts import marked, safe, usage_badge, workflow_badge
from ui.words import Words

OTHERS = 4  # further terms that an entry names
LONGEST = 140  # characters of a definition


def entries(concepts: Iterable[Concept], words: Words, found: str = "") -> str:
    """A list of entries, each a link to its concept; what was asked for is marked in them."""
    return f'<div class="gl-list" role="list">{"".join(_entry(one, words, found) for one in concepts)}</div>'


def both(concept: Concept) -> str:
    """A concept in a line of HTML: its Chinese and its English headword."""
    shown = list(_heads(concept)) or list(concept.terms[:1])
    return " · ".join(f'<span lang="{escape(tag(term.language))}">{safe(term.text)}</span>' for term in shown)


def plain_heads(concept: Concept) -> str:
    """The same as plain text."""
    return " · ".join(term.text for term in list(_heads(concept)) or concept.terms[:1])


def badges(concept: Concept, words: Words) -> str:
    """The status of a concept; where its languages differ, each with its own."""
    statuses = dict(concept.workflow)
    if len(set(statuses.values())) == 1:
        return workflow_badge(next(iter(statuses.values())), words)
    shown = (f"{safe(language)} {workflow_badge(status, words)}" for language, status in statuses.items())
    return f'<span class="gl-badges">{" ".join(shown)}</span>'


def _entry(concept: Concept, words: Words, found: str) -> str:
    heads = list(_heads(concept)) or list(concept.terms[:1])
    said = "".join(_head(term, found) for term in heads)
    rest = [term for term in concept.terms if term not in heads]
    also = " · ".join(_other(term, words, found) for term in rest[:OTHERS])
    more = f" · +{len(rest) - OTHERS}" if len(rest) > OTHERS else ""
    lines = [f'<span class="gl-also">{also}{more}</span>'] if also else []
    lines += [f'<span class="gl-defined">{safe(one)}</span>' for one in _definition(concept)]
    subject = f'<span class="gl-subject">{safe(concept.subject)}</span>' if concept.subject else ""
    return (
        f'<a role="listitem" class="gl-entry" href="{escape(link(concept.id))}" data-act="open" '
        f'data-id="{escape(concept.id)}"><span class="gl-said">{said}{"".join(lines)}</span>'
        f'<span class="gl-state">{badges(concept, words)}{subject}</span></a>'
    )


def _heads(concept: Concept) -> Iterator[Term]:
    for language in ("zh", "en"):
        term = headword(concept, language)
        if term:
            yield term


def _head(term: Term, found: str) -> str:
    kind = "zh" if family(term.language) == "zh" else "en"
    shown = marked(term.text, _places(term.text, found))
    return f'<span class="gl-{kind}" lang="{escape(tag(term.language))}">{shown}</span>'


def _other(term: Term, words: Words, found: str) -> str:
    shown = f'<span lang="{escape(tag(term.language))}">{marked(term.text, _places(term.text, found))}</span>'
    return f"{shown} {usage_badge(term.usage, words)}" if term.usage in ("deprecated", "superseded") else shown


def _places(text: str, found: str) -> list[tuple[int, int]]:
    """Where the words asked for stand, in any case; none where they are found only when folded further."""
    asked = found.strip()
    return [one.span() for one in regex.finditer(regex.escape(asked), text, regex.IGNORECASE)] if asked else []


def _definition(concept: Concept) -> list[str]:
    if not concept.definitions:
        return []
    text = concept.definitions[0].text
    return [text if len(text) <= LONGEST else f"{text[:LONGEST]}…"]
