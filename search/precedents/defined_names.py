"""Names that a text defines itself, with their short forms in brackets: 国际刑事警察组织(国际刑警组织).

After Schwartz & Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical text":
read backwards, every letter of the short form is found in the long one, and its first letter begins a word there.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from align.document import Language

_BRACKETS = regex.compile(
    r"[(（]\s*(?:以下?简?称(?:为)?|简称)?\s*[“\"「『]?([^()（）“”\"「」『』]{2,30}?)[”\"」』]?\s*[)）]"
)
_HAN = regex.compile(r"[\p{Han}·]+$")
_RUN = regex.compile(r"[^.,;:!?()（）]+$")
_LONGEST = {"zh": 30, "en": 12}  # characters, words of a full name


def defined_names(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """Full and short names that a text defines, as they stand there."""
    for found in _BRACKETS.finditer(text):
        short = found[1].strip()
        full = _full(text[: found.start()].rstrip(), short, language)
        if full:
            yield full, short


def _full(before: str, short: str, language: Language) -> str:
    """What the short form stands for, at the end of the text before the bracket; "" where it stands for nothing."""
    pattern = _HAN if language == "zh" else _RUN
    found = pattern.search(before)
    letters = [c for c in short.casefold() if c.isalnum()]
    if not found or not letters or (language == "zh" and not _HAN.fullmatch(short)):
        return ""
    run = found[0] if language == "zh" else " ".join(found[0].split()[-_LONGEST["en"] :])
    start = _start(run, letters, language)
    full = run[start:] if start is not None else ""
    longest = _LONGEST["zh"] if language == "zh" else 10 * _LONGEST["en"]
    return full if len(short) < len(full) <= longest else ""


def _start(run: str, letters: list[str], language: Language) -> int | None:
    """Where in a run of text the name begins whose letters, read backwards, include those of the short form."""
    folded = run.casefold()
    if len(folded) != len(run):
        return None
    at = len(folded)
    for k, letter in reversed(list(enumerate(letters))):
        at = folded.rfind(letter, 0, at)
        while k == 0 and at > 0 and language == "en" and folded[at - 1].isalnum():
            at = folded.rfind(letter, 0, at)
        if at < 0:
            return None
    return at
