"""A text cut into the smallest units that a rendering may begin or end at: Chinese characters, words, marks."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize

import regex

from align.document import Language
from search.folding import character_table

_UNIT = regex.compile(
    r"(?P<han>\p{Han})|(?P<word>(?:(?!\p{Han})[\p{L}\p{M}])+)|(?P<number>\p{N}+(?:[.,]\p{N}+)*)"
    r"|(?P<suffix>(?<=\p{L})['’]s\b)|(?P<mark>[^\s])"
)


@dataclass(frozen=True, slots=True)
class Units:
    """A text's units: where each begins and ends in it (code points), its folded form, its kind ("han", "word", …)."""

    text: str
    language: Language
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    keys: tuple[str, ...]
    kinds: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def surface(self, first: int, end: int) -> str:
        """The text from unit ``first`` up to, not including, unit ``end``."""
        return self.text[self.starts[first] : self.ends[end - 1]]

    def folded(self, first: int, end: int) -> str:
        """That text for comparing: spacing as the language has it, so that no line break or stray space counts."""
        return (" " if self.language == "en" else "").join(self.keys[first:end])


def cut(text: str, language: Language) -> Units:
    """The units of a text in reading order; spaces belong to none."""
    matches = list(_UNIT.finditer(text))
    return Units(
        text,
        language,
        tuple(match.start() for match in matches),
        tuple(match.end() for match in matches),
        tuple(fold(match[0]) for match in matches),
        tuple(match.lastgroup or "mark" for match in matches),
    )


def fold(text: str) -> str:
    """Width, case and script folded away, for comparing only: never shown."""
    return normalize("NFKC", text).casefold().translate(character_table()).replace("\u2010", "-")
