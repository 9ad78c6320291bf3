"""How well sentences are found again in text made by joining gold sentences: ``python -m benchmarks.sentences``.

Lines of a gold file are joined until one does not end as a sentence does (a heading, a lead-in with a colon, an item
that ends with a semicolon, a member's name with his honours); only the joints inside such a stretch count, so that
no splitter is asked to find what only a line break shows. The lines of the UN corpus come from everywhere: stretches
of five are taken. Precision and recall are of boundaries. The gold leaves ； whole inside its Chinese sentences, so
``duizhao``, which splits there on purpose, is shown a second time with those boundaries left out.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from align.document import Language
from align.sentences import split

Splitter = Callable[[str, Language], Iterable[int]]
SHARED = Path(__file__).parents[1].parent / "shared"
ENDED = {
    "zh": regex.compile(r"[。？！…][”\"’」』)）\]]*$"),
    "en": regex.compile(r"(?<![A-Z])[.?!…][”\"’)\]]*$"),
}
UN_STRETCH = 5


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of boundaries: found and right, found, and in the gold text."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the boundaries found that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold boundaries that were found."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 1.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Joined text and the offsets where a gold sentence ends, the end of the text left out."""

    text: str
    ends: frozenset[int]


def ours(text: str, language: Language) -> Iterable[int]:
    """Split with ``align.sentences``."""
    return (span.end for span in split(text, language))


def ours_semicolons_whole(text: str, language: Language) -> Iterable[int]:
    """Split with ``align.sentences``, but not at semicolons."""
    return (end for end in ours(text, language) if text[end - 1] not in "；;")


def plain_rule(text: str, language: Language) -> Iterable[int]:
    """Split after every sentence mark: what most scripts do."""
    pattern = r"[。！？；…]+[”」』）]*" if language == "zh" else r"[.!?]+[\"”)]*(?=\s+[\"“(]?[\p{Lu}\p{Nd}])"
    return (match.end() for match in regex.finditer(pattern, text))


def library_splitter() -> Splitter | None:
    """Return pysbd's splitter where that library is installed; it is no dependency of the program."""
    if importlib.util.find_spec("pysbd") is None:
        return None
    pysbd = importlib.import_module("pysbd")
    segmenters = {name: pysbd.Segmenter(language=name, clean=False, char_span=True) for name in ("zh", "en")}

    def found(text: str, language: Language) -> Iterator[int]:
        for span in segmenters[language].segment(text):
            yield span.start + len(span.sent.rstrip())

    return found


def stretches(lines: Iterable[str], language: Language, longest: int | None) -> Iterator[Stretch]:
    """Join gold lines to stretches of running text."""
    gathered: list[str] = []
    for line in lines:
        gathered.append(line)
        if not ENDED[language].search(line) or len(gathered) == longest:
            yield joined(gathered, language)
            gathered = []
    if gathered:
        yield joined(gathered, language)


def joined(lines: list[str], language: Language) -> Stretch:
    """Join lines with a space in English and nothing in Chinese."""
    separator = "" if language == "zh" else " "
    ends, length = [], 0
    for line in lines:
        length += len(line)
        ends.append(length)
        length += len(separator)
    return Stretch(separator.join(lines), frozenset(ends[:-1]))


def score(splitter: Splitter, parts: Iterable[Stretch], language: Language) -> Score:
    """Count the boundaries that a splitter finds in all stretches."""
    right = found = gold = 0
    for part in parts:
        ends = {end for end in splitter(part.text, language) if end < len(part.text.rstrip())}
        right, found, gold = right + len(ends & part.ends), found + len(ends), gold + len(part.ends)
    return Score(right, found, gold)


def gold_sets(shared: Path) -> Iterator[tuple[str, Language, list[Stretch]]]:
    """Yield name, language and stretches of every gold file."""
    languages: tuple[Language, Language] = ("zh", "en")
    for language in languages:
        for path in sorted((shared / "bench" / "champollion").glob(f"*.{language}")):
            yield path.stem, language, list(stretches(_lines(path), language, None))
        path = shared / "bench" / "unpc_dev" / f"{language}.txt"
        yield "unpc_dev", language, list(stretches(_lines(path), language, UN_STRETCH))


def _lines(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [line.strip() for line in text.split("\n") if line.strip()]


def mistakes(parts: Iterable[Stretch], language: Language) -> Iterator[str]:
    """Yield each wrong (+) or missed (-) boundary of ours with what stands around it."""
    for part in parts:
        ends = {end for end in ours(part.text, language) if end < len(part.text)}
        for end in sorted(ends ^ part.ends):
            sign = "+" if end in ends else "-"
            yield f"{sign} {part.text[max(0, end - 40) : end]}|{part.text[end : end + 30]}"


def main() -> None:
    """Print the table, or the mistakes of ours."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--mistakes", action="store_true")
    arguments = parser.parse_args()
    splitters: dict[str, Splitter | None] = {
        "duizhao": ours,
        "; kept whole": ours_semicolons_whole,
        "plain rule": plain_rule,
        "pysbd": library_splitter(),
    }
    present = {name: splitter for name, splitter in splitters.items() if splitter is not None}
    print(f"{'set':18} {'':2} {'gold':>5}  " + "  ".join(f"{name + ' P / R / F1':>26}" for name in present))
    for name, language, parts in gold_sets(arguments.shared):
        scores = [score(splitter, parts, language) for splitter in present.values()]
        figures = "  ".join(f"{s.precision:12.3f} {s.recall:6.3f} {s.f1:6.3f}" for s in scores)
        print(f"{name:18} {language} {scores[0].gold:5}  {figures}")
        if arguments.mistakes:
            print("\n".join(mistakes(parts, language)))


if __name__ == "__main__":
    main()
