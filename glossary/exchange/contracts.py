"""What reading a glossary gives, and what writing one takes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from glossary.concepts import Concept
from glossary.exchange.languages import tag_of


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """The concepts of a file, at least one; its name, its format, and what was mapped or left out, in sentences.

    A concept's id is the one that the file gives it, made unique within the file; ``origins`` has it too, behind the
    file's name. Where the file gives none, the id counts the entries, and there is no origin.
    """

    concepts: tuple[Concept, ...]
    source: str
    format: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A glossary in a format, and what the format has no place for or what was neutralised, in sentences."""

    data: bytes
    notes: tuple[str, ...] = ()


class Reader(Protocol):
    """A module that reads a format."""

    def read(self, path: Path) -> GlossaryFile:
        """The concepts of a file, at least one."""


class Writer(Protocol):
    """A module that writes a format."""

    def dump(self, concepts: tuple[Concept, ...]) -> Written:
        """The concepts in this format."""


@dataclass(slots=True)
class Notes:
    """Gathers what is to be said of a file, each thing once with its count."""

    source: str
    _codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    _others: Counter[tuple[str, str]] = field(default_factory=Counter)
    _places: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def language(self, code: str) -> str:
        """The tag for a language code of the file, remembering where they differ."""
        tag = tag_of(code)
        if tag != code:
            self._codes[(code, tag)] += 1
        return tag

    def count(self, one: str, many: str, place: str = "") -> None:
        """Count an event; ``many`` has ``{n}`` for the number. ``place`` is named for the first five."""
        key = (one, many)
        self._others[key] += 1
        places = self._places.setdefault(key, [])
        if place and len(places) < 5 and place not in places:
            places.append(place)

    def sentences(self) -> tuple[str, ...]:
        """All that was counted, in plain sentences that name the file."""
        found = []
        if self._codes:
            pairs = (f"{_quoted(code)} → {tag} ({count:,}×)" for (code, tag), count in self._codes.most_common(12))
            found.append(f"{self.source}: language codes were mapped: {', '.join(pairs)}.")
        if any(tag == "und" for _, tag in self._codes):
            found.append(f"{self.source}: where a language code says nothing, the language is “und”; correct it there.")
        for (one, many), count in self._others.items():
            places = self._places[(one, many)]
            where = f" ({', '.join(places)}{', …' if count > len(places) else ''})" if places else ""
            found.append(f"{self.source}: {one if count == 1 else many.format(n=f'{count:,}')}{where}.")
        return tuple(found)


def _quoted(code: str) -> str:
    return f"“{code[:30]}”"
