"""How two lines of a PDF paragraph join: spaces, and whose a hyphen at the end of a line is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from align.readers.wrapping import is_wide, join

HYPHENATED = re.compile(r"([A-Za-z]+)-$")
_LOWER = re.compile(r"[a-z]+")
SHARED_MARKS = "“”‘’—…"  # Chinese sets them without a space, English with one
# Before these a hyphen at the line's end is the word's own, whatever else the document shows.
_OWN_HYPHEN = frozenset("non self co multi sub anti pre post follow so well long short high low north south".split())


@dataclass(frozen=True, slots=True)
class Words:
    """The words inside a document's lines, lower case, and whether it divides words at the ends of lines."""

    known: frozenset[str]
    divided: bool


def joined(text: str, line: str, words: Words) -> tuple[str, int]:
    """Append a line; return the text and the offset at which the line begins in it."""
    if not text:
        return line, 0
    match = HYPHENATED.search(text)
    after = _LOWER.match(line)
    if match and after:
        keep = _keeps_hyphen(match[1].lower(), after[0], words)
        text = text if keep else text[:-1]
        return text + line, len(text)
    if text.endswith(("-", "–", "/")) and text[-2:-1].strip() and not is_wide(line[0]):
        return text + line, len(text)  # "A/RES/" + "73/3", "2015–" + "2030"
    if _latin_quotes(text, line):
        return f"{text} {line}", len(text) + 1
    whole = join(text, line)
    return whole, len(whole) - len(line)


def _latin_quotes(text: str, line: str) -> bool:
    """Tell a joint of Latin text at a curly quote or dash, which Chinese text has too and sets without a space."""
    if text[-1] not in SHARED_MARKS and line[0] not in SHARED_MARKS:
        return False
    around = text.rstrip(SHARED_MARKS)[-1:] + line.lstrip(SHARED_MARKS)[:1]
    return not any(is_wide(character) for character in around)


def _keeps_hyphen(before: str, after: str, words: Words) -> bool:
    """Decide whether a hyphen at a line's end is the word's own: the rest of the document shows how it is written.

    "inter-" + "national" loses it where *international* occurs, "follow-" + "up" keeps it where *follow-up* does.
    Else it is kept in a document that does not divide words, after a usual prefix, and between two known words.
    """
    if f"{before}-{after}" in words.known:
        return True
    if before + after in words.known:
        return False
    if not words.divided or before in _OWN_HYPHEN:
        return True
    return before in words.known and after in words.known
