"""A text cut into the smallest units that a rendering may begin or end at: Chinese characters, words, marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

import numpy as np
import numpy.typing as npt
import regex

from align.document import Language
from search.folding import character_table

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
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


@dataclass(frozen=True)
class Stream:
    """Texts end to end (N units): the distinct folded forms, and of each unit which it is and whether it is Han.

    Text t has the units ``starts[t]`` … ``starts[t + 1]``.
    """

    keys: tuple[str, ...]
    ids: Numbers
    han: Flags
    starts: Numbers

    @classmethod
    def of(cls, texts: Sequence[Units]) -> Stream:
        """Texts in their order."""
        number: dict[str, int] = {}
        ids = [number.setdefault(key, len(number)) for units in texts for key in units.keys]
        han = [kind == "han" for units in texts for kind in units.kinds]
        starts = np.concatenate(([0], np.cumsum([len(units) for units in texts], dtype=np.int64)))
        return cls(tuple(number), np.array(ids, dtype=np.int64), np.array(han, dtype=bool), starts.astype(np.int64))

    def until(self) -> Numbers:
        """Of each unit the end of its text."""
        return np.repeat(self.starts[1:], np.diff(self.starts))


def cut(text: str, language: Language) -> Units:
    """The units of a text in reading order; spaces belong to none."""
    matches = list(_UNIT.finditer(text))
    spans = [match.span() for match in matches]
    return Units(
        text,
        language,
        tuple([span[0] for span in spans]),
        tuple([span[1] for span in spans]),
        tuple([_fold_word(text[a:b]) for a, b in spans]),
        tuple([match.lastgroup or "mark" for match in matches]),
    )


def fold(text: str) -> str:
    """Width, case and script folded away, for comparing only: never shown."""
    return normalize("NFKC", text).casefold().translate(character_table()).replace("\u2010", "-")


_fold_word = lru_cache(maxsize=1 << 16)(fold)
