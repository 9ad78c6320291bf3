"""Where a term stands in a text: whatever its script, width, case, hyphens, number and spelling, as a whole word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import regex

from align.document import Language
from search.folding import character_table, fold, folded
from search.precedents.renderings import number_variants

Place = tuple[int, int]
_ISE = regex.compile(r"(?<=\p{L}{2})(is|iz)(?=(?:e[drs]?|ers|ing|ations?|ational)(?!\p{L}))", regex.IGNORECASE)
_PREFIX = regex.compile(r"\b(counter|anti|multi|socio|non|sub)(?=\p{L}{4})", regex.IGNORECASE)
_LATIN = regex.compile(r"[\p{L}\p{N}--\p{Han}]", regex.V1)
# Nearly all texts: characters that fold one by one, each of them to something that a term's pattern knows.
_PLAIN = re.compile("[\x00-\x7f\u00b7‘’“”–—\u3000-\u3002\u3008-\u3011\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]*")


@dataclass(frozen=True)
class Sought:
    """A term as it is sought: the forms that it may take, folded, and one pattern for all of them."""

    forms: tuple[str, ...]
    pattern: regex.Pattern[str]

    @classmethod
    def make(cls, term: str, language: Language) -> Sought:
        """All forms of a term; no form where it holds no letter, digit or character."""
        forms = tuple(dict.fromkeys(f for form in _forms(term, language) if (f := folded(form))))
        longest_first = sorted(forms, key=len, reverse=True)
        return cls(forms, regex.compile("|".join(map(_pattern, longest_first)) or r"(?!)", regex.IGNORECASE))

    def places(self, text: str) -> tuple[Place, ...]:
        """All places of the term in a text, in order, none overlapping (code points, end exclusive)."""
        found = tuple(match.span() for match in self.pattern.finditer(text))
        return found or (() if _PLAIN.fullmatch(text) else self._folded_places(text))

    def _folded_places(self, text: str) -> tuple[Place, ...]:
        """Slower, and right for accents typed apart and invisible characters too."""
        if not any(form in plain for plain in (folded(text),) for form in self.forms):
            return ()  # as in nearly all texts, and seen much sooner than the places
        seen = fold(text)
        found = {place for form in self.forms for place in seen.find(form) if _whole(text, place)}
        kept: list[Place] = []
        for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
            if not kept or start >= kept[-1][1]:
                kept.append((start, end))
        return tuple(kept)


def overlapping(first: Place, second: Place) -> bool:
    """Whether two places share a character."""
    return first[0] < second[1] and second[0] < first[1]


def within(inner: Place, outer: Iterable[Place]) -> bool:
    """Whether a place lies in one of some larger ones."""
    return any(a <= inner[0] and inner[1] <= b and (a, b) != inner for a, b in outer)


def _forms(term: str, language: Language) -> Iterable[str]:
    if language == "zh":
        return (term,)
    forms = number_variants(" ".join(term.split()))
    forms += tuple(regex.sub(r"(?<=\p{L})\p{Pd}(?=\p{L})", "", form) for form in forms)
    forms += tuple(_PREFIX.sub(r"\1 ", form) for form in forms)
    swapped = {"is": "iz", "iz": "is"}
    return (*forms, *(_ISE.sub(lambda found: _like(swapped[found[0].lower()], found[0]), form) for form in forms))


def _like(new: str, old: str) -> str:
    return new.upper() if old.isupper() else new


def _whole(text: str, place: Place) -> bool:
    """Whether no word of Latin letters goes on beyond the place."""
    start, end = place
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (
        (_LATIN.match(text[start]) and before and _LATIN.match(before))
        or (_LATIN.match(text[end - 1]) and after and _LATIN.match(after))
    )


def _pattern(form: str) -> str:
    """A folded form as a pattern of what is folded to it."""
    pieces = []
    for character in form:
        if character == " ":
            pieces.append(r"[\s\p{Pd}\u2212]+")
            continue
        same = {character, *_unfolded().get(character, "")}
        if "!" <= character <= "~":
            same.add(chr(ord(character) + 0xFEE0))
        pieces.append(f"[{''.join(map(regex.escape, sorted(same)))}]" if len(same) > 1 else regex.escape(character))
    joined = "".join(pieces)
    if any(character >= "\u3400" for character in form):
        joined = r"[\s\p{Pd}]*".join(pieces)
    edge = r"[\p{L}\p{N}--\p{Han}]"
    left = rf"(?<!{edge})" if _LATIN.match(form[0]) else ""
    right = rf"(?!{edge})" if _LATIN.match(form[-1]) else ""
    return f"(?V1:{left}{joined}{right})" if left or right else joined


@cache
def _unfolded() -> dict[str, str]:
    """For each character those that are folded to it: 國 to 国."""
    back: dict[str, str] = defaultdict(str)
    for code, plain in character_table().items():
        back[plain] += chr(code)
    return dict(back)
