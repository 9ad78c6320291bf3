"""Corrections of an alignment: what they make of it, and what never changes whatever is done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_made_up import EN, SYMBOL, ZH, bead, document, table

from align.document import Document, Language
from align.editing import Confirm, Edit, Link, Merge, Move, SetAside, Split, Unlink
from align.editing_rows import Unit
from align.editing_session import Session, edit_data, edit_from, first_change
from align.editing_splits import cuts_of, split_at
from align.errors import InputError
from align.table import AlignmentTable, BeadKind, BeadRecord

TWO = "各国应当加强合作。各国还应当交流信息。"


def session(records: list[BeadRecord] | None = None, with_documents: bool = True) -> Session:
    made = table(records=records or [])
    return Session.of(made, document("zh"), document("en")) if with_documents else Session.of(made)


def shape(one: Session) -> list[tuple[tuple[int, ...], tuple[int, ...], str, str]]:
    return [(record.zh, record.en, str(record.kind), record.status) for record in one.table.records]


def test_a_table_that_nobody_has_touched_is_what_it_was() -> None:
    for made in (table(), table(records=[bead([0, 1], [0]), bead([2], [1, 2]), bead([], [3]), bead([3], [])])):
        assert Session.of(made, document("zh"), document("en")).table == made
        assert Session.of(made).table == made


def test_rows_are_merged_and_split_again() -> None:
    merged = session().do(Merge(1))
    assert shape(merged)[1] == ((1, 2), (1, 2), "link", "checked")
    assert merged.table.records[1].zh_text == f"{ZH[1]}\n{ZH[2]}"
    assert merged.table.records[1].similarity is None
    again = merged.do(split_at(merged.rows[1], 1))
    assert [(zh, en) for zh, en, *_ in shape(again)] == [((k,), (k,)) for k in range(4)]
    assert [record.number for record in again.table.records] == ["0", "1", "2", "3"]


def test_a_chinese_paragraph_is_cut_for_two_english_ones_and_never_the_other_way_round() -> None:
    zh, en = document("zh", ["大会，", TWO, "完。"]), document("en", EN)
    records = [
        bead([0], [0], [p.text for p in zh.paragraphs]),
        bead([1], [1, 2], ["", TWO]),
        bead([2], [3], ["", "", "完。"]),
    ]
    start = Session.of(table(records=records), zh, en)
    split = start.do(split_at(start.rows[1], 1))
    assert [record.zh_text for record in split.table.records] == [
        "大会，",
        "各国应当加强合作。",
        "各国还应当交流信息。",
        "完。",
    ]
    assert [record.en_text for record in split.table.records] == list(EN)
    assert [record.zh for record in split.table.records] == [(0,), (1,), (2,), (3,)]
    assert [record.zh_paragraphs for record in split.table.records] == [(0,), (1,), (1,), (2,)]
    assert split.do(Merge(1)).table.records[1].zh_text == TWO


def test_what_was_cut_can_be_opened_again_with_what_was_set_aside() -> None:
    zh, en = document("zh", ["大会，", TWO, "目录", "完。"]), document("en", EN)
    texts = [p.text for p in zh.paragraphs]
    records = [bead([0], [0], texts), bead([1], [1, 2], texts), bead([2], [], texts), bead([3], [3], texts)]
    start = Session.of(table(records=records), zh, en)
    stored = start.do(split_at(start.rows[1], 1)).do(SetAside(3)).table
    opened = Session.of(stored, zh, en)
    assert opened.table == stored
    assert [(k, row.zh[0].text) for k, row in enumerate(opened.rows) if row.aside] == [(3, "目录")]
    assert opened.do(SetAside(3, aside=False)).table.records[3].zh_text == "目录"


@pytest.mark.parametrize(
    ("edit", "first", "second"),
    [
        (Move(1, "zh", True), ((0, 1), (0,)), ((), (1,))),
        (Move(1, "en", True), ((0,), (0, 1)), ((1,), ())),
        (Move(0, "zh", False), ((), (0,)), ((0, 1), (1,))),
        (Move(0, "en", False), ((0,), ()), ((1,), (0, 1))),
    ],
)
def test_a_paragraph_moves_to_the_row_above_or_below(edit: Edit, first: tuple[object], second: tuple[object]) -> None:
    assert [(zh, en) for zh, en, *_ in shape(session().do(edit))][:2] == [first, second]


def test_a_row_without_anything_left_goes() -> None:
    moved = session().do(Move(1, "zh", True)).do(Move(1, "en", True))
    assert [(zh, en) for zh, en, *_ in shape(moved)] == [((0, 1), (0, 1)), ((2,), (2,)), ((3,), (3,))]


def test_lone_paragraphs_are_linked_from_afar_and_the_row_says_that_it_moved() -> None:
    records = [bead([0], []), bead([1], [0]), bead([2], [1]), bead([3], [2]), bead([], [3])]
    linked = session(records).do(Link(0, 4))
    assert shape(linked)[-1] == ((0,), (3,), "moved", "checked")
    assert len(linked.rows) == 4
    apart = linked.do(Unlink(3))
    assert [(zh, en, kind) for zh, en, kind, _ in shape(apart)] == [
        ((0,), (), "zh-only"),
        ((1,), (0,), "link"),
        ((2,), (1,), "link"),
        ((3,), (2,), "link"),
        ((), (3,), "en-only"),
    ]


def test_what_is_set_aside_is_in_no_count_and_comes_back_as_it_was() -> None:
    before = session()
    aside = before.do(SetAside(2))
    assert (aside.aside, len(aside.table.records), len(aside.rows)) == (1, 3, 4)
    assert aside.do(SetAside(2, aside=False)).table == before.table


def test_a_person_confirms_a_row_and_takes_it_back() -> None:
    confirmed = session().do(Confirm(1))
    assert [record.status for record in confirmed.table.records] == ["automatic", "checked", "automatic", "automatic"]
    assert confirmed.do(Confirm(1, checked=False)).table == table()


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (Merge(3), "there is no row below"),
        (Merge(9), "no such row"),
        (Move(0, "zh", True), "there is no row above"),
        (Unlink(4), "no such row"),
        (Link(0, 1), "both rows are linked already"),
        (Link(0, 0), "choose another row"),
        (Split(0, 0, 0), "would be empty"),
        (Split(0, 5, 0), "fewer paragraphs"),
        (Split(0, 0, 0, 99), "would be empty"),
        (Split(0, 1, 1, 2), "no Chinese text behind"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(edit: Edit, why: str) -> None:
    with pytest.raises(InputError, match=why):
        session().do(edit)


def test_a_row_that_is_set_aside_must_come_back_before_it_is_changed() -> None:
    aside = session().do(SetAside(1))
    for edit in (Merge(1), Confirm(1), Link(0, 1)):
        with pytest.raises(InputError):
            aside.do(edit)
    assert shape(aside.do(Merge(0)))[0] == ((0, 2), (0, 2), "link", "checked")  # over what is set aside


def test_two_rows_in_one_language_are_not_linked() -> None:
    with pytest.raises(InputError, match="in one language"):
        session([bead([0], []), bead([1], []), bead([2, 3], [0, 1, 2, 3])]).do(Link(0, 1))


def test_a_stored_text_that_does_not_tell_its_units_apart_stays_whole() -> None:
    record = replace(bead([0, 1], [0]), zh_text="一\n二\n三")
    whole = session([record], with_documents=False)
    assert [unit.numbers for unit in whole.rows[0].zh] == [(0, 1)]
    assert whole.table.records == (record,)


def test_split_prefers_the_place_where_both_halves_share_what_they_name() -> None:
    zh = ["第一段提到A/RES/79/901。", "第二段很短。", "第三段提到2024年12月19日，并且比较长，说了很多别的话。"]
    en = [
        "The first paragraph, rather long, names A/RES/79/901 and some more besides it.",
        "The third: 19 December 2024.",
    ]
    start = Session.of(table(records=[bead([0, 1, 2], [0, 1], zh, en)]), document("zh", zh), document("en", en))
    found = split_at(start.rows[0], 0)
    assert (found.en, found.zh in (1, 2), found.cut) == (1, True, 0)
    assert split_at(start.rows[0], 0, zh=2).en == 1
    assert split_at(start.rows[0], 0, en=1).zh in (1, 2)


def test_one_row_of_one_sentence_has_nothing_to_divide() -> None:
    with pytest.raises(InputError, match="nothing to divide"):
        split_at(session().rows[0], 0)


def test_everything_is_undone_and_done_again_and_survives_as_json() -> None:
    steps = [session()]
    edits: list[Edit] = [
        Merge(0),
        Split(0, 1, 1),
        Move(1, "zh", True),
        SetAside(2),
        Confirm(3),
        SetAside(2, aside=False),
    ]
    for edit in edits:
        steps.append(steps[-1].do(edit))
    now = steps[-1]
    for step in reversed(steps[:-1]):
        now = now.undo()
        assert now.rows == step.rows
    assert not now.can_undo
    for step in steps[1:]:
        now = now.redo()
        assert now.rows == step.rows
    data = json.loads(json.dumps([edit_data(edit) for edit in now.edits]))
    assert Session.of(table(), document("zh"), document("en"), [edit_from(one) for one in data]).rows == now.rows
    assert first_change(steps[0].rows, steps[5].rows) == 0
    for data in ({"do": "dance"}, {"do": "merge"}, {"row": 1}):
        with pytest.raises(InputError, match="no corrections"):
            edit_from(data)


def test_a_new_edit_forgets_what_was_undone() -> None:
    one = session().do(Merge(0)).undo().do(Merge(1))
    assert (len(one.edits), one.can_redo) == (1, False)
    with pytest.raises(InputError, match="nothing to do again"):
        one.redo()
    with pytest.raises(InputError, match="nothing to undo"):
        session().undo()


LANGUAGES: tuple[Language, ...] = ("zh", "en")
EDITS = st.one_of(
    st.builds(Merge, st.integers(0, 6)),
    st.builds(Split, st.integers(0, 6), st.integers(0, 3), st.integers(0, 3), st.integers(0, 12)),
    st.builds(Move, st.integers(0, 6), st.sampled_from(LANGUAGES), st.booleans()),
    st.builds(Link, st.integers(0, 6), st.integers(0, 6)),
    st.builds(Unlink, st.integers(0, 6)),
    st.builds(SetAside, st.integers(0, 6), st.booleans()),
    st.builds(Confirm, st.integers(0, 6), st.booleans()),
)


def units(one: Session, language: Language) -> list[Unit]:
    return sorted((unit for row in one.rows for unit in row.side(language)), key=lambda unit: unit.order)


def whole(found: list[Unit]) -> Iterator[tuple[int, str]]:
    """The texts by number, with what was cut put together."""
    texts: dict[int, str] = {}
    for unit in found:
        texts[unit.numbers[0]] = texts.get(unit.numbers[0], "") + unit.gap + unit.text
    yield from sorted(texts.items())


@settings(max_examples=150, deadline=None)
@given(st.lists(EDITS, max_size=12))
def test_whatever_is_done_every_unit_is_in_exactly_one_row_and_english_stays_whole(edits: list[Edit]) -> None:
    zh = document("zh", [*ZH, TWO])
    texts = [p.text for p in zh.paragraphs]
    records = [bead([0], [0]), bead([1, 2], [1]), bead([3], []), bead([], [2]), bead([4], [3], texts)]
    one = Session.of(table(records=records), zh, document("en"))
    for edit in edits:
        try:
            one = one.do(edit)
        except InputError:
            continue
    assert [(unit.numbers, unit.text) for unit in units(one, "en")] == [((k,), EN[k]) for k in range(4)]
    assert list(whole(units(one, "zh"))) == list(enumerate(texts))
    assert all(row.zh or row.en for row in one.rows)
    assert all((row.kind is BeadKind.ZH_ONLY) == (not row.en) for row in one.rows)
    assert all((row.kind is BeadKind.EN_ONLY) == (not row.zh) for row in one.rows)
    records = [record for record in one.table.records if record.status != "checked"]
    assert all(record.similarity is not None or not record.zh or not record.en for record in records) or edits
    numbers = [number for record in one.table.records for number in record.zh]
    assert len(numbers) == len(set(numbers))
    assert Session.of(one.base, zh, document("en"), one.edits, one.position).rows == one.rows
    if not one.aside:
        assert sorted(numbers) == list(range(len(numbers)))
        assert Session.of(one.table, zh, document("en")).table == one.table


def test_cuts_are_between_sentences() -> None:
    unit = Unit((0,), TWO)
    assert [TWO[place:] for place in cuts_of(unit)] == ["各国还应当交流信息。"]


def test_an_alignment_by_sentences_is_corrected_by_sentences() -> None:
    zh, en = document("zh", [TWO]), document("en", ["States should cooperate. They should also share information."])
    records = (
        BeadRecord(
            (0,),
            (0,),
            "各国应当加强合作。",
            "States should cooperate.",
            0.9,
            0.9,
            BeadKind.LINK,
            "automatic",
            "0",
            (0,),
            (0,),
        ),
        BeadRecord(
            (1,),
            (1,),
            "各国还应当交流信息。",
            "They should also share information.",
            0.9,
            0.9,
            BeadKind.LINK,
            "automatic",
            "0",
            (0,),
            (0,),
        ),
    )
    start = Session.of(AlignmentTable("made", records, level="sentence"), zh, en)
    assert start.table.records == records
    merged = start.do(Merge(0)).table.records[0]
    assert (merged.zh_text, merged.en_text) == (TWO, en.paragraphs[0].text)
    assert (merged.zh, merged.zh_paragraphs) == ((0, 1), (0,))


def test_documents_that_do_not_fit_the_table_are_no_reason_to_lose_a_text() -> None:
    other: Document = document("zh", ["别的文字。"] * 4, SYMBOL)
    assert Session.of(table(), other, document("en")).table == table()
