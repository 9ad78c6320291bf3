"""Terms of the glossary in a running text: of overlapping ones the longest, whatever their script, case or inflection.

Both languages are read once, left to right; at each place the longest term that begins there wins, and reading goes on
behind it, so that 刑警组织 is never found inside 国际刑警组织 where the glossary has both.

Chinese is compared as ``search.folding`` folds it: traditional as simplified, full width as half, no space beside a
Chinese character. Terms are kept by their first two characters, so that nearly all places are done with at one look.

English is compared word by word, each word without possessive and plural and in one spelling of British and American
(``search.precedents.renderings.group_key``). Words are then joined, so that "counter-terrorism", "counter terrorism"
and "counterterrorism" are one; where only one side has a boundary, it must be a hyphen or stand behind a prefix: "not
able" is not "notable". Terms are kept by their first three letters. A mark between two words must be the same in both.
An abbreviation in capitals ("WHO", "AIDS") is not found in a word in small letters; where most terms are in capitals,
as in the thesaurus of the UN, that holds only of what would be a function word ("ITS", "IT", "AN").
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import regex

from align.document import Language
from glossary.concepts import Concept, Term, TermType
from glossary.duplicates import family
from search.folding import character_table, fold, folded
from search.locating.boundaries import ARTICLES, LINKS, OTHERS
from search.precedents.renderings import group_key

_SPACES = regex.compile(r"[\s\p{Pd}\u2212]+")
_BESIDE_HAN = regex.compile(r"[\p{Han}\u3001-\u303f\u00b7]")
# Characters that fold one by one, none of them with its neighbours: nearly all texts consist of them.
_SIMPLE = regex.compile(r"[\x00-\x7f\p{Han}\u3001-\u3029\uff01-\uff5e\u3000‘’“”–—·]*")
_WORD = regex.compile(r"(?P<word>[\p{L}\p{M}\p{N}]+)(?P<own>'s?(?![\p{L}\p{N}]))?")
_LATIN = regex.compile(r"[[\p{L}\p{M}\p{N}]--\p{Han}]", regex.V1)
_PREFIXES = frozenset("anti co counter cross cyber intra inter multi non post pre re socio sub trans under".split())
_HYPHENS = regex.compile(r"[\p{Pd}\u2212]")
_FUNCTION = ARTICLES | LINKS | OTHERS
_WIDEST = 3  # characters between two words of one term
_LONGEST_ACRONYM = 6  # letters
_HEAD = 3  # letters of the joined words by which English terms are kept


@dataclass(frozen=True, slots=True)
class Match:
    """A term in a text at [start, end), code points of the text as it was given; ``concept`` is the concept's id."""

    term: Term
    concept: str
    start: int
    end: int


class _Entry(NamedTuple):
    term: Term
    concept: str
    boundaries: Mapping[int, str]  # English: letters before it in the joined words, and the mark that stands there
    capitals: bool


class _Word(NamedTuple):
    key: str
    start: int
    end: int
    before: str  # what stands between the word before and this one


class _Plain(NamedTuple):
    """Folded text; character k comes from ``original[starts[k]:ends[k]]``."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the original."""
        return self.starts[start], self.ends[end - 1]


class TermMatcher:
    """Finds the terms of one language; built once, it may be asked for any number of texts."""

    def __init__(self, terms: Iterable[tuple[str, Term]], language: Language) -> None:
        """Terms with the ids of their concepts; those of other languages are left out ("zh-Hant" is "zh")."""
        self.language = language
        own = [(concept, term) for concept, term in terms if family(term.language) == language]
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._reaches: dict[str, frozenset[int]] = {}
        self._fill(own)

    @classmethod
    def of(cls, concepts: Iterable[Concept], language: Language) -> TermMatcher:
        """For all terms of some concepts in a language."""
        return cls(((concept.id, term) for concept in concepts for term in concept.terms), language)

    def __len__(self) -> int:
        """How many different terms are looked for."""
        return len(self._entries)

    def find(self, text: str) -> list[Match]:
        """All terms in a text, in order, none overlapping another; a term of several concepts once for each of them."""
        if not self._entries:
            return []
        return self._chinese(text) if self.language == "zh" else self._english(text)

    def _fill(self, terms: list[tuple[str, Term]]) -> None:
        telling = sum(term.text.isupper() for _, term in terms) * 2 < len(terms)
        lengths: dict[str, set[int]] = defaultdict(set)
        for concept, term in terms:
            key, boundaries = self._divided(term.text)
            if key and not _by_inflection_only(key, term.text):
                name = term.text.lower() in _FUNCTION or term.type is TermType.ABBREVIATION
                capitals = _acronym(term.text) and (telling or name)
                self._entries[key].append(_Entry(term, concept, boundaries, capitals))
                lengths[key[: 2 if self.language == "zh" else _HEAD]].add(len(key))
        self._lengths = {head: tuple(sorted(known, reverse=True)) for head, known in lengths.items()}

    def _divided(self, text: str) -> tuple[str, Mapping[int, str]]:
        return (folded(text), {}) if self.language == "zh" else _joined(_words(_plain(text).text))

    def _chinese(self, text: str) -> list[Match]:
        plain = _without_loose_space(_plain(text))
        found: list[Match] = []
        known, at, seen = self._lengths, 0, plain.text
        while at < len(seen):
            end = self._end(seen, at) if seen[at : at + 2] in known or seen[at] in known else 0
            if end:
                start, stop = plain.place(at, end)
                found += [Match(entry.term, entry.concept, start, stop) for entry in self._entries[seen[at:end]]]
            at = end or at + 1
        return found

    def _end(self, seen: str, at: int) -> int:
        """Where the longest term ends that begins here; 0 for none."""
        for head in (seen[at : at + 2], seen[at]):
            for length in self._lengths.get(head, ()):
                end = at + length
                if end <= len(seen) and seen[at:end] in self._entries and _whole(seen, at, end):
                    return end
        return 0

    def _english(self, text: str) -> list[Match]:
        plain = _plain(text)
        words = _words(plain.text)
        found: list[Match] = []
        at = 0
        while at < len(words):
            count, entries = self._longest(words, at, text, plain)
            if count:
                start, end = plain.place(words[at].start, words[at + count - 1].end)
                found += [Match(entry.term, entry.concept, start, end) for entry in entries]
            at += count or 1
        return found

    def _longest(self, words: list[_Word], at: int, text: str, plain: _Plain) -> tuple[int, list[_Entry]]:
        """How many words the longest term has that begins here, and the entries; 0 for none."""
        begin, last = words[at].key, at + 1
        while len(begin) < _HEAD and last < len(words):
            begin, last = begin + words[last].key, last + 1
        lengths = self._reach(begin[:_HEAD])
        if not lengths:  # as at most places
            return 0, []
        longest = max(lengths)
        best: tuple[int, list[_Entry]] = (0, [])
        joined = ""
        for k in range(at, len(words)):
            if k > at and len(words[k].before) > _WIDEST:
                break
            joined += words[k].key
            if len(joined) > longest:
                break
            if len(joined) in lengths and joined in self._entries:
                fitting = self._fitting(joined, words[at : k + 1], text, plain)
                best = (k + 1 - at, fitting) if fitting else best
        return best

    def _reach(self, begin: str) -> frozenset[int]:
        """The lengths of the terms that may begin so."""
        known = self._reaches.get(begin)
        if known is None:
            heads = (begin[:k] for k in range(1, len(begin) + 1))
            known = frozenset(length for head in dict.fromkeys(heads) for length in self._lengths.get(head, ()))
            self._reaches[begin] = known
        return known

    def _fitting(self, key: str, words: list[_Word], text: str, plain: _Plain) -> list[_Entry]:
        _, boundaries = _joined(words)
        start, _ = plain.place(words[0].start, words[-1].end)
        small = not text[start : start + 2].isupper()
        return [
            entry
            for entry in self._entries[key]
            if not (entry.capitals and small) and _alike(key, boundaries, entry.boundaries)
        ]


def _joined(words: list[_Word]) -> tuple[str, dict[int, str]]:
    """The words as one, and what stands between them, by the letters before it."""
    joined, boundaries = "", {}
    for word in words:
        if joined:
            boundaries[len(joined)] = word.before
        joined += word.key
    return joined, boundaries


def _alike(key: str, first: Mapping[int, str], second: Mapping[int, str]) -> bool:
    """Whether two ways to divide the same letters into words are those of one term."""
    if first == second:
        return True
    for place in first.keys() | second.keys():
        if place in first and place in second:
            if _mark(first[place]) != _mark(second[place]):
                return False
        elif not _may_be_missing(first.get(place) or second[place], key[:place]):
            return False
    return True


def _mark(between: str) -> str:
    """What stands between two words beside space, hyphen and apostrophe."""
    return _SPACES.sub("", between).replace("'", "")


def _may_be_missing(between: str, before: str) -> bool:
    if between == ".":  # U.N.
        return True
    return bool(_HYPHENS.fullmatch(between)) or (not between.strip() and before in _PREFIXES)


def _words(plain: str) -> list[_Word]:
    found: list[_Word] = []
    last = 0
    for word in _WORD.finditer(plain):
        found.append(_Word(_key(word["word"]), word.start(), word.end("word"), plain[last : word.start()]))
        last = word.end() if word["own"] == "'s" else word.end("word")
    return found


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    if word.endswith("ics"):  # economics is no plural
        return word
    return group_key(word, "en") or word


def _acronym(text: str) -> bool:
    return text.isupper() and text.isalpha() and len(text) <= _LONGEST_ACRONYM


def _by_inflection_only(key: str, text: str) -> bool:
    """Whether a term becomes a function word without its plural: theses, wills."""
    return key in _FUNCTION and key != text.lower()


def _whole(seen: str, start: int, end: int) -> bool:
    """Whether no word of Latin letters goes on beyond either end."""
    before, after = seen[start - 1 : start], seen[end : end + 1]
    return not (
        (before and before > "/" and _LATIN.match(before) and _LATIN.match(seen[start]))
        or (after and _LATIN.match(after) and _LATIN.match(seen[end - 1]))
    )


def _plain(text: str) -> _Plain:
    """Text folded character by character, spaces as they are; where that cannot be, as ``search.folding`` does it."""
    plain = text.lower() if text.isascii() else ""
    if not plain and _SIMPLE.fullmatch(text):
        plain = unicodedata.normalize("NFKC", text).translate(character_table()).casefold()
    if len(plain) == len(text):
        return _Plain(plain, range(len(plain)), range(1, len(plain) + 1))
    seen = fold(text)
    return _Plain(seen.text, seen.starts, seen.ends)


def _without_loose_space(plain: _Plain) -> _Plain:
    """With one space for a run of them, and none beside a Chinese character."""
    kept: list[int] = []
    last = 0
    for run in _SPACES.finditer(plain.text):
        kept += range(last, run.start())
        last = run.end()
        edges = plain.text[run.start() - 1 : run.start()], plain.text[last : last + 1]
        if all(edge and not _BESIDE_HAN.match(edge) for edge in edges):
            kept.append(run.start())
    if not last:
        return plain
    kept += range(last, len(plain.text))
    text = _SPACES.sub(" ", "".join([plain.text[k] for k in kept]))
    return _Plain(text, [plain.starts[k] for k in kept], [plain.ends[k] for k in kept])
