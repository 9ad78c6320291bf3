"""How fast the embedded model is ready, and how fast it encodes: ``python -m benchmarks.encoding``.

The same folder is read by duizhao (NumPy), by model2vec where that is installed, and by sentence-transformers, in
turns, and each is started in a process of its own. Sentences are those of ../shared/bench/unpc_dev, or of the bundled
sample.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

from align.evaluate import lines
from benchmarks.texts import SHARED
from models import EMBEDDED

ROUNDS = 7
STARTS = 5
FEWEST = 8000  # sentences a round

READERS = {
    "duizhao": "from models import load_embedded; encode = load_embedded().encode",
    "model2vec": f"from model2vec import StaticModel; encode = StaticModel.from_pretrained({str(EMBEDDED)!r}).encode",
    "sentence-transformers": "from sentence_transformers import SentenceTransformer; "
    f"encode = SentenceTransformer({str(EMBEDDED)!r}, device='cpu').encode",
}


def sentences() -> list[str]:
    """At least 8,000 sentences of both languages."""
    if SHARED.is_dir():
        found = [line for name in ("zh", "en") for line in lines(SHARED / "bench" / "unpc_dev" / f"{name}.txt")]
    else:
        samples = EMBEDDED.parents[1] / "samples"
        found = [line for name in ("zh", "en") for line in lines(samples / f"resolution.{name}.txt") if line]
    return found * -(-FEWEST // len(found))


def is_installed(name: str) -> bool:
    """Whether a reader can be measured here; duizhao itself is no package of that name, and always can."""
    return name == "duizhao" or find_spec(name.replace("-", "_")) is not None


def reader(program: str) -> Callable[[Sequence[str]], Any]:
    """What the program calls ``encode``."""
    scope: dict[str, Any] = {}
    exec(program, scope)  # one of READERS
    encode: Callable[[Sequence[str]], Any] = scope["encode"]
    return encode


def ready(program: str) -> float:
    """Median seconds from starting Python to the first vector."""
    seconds = []
    for _ in range(STARTS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", f"{program}; encode(['决议'])"], check=True, capture_output=True)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def main() -> None:
    """Print the table."""
    programs = {name: program for name, program in READERS.items() if is_installed(name)}
    texts = sentences()
    encoders = {name: reader(program) for name, program in programs.items()}
    paces: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(ROUNDS + 1):
        for name, encode in encoders.items():
            start = time.perf_counter()
            encode(texts)
            paces[name].append(len(texts) / (time.perf_counter() - start))
    print(f"{len(texts):,} sentences, medians of {ROUNDS} rounds in turns")
    print(f"{'':24} {'sentences/s':>12} {'best':>9} {'ready after':>12}")
    for name, program in programs.items():
        warm = paces[name][1:]
        print(f"{name:24} {statistics.median(warm):12,.0f} {max(warm):9,.0f} {ready(program):11.2f}s")


if __name__ == "__main__":
    main()
