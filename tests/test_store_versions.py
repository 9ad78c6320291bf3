"""Human corrections in a new version of a document, sentence by sentence and where texts have moved."""

from __future__ import annotations

from dataclasses import replace

from store_made_up import EN, ZH, bead, checked

from align.table import BeadKind, BeadRecord
from search.versions import carry_over

PLAIN = [bead([k], [k]) for k in range(4)]


def drawn(records: tuple[BeadRecord, ...]) -> list[tuple[tuple[int, ...], tuple[int, ...], str]]:
    return [(record.zh, record.en, record.status) for record in records]


def _later(record: BeadRecord) -> BeadRecord:
    place = (record.zh[0] + 1,)
    return replace(record, zh=place, en=place, zh_paragraphs=place, en_paragraphs=place)


def test_without_corrections_the_new_version_stays_as_it_is() -> None:
    carried = carry_over([], PLAIN, "paragraph")
    assert (carried.records, carried.kept, carried.lost) == (tuple(PLAIN), 0, ())


def test_a_kind_that_a_person_has_set_is_kept() -> None:
    carried = carry_over([checked(replace(PLAIN[2], kind=BeadKind.MOVED))], PLAIN, "paragraph")
    assert carried.records[2] == replace(PLAIN[2], kind=BeadKind.MOVED, status="checked")


def test_a_correction_is_found_where_its_texts_have_moved_to() -> None:
    new = [bead([0], [0], ("新",), ("New",)), *(_later(record) for record in PLAIN)]
    carried = carry_over([checked(bead([1, 2], [1, 2]))], new, "paragraph")
    assert drawn(carried.records) == [
        ((0,), (0,), "automatic"),
        ((1,), (1,), "automatic"),
        ((2, 3), (2, 3), "checked"),
        ((4,), (4,), "automatic"),
    ]
    assert carried.records[2].zh_text == f"{ZH[1]}\n{ZH[2]}"
    assert carried.records[2].zh_paragraphs == (2, 3)


def test_of_texts_that_occur_more_than_once_the_nearest_is_meant() -> None:
    texts = ("同上。", "甲。", "同上。"), ("Idem.", "A.", "Idem.")
    new = [bead([k], [k], *texts) for k in range(3)]
    same = carry_over([checked(bead([2], [2], *texts))], new, "paragraph")
    assert [record.status for record in same.records] == ["automatic", "automatic", "checked"]
    split = carry_over([checked(bead([2], [], *texts)), checked(bead([], [2], *texts))], new, "paragraph")
    assert drawn(split.records) == [
        ((0,), (0,), "automatic"),
        ((1,), (1,), "automatic"),
        ((2,), (), "checked"),
        ((), (2,), "checked"),
    ]


def test_what_a_correction_leaves_of_a_bead_is_for_a_person_to_look_at() -> None:
    new = [bead([0], [0]), bead([1, 2], [1, 2]), bead([3], [3])]
    carried = carry_over([checked(bead([1], [1]))], new, "paragraph")
    assert drawn(carried.records) == [
        ((0,), (0,), "automatic"),
        ((1,), (1,), "checked"),
        ((2,), (2,), "automatic"),
        ((3,), (3,), "automatic"),
    ]
    rest = carried.records[2]
    assert (rest.zh_text, rest.en_text, rest.confidence, rest.similarity) == (ZH[2], EN[2], 0.5, None)
    assert (rest.zh_paragraphs, rest.doubtful) == ((2,), True)


def test_what_the_new_version_brings_as_checked_is_not_taken_apart() -> None:
    new = [checked(bead([0, 1], [0])), bead([2], [1, 2]), bead([3], [3])]
    carried = carry_over([checked(bead([1], [1]))], new, "paragraph")
    assert (carried.records, carried.kept) == (tuple(new), 0)
    assert [record.zh for record in carried.lost] == [(1,)]


def test_sentences_are_told_apart_in_joined_texts() -> None:
    def sentences(zh: list[int], en: list[int]) -> BeadRecord:
        zh_text = "".join(("甲来了。", "乙来了。", "丙来了。")[k] for k in zh)
        en_text = " ".join(("A has come.", "B has come.", "C has come.")[k] for k in en)
        return replace(bead(zh, en), zh_text=zh_text, en_text=en_text, zh_paragraphs=(0,), en_paragraphs=(0,))

    new = [sentences([0, 1], [0, 1]), sentences([2], [2])]
    carried = carry_over([checked(sentences([1, 2], [1, 2]))], new, "sentence")
    assert drawn(carried.records) == [((0,), (0,), "automatic"), ((1, 2), (1, 2), "checked")]
    assert (carried.records[0].zh_text, carried.records[0].en_text) == ("甲来了。", "A has come.")


def test_no_text_is_lost_or_doubled_by_corrections() -> None:
    old = [checked(bead([0], [0, 1])), checked(bead([1, 2], [2])), checked(bead([3], []))]
    carried = carry_over(old, PLAIN, "paragraph")
    assert sorted(k for record in carried.records for k in record.zh) == [0, 1, 2, 3]
    assert sorted(k for record in carried.records for k in record.en) == [0, 1, 2, 3]
    assert carried.kept == 3
