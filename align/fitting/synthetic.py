"""Documents with known alignment, made from passages of paired sentences by dropping, joining and numbering them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import regex

from align.scores import Link

Pairs = list[tuple[str, str]]  # (zh, en)

SHARE_SPLIT = 0.05  # of the pairs, one side is broken into two
_ZH_CLAUSE = regex.compile(r"(?<=.{4})[：，；](?=.{4})")
_EN_CLAUSE = regex.compile(r"(?<=.{12})[:,;] (?=.{12})")
FEWEST_WORDS = 8  # of a text that is disturbed: what is left of a shorter one may have nothing of its translation
_ZH_WORD = regex.compile(r"\p{Han}{1,2}|[^\p{Han}]+")  # near enough to words for leaving some out
_ZH = "一二三四五六七八九十"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_LABELS: tuple[tuple[tuple[str, str], ...], ...] = (
    tuple((f"{zh}.", f"{en}.") for zh, en in zip(_ZH, _ROMAN, strict=True)),
    tuple((f"({letter})", f"({letter})") for letter in "abcdefghij"),
    tuple((f"{k}.", f"{k}.") for k in range(1, 11)),
    tuple((f"({zh})", f"({en.lower()})") for zh, en in zip(_ZH, _ROMAN, strict=True)),
)


@dataclass(slots=True)
class MadeUp:
    """A made-up pair of documents: units of both sides and the links between them, in order."""

    zh: list[str] = field(default_factory=list)
    en: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def add(self, zh: Sequence[str], en: Sequence[str]) -> None:
        """Append a bead; either side may be empty."""
        left = tuple(range(len(self.zh), len(self.zh) + len(zh)))
        right = tuple(range(len(self.en), len(self.en) + len(en)))
        self.zh.extend(zh)
        self.en.extend(en)
        self.links.append((left, right))


def make_up(pairs: Pairs, rng: np.random.Generator) -> MadeUp:
    """A document out of consecutive pairs; how much is missing, joined or numbered is drawn anew for each."""
    steps = _drop(_number(_loosen(pairs, rng), rng), rng)
    share_joined = float(rng.choice([0, 0.05, 0.15, 0.3, 0.5]))
    made = MadeUp()
    at = 0
    while at < len(steps):
        zh, en = steps[at]
        if zh is None or en is None:
            made.add([zh] if zh is not None else [], [en] if en is not None else [])
            at += 1
        elif (parts := _split(zh, en, rng)) is not None:
            made.add(*parts)
            at += 1
        else:
            wanted = int(rng.choice([2, 2, 2, 2, 3, 3, 4, 5])) if rng.random() < share_joined else 1
            group = _whole(steps[at : at + wanted])
            at += _join(made, group, rng)
    return made


def _split(zh: str, en: str, rng: np.random.Generator) -> tuple[list[str], list[str]] | None:
    """Sometimes break one side where a clause ends, as lead-ins and list items stand on lines of their own."""
    if rng.random() >= SHARE_SPLIT:
        return None
    if rng.random() < 0.5:
        breaks = [m.end() for m in _ZH_CLAUSE.finditer(zh)]
        return ([zh[: (at := breaks[int(rng.integers(len(breaks)))])], zh[at:]], [en]) if breaks else None
    breaks = [m.end() for m in _EN_CLAUSE.finditer(en)]
    return ([zh], [en[: (at := breaks[int(rng.integers(len(breaks)))])].rstrip(), en[at:]]) if breaks else None


Step = tuple[str | None, str | None]


def _whole(steps: Sequence[Step]) -> Pairs:
    group: Pairs = []
    for zh, en in steps:
        if zh is None or en is None:
            break
        group.append((zh, en))
    return group


def _join(made: MadeUp, group: Pairs, rng: np.random.Generator) -> int:
    """Add a group as one bead of some shape; returns how many of its pairs were used."""
    zh, en = [pair[0] for pair in group], [pair[1] for pair in group]
    if len(group) == 3 and rng.random() < 0.25:  # cut at different places: two units on either side
        made.add([zh[0], zh[1] + zh[2]], [f"{en[0]} {en[1]}", en[2]])
    elif rng.random() < 0.5:
        made.add(["".join(zh)], en)
    else:
        made.add(zh, [" ".join(en)])
    return len(group)


def _drop(pairs: Pairs, rng: np.random.Generator) -> list[Step]:
    """Leave out units of one side, alone or in runs, facing each other or not."""
    rate = float(rng.choice([0, 0.01, 0.03, 0.08, 0.15, 0.25]))
    runs, facing, side = (float(rng.choice(options)) for options in ([0, 0.3, 0.6], [0, 0.3, 0.6], [0.2, 0.5, 0.8]))
    steps: list[Step] = []
    at = 0
    while at < len(pairs):
        if rng.random() >= rate:
            steps.append(pairs[at])
            at += 1
            continue
        run = min(int(rng.geometric(1 - runs)), 12)
        if rng.random() < facing and at + 2 * run <= len(pairs):
            steps.extend((zh, None) for zh, _ in pairs[at : at + run])
            steps.extend((None, en) for _, en in pairs[at + run : at + 2 * run])
            at += 2 * run
        else:
            in_zh = rng.random() < side
            steps.extend((zh, None) if in_zh else (None, en) for zh, en in pairs[at : at + run])
            at += run
    return steps


def _loosen(pairs: Pairs, rng: np.random.Generator) -> Pairs:
    """Make the translation freer: words of either side are left out or put in from elsewhere in the document.

    The training data is translated closely; a magazine or a debate is not, and a scorer that has only seen close
    translation takes a free one for none.
    """
    share = float(rng.choice([0, 0, 0, 0.1, 0.1, 0.2, 0.3, 0.4]))
    if not share:
        return pairs
    zh_words = [word for zh, _ in pairs for word in _ZH_WORD.findall(zh)]
    en_words = [word for _, en in pairs for word in en.split()]
    return [
        (
            "".join(_disturb(_ZH_WORD.findall(zh), zh_words, share * rng.random() * 2, rng)),
            " ".join(_disturb(en.split(), en_words, share * rng.random() * 2, rng)),
        )
        for zh, en in pairs
    ]


def _disturb(words: list[str], others: list[str], share: float, rng: np.random.Generator) -> list[str]:
    kept: list[str] = []
    if len(words) < FEWEST_WORDS:
        return words
    for word in words:
        chance = rng.random()
        if chance >= share:
            kept.append(word)
        elif chance < share / 2:
            kept.append(others[int(rng.integers(len(others)))])
    return kept or words


def _number(pairs: Pairs, rng: np.random.Generator) -> Pairs:
    """Sometimes number the paragraphs, or put labels on lines of their own, as converted documents have them."""
    way = rng.random()
    if way < 0.3:
        labels = iter(_LABELS[int(rng.integers(len(_LABELS)))])
        rate = float(rng.choice([0.05, 0.15, 0.3]))
        numbered: Pairs = []
        for pair in pairs:
            label = next(labels, None) if rng.random() < rate else None
            numbered.extend([label, pair] if label else [pair])
        return numbered
    if way < 0.6:
        first = int(rng.integers(1, 40))
        return [
            (f"{first + k}. {zh}", f"{first + k}. {en}") if rng.random() < 0.6 else (zh, en)
            for k, (zh, en) in enumerate(pairs)
        ]
    return pairs
