"""Measure the alignment of words against gold links: alignment error rate (Och & Ney 2003)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from align.errors import InputError
from align.evaluate import lines
from align.signature import signature
from models.encoder import Encoder
from search.locating.word_alignment import align_words
from search.locating.word_encoder import word_encoder

_LINK = regex.compile(r"(\d+)-(\d+)(-P)?")
Links = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class WordGold:
    """Tokenised pairs, and of each the sure links and the possible ones, sure ones among them."""

    zh: tuple[tuple[str, ...], ...]
    en: tuple[tuple[str, ...], ...]
    sure: tuple[Links, ...]
    possible: tuple[Links, ...]


@dataclass(frozen=True, slots=True)
class WordEvaluation:
    """Links proposed, and how many of them are right."""

    signature: str
    proposed: int
    sure: int
    right_sure: int  # proposed and sure
    right_possible: int  # proposed and possible

    @property
    def aer(self) -> float:
        """Alignment error rate in [0, 1], less is better; 0 where there is nothing to align."""
        both = self.proposed + self.sure
        return 1.0 - (self.right_sure + self.right_possible) / both if both else 0.0

    @property
    def precision(self) -> float:
        """Share of the proposed links that are possible."""
        return self.right_possible / self.proposed if self.proposed else 0.0

    @property
    def recall(self) -> float:
        """Share of the sure links that are proposed."""
        return self.right_sure / self.sure if self.sure else 0.0


def read_word_gold(zh: Path, en: Path, links: Path) -> WordGold:
    """Sentences, tokens parted by spaces, and a line of ``i-j`` (sure) or ``i-j-P`` (possible) links each, from 0.

    Raises InputError where the files differ in length or a link is off.
    """
    chinese = tuple(tuple(line.split()) for line in lines(zh))
    english = tuple(tuple(line.split()) for line in lines(en))
    marked = lines(links)
    if not len(chinese) == len(english) == len(marked) or not chinese:
        raise InputError(
            f"{zh.name}, {en.name} and {links.name} have {len(chinese)}, {len(english)} and {len(marked)} lines: "
            "give three files that go line by line."
        )
    read = [
        _read_links(line, number, links.name, len(a), len(b))
        for number, (line, a, b) in enumerate(zip(marked, chinese, english, strict=True), start=1)
    ]
    return WordGold(chinese, english, tuple(sure for sure, _ in read), tuple(possible for _, possible in read))


def _read_links(line: str, number: int, name: str, zh: int, en: int) -> tuple[Links, Links]:
    sure, possible = set(), set()
    for item in line.split():
        match = _LINK.fullmatch(item)
        if not match or int(match[1]) >= zh or int(match[2]) >= en:
            raise InputError(f"{name}, line {number}: {item[:20]!r} is no link i-j or i-j-P between words of the line.")
        link = (int(match[1]), int(match[2]))
        possible.add(link)
        if not match[3]:
            sure.add(link)
    return frozenset(sure), frozenset(possible)


def evaluate_words(gold: WordGold, encoder: Encoder) -> WordEvaluation:
    """Align the words of all pairs and compare."""
    words = word_encoder(encoder)
    found = align_words(gold.zh, gold.en, words)
    return WordEvaluation(
        signature=signature(model=str(getattr(words, "name", "")), task="eval-words", n=str(len(gold.zh))),
        proposed=_size(found),
        sure=_size(gold.sure),
        right_sure=sum(len(a & b) for a, b in zip(found, gold.sure, strict=True)),
        right_possible=sum(len(a & b) for a, b in zip(found, gold.possible, strict=True)),
    )


def _size(links: Sequence[Links]) -> int:
    return sum(len(each) for each in links)
