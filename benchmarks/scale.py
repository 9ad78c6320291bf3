"""Speed and size at 10 k, 100 k and 1 M pairs, and what 20 M would need: ``python -m benchmarks.scale``.

Pairs are made of the training data of ../shared (``benchmarks.scale_pairs``). Every corpus is built from nothing and
every measure taken in a process of its own with one thread for vectors (``benchmarks.scale_measures``). The largest
takes a quarter of an hour, 8 GB of memory (exact search, to compare with) and 4 GB of disk.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path

from benchmarks.pictures import save
from benchmarks.scale_measures import MEASURES, NAME, Clock, Figures
from benchmarks.scale_picture import picture
from benchmarks.texts import SHARED

SIZES = (10_000, 100_000, 1_000_000)
WANTED = 20_000_000
STARTS = 5
ROOT = Path(__file__).parents[1]
PROGRAM = (sys.executable, "-c", "from cli.main import run; run()")
COMMANDS = {
    "process_search": ("search", "外国恐怖主义战斗人员"),
    "process_exact": ("search", "human rights", "--mode", "exact"),
    "process_term": ("term", "可持续发展"),
    "process_term_frequent": ("term", "证券"),
}
# Name, label, format, and the target with its direction where there is one.
ROWS: tuple[tuple[str, str, str, str], ...] = (
    ("pairs_per_s", "adding, index included, pairs a second", ",.0f", "≥ 2,000"),
    ("pairs_per_cpu_s", "— pairs a processor second", ",.0f", ""),
    ("store_s", "— of this storing, s", ",.1f", ""),
    ("index_s", "— of this vectors, s", ",.1f", ""),
    ("index_p50", "meaning, ten nearest in the other language, p50 ms", ".1f", "≤ 10"),
    ("index_p95", "— p95 ms", ".1f", ""),
    ("first_ms", "— the first one, opening included, ms", ".0f", ""),
    ("index_cpu", "— processor, p50 ms", ".1f", ""),
    ("cold_p50", "— with no vector in memory yet, p50 ms", ".1f", ""),
    ("recall", "— recall@10 against exact search", ".3f", "≥ 0.97"),
    ("numpy_ratio", "— times faster than NumPy over all", ".1f", ""),
    ("faiss_ratio", "— times faster than FAISS over all", ".1f", ""),
    ("index_mb", "memory of the index, MB", ",.0f", "≤ 400"),
    ("mapped_mb", "— pages of files mapped, MB", ",.0f", ""),
    ("meaning_sentences_p50", "look-up by meaning, both sides, texts read, sentences, p50 ms", ".0f", ""),
    ("meaning_terms_p50", "— terms, p50 ms", ".0f", ""),
    ("exact_terms_p50", "look-up of a phrase, terms, p50 ms", ".1f", "≤ 50"),
    ("exact_sentences_p50", "— sentences, p50 ms", ".1f", "≤ 50"),
    ("all_terms_p50", "hybrid look-up, terms, p50 ms", ".0f", "≤ 50"),
    ("all_sentences_p50", "— sentences, p50 ms", ".0f", "≤ 50"),
    ("all_sentences_p95", "— sentences, p95 ms", ".0f", ""),
    ("marked_sentences_p50", "— with marks on both sides, sentences, p50 ms", ".0f", ""),
    ("occurrences1", "occurrences of 证券", ",.0f", ""),
    ("first_evidence1_p50", "— first evidence, ms", ".0f", "at once"),
    ("term1_p50", "— all precedents, ms", ",.0f", "≤ 2,000"),
    ("term1_cpu", "— processor, ms", ",.0f", ""),
    ("occurrences2", "occurrences of 法院", ",.0f", ""),
    ("term2_p50", "— all precedents, ms", ",.0f", ""),
    ("occurrences3", "occurrences of “central competent authority”", ",.0f", ""),
    ("term3_p50", "— all precedents, ms", ",.0f", ""),
    ("learn_s", "words of the corpus learnt, once, s", ".1f", ""),
    ("process_search_s", "whole process of `duizhao search`, s", ".2f", "≤ 1.5"),
    ("process_search_cpu", "— processor, s", ".2f", ""),
    ("process_exact_s", "— with `--mode exact`, s", ".2f", "≤ 1.5"),
    ("process_term_s", "whole process of `duizhao term`, rare term, s", ".2f", ""),
    ("process_term_frequent_s", "— frequent term, s", ".2f", ""),
    ("grow_store_ms", "200 pairs more: stored, ms", ",.0f", ""),
    ("grow_index_ms", "— vectors, ms", ",.0f", ""),
    ("grow_find_ms", "— found, ms", ",.0f", ""),
    ("database_mb", "disk: database, MB", ",.0f", ""),
    ("vectors_mb", "— vectors, MB", ",.0f", ""),
)
GROWING = (
    ("database_mb", "disk: database, GB", 1e-3),
    ("vectors_mb", "disk: vectors, GB", 1e-3),
    ("index_mb", "memory of the index, GB", 1e-3),
    ("store_cpu", "storing, processor hours", 1 / 3600),
    ("index_cpu_s", "vectors, processor hours", 1 / 3600),
    ("index_cpu", "meaning, index alone, processor ms", 1.0),
    ("exact_terms_cpu", "look-up of a phrase, terms, processor ms", 1.0),
    ("all_sentences_cpu", "hybrid look-up, sentences, processor ms", 1.0),
    ("grow_index_ms", "200 pairs more: vectors, ms", 1.0),
)


def apart(name: str, folder: Path, size: int) -> Figures:
    """One measure in a process of its own, with one thread for what counts with vectors."""
    command = [sys.executable, "-m", "benchmarks.scale", "--one", name, "--folder", str(folder), "--sizes", str(size)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    if name == "add":  # that is what a user would have
        environment = dict(os.environ)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def processes(folder: Path) -> Figures:
    """Whole commands from start to end: median seconds, wall clock and processor, of five each."""
    figures: Figures = {}
    for name, arguments in COMMANDS.items():
        clock, work = Clock(), []
        for _ in range(STARTS):
            before = _children()
            with clock.running():
                subprocess.run([*PROGRAM, *arguments, "--db", str(folder / NAME)], check=True, capture_output=True)
            work.append(_children() - before)
        figures |= {f"{name}_s": statistics.median(clock.wall), f"{name}_cpu": statistics.median(work)}
    return figures


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def measured(folder: Path, size: int) -> Figures:
    """All figures of one size; a corpus that is there already is measured and not made."""
    figures: Figures = {}
    kept = folder / "figures.json"
    if (folder / NAME).exists() and kept.exists():
        figures = json.loads(kept.read_text(encoding="utf8"))
    for name in MEASURES:
        if name != "add" or not figures:
            figures |= apart(name, folder, size)
            kept.write_text(json.dumps(figures, indent=1), encoding="utf8")
            print(f"{size:9,} pairs: {name}", flush=True)
    figures |= processes(folder)
    kept.write_text(json.dumps(figures, indent=1), encoding="utf8")
    return figures


def reckoned(smaller: tuple[int, float], larger: tuple[int, float], size: int) -> float:
    """What comes of going on as from the smaller to the larger corpus: a power law through both."""
    power = log(larger[1] / smaller[1]) / log(larger[0] / smaller[0])
    return float(larger[1] * (size / larger[0]) ** power)


def tables(everything: Mapping[int, Figures]) -> list[str]:
    """The figures, and what they come to, as tables of Markdown."""
    sizes = sorted(everything)
    lines = [f"| | {' | '.join(f'{size:,}' for size in sizes)} | target |", f"|---|{'---:|' * len(sizes)}---|"]
    for name, label, form, target in ROWS:
        cells = [f"{everything[size][name]:{form}}" for size in sizes]
        lines.append(f"| {label} | {' | '.join(cells)} | {target} |")
    if len(sizes) > 1:
        lines += ["", f"| {WANTED:,} pairs, reckoned | |", "|---|---:|"]
        last, former = sizes[-1], sizes[-2]
        for name, label, unit in GROWING:
            growth = (former, everything[former][name]), (last, everything[last][name])
            # A small corpus has no cells, so that its memory says nothing of a large one's.
            value = everything[last][name] * WANTED / last if name == "index_mb" else reckoned(*growth, WANTED)
            value *= unit
            lines.append(f"| {label} | {value:,.1f} |")
    return lines


def _sizes(given: Sequence[int], folder: Path) -> None:
    everything = {}
    for size in given:
        own = folder / str(size)
        own.mkdir(parents=True, exist_ok=True)
        everything[size] = measured(own, size)
    print("\n".join(tables(everything)))
    if len(everything) > 1:
        save(picture(everything), "scale")


def main() -> None:
    """Print the tables, draw the picture."""
    parser = argparse.ArgumentParser(description="Speed and size of the corpus at several sizes.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="pairs; 10000 100000 1000000 without")
    parser.add_argument("--folder", type=Path, help="where the corpora are made, and kept")
    parser.add_argument("--one", choices=list(MEASURES), help="take one measure of one size and print it as JSON")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit("benchmarks.scale needs the training data of ../shared, which is not there.")
    if arguments.one:
        print(json.dumps(MEASURES[arguments.one](arguments.folder, arguments.sizes[0])))
    elif arguments.folder:
        _sizes(arguments.sizes, arguments.folder)
    else:
        with tempfile.TemporaryDirectory() as folder:
            _sizes(arguments.sizes, Path(folder))


if __name__ == "__main__":
    main()
