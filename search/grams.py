"""What texts are looked up by: tokens of folded text (``search.folding``), the same for both languages.

A word is a run of letters, marks and digits other than Chinese characters; it is one token. Chinese has no words that
could be told apart by looking: every Chinese character gives one token, itself with the Chinese character that
follows it directly, or itself alone where none does. A phrase that stands in a text has all its tokens there, one
after the other, whatever stands around it. What lies between tokens (marks, spaces) the index does not know: whether
the phrase really stands there is for ``Phrase.stands_in`` to say.

The index of every corpus holds what ``tokens`` gave when a pair was stored, and pairs are taken out of it by the same
tokens: whoever changes ``tokens`` adds a migration that makes the index anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import regex

from search.folding import fold, folded

LONGEST = 64  # characters of a word that count; indexes have limits, and nobody knows longer words apart
MOST = 32  # tokens of a phrase that an index is asked for; the rest is for ``Phrase.stands_in``

_RUN = regex.compile(r"(?P<han>\p{Han}+)|[[\p{L}\p{M}\p{N}]--\p{Han}]+", regex.V1)
# The same for nearly all texts, whose letters are of ASCII, and in half the time.
_PLAIN = re.compile("[\x00-\x7f\u3001-\u3004\u3008-\u3011\u3400-\u4dbf\u4e00-\u9fff]*")
_PLAIN_RUN = re.compile("(?P<han>[\u3400-\u4dbf\u4e00-\u9fff]+)|[a-zA-Z0-9]+")
_HAN = regex.compile(r"\p{Han}")
_WORD = regex.compile(r"[[\p{L}\p{M}\p{N}]--\p{Han}]", regex.V1)
_SIMPLE_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def tokens(text: str) -> list[str]:
    """The tokens of a folded text in its order. None holds a space, or a mark of ASCII."""
    found: list[str] = []
    for run in (_PLAIN_RUN if _PLAIN.fullmatch(text) else _RUN).finditer(text):
        piece = run[0]
        if run.lastgroup is None:
            found.append(piece[:LONGEST])
        else:
            found.extend(map(str.__add__, piece, piece[1:]))
            found.append(piece[-1])
    return found


@dataclass(frozen=True, slots=True)
class Phrase:
    """What someone looks up, folded.

    A word at either end is a whole word ("act" is not in "fact"); with ``any_ending``, the last one may go on. A
    Chinese character may have anything beside it. ``tokens`` stand one after the other in every text that holds the
    phrase; with ``begun``, the last one is only the beginning of the text's token. A phrase of marks alone has none.
    """

    text: str
    any_ending: bool
    tokens: tuple[str, ...]
    begun: bool

    @classmethod
    def of(cls, typed: str) -> Phrase:
        """The phrase that is meant; a star at the end of a word, and of the phrase, means any ending."""
        text = folded(typed)
        starred = text[-1:] == "*" and _is_word(text[-2:-1])
        if starred:
            text = text[:-1]
        found = tokens(text)
        begun = starred
        if _HAN.fullmatch(text[-1:]):  # what follows it in a text is not known
            begun = not _HAN.fullmatch(text[-2:-1])
            if not begun:
                found.pop()
        return cls(text, starred, tuple(found[:MOST]), begun and len(found) <= MOST)

    def stands_in(self, text: str) -> bool:
        """Whether it is in an already folded text."""
        return self._next(text, 0) is not None

    def places(self, original: str) -> tuple[tuple[int, int], ...]:
        """Where it stands in a text as it was written: spans of code points, none overlapping another."""
        text = fold(original)
        found: list[tuple[int, int]] = []
        place = self._next(text.text, 0)
        while place is not None:
            found.append(text.span(*place))
            place = self._next(text.text, place[1])
        return tuple(found)

    def _next(self, text: str, start: int) -> tuple[int, int] | None:
        """The first place at ``start`` or after it."""
        at = text.find(self.text, start) if self.text else -1
        while at >= 0:
            end = at + len(self.text)
            if self.any_ending:
                while _is_word(text[end : end + 1]):
                    end += 1
            if not _within_word(text, at) and not _within_word(text, end):
                return at, end
            at = text.find(self.text, at + 1)
        return None


def _within_word(text: str, at: int) -> bool:
    """Whether the characters before and at this place belong to one word."""
    return at > 0 and _is_word(text[at : at + 1]) and _is_word(text[at - 1 : at])


def _is_word(character: str) -> bool:
    return character in _SIMPLE_WORD or _is_letter(character)


@lru_cache(maxsize=4096)
def _is_letter(character: str) -> bool:
    return _WORD.fullmatch(character) is not None
