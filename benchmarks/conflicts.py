"""How often a conflict gets the reason that a reader gave it: ``python -m benchmarks.conflicts SHARED [tune|test]``.

``conflicts_gold.tsv`` names, for each judged pair of renderings, a place of either: the text (a line of the UN Parallel
Corpus' development set, counted from 0, or a bead of ``un/gold_terms``) and the spans of term and rendering. The half
"tune" was looked at while the rules were written, "test" measured once when they were done.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from align.document import Language
from align.readers.pair_file import AlignedPair, PairFile
from glossary.concepts import Term
from glossary.conflicts.detail import Looker
from glossary.conflicts.records import Conflict, Reason
from glossary.conflicts.scanning import Seen, term_key
from models import load
from search.corpus import Corpus
from search.precedents.locator import locator_of

GOLD = Path(__file__).parent / "conflicts_gold.tsv"
CLEAR = 0.75  # confidence
Texts = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """Two renderings of a term, and the reason that a reader gave for them."""

    half: str
    language: Language
    reason: Reason
    term: str
    first: str
    second: str


def read_texts(shared: Path) -> Texts:
    """Both texts by the names that the judgements use."""
    folder = shared / "bench" / "unpc_dev"
    lines = {language: (folder / f"{language}.txt").read_text("utf-8").split("\n") for language in ("zh", "en", "ids")}
    texts: Texts = {}
    for number, (zh, en, name) in enumerate(zip(lines["zh"], lines["en"], lines["ids"], strict=True)):
        if name:
            year, symbol = name.split()[0].split("/", 1)
            texts[f"unpc_dev:{number}"] = {"zh": zh, "en": en, "symbol": symbol.upper().replace("_", "."), "date": year}
    with (shared / "un" / "gold_terms" / "pairs.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            symbol = row["id"].split(":")[0].upper().replace("_", "/")
            texts[f"gold_terms:{row['id']}"] = {"zh": row["zh"], "en": row["en"], "symbol": symbol, "date": "2023"}
    return texts


def read_judged(texts: Texts) -> list[Judged]:
    """The judgements, with the words at their places."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        return [
            Judged(
                row["half"],
                row["language"],  # type: ignore[arg-type]
                Reason(row["reason"]),
                _words(texts, row["first"], row["language"], row["first_term"]),
                _words(texts, row["first"], _other(row["language"]), row["first_rendering"]),
                _words(texts, row["second"], _other(row["language"]), row["second_rendering"]),
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def build(texts: Texts, place: Path) -> Corpus:
    """A corpus of all the texts."""
    corpus = Corpus.open(place)
    rows = [
        AlignedPair(one["zh"], one["en"], (("symbol", one["symbol"]), ("date", one["date"])))
        for one in texts.values()
        if one["zh"].strip() and one["en"].strip()
    ]
    corpus.add_pairs(PairFile(tuple(rows), "texts.tmx"))
    return corpus


def main() -> None:
    """Print the accuracy by reason, and what was taken for what."""
    half = sys.argv[2] if len(sys.argv) > 2 else "tune"
    texts = read_texts(Path(sys.argv[1]))
    judged = [one for one in read_judged(texts) if one.half == half]
    seen: dict[tuple[Language, str], Conflict | None] = {}
    found: Counter[tuple[str, str]] = Counter()
    clear: list[bool] = []
    with tempfile.TemporaryDirectory() as folder, build(texts, Path(folder) / "corpus.sqlite") as corpus:
        looker = Looker(corpus, locator_of(corpus, load("")), {}, rivals=40)
        for one in judged:
            name = one.language, term_key(one.term, one.language)
            if name not in seen:
                seen[name] = looker.look(Seen(one.language, Term("", one.language, one.term), ()))
            told, sure = _told(seen[name], one)
            found[str(one.reason), told] += 1
            if sure >= CLEAR:
                clear.append(told == one.reason)
            if told != one.reason:
                print(f"  {one.term}: {one.first} / {one.second}: {one.reason}, taken for {told}")
    print(f"{half}: {sum(clear)} of {len(clear)} right where the confidence is {CLEAR} or more")
    right = sum(count for (reason, told), count in found.items() if reason == told)
    print(f"{half}: {right} of {len(judged)} right ({right / len(judged):.3f})")
    for reason in Reason:
        own = {told: count for (was, told), count in found.items() if was == reason}
        print(f"  {reason}: {own.get(str(reason), 0)} of {sum(own.values())}", own)


def _told(conflict: Conflict | None, one: Judged) -> tuple[str, float]:
    other = _other(one.language)
    rivals = conflict.rivals if conflict else ()
    keys = {term_key(one.first, other), term_key(one.second, other)}
    mine = [rival for rival in rivals if rival.key in keys and rival.verdict]
    chosen = [rival for rival in mine if rival.key == term_key(one.second, other)] or mine
    verdict = chosen[0].verdict if chosen else None
    return (str(verdict.reason), verdict.confidence) if verdict else ("nothing", 0.0)


def _other(language: str) -> Language:
    return "en" if language == "zh" else "zh"


def _words(texts: Texts, name: str, language: str, span: str) -> str:
    start, end = map(int, span.split("-"))
    return texts[name][language].strip()[start:end]


if __name__ == "__main__":
    main()
