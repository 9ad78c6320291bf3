"""Whether a text uses a term: whatever its script, width, inflection, and the order of its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from align.document import Language
from search.folding import fold, folded

_WORD = regex.compile(r"[\p{L}\p{N}]+")
_EMPTY = frozenset("a an the of for in on to and or by with at from as its their".split())
_ROOM = 3  # words that may stand between those of an English term
_LINKS = regex.compile("[的之和与與及或、其以]")  # what Chinese puts between the parts of a name, or leaves out
_SHORTEST = 4  # characters of a Chinese term whose parts may stand in another order
_LONGEST = 16  # … and of one for which that is looked for
_PADDING = regex.compile("方面|[的之性等和与與及或、其以上中]")
_CONTRACTED = 0.7  # of the characters of a term are left in a contraction at most
_HAN = regex.compile(r"\p{Han}+")
_VOWEL = regex.compile("[aeiouy]")


@dataclass(frozen=True)
class Reading:
    """A text made ready for being asked which terms it uses."""

    text: str
    language: Language
    folded: str
    linked: str  # Chinese without what joins the parts of a name
    stems: tuple[str, ...]  # of English

    @staticmethod
    @lru_cache(maxsize=4096)
    def of(text: str, language: Language) -> Reading:
        """Read a text."""
        plain = folded(text)
        if language == "zh":
            return Reading(text, language, plain, _LINKS.sub("", plain), ())
        return Reading(text, language, plain, "", stems(text))

    def uses(self, term: str) -> bool:
        """Whether the term stands in the text, in any of its forms."""
        return self.count(term) > 0

    def count(self, term: str) -> int:
        """How often the term stands there; in another order it counts once."""
        if self.language == "en":
            return _count_english(self.stems, stems(term))
        wanted = folded(term)
        if not wanted:
            return 0
        found = self.folded.count(wanted)
        if found:
            return found
        linked = _LINKS.sub("", wanted)
        return self.linked.count(linked) or int(_in_another_order(self.linked, linked)) if linked else 0


def stems(text: str) -> tuple[str, ...]:
    """The words of an English text without their endings and without small words."""
    words = [word.casefold() for word in _WORD.findall(text.replace("’s", "").replace("'s", ""))]
    kept = [word for word in words if word not in _EMPTY]
    return tuple(_stem(word) for word in (kept or words))


def _count_english(text: tuple[str, ...], term: tuple[str, ...]) -> int:
    if not term:
        return 0
    n, found, at = len(term), 0, 0
    while at + n <= len(text):
        if text[at : at + n] == term:
            found, at = found + 1, at + n
        else:
            at += 1
    if found or n == 1:
        return found
    wanted, width = Counter(term), n + _ROOM
    return int(
        any(wanted <= Counter(text[k : k + width]) for k in range(max(1, len(text) - n + 1)) if text[k] in wanted)
    )


def _in_another_order(text: str, term: str) -> bool:
    """Whether the term stands there with two parts of it, next to each other, changed about: 甲和乙 is 乙和甲."""
    n = len(term)
    if not _SHORTEST <= n <= _LONGEST or not set(term) <= set(text):
        return False
    return any(
        term[:a] + term[b:c] + term[a:b] + term[c:] in text
        for a in range(n - 3)
        for b in range(a + 2, n - 1)
        for c in range(b + 2, n + 1)
    )


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """A word without the endings of plural, tense and participle; rough, and the same for both sides."""
    if len(word) < 4 or not word.isascii() or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "i"
    for ending in ("ing", "ed", "es", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and _VOWEL.search(stem):
            break
    else:
        stem = word
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz" and stem != word:
        stem = stem[:-1]
    stem = stem.removesuffix("e")
    return stem[:-1] + "i" if stem.endswith("y") else stem


def shortened(brief: str, full: str, least: float = 0.0) -> bool:
    """Whether a Chinese text is another with characters left out: 科技 is 科学和技术, 人权义务 is 人权方面的义务.

    ``least``: what share of the characters at most may be left for it to be a contraction; 0 asks for nothing.
    """
    one, two = folded(brief), folded(full)
    if not 1 < len(one) <= len(two) or (least and len(one) > least * len(two)):
        return False
    left = iter(two)
    return all(character in left for character in one)


def contracted(text: str, wanted: Sequence[str]) -> bool:
    """Whether a Chinese rendering is a term drawn together: 科技 is 科学和技术. ``wanted`` are forms of the term."""
    return any(shortened(text, form, _CONTRACTED) for form in wanted)


def padded(text: str, other: str) -> bool:
    """Whether two Chinese texts differ only in what joins or pads: 人权义务 is 人权方面的义务."""
    one, two = (_PADDING.sub("", folded(part)) for part in (text, other))
    return one == two


def nearest(text: str, term: str, least: float) -> tuple[int, int] | None:
    """The stretch of a Chinese text that is most like a term, as a place in it; None where none is as like as that."""
    wanted = folded(term)
    n = len(wanted)
    if n < _SHORTEST:
        return None
    best: tuple[float, tuple[int, int]] | None = None
    edges = {wanted[0], wanted[-1]}
    seen = fold(text)
    for start in range(len(seen.text)):
        for size in range(max(2, n - 2), n + 3):
            stretch = seen.text[start : start + size]
            if len(stretch) < size or not edges & {stretch[0], stretch[-1]} or not _HAN.fullmatch(stretch):
                continue
            like = likeness(stretch, wanted)
            if like >= least and (best is None or like > best[0]):
                best = like, seen.span(start, start + size)
    return best[1] if best else None


def nearest_english(text: str, term: str) -> tuple[int, int] | None:
    """As many words of an English text as a term has, of which half at least are the term's; None where there are none.

    For terms of two words or more. Small words at the edges do not count.
    """
    wanted = Counter(stems(term))
    words = [found for found in _WORD.finditer(text) if found[0].casefold() not in _EMPTY]
    n = wanted.total()
    if n < 2:
        return None
    own = [stems(found[0])[0] for found in words]
    shared = [(sum((wanted & Counter(own[k : k + n])).values()), k) for k in range(len(words) - n + 1)]
    most, first = max(shared, key=lambda pair: (pair[0], -pair[1]), default=(0, 0))
    return (words[first].start(), words[first + n - 1].end()) if 2 * most >= n else None


def likeness(text: str, other: str) -> float:
    """How much of two short texts is the same, in their order: 2 × common characters by all, in [0, 1]."""
    one, two = folded(text), folded(other)
    if not one or not two:
        return 0.0
    row = [0] * (len(two) + 1)
    for a in one:
        before, row = row, [0]
        for k, b in enumerate(two):
            row.append(before[k] + 1 if a == b else max(before[k + 1], row[k]))
    return 2 * row[-1] / (len(one) + len(two))
