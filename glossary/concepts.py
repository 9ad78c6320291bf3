"""A concept and the terms for it in each language (ISO 704, ISO 30042): what the glossary holds.

Two axes of status are never mixed. *Workflow* says how far the decision about a concept is, in each language apart;
*usage* says what a term is to be used for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Workflow(StrEnum):
    """How far the decision is: 候选, 建议, 审核中, 已核准, 已否决, 已停用."""

    CANDIDATE = "candidate"
    PROPOSED = "proposed"
    IN_REVIEW = "in-review"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETIRED = "retired"


class Usage(StrEnum):
    """What a term is to be used for: 首选, 可用, 不推荐, 已过时; NONE where nobody has said."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"
    NONE = ""


class TermType(StrEnum):
    """What form of its concept's name a term is."""

    FULL_FORM = "full-form"
    SHORT_FORM = "short-form"
    ABBREVIATION = "abbreviation"
    VARIANT = "variant"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Extra:
    """A field of an exchange file that duizhao has no place for: kept, and written back to the same kind of file.

    ``kind`` names the format ("tbx", "csv", …), ``name`` the field as the file calls it, ``attributes`` what else
    the file says of it.
    """

    kind: str
    name: str
    value: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A pair of the corpus that shows a term: its id there, symbol, both texts as they were, spans in code points."""

    pair: int
    symbol: str
    zh: str
    en: str
    zh_span: tuple[int, int]
    en_span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Term:
    """A word for a concept. ``language`` is a BCP 47 tag; "zh" (simplified), "zh-Hant" and "en" are worked with."""

    id: str
    language: str
    text: str
    usage: Usage = Usage.NONE
    type: TermType = TermType.NONE
    part_of_speech: str = ""  # noun, verb, adjective, adverb, other
    source: str = ""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """What a concept is, in a language, and who says so."""

    language: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept with its terms. ``workflow`` by language; a language that is not in it is a candidate.

    ``version`` grows by one with every change, so that nobody overwrites what they have not seen. ``origins`` are the
    names by which exchange files know it: (file or scheme, id there).
    """

    id: str
    subject: str = ""
    definitions: tuple[Definition, ...] = ()
    note: str = ""
    terms: tuple[Term, ...] = ()
    workflow: Mapping[str, Workflow] = field(default_factory=dict)
    origins: tuple[tuple[str, str], ...] = ()
    extras: tuple[Extra, ...] = ()
    version: int = 0

    def of(self, language: str) -> tuple[Term, ...]:
        """Its terms in a language."""
        return tuple(term for term in self.terms if term.language == language)
