"""Splits a paragraph into sentences, Chinese or English, by rules.

What counts as a boundary, and why (figures: ``python -m benchmarks.sentences``):

- Chinese: 。！？ and ； with what closes after them, and their half-width forms after a Han character. ； divides
  statements that English puts in sentences of their own about as often as not; it is a boundary unless the next
  item of an enumeration follows. An ellipsis or a dash goes on unless a quotation closes with it. An ASCII full
  stop never ends a Chinese sentence: it belongs to numbers, symbols and headings.
- English: . ? ! where what follows looks like a beginning. ; is no boundary: it separates the items of lists, and
  where it divides statements the two or three Chinese pieces meet the whole English sentence as an n-to-1 bead.
- Brackets stay whole in both, and so does a short quotation in Chinese. Numbers at the beginning ("1.", "III.")
  and note marks after a stop stay with their sentence. Line breaks count as spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from align.document import Language
from align.sentence_words import BEFORE_NUMERAL, INTRODUCED_LETTER, MAY_BE_LAST, NEVER_LAST, STARTERS, TITLES

LONGEST_BRACKET = 300  # code points; a bracket that closes farther away is not taken for one
LONGEST_WHOLE_QUOTATION = 40  # a Chinese quotation up to this length is not split

_BRACKETS = {"(": ")", "（": "）", "[": "]", "［": "］", "【": "】", "《": "》", "〈": "〉", "〔": "〕"}
_QUOTES = {"“": "”", "「": "」", "『": "』"}
_CLOSING = "[”’」』）)】》〉〕\\]］\"']"
_NOTE_MARKS = r"(?:[⁰¹²³⁴-⁹]+|\[\d{1,3}\]|<sup>[^<]{1,8}</sup>)"
_WORD = regex.compile(r"[\p{L}\p{N}]")
_LETTER = regex.compile(r"\p{L}")
_HAN = regex.compile(r"\p{Han}")

_ZH_STOP = regex.compile(
    r"(?:[。！？；｡]"
    r"|(?<=\p{Han}[）)”」』》\"]?)[!?;]"
    r"|(?<=[\p{Nd}%）)])[!?;](?![A-Za-z0-9=&])"
    rf"|…+(?={_CLOSING}))"
    rf"[。！？!?…]*(?P<close>{_CLOSING}*){_NOTE_MARKS}*"
)
# After a closing quotation these say that it is only a part of its sentence.
_ZH_GOES_ON = regex.compile(r"\s*[，、；：。！？,;:…—)）》的等]")
_ZH_NEXT_ITEM = regex.compile(
    r"\s*(?:以及|和|及|或|并)?\s*(?:[(（](?:[a-z]|[ivx]+|\d{1,2}|[一二三四五六七八九十]+)[)）]|[①-⑳])"
)

_EN_STOP = regex.compile(
    rf"(?P<stop>\.(?:\s?\.)+|…+|[.?!]+){_CLOSING}*(?:(?<=\p{{L}}[.?!]+{_CLOSING}*)\d{{1,3}})?"
    rf"{_NOTE_MARKS}*{_CLOSING}*(?:\s\d{{1,3}}/)*(?=\s)"  # " 3/" is a note mark of the typewriter age
)
_EN_BEGINS = regex.compile(
    r"\s+(?:[-–—]\s*)?[\"“‘'«]?(?:\p{Lu}|\p{Nd}|\p{Han}|[(\[][\"“]?(?:\p{Lu}|(?:\d{1,2}|[a-z]|[ivx]{1,4})\)))"
)
_EN_TOKEN = regex.compile(r"[\p{L}\p{N}.&'’-]*$")
_EN_ACRONYM = regex.compile(r"(?:\p{L}\.)+\p{L}")
_EN_NUMERAL = regex.compile(r"\s*(?:[(\[]?(?:\d|[IVXLC]+\b|[A-Z]\b)|[(\[](?:[a-z]|[ivx]+)[)\]])")
_EN_ENUMERATOR = regex.compile(r"\s*(?:[-–—•*]\s*)?[(\[]?(?:\d{1,4}|[A-Za-z]|[IVXLCivxlc]{1,6})[.)\]]+\s*")
_EN_STARTER = regex.compile(rf"\s+[\"“(]?(?:{'|'.join(STARTERS)})\b(?!\.)")  # "A." is an initial
_EN_LETTERED = regex.compile(rf"\b(?:{'|'.join(INTRODUCED_LETTER)})\s+$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence's place in its paragraph: code-point offsets, ``end`` is past the last."""

    start: int
    end: int


def split(text: str, language: Language) -> tuple[Span, ...]:
    """Return the sentences of a paragraph: in order, none empty, every non-space character in exactly one."""
    return _spans(text, _chinese_ends(text) if _is_chinese(text, language) else _english_ends(text))


def sentences(text: str, language: Language) -> tuple[str, ...]:
    """Return the texts of the sentences of a paragraph, without the spaces between them."""
    return tuple(text[span.start : span.end] for span in split(text, language))


def _is_chinese(text: str, language: Language) -> bool:
    """Tell which rules serve: a Chinese document has English paragraphs too, and the reverse."""
    han = len(_HAN.findall(text))
    return han > 0 and (language == "zh" or 2 * han > len(_LETTER.findall(text)))


def _spans(text: str, ends: Iterable[int]) -> tuple[Span, ...]:
    """Cut at ``ends`` and trim; a piece without letter or digit (a stray dash) joins the one before it."""
    pieces: list[Span] = []
    start = 0
    for end in (*ends, len(text)):
        piece = text[start:end]
        left, right = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = end
        if left >= right:
            continue
        wordless = pieces and not (
            _WORD.search(text, left, right) and _WORD.search(text, pieces[-1].start, pieces[-1].end)
        )
        if wordless:
            pieces[-1] = Span(pieces[-1].start, right)
        else:
            pieces.append(Span(left, right))
    return tuple(pieces)


def _enclosed(text: str, pairs: dict[str, str], longest: int) -> tuple[Span, ...]:
    """Return the outermost pairs of brackets or quotes that close within ``longest`` code points."""
    found: list[Span] = []
    closers = set(pairs.values())
    stack: list[tuple[str, int]] = []
    for index, character in enumerate(text):
        if character in pairs:
            stack.append((pairs[character], index))
        elif character in closers and any(closer == character for closer, _ in stack):
            while stack[-1][0] != character:  # an opener that never closes
                stack.pop()
            _, start = stack.pop()
            if index + 1 - start <= longest:
                while found and found[-1].start > start:
                    found.pop()
                found.append(Span(start, index + 1))
    return tuple(found)


class _Cuts:
    """Says whether a cut would fall inside one of some spans that are in order; asked in rising order."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self._spans = spans
        self._next = 0

    def enclosing(self, offset: int) -> Span | None:
        """Return the span that holds the character before ``offset``, if any."""
        while self._next < len(self._spans) and self._spans[self._next].end < offset:
            self._next += 1
        if self._next < len(self._spans) and self._spans[self._next].start < offset:
            return self._spans[self._next]
        return None


def _chinese_ends(text: str) -> Iterator[int]:
    brackets = _Cuts(_enclosed(text, _BRACKETS, LONGEST_BRACKET))
    quotations = _Cuts(_enclosed(text, _QUOTES, LONGEST_WHOLE_QUOTATION))
    quotes = _QuoteCounter(text)
    for match in _ZH_STOP.finditer(text):
        end = match.end()
        if text[end - 1] == '"' and quotes.before(end) % 2:
            end -= 1  # it opens the next sentence
        bracket, quotation = brackets.enclosing(end), quotations.enclosing(end)
        if bracket and (bracket.end > end or not _stands_alone(text, bracket)):
            continue
        if quotation and quotation.end > end:
            continue
        if end > match.start("close") and match["close"] and _ZH_GOES_ON.match(text, end):
            continue
        if match[0][0] in "；;" and _ZH_NEXT_ITEM.match(text, end):
            continue
        yield end


class _QuoteCounter:
    """Counts straight quotes from the left; asked in rising order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._upto = self._count = 0

    def before(self, offset: int) -> int:
        """Return how many straight quotes stand before ``offset``."""
        self._count += self._text.count('"', self._upto, offset)
        self._upto = max(self._upto, offset)
        return self._count


def _stands_alone(text: str, bracket: Span) -> bool:
    """Tell whether a bracket that ends with a stop is a sentence of its own, not a remark within one."""
    if text[bracket.start] == "《":
        return False
    for index in range(bracket.start - 1, -1, -1):
        if not text[index].isspace():
            return text[index] in "。！？；”」』"
    return True


def _english_ends(text: str) -> Iterator[int]:
    brackets = _Cuts(_enclosed(text, _BRACKETS, LONGEST_BRACKET))
    start = 0
    for match in _EN_STOP.finditer(text):
        bracket = brackets.enclosing(match.end())
        if bracket and bracket.end > match.end():
            continue
        if not _EN_BEGINS.match(text, match.end()) or _EN_ENUMERATOR.fullmatch(text, start, match.end()):
            continue
        if match["stop"] == "." and not _full_stop_ends(text, match.start(), match.start() + 1):
            continue
        start = match.end()
        yield start


def _full_stop_ends(text: str, stop: int, after: int) -> bool:
    """Tell whether the full stop at ``stop`` ends a sentence and not just an abbreviation or initial."""
    found = _EN_TOKEN.search(text, max(0, stop - 40), stop)
    token = found[0].lstrip("'’-.&") if found else ""
    word = token.lower()
    if word in NEVER_LAST or (word in TITLES and token[:1].isupper()):
        return False
    if word in BEFORE_NUMERAL:
        return _EN_NUMERAL.match(text, after) is None or _EN_STARTER.match(text, after) is not None
    if word in {"a.m", "p.m"}:
        return True
    if word in MAY_BE_LAST or _EN_ACRONYM.fullmatch(token):
        return _EN_STARTER.match(text, after) is not None
    if len(token) == 1 and token.isupper():
        introduced = _EN_LETTERED.search(text, max(0, stop - 30), stop - 1)
        return introduced is not None or _EN_STARTER.match(text, after) is not None
    return True
