"""Made-up drafts that quote real paragraphs with small changes, and drafts that share only a formula with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import regex

from align.document import Language
from search.quotations.tokens import Tokens, tokens

SHORTEST: Final[Mapping[Language, int]] = {"en": 18, "zh": 30}  # tokens of a paragraph that is quoted
PART: Final[Mapping[Language, tuple[int, int]]] = {"en": (16, 30), "zh": (26, 50)}  # tokens of a part that is quoted
OPENING: Final[Mapping[Language, int]] = {"en": 4, "zh": 6}  # tokens of an opening that makes no quotation
_TRIES = 20
_CLAUSE = regex.compile(r"[,;，；]\s*")
Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class PlantedDraft:
    """A draft made of stored texts, by their places in a list: ``quoted`` is what it quotes, ``other`` what else."""

    kind: str
    text: str
    source: int
    quotes: bool
    other: int | None = None


@dataclass(frozen=True)
class _Material:
    """The texts of one language, cut into tokens, and those that are long enough to be quoted."""

    language: Language
    texts: Sequence[str]
    cut: Sequence[Tokens]
    long: Sequence[int]

    def pick(self, random: Random) -> int:
        return self.long[int(random.integers(len(self.long)))]

    def words(self, random: Random, count: int) -> str:
        """Some words in a row of any long text."""
        found = self.cut[self.pick(random)]
        at = int(random.integers(len(found) - count + 1))
        return found.text[slice(*found.span(at, at + count))]

    @property
    def space(self) -> str:
        return " " if self.language == "en" else ""


_Plant = Callable[[_Material, int, Random], tuple[str, int | None] | None]


def planted(texts: Sequence[str], language: Language, count: int, seed: int) -> Iterator[PlantedDraft]:
    """``count`` drafts of each kind that the language has, always the same for the same texts and seed."""
    cut = [tokens(text) for text in texts]
    long = [k for k, found in enumerate(cut) if len(found) >= SHORTEST[language]]
    if not long:
        return
    material = _Material(language, texts, cut, long)
    for number, (kind, plant) in enumerate(_KINDS.items()):
        if kind == "script" and language == "en":
            continue
        random = np.random.default_rng((seed, number))
        for _ in range(count):
            made = _try(plant, material, random)
            if made is not None:
                source, text, other = made
                yield PlantedDraft(kind, text, source, kind != "formula", other)


def _try(plant: _Plant, material: _Material, random: Random) -> tuple[int, str, int | None] | None:
    for _ in range(_TRIES):
        source = material.pick(random)
        made = plant(material, source, random)
        if made is not None and made[0] != material.texts[source]:
            return source, *made
    return None


def _number(material: _Material, source: int, random: Random) -> tuple[str, int | None] | None:
    """Every figure another one."""

    def another(found: regex.Match[str]) -> str:
        return "".join(str(random.integers(1, 10)) for _ in found[0])

    return regex.sub(r"\d+", another, material.texts[source]), None


def _inserted(material: _Material, source: int, random: Random) -> tuple[str, int | None] | None:
    """One to three foreign words in one place."""
    found = material.cut[source]
    at = found.ends[int(random.integers(1, len(found) - 1))]
    words = material.words(random, int(random.integers(1, 4)))
    return found.text[:at] + material.space + words + found.text[at:], None


def _dropped(material: _Material, source: int, random: Random) -> tuple[str, int | None] | None:
    """One to three words left out."""
    found = material.cut[source]
    first = int(random.integers(1, len(found) - 4))
    start, end = found.span(first, first + int(random.integers(1, 4)))
    return found.text[:start].rstrip() + material.space + found.text[end:].lstrip(), None


def _replaced(material: _Material, source: int, random: Random) -> tuple[str, int | None] | None:
    """Two words in different places exchanged for foreign ones."""
    found = material.cut[source]
    text = found.text
    for at in sorted((int(k) for k in random.choice(len(found), 2, replace=False)), reverse=True):
        text = text[: found.starts[at]] + material.words(random, 1) + text[found.ends[at] :]
    return text, None


def _reordered(material: _Material, source: int, random: Random) -> tuple[str, int | None] | None:
    """The parts before and behind a comma in the middle exchanged; neither is shorter than a part that is quoted."""
    del random
    text, least = material.texts[source], PART[material.language][0]
    middle = sorted(_CLAUSE.finditer(text), key=lambda found: abs(found.start() - len(text) / 2))
    for found in middle[:1]:
        before, behind = text[: found.start()], text[found.end() :].rstrip("，。；,.; ")
        if min(len(tokens(before)), len(tokens(behind))) >= least:
            return behind + found[0] + before, None
    return None


def _script(material: _Material, source: int, random: Random) -> tuple[str, int | None] | None:
    """In traditional characters."""
    del random
    from opencc import OpenCC

    return OpenCC("s2t").convert(material.texts[source]), None


def _partial(material: _Material, source: int, random: Random) -> tuple[str, int | None] | None:
    """A part of the text in the midst of another one."""
    found, other = material.cut[source], material.pick(random)
    carrier = material.cut[other]
    low, high = PART[material.language]
    length = min(int(random.integers(low, high + 1)), len(found))
    first = int(random.integers(len(found) - length + 1))
    part = found.text[slice(*found.span(first, first + length))]
    at = carrier.ends[len(carrier) // 2]
    text = material.space.join((carrier.text[:at], part, carrier.text[at:].lstrip()))
    return (text, other) if other != source else None


def _formula(material: _Material, source: int, random: Random) -> tuple[str, int | None] | None:
    """The opening words of the text, and another text."""
    found, other = material.cut[source], material.pick(random)
    opening = found.text[slice(*found.span(0, OPENING[material.language]))]
    carrier = material.cut[other]
    rest = carrier.text[carrier.starts[OPENING[material.language]] :]
    return (opening + material.space + rest, other) if other != source else None


_KINDS: Final[Mapping[str, _Plant]] = {
    "number": _number,
    "inserted": _inserted,
    "dropped": _dropped,
    "replaced": _replaced,
    "reordered": _reordered,
    "script": _script,
    "partial": _partial,
    "formula": _formula,
}
