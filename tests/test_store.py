"""The corpus keeps what it is given: the same contract on SQLite and on a real PostgreSQL server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
import store_databases
from conftest import SHARED
from store_made_up import EN, SYMBOL, ZH, bead, checked, document, pair_file, table

from align.readers import read
from align.readers.pair_file import AlignedPair, PairFile
from align.table import AlignmentTable, BeadKind, BeadRecord
from search.corpus import Corpus
from search.errors import CounterpartError, NotInCorpusError, ReadOnlyCorpusError
from search.records import Filters

ODD = "一个\0字符、半个\ud800代理、_x0041_、\r\n、\U00020000和’弯引号"


@pytest.fixture(params=store_databases.KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return store_databases.place(request.param, tmp_path)


@pytest.fixture
def corpus(place: str) -> Iterator[Corpus]:
    with Corpus.open(place) as opened:
        yield opened


def texts(corpus: Corpus, filters: Filters | None = None) -> list[tuple[str, str]]:
    return [(pair.record.zh_text, pair.record.en_text) for pair in corpus.pairs(filters)]


def test_an_alignment_comes_back_as_it_was_given(corpus: Corpus) -> None:
    added = corpus.add_alignment(table(), document("zh"), document("en"))
    assert (added.change, added.document, added.label, added.pairs) == ("added", 1, SYMBOL, 4)
    assert corpus.table(1) == table()
    assert (corpus.document(1, "zh"), corpus.document(1, "en")) == (document("zh"), document("en"))
    (stored,) = corpus.list()
    assert (stored.label, stored.name, stored.type, stored.languages) == (SYMBOL, "resolution", "RES", ("zh", "en"))
    assert (stored.pairs, stored.linked, stored.checked, stored.doubtful) == (4, 4, 0, 0)
    assert corpus.verify() == ()


def test_it_is_there_when_the_corpus_is_opened_again(place: str) -> None:
    with Corpus.open(place) as first:
        first.add_alignment(table())
        name = first.name
    with Corpus.open(place, read_only=True) as second:
        assert (second.table(1), second.state, second.name) == (table(), 1, name)
        with pytest.raises(ReadOnlyCorpusError):
            second.remove(1)


def test_texts_of_any_code_points_come_back(corpus: Corpus) -> None:
    record = replace(bead([0], [0]), zh_text=ODD, en_text=ODD, number=ODD)
    given = AlignmentTable(ODD, (record,), replace(table().provenance, title_zh=ODD, symbol="", zh_source=ODD))
    corpus.add_alignment(given)
    assert corpus.table(1) == given
    assert corpus.verify() == ()


def test_adding_the_same_twice_changes_nothing(corpus: Corpus) -> None:
    corpus.add_alignment(table(), document("zh"), document("en"))
    before = (corpus.list(), list(corpus.pairs()), corpus.state)
    again = corpus.add_alignment(table(), document("zh"), document("en"))
    assert (again.change, again.document, again.pairs) == ("unchanged", 1, 4)
    assert (corpus.list(), list(corpus.pairs()), corpus.state) == before


def test_the_symbol_is_the_same_however_it_is_spaced(corpus: Corpus) -> None:
    corpus.add_alignment(table(symbol="S/RES/1373 (2001)"))
    assert corpus.add_alignment(table(symbol="S/RES/1373(2001)")).change == "replaced"
    assert corpus.find("s/res/1373(2001)").id == 1


def test_a_new_version_takes_the_place_of_the_old_one(corpus: Corpus) -> None:
    corpus.add_alignment(table(), document("zh"), document("en"))
    kept = {pair.record.zh_text: pair.id for pair in corpus.pairs()}
    newer = table((*ZH[:2], "决定不设立基金；"), (*EN[:2], "Decides not to establish a fund;"))
    added = corpus.add_alignment(newer)
    assert (added.change, added.document, added.pairs) == ("replaced", 1, 3)
    assert corpus.table(1) == newer
    pairs = list(corpus.pairs())
    assert [pair.id for pair in pairs] == [kept[ZH[0]], kept[ZH[1]], max(kept.values()) + 1]
    assert [pair.state for pair in pairs] == [1, 1, 2]
    assert corpus.document(1, "zh") is None  # the new version came without its documents
    assert corpus.verify() == ()


def test_a_new_version_keeps_what_a_person_has_checked(corpus: Corpus) -> None:
    corpus.add_alignment(table())
    first, last = [pair.id for pair in corpus.pairs()][0::3]
    corpus.set_status([first, last])
    added = corpus.add_alignment(table((*ZH[:3], "请秘书长再次提出报告。"), EN))
    assert (added.change, added.kept) == ("replaced", 1)
    assert [record.zh_text for record in added.lost] == [ZH[3]]
    assert [(pair.record.zh_text, pair.record.status) for pair in corpus.pairs()][:2] == [
        (ZH[0], "checked"),
        (ZH[1], "automatic"),
    ]
    corpus.set_status([first], "automatic")
    assert corpus.pair(first).record.status == "automatic"


def test_a_correction_that_drew_beads_anew_stands_in_the_new_version(corpus: Corpus) -> None:
    drawn = (bead([0], [0]), checked(bead([1, 2], [1])), bead([], [2]), bead([3], [3]))
    corpus.add_alignment(table(records=drawn))
    added = corpus.add_alignment(table((*ZH, "完"), (*EN, "End")))
    assert (added.kept, added.lost) == (1, ())
    assert [(r.zh, r.en, r.kind, r.status, r.confidence) for r in corpus.table(1).records] == [
        ((0,), (0,), BeadKind.LINK, "automatic", 0.95),
        ((1, 2), (1,), BeadKind.LINK, "checked", 0.95),
        ((), (2,), BeadKind.EN_ONLY, "automatic", 0.5),
        ((3,), (3,), BeadKind.LINK, "automatic", 0.95),
        ((4,), (4,), BeadKind.LINK, "automatic", 0.95),
    ]


def test_removing_a_document_removes_all_of_it_and_nothing_else(corpus: Corpus) -> None:
    corpus.add_alignment(table(), document("zh"), document("en"))
    corpus.add_alignment(table(("别的文本在这里。",), ("Another text is here.",), symbol="A/RES/79/902"))
    others = list(corpus.pairs(Filters(document=2)))
    corpus.remove(1)
    assert (list(corpus.pairs()), [d.id for d in corpus.list()]) == (others, [2])
    assert len(list(corpus.folded())) == 1
    assert corpus.stats().paragraphs == 0
    assert corpus.verify() == ()
    with pytest.raises(NotInCorpusError, match=re.escape("there is no document #1 in the corpus")):
        corpus.remove(1)


def test_numbers_are_never_given_twice(corpus: Corpus) -> None:
    corpus.add_alignment(table())
    corpus.remove(1)
    added = corpus.add_alignment(table())
    assert (added.document, [pair.id for pair in corpus.pairs()]) == (2, [5, 6, 7, 8])


def test_the_state_grows_with_every_change_and_only_then(corpus: Corpus) -> None:
    states = [corpus.state]
    for change in (
        lambda: corpus.add_alignment(table()),
        lambda: corpus.add_alignment(table()),
        lambda: corpus.set_status([1]),
        lambda: corpus.add_pairs(pair_file(2)),
        lambda: corpus.remove(1),
        lambda: list(corpus.pairs()),
    ):
        change()
        states.append(corpus.state)
    assert states == [0, 1, 1, 2, 3, 4, 4]


def test_an_index_finds_what_came_since_it_was_made(corpus: Corpus) -> None:
    corpus.add_alignment(table())
    state = corpus.state
    corpus.add_alignment(table((*ZH[:3], "请秘书长再次提出报告。"), EN))
    assert texts(corpus, Filters(since=state)) == [("请秘书长再次提出报告。", EN[3])]
    assert corpus.pair_ids() == (1, 2, 3, 5)


# one language


def test_a_document_without_its_original_is_stored_paragraph_by_paragraph(corpus: Corpus) -> None:
    added = corpus.add_document(document("zh"))
    assert (added.change, added.pairs) == ("added", 4)
    assert corpus.list()[0].languages == ("zh",)
    assert corpus.pair(2).record == BeadRecord(
        (1,), (), ZH[1], "", None, 1.0, BeadKind.ZH_ONLY, number="1", zh_paragraphs=(1,)
    )
    assert corpus.document(1, "zh") == document("zh")
    assert corpus.document(1, "en") is None


def test_it_is_paired_when_the_original_comes(corpus: Corpus) -> None:
    corpus.add_document(document("zh"))
    added = corpus.add_alignment(table(), document("zh"), document("en"))
    assert (added.change, added.document) == ("paired", 1)
    assert corpus.table(1) == table()


def test_it_is_paired_by_its_content_where_it_has_no_symbol(corpus: Corpus) -> None:
    corpus.add_document(document("zh", symbol="", source="000_38ac.txt"))
    added = corpus.add_alignment(table(), document("zh", symbol=""), document("en"))
    assert (added.change, added.document, [d.label for d in corpus.list()]) == ("paired", 1, [SYMBOL])


def test_two_halves_that_were_stored_apart_become_one(corpus: Corpus) -> None:
    corpus.add_document(document("zh", symbol="", source="chinese.txt"))
    corpus.add_document(document("en"))
    corpus.add_alignment(table(), document("zh", symbol=""), document("en"))
    assert [(d.label, d.languages) for d in corpus.list()] == [(SYMBOL, ("zh", "en"))]
    assert corpus.verify() == ()


def test_the_other_language_alone_is_not_stored_unaligned(corpus: Corpus) -> None:
    corpus.add_document(document("zh"))
    with pytest.raises(CounterpartError, match="both must be aligned"):
        corpus.add_document(document("en"))
    assert corpus.state == 1


def test_one_language_of_what_is_there_adds_nothing(corpus: Corpus) -> None:
    corpus.add_alignment(table(), document("zh"), document("en"))
    assert corpus.add_document(document("zh")).change == "unchanged"
    with pytest.raises(CounterpartError):
        corpus.add_document(document("zh", ("另一个版本。",)))


def test_two_documents_of_one_name_are_two_and_two_versions_are_one(corpus: Corpus) -> None:
    first = [f"这是第{k}段，讲的是水文观测站。" for k in range(9)]
    other = [f"此处第{k}项，说的是渔业和港口。" for k in range(9)]
    added = [
        corpus.add_document(document("zh", text, symbol="", source="report.docx"))
        for text in (first, other, [*first[:5], "新的一段，讲的是别的事情。"], other[:4])
    ]
    assert [(one.change, one.document) for one in added] == [
        ("added", 1),
        ("added", 2),
        ("replaced", 1),
        ("replaced", 2),
    ]
    with pytest.raises(NotInCorpusError, match=re.escape("say which: #1 or #2")):
        corpus.find("report")


@pytest.mark.shared
def test_real_documents_come_back_as_they_were_read(corpus: Corpus) -> None:
    seeds = [read(path) for path in sorted((SHARED / "seeds").glob("*.txt"))]
    added = [corpus.add_document(seed) for seed in seeds]
    assert [one.change for one in added] == ["added"] * 3
    for one, seed in zip(added, seeds, strict=True):
        assert corpus.document(one.document, "zh") == replace(seed, set_aside=(), warnings=())
        assert [p.record.zh_text for p in corpus.pairs(Filters(document=one.document))] == [
            paragraph.text for paragraph in seed.paragraphs
        ]
    assert corpus.verify() == ()
    rivals = [corpus.containing(f"外国恐怖主义{word}人员", "zh") for word in ("战斗", "作战")]
    assert [len(list(rival)) > 0 for rival in rivals] == [True, True]


# pairs that are already aligned


def test_pairs_of_a_file_keep_what_the_file_says_of_them(corpus: Corpus) -> None:
    file = pair_file(2, client="水利部", confidence="0.7", status="checked", number="4")
    (added,) = corpus.add_pairs(file)
    assert (added.change, added.label, added.pairs) == ("added", "memory", 2)
    pair = corpus.pair(2)
    assert (pair.record.zh_text, pair.record.en_text) == (file.pairs[1].zh, file.pairs[1].en)
    assert (pair.record.confidence, pair.record.status, pair.record.number) == (0.7, "checked", "4")
    assert pair.properties == file.pairs[1].properties


def test_pairs_are_found_by_the_symbol_that_the_file_gives(corpus: Corpus) -> None:
    some = [*pair_file(2, **{"x-symbol": "A/RES/1/1", "x-date": "1946-01-24"}).pairs, *pair_file(1, first=5).pairs]
    added = corpus.add_pairs(PairFile(tuple(some), "memory.tmx"))
    assert [(one.label, one.pairs) for one in added] == [("A/RES/1/1", 2), ("memory", 1)]
    assert len(texts(corpus, Filters(symbol="a/res/1/1", years=(1946, 1946)))) == 2


def test_a_new_version_of_a_file_of_pairs_replaces_all_of_the_earlier_one(corpus: Corpus) -> None:
    old = [*pair_file(20, symbol="A/1").pairs, *pair_file(5, first=50, symbol="A/2").pairs]
    corpus.add_pairs(PairFile(tuple(old), "memory.tmx"), "old")
    state = corpus.state
    added = corpus.add_pairs(pair_file(20, symbol="A/1"), "new")
    assert ([one.change for one in added], len(corpus.list())) == (["unchanged"], 1)
    assert corpus.state > state
    assert len(corpus.pair_ids()) == 20


def test_a_file_of_pairs_never_takes_the_place_of_a_document_or_of_another_file(corpus: Corpus) -> None:
    corpus.add_alignment(table())
    corpus.add_pairs(pair_file(3, symbol=SYMBOL), "one")
    corpus.add_pairs(pair_file(3, first=100, symbol=SYMBOL), "two")
    assert [(d.label, d.origin, d.pairs) for d in corpus.list()] == [
        (SYMBOL, "documents", 4),
        (SYMBOL, "pairs", 3),
        (SYMBOL, "pairs", 3),
    ]
    assert corpus.find(SYMBOL).id == 1


def test_many_pairs_are_streamed_in_order(corpus: Corpus) -> None:
    corpus.add_pairs(pair_file(2500))
    assert [pair.position for pair in corpus.pairs()] == list(range(2500))
    assert corpus.verify() == ()


# asking


def test_filters_choose_pairs(corpus: Corpus) -> None:
    corpus.add_alignment(table(records=(checked(bead([0], [0])), bead([1], []), bead([], [1]), bead([2], [2]))))
    corpus.add_alignment(
        replace(
            table(("说明",), ("Note",), symbol="E/2019/L_5"),
            provenance=replace(
                table().provenance, symbol="E/2019/L.5", date="2019", body="Economic and Social Council"
            ),
        )
    )
    found = {
        name: [pair.id for pair in corpus.pairs(filters)]
        for name, filters in {
            "all": Filters(),
            "symbol": Filters(symbol="A/RES/79/901"),
            "prefix": Filters(symbol="A/RES/79/*"),
            "no wildcard": Filters(symbol="A%"),
            "underscore": Filters(symbol="E/2019/L_*"),
            "body": Filters(body="economic and social council"),
            "type": Filters(type="res"),
            "years": Filters(years=(2015, 2020)),
            "checked": Filters(status="checked"),
            "sure": Filters(min_confidence=0.96),
            "chinese": Filters(language="zh"),
            "english": Filters(language="en"),
            "linked": Filters(linked=True, symbol="A/*"),
        }.items()
    }
    assert found == {
        "all": [1, 2, 3, 4, 5],
        "symbol": [1, 2, 3, 4],
        "prefix": [1, 2, 3, 4],
        "no wildcard": [],
        "underscore": [],
        "body": [5],
        "type": [1, 2, 3, 4],
        "years": [5],
        "checked": [1],
        "sure": [],
        "chinese": [1, 2, 4, 5],
        "english": [1, 3, 4, 5],
        "linked": [1, 4],
    }


def test_a_phrase_is_found_whatever_its_script_width_case_and_hyphens(corpus: Corpus) -> None:
    corpus.add_alignment(table())
    assert [pair.id for pair in corpus.containing("水文觀測 數據", "zh")] == [2]
    assert [pair.id for pair in corpus.containing("SECRETARY‑GENERAL", "en")] == [4]
    assert [pair.id for pair in corpus.containing("member  states", "en", Filters(type="PV"))] == []
    for nothing in ("", " -", "%", "_", "100%' OR 1=1 --", "*", "数*数据", '"水文"', "NEAR(水文 数据)", "[水]文观测"):
        assert list(corpus.containing(nothing, "zh")) == []


@pytest.mark.parametrize(
    "phrase", ["a*b", "a*bc", "abc*[x]?", "*?[", "50% _of", "x0041_", "\0", "水", "水*", "𠀀𠀁𠀂", '"a" OR b']
)
def test_signs_that_databases_take_for_orders_are_found_as_they_are(corpus: Corpus, phrase: str) -> None:
    with_it = AlignedPair(f"前文{phrase}后文", f"before {phrase} after")
    corpus.add_pairs(PairFile((AlignedPair("别的文字", "other words abc"), with_it), "signs.tsv"))
    assert [[pair.id for pair in corpus.containing(phrase, language)] for language in ("zh", "en")] == [[2], [2]]


def test_what_is_removed_or_replaced_is_no_longer_found(corpus: Corpus) -> None:
    corpus.add_alignment(table())
    corpus.add_alignment(table((*ZH[:3], "请秘书长再次提出说明。"), EN))
    assert [[p.id for p in corpus.containing(phrase, "zh")] for phrase in ("提出报告", "再次提出")] == [[], [5]]
    corpus.remove(1)
    assert [list(corpus.containing(phrase, "zh")) for phrase in ("水文观测", "再次提出", "基金")] == [[], [], []]
    assert corpus.verify() == ()


def test_a_pair_knows_its_neighbours(corpus: Corpus) -> None:
    corpus.add_alignment(table())
    corpus.add_pairs(pair_file(3))
    assert [pair.id for pair in corpus.neighbours(corpus.pair(2))] == [1, 3]
    assert [pair.id for pair in corpus.neighbours(corpus.pair(4), 2)] == [2, 3]
    assert [pair.id for pair in corpus.pairs_by_id([4, 1])] == [4, 1]
    with pytest.raises(NotInCorpusError, match="there is no pair 99"):
        corpus.pair(99)


def test_the_counts_of_the_corpus(corpus: Corpus, place: str) -> None:
    corpus.add_alignment(table(), document("zh"), document("en"))
    corpus.add_document(document("zh", symbol="A/79/1"))
    corpus.add_pairs(PairFile((AlignedPair("也许", "perhaps", (("confidence", "0.3"),)),), "m.tsv"))
    stats = corpus.stats()
    assert (stats.documents, stats.zh_only_documents, stats.en_only_documents, stats.paragraphs) == (3, 1, 0, 12)
    assert (stats.pairs, stats.one_sided, stats.checked, stats.doubtful, stats.state) == (5, 4, 0, 1, 3)
    assert (stats.by_type, stats.by_year) == ({"other": 2, "RES": 1}, {"2024": 2, "?": 1})
    assert stats.by_body == {"General Assembly": 2, "?": 1}
    assert unquote(stats.place) == place


def test_what_is_read_is_one_view_while_others_write(place: str) -> None:
    with Corpus.open(place) as reader, Corpus.open(place) as writer:
        writer.add_pairs(pair_file(1500))
        view = reader.pairs()
        first = next(view)
        writer.remove(1)
        assert (first.id, sum(1 for _ in view)) == (1, 1499)
        assert list(reader.pairs()) == []
