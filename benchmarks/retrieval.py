"""How often a sentence finds its translation: ``python -m benchmarks.retrieval``."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from align.evaluate import evaluate_retrieval, lines
from benchmarks.texts import SHARED
from models import load_embedded


def sets(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Name, English and Chinese file of each set; files that pair both languages are taken apart into ``folder``."""
    bench = SHARED / "bench"
    yield "unpc_dev (UN sentences)", bench / "unpc_dev" / "en.txt", bench / "unpc_dev" / "zh.txt"
    for name, path in (
        ("tico19 (medicine, news)", bench / "tico19" / "pairs.tsv"),
        ("un/gold_terms (UN paragraphs)", SHARED / "un" / "gold_terms" / "pairs.tsv"),
    ):
        rows = dict.fromkeys(tuple(line.split("\t")[1:3]) for line in lines(path)[1:])
        zh, en = (folder / f"{path.parent.name}.{side}" for side in ("zh", "en"))
        zh.write_text("".join(f"{row[0]}\n" for row in rows), encoding="utf8")
        en.write_text("".join(f"{row[1]}\n" for row in rows), encoding="utf8")
        yield name, en, zh


def main() -> None:
    """Print the table."""
    if not SHARED.is_dir():
        sys.exit("benchmarks.retrieval needs the sentences of ../shared, which are not there.")
    encoder = load_embedded()
    print(f"{'P@1':30} {'pairs':>6} {'zh→en':>7} {'en→zh':>7} {'margin zh→en':>13} {'margin en→zh':>13} {'seconds':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, en, zh in sets(Path(folder)):
            start = time.perf_counter()
            r = evaluate_retrieval(en, zh, encoder)
            print(
                f"{name:30} {r.count:6} {r.p1_zh_en:7.4f} {r.p1_en_zh:7.4f} {r.margin_p1_zh_en:13.4f} "
                f"{r.margin_p1_en_zh:13.4f} {time.perf_counter() - start:8.1f}"
            )


if __name__ == "__main__":
    main()
