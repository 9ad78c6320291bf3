"""One language's edition of the sample: its paragraphs numbered and its notes counted, and the gold alignment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from samples.content import NOTES, PASSAGES, Note

Language = Literal["zh", "en"]
_REFERENCE = re.compile(r"\[\^(\w+)\]")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph of one edition: ``label`` is its number ("3.", "(a)"), ``notes`` are (offset in text, mark)."""

    style: str
    text: str
    label: str = ""
    notes: tuple[tuple[int, int], ...] = ()

    @property
    def plain(self) -> str:
        """The paragraph as a plain text file has it: number first, note marks as superscript digits."""
        text = self.text
        for offset, mark in reversed(self.notes):
            text = text[:offset] + str(mark).translate(_SUPERSCRIPTS) + text[offset:]
        if self.style == "note":
            return f"{self.label.translate(_SUPERSCRIPTS)} {text}"
        return f"{self.label} {text}" if self.label else text


@dataclass(frozen=True, slots=True)
class Edition:
    """All paragraphs of one language in reading order, the notes last."""

    language: Language
    units: tuple[Unit, ...]

    @property
    def body(self) -> tuple[Unit, ...]:
        """The paragraphs without the notes."""
        return tuple(unit for unit in self.units if unit.style != "note")

    @property
    def notes(self) -> tuple[str, ...]:
        """The texts of the notes; the first has mark 1."""
        return tuple(unit.text for unit in self.units if unit.style == "note")

    @property
    def plain(self) -> str:
        """The edition as a plain text file: a blank line between paragraphs."""
        return "\n\n".join(unit.plain for unit in self.units) + "\n"


def edition(language: Language) -> Edition:
    """Build one language's edition from the content."""
    marks = {note.name: mark for mark, note in enumerate(_notes(language), start=1)}
    units = [_unit(style, text, label, marks) for style, text, label in _labelled(language)] + [
        Unit("note", _text(note, language), str(marks[note.name])) for note in _notes(language)
    ]
    return Edition(language, tuple(units))


def gold() -> str:
    """Return the gold beads, one a line: ``[zh ids]:[en ids]``, units counted from 0, the notes after the body."""
    sizes = [(len(passage.zh), len(passage.en)) for passage in PASSAGES]
    sizes += [(1 if note.zh else 0, 1 if note.en else 0) for note in NOTES]
    lines, zh, en = [], 0, 0
    for zh_size, en_size in sizes:
        lines.append(f"{list(range(zh, zh + zh_size))}:{list(range(en, en + en_size))}")
        zh, en = zh + zh_size, en + en_size
    return "\n".join(lines) + "\n"


def _text(note: Note, language: Language) -> str:
    return note.zh if language == "zh" else note.en


def _notes(language: Language) -> list[Note]:
    return [note for note in NOTES if _text(note, language)]


def _labelled(language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield style, text and number. Only the first piece of a split paragraph is numbered."""
    counts = {"operative": 0, "principle": 0, "item": 0}
    for passage in PASSAGES:
        texts = passage.zh if language == "zh" else passage.en
        for position, text in enumerate(texts):
            if passage.style not in counts or position:
                yield "continuation" if position and passage.style == "principle" else passage.style, text, ""
                continue
            counts[passage.style] += 1
            count = counts[passage.style]
            if passage.style == "item":
                yield "item", text, f"({'abcdefgh'[count - 1]})"
            else:
                counts["item"] = 0
                yield passage.style, text, f"{count}."


def _unit(style: str, text: str, label: str, marks: dict[str, int]) -> Unit:
    plain, end = "", 0
    notes: list[tuple[int, int]] = []
    for match in _REFERENCE.finditer(text):
        plain += text[end : match.start()]
        end = match.end()
        notes.append((len(plain), marks[match[1]]))
    return Unit(style, plain + text[end:], label, tuple(notes))
