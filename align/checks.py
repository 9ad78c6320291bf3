"""Whether two files can be a Chinese document and its English original, before any work is done on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import regex

from align.document import Document, Language
from align.errors import InputError, LanguageMismatchError
from align.readers import read

MOST_UNEQUAL = 10  # times more text on one side than on the other
TOO_SHORT_TO_TELL = 40  # characters of Chinese: a title against a page is no reason to refuse
_NAMES: dict[Language, str] = {"zh": "Chinese", "en": "English"}


@dataclass(frozen=True, slots=True)
class CheckedPair:
    """Two read documents, the Chinese one first, and what the user should be told of them."""

    zh: Document
    en: Document
    notes: tuple[str, ...]


def checked_pair(
    zh: Path, en: Path, *, force: bool = False, progress: Callable[[str], None] | None = None
) -> CheckedPair:
    """Read both files and check that they are a pair.

    Raises InputError: the same file twice, two texts in one language, ten times more text on one side.
    """
    if zh.exists() and en.exists() and zh.samefile(en):
        raise InputError(f"{zh.name} was given twice: give the Chinese document first and its English original second.")
    documents = []
    for path in (zh, en):
        if progress:
            progress(f"reading {path.name} …")
        documents.append(read(path))
    first, second = documents
    notes: list[str] = []
    if (first.language, second.language) == ("en", "zh"):
        notes.append(f"{zh.name} is English and {en.name} is Chinese: they were taken the other way round.")
        first, second = second, first
    elif first.language == second.language and not force:
        raise LanguageMismatchError(
            f"{zh.name} and {en.name} are both {_NAMES[first.language]}: "
            "give a Chinese document and its English original, or --force to align them all the same."
        )
    if not force:
        check_sizes(first, second)
    for document in (first, second):
        notes.extend(f"{document.source}: {warning}" for warning in document.warnings)
    return CheckedPair(first, second, tuple(notes))


def check_sizes(zh: Document, en: Document) -> None:
    """Raise InputError where one text is ten times longer than the other."""
    sizes = (_size(zh), _size(en))
    times = max(sizes) / max(min(sizes), 1)
    if times >= MOST_UNEQUAL and max(sizes) > TOO_SHORT_TO_TELL * MOST_UNEQUAL:
        longer, shorter = (zh, en) if sizes[0] > sizes[1] else (en, zh)
        raise InputError(
            f"{longer.source} holds about {times:.0f} times as much text as {shorter.source}: "
            "check that they are the same document, or give --force to align them all the same."
        )


def _size(document: Document) -> float:
    """Length in characters of Chinese; a Latin letter is about 0.3 of one."""
    text = "".join(paragraph.text for paragraph in document.paragraphs)
    han = len(regex.findall(r"\p{Han}", text))
    return han + 0.3 * (len(text) - han)
