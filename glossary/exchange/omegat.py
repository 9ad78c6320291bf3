"""OmegaT's glossary: source, target and comment, separated by tabs, in UTF-8; lines with ``#`` in front are none."""

from __future__ import annotations

import re

from glossary.concepts import Concept, Term, Usage
from glossary.errors import ExchangeError
from glossary.exchange.contracts import Written
from glossary.exchange.delimited import read
from glossary.exchange.utx import pairs_of, two_languages

__all__ = ["dump", "read"]

_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_SAY = {Usage.DEPRECATED: "do not use", Usage.SUPERSEDED: "superseded"}


def dump(concepts: tuple[Concept, ...]) -> Written:
    """English to Chinese, or the two languages that most concepts have; raises ExchangeError if there are no pairs."""
    sides = two_languages(concepts)
    lines = [f"# Glossary in tab-separated format -*- coding: utf-8 -*- {sides[0]} {sides[1]}"]
    for concept in concepts:
        for source, target in pairs_of(concept, sides):
            cells = (_cell(source.text), _cell(target.text), _cell(_comment(concept, source, target)))
            lines.append("\t".join(cells))
    if len(lines) == 1:
        raise ExchangeError("not one concept has terms in both languages; choose TBX or CSV.")
    notes = (f"OmegaT's file holds pairs of {sides[0]} and {sides[1]} terms with a comment; the rest was left out.",)
    return Written("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"), notes)


def _comment(concept: Concept, source: Term, target: Term) -> str:
    said = [_SAY.get(target.usage, ""), concept.subject, target.note, source.note, concept.note]
    return "; ".join(dict.fromkeys(text for text in said if text))


def _cell(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()
