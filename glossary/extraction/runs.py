"""All runs of a text that could be a term of its language, from what its words are; no tagger, no dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from glossary.extraction.laid import ZH_NO_BEGIN, ZH_NO_END, Flags, Laid, Numbers
from glossary.extraction.names import shapes
from search.locating.ngrams import run_hashes
from search.locating.pair_words import SideWords

LONGEST = {"en": 24, "zh": 36}  # units
MOST_CONTENT = 14  # words of an English term that say something
Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Runs:
    """Runs of units (k,), ascending by text: where, and a number that all runs of the same words share.

    ``place``: of the first unit in the texts laid end to end. ``name``: share of the words that say something which
    are written with a capital; ``cased``: whether the text tells. ``shape``: what of a name it is (``names.Shape``);
    ``strung``: a name that "and" or a comma joins. ``upper``: a single word in capitals. ``apart_left``,
    ``apart_right``: no word that could belong to the run stands beside it.
    """

    text: Numbers
    first: Numbers
    end: Numbers
    place: Numbers
    hashes: Hashes
    name: Floats
    cased: Flags
    upper: Flags
    apart_left: Flags
    apart_right: Flags
    shape: npt.NDArray[np.int8]
    strung: Flags
    quoted: Flags
    links: Numbers
    left: Hashes  # what stands beside
    right: Hashes
    head: Hashes  # the first unit
    tail: Hashes  # the last one

    def __len__(self) -> int:
        return len(self.text)

    def take(self, chosen: npt.NDArray[np.generic]) -> Runs:
        """Some of them."""
        return Runs(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))

    @classmethod
    def joined(cls, parts: Sequence[Runs], laid: Sequence[Laid]) -> Runs:
        """Those of several parts of a corpus."""
        offsets = {
            "text": np.concatenate(([0], np.cumsum([len(part.texts) for part in laid]))),
            "place": np.concatenate(([0], np.cumsum([part.size for part in laid]))),
        }
        columns = {name: [getattr(part, name) for part in parts] for name in cls.__dataclass_fields__}
        for name, at in offsets.items():
            columns[name] = [values + start for values, start in zip(columns[name], at.tolist(), strict=False)]
        return cls(**{name: np.concatenate(values) for name, values in columns.items()})


def find_runs(laid: Laid, sides: Sequence[SideWords]) -> Runs:
    """The runs of texts, all in one language, that are laid end to end."""
    english = laid.language == "en"
    first, end = _edges(laid, sides)
    keep = _sound_english(laid, first, end) if english else _sound_chinese(laid, first, end)
    return _described(laid, first[keep], end[keep])


def _edges(laid: Laid, sides: Sequence[SideWords]) -> tuple[Numbers, Numbers]:
    """Pairs of a place where a term may begin and one behind where it may end, no wall between."""
    begin, close = (_english_edges if laid.language == "en" else _chinese_edges)(laid)
    if laid.language == "zh":
        begins, ends = _word_edges(laid, sides)
        begin, close = begin & begins, close & ends
    walls = np.concatenate(([0], np.cumsum(laid.wall | _gaps(laid))))
    starts = np.flatnonzero(begin)
    firsts, ends_found = [], []
    for length in range(1, LONGEST[laid.language] + 1):
        last = starts + length - 1
        inside = last < laid.size
        starts, last = starts[inside], last[inside]
        free = walls[last + 1] == walls[starts]
        starts, last = starts[free], last[free]
        good = close[last]
        firsts.append(starts[good])
        ends_found.append(last[good] + 1)
    return np.concatenate(firsts), np.concatenate(ends_found)


def _gaps(laid: Laid) -> Flags:
    found = np.zeros(laid.size, dtype=bool)
    found[laid.starts[1:] - 1] = True
    found[-1:] = True
    return found


def _before(flags: npt.NDArray[np.bool_]) -> Flags:
    return np.concatenate(([False], flags[:-1])) if len(flags) else flags


def _after(flags: npt.NDArray[np.bool_]) -> Flags:
    return np.concatenate((flags[1:], [False])) if len(flags) else flags


def _english_edges(laid: Laid) -> tuple[Flags, Flags]:
    """A word that says something; a year or another number only beside a capitalised word or in a compound."""
    number = laid.number & (laid.joined | _before(laid.joined) | _after(laid.capital) | _before(laid.capital))
    year = np.array([_is_year(laid, k) if number[k] else False for k in range(laid.size)], dtype=bool)
    return (
        (laid.content | (year & _after(laid.capital))) & ~_before(laid.joined),
        (laid.content | (year & _before(laid.capital)) | (laid.number & _before(laid.joined))) & ~laid.joined,
    )


def _is_year(laid: Laid, place: int) -> bool:
    text = int(laid.text[place])
    units = laid.texts[text]
    key = units.keys[place - int(laid.starts[text])]
    return len(key) == 4 and key.isdigit()


def _chinese_edges(laid: Laid) -> tuple[Flags, Flags]:
    free = ~_before(laid.joined)
    opening = laid.opening > 0
    closing = laid.opening < 0
    return (laid.content | opening) & free, (laid.content | closing) & ~laid.joined


def _word_edges(laid: Laid, sides: Sequence[SideWords]) -> tuple[Flags, Flags]:
    """Where a word begins and ends; a word of one character that is none of those that stand between terms."""
    begins, ends = np.zeros(laid.size, dtype=bool), np.zeros(laid.size, dtype=bool)
    for side, start in zip(sides, laid.starts.tolist(), strict=True):
        for a, b in zip(side.begins.tolist(), side.ends.tolist(), strict=True):
            key = side.units.keys[a] if b == a + 1 else ""
            begins[start + a] = key not in ZH_NO_BEGIN
            ends[start + b - 1] = key not in ZH_NO_END
    return begins, ends


def _count(flags: npt.NDArray[np.bool_], first: Numbers, end: Numbers) -> Numbers:
    total = np.concatenate(([0], np.cumsum(flags)))
    return np.asarray(total[end] - total[first])


def _sound_english(laid: Laid, first: Numbers, end: Numbers) -> Flags:
    """Not too many words, commas only in names, no two function words in a row but "of the" and its like."""
    function = laid.function & ~laid.content
    the = laid.hashes == _word_hash("the")
    after_and = _before(laid.hashes == _word_hash("and"))
    as_a = (laid.hashes == _word_hash("a")) & _before(laid.hashes == _word_hash("as"))
    awkward = function & _before(function) & ~(the | after_and | as_a)
    content = _count(laid.content, first, end)
    capital = _count(laid.content & laid.capital, first, end)
    sound: Flags = (
        (content <= MOST_CONTENT)
        & (_count(awkward, first, end) == 0)
        & ((_count(laid.comma, first, end) == 0) | ((capital >= content - 1) & (_ands(laid, first, end) > 0)))
        & (content > 0)
    )
    return sound


def _ands(laid: Laid, first: Numbers, end: Numbers) -> Numbers:
    return _count(laid.hashes == _word_hash("and"), first, end)


def _word_hash(word: str) -> np.uint64:
    from search.locating.ngrams import unit_hashes

    return np.uint64(unit_hashes([word], "en")[0])


def _sound_chinese(laid: Laid, first: Numbers, end: Numbers) -> Flags:
    """At least two characters or a word of letters; marks of quotation in pairs, and not around the whole."""
    depth = np.concatenate(([0], np.cumsum(laid.opening)))
    length = end - first
    letters = laid.content[first] & ~laid.number[first] & (laid.upper[first] | laid.joined[first])
    whole = (laid.opening[first] > 0) & (laid.opening[end - 1] < 0)
    digits = _count(laid.number, first, end) == length
    sound: Flags = (depth[first] == depth[end]) & ((length > 1) | letters) & ~whole & ~digits
    return sound


def _described(laid: Laid, first: Numbers, end: Numbers) -> Runs:
    order = np.lexsort((end, first))
    first, end = first[order], end[order]
    hashes = np.zeros(len(first), dtype=np.uint64)
    for length, numbers in enumerate(run_hashes(laid.hashes, LONGEST[laid.language]), start=1):
        here = np.flatnonzero(end - first == length)
        hashes[here] = numbers[first[here]]
    before, after = np.maximum(first - 1, 0), np.minimum(end, laid.size - 1)
    edge = np.concatenate((laid.hashes, [np.uint64(0)]))
    word = laid.content | laid.number
    telling = laid.content & ~laid.begins
    told = _count(telling, first, end)
    name = _count(telling & laid.capital, first, end) / np.maximum(told, 1)
    name = np.where(told == 0, 0.0, name)
    # a text without any capital, or in nothing but capitals, does not say what a name is
    letters = laid.content & (laid.capital | laid.upper)
    small = laid.content & ~laid.upper
    cased = (np.bincount(laid.text, weights=letters) > 0) & (np.bincount(laid.text, weights=small) > 0)
    shape, strung = shapes(laid, first, end) if laid.language == "en" else (np.zeros(len(first), dtype=np.int8),) * 2
    start = laid.starts[laid.text[first]]
    return Runs(
        laid.text[first],
        first - start,
        end - start,
        first,
        hashes,
        name,
        cased[laid.text[first]],
        laid.upper[first] & (end - first == 1),
        ~word[before] | (first == start),
        ~word[after],
        shape,
        strung.astype(bool),
        (laid.opening[before] > 0) & (laid.opening[after] < 0),
        _count(laid.function, first, end),
        edge[before],
        edge[after],
        laid.hashes[first],
        laid.hashes[end - 1],
    )
