"""Lines of text to paragraphs: where a line break is only the end of a line, and how its two sides join."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MAX_WRAP_COLUMNS = 140  # nobody wraps by hand beyond this: longer lines are whole paragraphs
_FULL_SHARE = 0.82  # of the wrap width: proportional type, hyphens and hanging punctuation make lines end early
_MIN_WRAPPED_LINES = 3

# A line that begins so begins a paragraph of its own. An article's number counts only with a space after it:
# in wrapped text "第十条" may as well be the middle of a sentence.
STARTS_BLOCK = re.compile(
    r"""[ \t\u3000]*(?:
        [-*+•·●○■◆▪–—]\s            # a list's dash or bullet
      | \#{1,6}\s | \|  | >           # Markdown
      | \(?\d{1,3}[.)、．](?!\d)       # 1.  12)  3、
      | \d{1,2}(?:\.\d{1,2}){1,3}\.?\s # 2.1  3.4.2
      | [((]\s?(?:[a-z]{1,2}|[ivxlc]{1,6}|\d{1,3}|[一二三四五六七八九十]{1,3})\s?[))]   # (a) (iv) (三)
      | [a-z][.)]\s | [IVXLC]{1,6}\.\s
      | [一二三四五六七八九十百]{1,4}[、.．]
      | 第[一二三四五六七八九十百千零〇\d\s]{1,8}[条條章节節编編部款][\s\u3000]
      | Article\s\d+\b | Annex\b
      | [¹²³⁴-⁹]{1,3}\s? | <sup> | \[\^[^\]]+\]:
      | [A-Z]\.\s[A-Z\u4e00-\u9fff]
    )""",
    re.VERBOSE,
)
_CLOSERS = "”’」』》〉）)］]\"'*_"
_SHARED_MARKS = "“”‘’—…"
_TERMINALS = "。！？!?；;：:.…"
_REFERENCE_AT_END = re.compile(r"(?:[¹²³⁴-⁹⁰]{1,3}|<sup>[^<]{1,6}</sup>|\[\^[^\]]{1,12}\])\s*$")
_HYPHEN = re.compile(r"\w[-\u2010\u00ad]$")
_WORD_HYPHEN = re.compile(r"[a-z]{2}[-\u2010]$")
_LOWER_START = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a file's lines are wrapped: the width in columns that lines are filled to, or 0 where they are not."""

    columns: int = 0

    def is_full(self, line: str, following: str) -> bool:
        """Whether ``line`` ended because it was full: ``following`` did not fit behind it."""
        if not self.columns:
            return False
        width = columns(line)
        return width >= _FULL_SHARE * self.columns or width + _first_unit(following) > self.columns


def columns(text: str) -> int:
    """Return the display width of ``text`` in terminal columns: Han, full-width marks and U+3000 take two."""
    text = text.rstrip()
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def find_wrap(runs: Sequence[Sequence[str]]) -> Wrap:
    """Return how the lines are wrapped; ``runs`` are lists of lines without an empty line between them.

    Wrapped text is told by lines that go on below: most are about as wide as the widest, and many of them end in
    mid-sentence. Lines that are paragraphs themselves differ in width and end with a stop.
    """
    inner = [line for run in runs for line in run[:-1] if line.strip()]
    every = sorted(columns(line) for run in runs for line in run if line.strip())
    if len(inner) < _MIN_WRAPPED_LINES or every[int(0.98 * (len(every) - 1))] > MAX_WRAP_COLUMNS:
        return Wrap()
    widths = sorted(columns(line) for line in inner)
    width = widths[int(0.9 * (len(widths) - 1))]
    full = [line for line in inner if columns(line) >= _FULL_SHARE * width]
    open_ends = sum(ends_open(line) for line in full)
    if width < 24 or len(full) < 0.45 * len(inner) or open_ends < 0.4 * len(full):
        return Wrap()
    return Wrap(width)


def ends_open(text: str) -> bool:
    """Whether ``text`` ends in mid-sentence: with a letter, a digit, a comma, and no stop before closing brackets."""
    text = _REFERENCE_AT_END.sub("", text.rstrip()).rstrip(_CLOSERS + " ")
    return bool(text) and text[-1] not in _TERMINALS


def join(first: str, second: str) -> str:
    """Join two lines of one paragraph: no space next to Han, one between words, a hyphenated word made whole."""
    first, second = first.rstrip(), second.lstrip()
    if not first or not second:
        return first + second
    if not needs_space(first, second):
        return first + second
    if _HYPHEN.search(first) and second[0].isalnum():
        return first[:-1] + second if _drops_hyphen(first, second) else first + second
    return f"{first} {second}"


def join_all(lines: Sequence[str]) -> str:
    """Join the lines of one paragraph with `join`."""
    text = ""
    for line in lines:
        text = join(text, line)
    return text.strip()


# Prefixes that official English keeps apart with a hyphen; after any other letters the hyphen is the line's.
_KEEPS_HYPHEN = re.compile(
    r"\b(?:co|non|pre|post|self|well|anti|counter|multi|follow|decision|policy|law|cross|long|short|"
    r"high|low|sub|ex|vice|under|rights?|gender|age|evidence|capacity|peace|stake|north|south|full|part|half|"
    r"two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|so|on|in|all)"
    r"[-\u2010]$",
    re.IGNORECASE,
)


def _drops_hyphen(first: str, second: str) -> bool:
    """Whether the hyphen is the line's and not the word's: never before a capital or a digit (Secretary-General)."""
    if first[-1] == "\u00ad":
        return True
    return bool(_WORD_HYPHEN.search(first) and _LOWER_START.match(second)) and not _KEEPS_HYPHEN.search(first)


def needs_space(first: str, second: str) -> bool:
    """Whether a line's end between the two, neither empty at that side, stands for a space: not next to Han.

    Quotation marks, dashes and dots that Chinese shares with English go by the text around them. Between Han and a
    digit or a letter the line's end may have eaten a space; Chinese needs none there.
    """
    if _is_full_width(first[-1]) or _is_full_width(second[0]):
        return False
    shared = first[-1] in _SHARED_MARKS or second[0] in _SHARED_MARKS
    return not (shared and any(map(_is_full_width, first[-8:] + second[:8])))


def is_wide(char: str) -> bool:
    """Whether ``char`` is Han or full-width, or a mark that Chinese shares with other scripts."""
    return _is_full_width(char) or char in _SHARED_MARKS


def _is_full_width(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _first_unit(text: str) -> int:
    """Return the width of what a typesetter must fit at the end of the line above: a word, or a Han and its stops."""
    text = text.strip()
    if not text:
        return 0
    if _is_full_width(text[0]):
        return 4 + sum(2 for char in text[1:3] if char in "，。、；：？！）》」』")
    return 1 + len(text.split(maxsplit=1)[0])
