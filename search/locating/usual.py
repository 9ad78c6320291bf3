"""The renderings that some of a term's occurrences have, looked for in the others as plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import regex

from align.document import Language
from search.locating.choice import LIKELY, Located, Rendered
from search.locating.ngrams import plain
from search.locating.study import other_language
from search.locating.word_statistics import TextPair
from search.locating.words import cut, fold

SURE = 0.8  # a rendering seen once must be this sure to be looked for elsewhere


class _CharacterFolds(dict[int, str]):
    """Code point to its folded form where that is one character too, so that places stay the same."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        found = fold(character)
        self[code] = found if len(found) == 1 else character
        return self[code]


_FOLDS = _CharacterFolds()
_LETTER = r"[\p{L}\p{M}--\p{Han}]"
_NOT_BEFORE = {"word": rf"(?<!{_LETTER})", "number": r"(?<!\p{N})"}  # what a unit of that kind would go on with
_NOT_AFTER = {"word": rf"(?!{_LETTER})", "number": r"(?!\p{N})"}


def fold_in_place(text: str) -> str:
    """The text folded as ``search.locating.words`` does it, as far as every character keeps its place."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)


@dataclass(frozen=True)
class Phrase:
    """Finds a run of units in folded text: words whole, whatever space stands between the units."""

    stem: str  # stands in every match: telling that there is none is quick
    pattern: regex.Pattern[str]

    @classmethod
    def of(cls, key: str, language: Language, numbers: bool) -> Phrase:
        """``key`` is a folded text; ``numbers``: English words in singular and plural."""
        units = cut(key, language)
        written = [_forms(word) if numbers else (word,) for word in units.keys]
        joined = ""
        for k, forms in enumerate(written):
            if k:
                joined += r"\s+" if units.kinds[k - 1] == units.kinds[k] == "word" else r"\s*"
            joined += "(?:" + "|".join(map(regex.escape, forms)) + ")"
        if units.kinds:
            joined = _NOT_BEFORE.get(units.kinds[0], "") + joined + _NOT_AFTER.get(units.kinds[-1], "")
        longest = max(map(_stem, written), key=len, default="")
        return cls(longest, regex.compile(joined or "(?!)", regex.V1))

    def find(self, text: str) -> list[tuple[int, int]]:
        """All places in a folded text."""
        if self.stem not in text:
            return []
        return [found.span() for found in self.pattern.finditer(text)]


def _forms(word: str) -> tuple[str, ...]:
    """The forms of an English word that are the same without the plural's ending."""
    stem = plain(word)
    every = dict.fromkeys((stem, stem + "s", stem[:-1] + "ies" if stem.endswith("y") else stem))
    return tuple(form for form in every if plain(form) == stem) or (word,)


def _stem(forms: tuple[str, ...]) -> str:
    shortest = min(forms, key=len)
    return shortest if all(form.startswith(shortest) for form in forms) else shortest[:-1]


@dataclass(frozen=True)
class Term:
    """A term as it is looked for in texts."""

    language: Language
    phrases: tuple[Phrase, ...]  # the next only where the one before finds nothing

    @classmethod
    def of(cls, term: str, language: Language) -> Term:
        """English ones in the other number too, where they do not stand as they are."""
        units = cut(term, language)
        key = (" " if language == "en" else "").join(units.keys)
        numbers = (False, True) if language == "en" else (False,)
        return cls(language, tuple(Phrase.of(key, language, either) for either in numbers) if key else ())

    def find(self, text: str) -> list[tuple[int, int]]:
        """All places in a folded text."""
        return next((found for found in (phrase.find(text) for phrase in self.phrases) if found), [])


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A pair that holds a term, as far as plain text shows: where it stands, and the other side as it is and folded."""

    id: str
    term_spans: tuple[tuple[int, int], ...]
    size: int  # of the term's side
    text: str
    folded: str

    @classmethod
    def find(cls, term: Term, pair: TextPair) -> Occurrence | None:
        """None where the term is not seen: a text with characters that fold into several may hold it nevertheless."""
        source = pair.side(term.language)
        spans = term.find(fold_in_place(source))
        if not spans:
            return None
        text = pair.side(other_language(term.language))
        return cls(pair.id, tuple(spans), len(source), text, fold_in_place(text))


@dataclass(frozen=True)
class Usual:
    """The renderings that a sample of a term's occurrences has, by folded form: how many, and their mean confidence.

    The most frequent come first; ``inside`` says of each which others it is a part of.
    """

    language: Language
    counts: Mapping[str, int]
    confidence: Mapping[str, float]
    phrases: Mapping[str, Phrase]
    inside: Mapping[str, frozenset[str]]

    @classmethod
    def gather(cls, sample: Iterable[Rendered], language: Language) -> Usual:
        """From the located ones that are more likely right than wrong."""
        sure = [one for rendered in sample for one in rendered.renderings if one.confidence >= LIKELY]
        often = Counter(one.key for one in sure)
        sums: Counter[str] = Counter()
        for one in sure:
            sums[one.key] += one.confidence  # type: ignore[assignment]
        confidence = {key: sums[key] / count for key, count in often.most_common()}
        counts = {key: often[key] for key in confidence if often[key] > 1 or confidence[key] >= SURE}
        glue = " " if language == "en" else ""
        inside = {
            key: frozenset(one for one in counts if one != key and f"{glue}{key}{glue}" in f"{glue}{one}{glue}")
            for key in counts
        }
        phrases = {key: Phrase.of(key, language, language == "en") for key in counts}
        return cls(language, counts, confidence, phrases, inside)

    def look_for(self, pair: Occurrence) -> Rendered | None:
        """The most frequent of them in a pair, the longer first where one holds the other; None without any.

        As many as there are occurrences of the term.
        """
        there = {key: places for key, phrase in self.phrases.items() if (places := phrase.find(pair.folded))}
        spans, text = pair.term_spans, pair.text
        found: list[Located] = []
        for key, places in there.items():
            if not self.inside[key].isdisjoint(there):
                continue
            for start, end in places:
                if len(found) < len(spans) and all(end <= one.span[0] or start >= one.span[1] for one in found):
                    one = Located(pair.id, spans, (start, end), text[start:end], key, self.confidence[key])
                    found.append(one)
        return Rendered.assigned(spans, found, (pair.size, len(text))) if found else None
