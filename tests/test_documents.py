"""Two documents to a table: streams, sorted lists, sentences inside paragraphs, numbers, order."""

from __future__ import annotations

import numpy as np
import pytest

from align.aligner import Aligner
from align.document import Document, Kind, Paragraph
from align.documents import align_documents, labelled
from align.lists import ListPair, find_lists
from align.streams import Stream, stream_of, streams
from align.table import AlignmentTable, BeadKind, BeadRecord, Provenance
from tests.fakes import DICTIONARY, AdditiveEncoder, sentences

Row = tuple[Kind, str] | tuple[Kind, str, str]


def document(language: str, rows: list[Row], **facts: str) -> Document:
    paragraphs = tuple(
        Paragraph(k, row[0], row[1], row[2] if len(row) > 2 else "", level=int(row[0] is Kind.ITEM))
        for k, row in enumerate(rows)
    )
    return Document(paragraphs, "zh" if language == "zh" else "en", source=f"made.{language}.txt", **facts)


def bodies(texts: list[str]) -> list[Row]:
    return [(Kind.BODY, text) for text in texts]


def test_a_notes_number_is_not_compared_because_it_only_counts_the_notes_before_it() -> None:
    assert labelled(Paragraph(0, Kind.NOTE, "See A/99/118.", "4")) == "See A/99/118."
    assert labelled(Paragraph(0, Kind.BODY, "See A/99/118.", "4")) == "4. See A/99/118."


@pytest.fixture(scope="module")
def aligner() -> Aligner:
    return Aligner.make(AdditiveEncoder())


def links(table: AlignmentTable) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(record.zh, record.en) for record in table.records]


NAMES = DICTIONARY[:12]
ZH_LIST = [zh + zh2 for (zh, _), (zh2, _) in zip(NAMES, DICTIONARY[20:32], strict=True)]
EN_LIST = [f"{en} {en2}" for (_, en), (_, en2) in zip(NAMES, DICTIONARY[20:32], strict=True)]


# streams ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "stream"),
    [(kind, Stream.BODY) for kind in Kind if kind not in {Kind.NOTE, Kind.CELL}]
    + [(Kind.NOTE, Stream.NOTES), (Kind.CELL, Stream.TABLES)],
)
def test_every_kind_of_paragraph_has_its_stream(kind: Kind, stream: Stream) -> None:
    assert stream_of(Paragraph(0, kind, "x")) is stream


def test_notes_on_both_sides_are_a_stream_of_their_own() -> None:
    zh = document("zh", [(Kind.BODY, "山"), (Kind.NOTE, "水"), (Kind.BODY, "火")])
    en = document("en", [(Kind.BODY, "mountain"), (Kind.BODY, "fire"), (Kind.NOTE, "water")])
    assert [([p.index for p in left], [p.index for p in right]) for left, right in streams(zh, en)] == [
        ([0, 2], [0, 1]),
        ([1], [2]),
    ]


def test_notes_that_only_one_side_has_stay_in_the_body() -> None:
    zh = document("zh", [(Kind.BODY, "山"), (Kind.NOTE, "水")])
    en = document("en", [(Kind.BODY, "mountain"), (Kind.BODY, "water")])
    assert [([p.index for p in left], [p.index for p in right]) for left, right in streams(zh, en)] == [
        ([0, 1], [0, 1])
    ]


def test_a_document_without_body_still_has_every_paragraph_in_a_stream() -> None:
    zh, en = document("zh", [(Kind.NOTE, "水")]), document("en", [(Kind.NOTE, "water")])
    assert [k for left, _ in streams(zh, en) for k in [p.index for p in left]] == [0]


def test_footnotes_in_another_place_do_not_disturb_the_body(aligner: Aligner) -> None:
    zh_texts, en_texts = sentences(14, seed=11)
    note_zh, note_en = sentences(3, seed=12)
    zh_rows, en_rows = bodies(zh_texts), bodies(en_texts)
    for place, text in zip((3, 7, 12), note_zh, strict=True):
        zh_rows.insert(place, (Kind.NOTE, text))
    en_rows += [(Kind.NOTE, text) for text in note_en]
    zh, en = document("zh", zh_rows), document("en", en_rows)
    table = align_documents(zh, en, aligner)
    body = [k for k, row in enumerate(zh_rows) if row[0] is Kind.BODY]
    assert set(links(table)) == {((zh_k,), (k,)) for k, zh_k in enumerate(body)} | {
        ((3,), (14,)),
        ((7,), (15,)),
        ((12,), (16,)),
    }


# lists --------------------------------------------------------------------------------------------------------------
def test_a_list_in_another_order_is_recognised() -> None:
    shuffled = [EN_LIST[k] for k in np.random.default_rng(1).permutation(len(EN_LIST))]
    zh, en = sentences(4, seed=13)
    found = find_lists([*zh[:2], *ZH_LIST, *zh[2:]], [*en[:3], *shuffled, *en[3:]], AdditiveEncoder())
    assert found == (ListPair((2, 14), (3, 15)),)


def test_a_list_in_the_same_order_is_left_line_by_line() -> None:
    assert find_lists(ZH_LIST, EN_LIST, AdditiveEncoder()) == ()


def test_lists_of_different_things_are_no_pair() -> None:
    assert find_lists(ZH_LIST, [en for _, en in DICTIONARY[40:52]], AdditiveEncoder()) == ()


def test_three_names_are_no_list() -> None:
    assert find_lists(ZH_LIST[:3], EN_LIST[2::-1], AdditiveEncoder()) == ()


def test_numbered_entries_are_no_sorted_list() -> None:
    zh = [f"({k}) {text}" for k, text in enumerate(ZH_LIST, start=1)]
    assert find_lists(zh, [f"({k}) {text}" for k, text in enumerate(EN_LIST[::-1], start=1)], AdditiveEncoder()) == ()


@pytest.mark.parametrize(
    ("zh", "en"), [([], []), (ZH_LIST, []), ([], EN_LIST), (["", "", "", ""], ["a", "b", "c", "d"])]
)
def test_where_a_side_has_no_list_nothing_is_found(zh: list[str], en: list[str]) -> None:
    assert find_lists(zh, en, AdditiveEncoder()) == ()


def test_a_list_sorted_differently_becomes_one_bead(aligner: Aligner) -> None:
    zh_texts, en_texts = sentences(6, seed=14)
    shuffled = [EN_LIST[k] for k in np.random.default_rng(2).permutation(len(EN_LIST))]
    zh = document("zh", bodies([*zh_texts[:3], *ZH_LIST, *zh_texts[3:]]))
    en = document("en", bodies([*en_texts[:3], *shuffled, *en_texts[3:]]))
    table = align_documents(zh, en, aligner)
    kinds = [(record.zh, record.en, record.kind) for record in table.records]
    whole = tuple(range(3, 15))
    one_by_one = [((k,), (k,), BeadKind.LINK) for k in (0, 1, 2, 15, 16, 17)]
    assert kinds == [*one_by_one[:3], (whole, whole, BeadKind.LIST), *one_by_one[3:]]


# paragraphs ---------------------------------------------------------------------------------------------------------
def test_a_record_carries_texts_numbers_and_paragraphs(aligner: Aligner) -> None:
    zh_texts, en_texts = sentences(4, seed=15)
    zh = document("zh", [(Kind.OPERATIVE, text, str(k)) for k, text in enumerate(zh_texts, start=1)])
    en = document("en", [(Kind.OPERATIVE, text, str(k)) for k, text in enumerate(en_texts, start=1)])
    records = align_documents(zh, en, aligner).records
    assert [(r.zh, r.en, r.zh_text, r.en_text, r.number, r.zh_paragraphs, r.en_paragraphs) for r in records] == [
        ((k,), (k,), zh_texts[k], en_texts[k], str(k + 1), (k,), (k,)) for k in range(4)
    ]


def test_an_item_is_cited_below_its_paragraph(aligner: Aligner) -> None:
    zh_texts, en_texts = sentences(4, seed=16)
    kinds = [(Kind.OPERATIVE, "3"), (Kind.ITEM, "(a)"), (Kind.ITEM, "(b)"), (Kind.OPERATIVE, "4")]
    zh = document("zh", [(kind, text, number) for text, (kind, number) in zip(zh_texts, kinds, strict=True)])
    en = document("en", [(kind, text, number) for text, (kind, number) in zip(en_texts, kinds, strict=True)])
    assert [r.number for r in align_documents(zh, en, aligner).records] == ["3", "3 (a)", "3 (b)", "4"]


@pytest.mark.parametrize(
    ("number", "expected"), [("3", "3. x"), ("(a)", "(a) x"), ("第五条", "第五条 x"), ("*", "* x"), ("", "x")]
)
def test_a_paragraph_is_compared_with_its_number_in_front(number: str, expected: str) -> None:
    assert labelled(Paragraph(0, Kind.BODY, "x", number)) == expected


def test_records_follow_the_english_and_lone_chinese_its_neighbour(aligner: Aligner) -> None:
    zh_texts, en_texts = sentences(10, seed=17)
    table = align_documents(
        document("zh", bodies(zh_texts)), document("en", bodies(en_texts[:5] + en_texts[6:])), aligner
    )
    expected = [((k,), (k,)) for k in range(5)] + [((5,), ())] + [((k,), (k - 1,)) for k in range(6, 10)]
    assert links(table) == expected
    assert table.records[5].kind is BeadKind.ZH_ONLY
    assert table.records[5].similarity is None


def test_the_table_says_where_it_comes_from(aligner: Aligner) -> None:
    zh = document("zh", bodies(["山水。"]), symbol="A/1", title="题", date="2012-12-20")
    en = document("en", bodies(["Mountain water."]), title="Title", body="General Assembly")
    table = align_documents(zh, en, aligner)
    assert table.provenance == Provenance(
        symbol="A/1",
        title_zh="题",
        title_en="Title",
        date="2012-12-20",
        body="General Assembly",
        zh_source="made.zh.txt",
        en_source="made.en.txt",
        zh_script="Hans",
    )
    assert table.level == "paragraph"
    assert "model:fake@1" in table.signature
    assert "level:paragraph" in table.signature


def test_an_empty_document_leaves_the_other_alone(aligner: Aligner) -> None:
    zh = document("zh", bodies(["山水。", "火木。"]))
    table = align_documents(zh, document("en", []), aligner)
    assert [(r.zh, r.en, r.kind) for r in table.records] == [((0,), (), BeadKind.ZH_ONLY), ((1,), (), BeadKind.ZH_ONLY)]


def test_progress_is_told_once_a_stream(aligner: Aligner) -> None:
    said: list[str] = []
    rows_zh: list[Row] = [(Kind.BODY, "山水。"), (Kind.NOTE, "火木。")]
    rows_en: list[Row] = [(Kind.BODY, "Mountain water."), (Kind.NOTE, "Fire wood.")]
    align_documents(document("zh", rows_zh), document("en", rows_en), aligner, progress=said.append)
    assert len(said) == 2
    assert all(line.endswith("…") for line in said)


# sentences ----------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def by_sentence(aligner: Aligner) -> tuple[AlignmentTable, Document, Document]:
    """Paragraphs of three, two, one and two sentences; the third is only in Chinese."""
    zh_texts, en_texts = sentences(8, seed=18)
    zh = document("zh", bodies(["".join(zh_texts[:3]), "".join(zh_texts[3:5]), zh_texts[5], "".join(zh_texts[6:])]))
    upper = [text.capitalize() for text in en_texts]
    en = document("en", bodies([" ".join(upper[:3]), " ".join(upper[3:5]), " ".join(upper[6:])]))
    return align_documents(zh, en, aligner, "sentence"), zh, en


def test_sentences_are_linked_inside_their_paragraphs(by_sentence: tuple[AlignmentTable, Document, Document]) -> None:
    table, _, _ = by_sentence
    assert [(r.zh, r.en, r.zh_paragraphs, r.en_paragraphs) for r in table.records] == [
        ((0,), (0,), (0,), (0,)),
        ((1,), (1,), (0,), (0,)),
        ((2,), (2,), (0,), (0,)),
        ((3,), (3,), (1,), (1,)),
        ((4,), (4,), (1,), (1,)),
        ((5,), (), (2,), ()),
        ((6,), (5,), (3,), (2,)),
        ((7,), (6,), (3,), (2,)),
    ]
    assert table.level == "sentence"
    assert "segmenter:" in table.signature


def test_the_sentences_of_a_paragraph_make_up_its_text(by_sentence: tuple[AlignmentTable, Document, Document]) -> None:
    table, zh, en = by_sentence

    def told(record: BeadRecord, paragraph: int) -> bool:
        return paragraph in record.zh_paragraphs

    for paragraph in zh.paragraphs:
        assert "".join(r.zh_text for r in table.records if told(r, paragraph.index)) == paragraph.text
    for paragraph in en.paragraphs:
        assert " ".join(r.en_text for r in table.records if paragraph.index in r.en_paragraphs) == paragraph.text


def test_an_empty_paragraph_bead_does_not_lose_sentences(aligner: Aligner) -> None:
    zh = document("zh", bodies(["山水火木。金土日月。", "", "星云雨雪。"]))
    en = document("en", bodies(["Mountain water fire wood. Gold soil sun moon.", "Star cloud rain snow."]))
    table = align_documents(zh, en, aligner, "sentence")
    used = sorted(k for r in table.records for k in r.zh)
    assert used == list(range(len(used)))
    assert "".join(r.zh_text for r in table.records) == "山水火木。金土日月。星云雨雪。"


def test_a_moved_paragraph_stays_moved_by_sentence(aligner: Aligner) -> None:
    zh_texts, en_texts = sentences(12, seed=19)
    zh = document("zh", bodies(zh_texts))
    en = document("en", bodies([text.capitalize() for text in [*en_texts[1:], en_texts[0]]]))
    table = align_documents(zh, en, aligner, "sentence")
    assert [(r.zh, r.en) for r in table.records if r.kind is BeadKind.MOVED] == [((0,), (11,))]
