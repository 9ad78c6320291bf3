"""Nothing of a document is lost: every character is in a paragraph or in what was set aside."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.document import Document, FootnoteReference
from align.readers.raw import RawBlock, RawDocument, Role
from align.structure import structure

SHARED = Path(__file__).parents[1].parent / "shared"


def characters(*texts: str) -> Counter[str]:
    """Characters other than white space, full-width and raised forms folded."""
    return Counter(
        character
        for text in texts
        for character in unicodedata.normalize("NFKC", text)
        if not character.isspace() and unicodedata.category(character) != "Cf"
    )


def kept(document: Document) -> Counter[str]:
    total: Counter[str] = Counter()
    for paragraph in document.paragraphs:
        total += characters(paragraph.text, paragraph.number, *(note.mark for note in paragraph.footnotes))
    return total + characters(*(record.text for record in document.set_aside))


def given_to(raw: RawDocument) -> Counter[str]:
    total: Counter[str] = Counter()
    for block in raw.blocks:
        total += characters(block.text, block.label, block.mark, *(note.mark for note in block.footnotes))
    return total


LINES = st.sampled_from(
    [
        "大会，",
        "The General Assembly,",
        "决议草案一",
        "附件",
        "¹ 见 A/60/1。",
        "<sup>2</sup> 第 60/2 号决议。",
        "---",
        "A/71/5",
        "3/9",
        "12-48904 (C)",
        "3.",
        "(a)",
        "第一章 总 则",
        "第一条 为了保护灯塔,制定本法。",
        "1. 呼吁各国保持灯塔明亮,采取措施培训",
        "守灯人;",
        "2. **请**秘书长报告;¹",
        "- (a) 点灯;",
        "Calls upon all States to inform the inter-",
        "national community;",
        "* 重新印发。",
        "回顾[决议](https://un.org/60_1)\\*,",
        "1 联合国,《条约汇编》。",
        "回顾各项议定书、1《公约》2 以及",
        "2012 年 12 月 20 日",
    ]
)
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
PRINTABLE = st.text("大会一1aA.,;:()*_#[]<>¹²、。，；\n -–/^\\|&", max_size=30)
TEXTS = st.one_of(LINES, ANY_TEXT, PRINTABLE)


@st.composite
def blocks(draw: st.DrawFn) -> RawBlock:
    text = draw(TEXTS)
    offsets = draw(st.lists(st.integers(0, len(text)), max_size=2, unique=True))
    return RawBlock(
        text,
        "line 1",
        role=draw(st.sampled_from(Role)),
        label=draw(st.sampled_from(["", "", "", "1.", "(a)", "•", "第一条", "%"])),
        footnotes=tuple(FootnoteReference(str(n), offset) for n, offset in enumerate(sorted(offsets), 1)),
        soft=draw(st.booleans()),
        page=draw(st.sampled_from([None, 1, 2])),
        centred=draw(st.booleans()),
    )


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(blocks(), max_size=12), st.sampled_from(["zh", "en"]))
def test_nothing_is_lost_and_the_result_is_well_formed(made: list[RawBlock], language: str):
    raw = RawDocument(tuple(made), "made.txt")
    document = structure(raw, "zh" if language == "zh" else "en")
    assert not given_to(raw) - kept(document)
    assert [paragraph.index for paragraph in document.paragraphs] == list(range(len(document.paragraphs)))
    for paragraph in document.paragraphs:
        assert paragraph.text
        assert paragraph.text == paragraph.text.strip()
        assert all(0 <= note.offset <= len(paragraph.text) for note in paragraph.footnotes)
        assert 0 <= paragraph.part <= len(document.parts)


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES.filter(lambda line: line != "---"), max_size=12), st.sampled_from(["zh", "en"]))
def test_blocks_that_are_not_soft_keep_their_boundaries(lines: list[str], language: str):
    raw = RawDocument(tuple(RawBlock(line, f"line {n}") for n, line in enumerate(lines, 1)), "made.txt")
    document = structure(raw, "zh" if language == "zh" else "en")
    assert [paragraph.place for paragraph in document.paragraphs] == [f"line {n}" for n in range(1, len(lines) + 1)]


@pytest.mark.shared
@pytest.mark.parametrize("path", sorted((SHARED / "seeds").glob("*.txt")), ids=lambda path: path.name[:3])
def test_nothing_of_a_converted_document_is_lost(path: Path):
    from align.readers.plain import read_plain

    raw = read_plain(path.read_text(encoding="utf-8-sig"), path.name)
    assert not given_to(raw) - kept(structure(raw))
