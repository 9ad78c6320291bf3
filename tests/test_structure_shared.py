"""The structure of real documents: what must hold of every converted one, and of those of one paragraph a line."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from align.document import Document, Kind
from align.readers import read, read_raw
from align.readers.plain import read_plain
from align.structure import structure

pytestmark = pytest.mark.shared

SHARED = Path(__file__).parents[1].parent / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
LINED = sorted((SHARED / "un" / "docs").glob("*/*.txt"))
STOPS = "。；：，、.;:,"
RUNNING = (Kind.BODY, Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ITEM)


def operative_numbers(document: Document, part: int) -> list[str]:
    return [p.number for p in document.paragraphs if p.kind is Kind.OPERATIVE and p.part == part]


def unanswered(document: Document) -> list[tuple[int, str]]:
    """References without a note, by part."""
    notes = {(p.part, p.number) for p in document.paragraphs if p.kind is Kind.NOTE}
    references = {(p.part, note.mark) for p in document.paragraphs for note in p.footnotes}
    return sorted(references - notes)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_no_running_text_of_a_converted_document_ends_in_mid_sentence(path: Path):
    document = read(path)
    assert [p.index for p in document.paragraphs if p.kind in RUNNING and p.text[-1] not in STOPS] == []


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_every_reference_of_a_converted_document_has_its_note(path: Path):
    assert unanswered(read(path)) == []


@pytest.mark.parametrize(
    ("name", "lengths", "warnings"),
    [
        ("000", {0: 16}, ()),
        ("001", {0: 41}, ("Note * (line 30) has no reference in the text.",)),
        ("002", {0: 0, 1: 14, 2: 23, 3: 13, 4: 14, 5: 21, 6: 30, 7: 26, 8: 65}, ()),
    ],
)
def test_operative_numbers_of_each_part_run_without_a_gap(name: str, lengths: dict[int, int], warnings: tuple[str]):
    document = read(next(path for path in SEEDS if path.name.startswith(name)))
    expected = {part: [str(number) for number in range(1, length + 1)] for part, length in lengths.items()}
    assert {part: operative_numbers(document, part) for part in lengths} == expected
    assert len(document.parts) == max(lengths)
    assert document.warnings == warnings


def test_the_report_around_the_draft_resolutions_has_its_own_numbers():
    document = read(next(path for path in SEEDS if path.name.startswith("002")))
    body = [p.number for p in document.paragraphs if p.part == 0 and p.kind is Kind.BODY]
    assert body == [str(number) for number in range(1, 30)]
    assert (document.title, document.session, document.agenda_item) == ("第三委员会的报告", "74", "106")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("000", ("", "2020-11-17", "General Assembly", "75", "130(y)")),
        ("001", ("A/RES/67/189", "2013-03-27", "General Assembly", "67", "103")),
    ],
)
def test_the_metadata_of_a_converted_resolution(name: str, found: tuple[str, ...]):
    document = read(next(path for path in SEEDS if path.name.startswith(name)))
    assert (document.symbol, document.date, document.body, document.session, document.agenda_item) == found


@pytest.mark.parametrize("path", LINED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_document_of_one_paragraph_a_line_keeps_its_lines(path: Path):
    raw = read_raw(path)
    assert [p.place for p in structure(raw).paragraphs] == [block.place for block in raw.blocks]


@pytest.mark.parametrize(
    ("pattern", "symbol", "date", "body", "last"),
    [
        ("*A_RES_73_6-EN.pdf", "A/RES/73/6", "2018-10-31", "General Assembly", 14),
        ("*S_2016_1061-EN.pdf", "S/2016/1061", "2016-12-15", "Security Council", 3),
        ("*S_2021_523-EN.pdf", "S/2021/523", "2021-06-03", "Security Council", 3),
    ],
)
def test_a_published_resolution(pattern: str, symbol: str, date: str, body: str, last: int):
    document = read(next((SHARED / "exchange" / "docs").glob(pattern)))
    assert (document.symbol, document.date, document.body) == (symbol, date, body)
    assert operative_numbers(document, 0) == [str(number) for number in range(1, last + 1)]
    assert unanswered(document) == []


def test_a_law_has_all_its_articles_in_order():
    document = read(next((SHARED / "exchange" / "docs").glob("*民营经济促进法.txt")))
    articles = [p for p in document.paragraphs if p.number.endswith("条")]
    assert len(articles) == 78
    assert all(p.kind is Kind.BODY and p.text[-1] in STOPS for p in articles)
    assert sum(p.kind is Kind.MASTHEAD for p in document.paragraphs) == 0


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_with_bare_digits_for_references_no_number_is_taken_for_one_and_every_note_is_found(path: Path):
    text = path.read_text(encoding="utf-8-sig")
    flattened = re.sub(r"<sup>(\d+)</sup>", r"\1", text).translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    raised = structure(read_plain(text, path.name))
    bare = structure(read_plain(flattened, path.name))
    assert not references(bare) - references(raised)
    assert [p.number for p in bare.paragraphs if p.kind is Kind.NOTE] == [
        p.number for p in raised.paragraphs if p.kind is Kind.NOTE
    ]


def references(document: Document) -> Counter[tuple[int, str]]:
    return Counter((p.part, note.mark) for p in document.paragraphs for note in p.footnotes)
