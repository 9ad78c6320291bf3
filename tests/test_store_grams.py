"""Phrases are found by their tokens exactly where they stand: on SQLite, on PostgreSQL, and by reading everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
import store_databases
from hypothesis import given, settings
from hypothesis import strategies as st
from store_made_up import EN, ZH, document, pair_file, table

from align.document import Language
from align.readers.pair_file import AlignedPair, PairFile
from search import grams
from search.corpus import Corpus
from search.folding import folded
from search.grams import LONGEST, MOST, Phrase, tokens
from search.records import Filters

LANGUAGES: tuple[Language, ...] = ("zh", "en")
# What makes phrases stand at edges: one script beside another, marks between, words in words, signs of FTS and SQL.
PIECES = (
    *"水文观測中国𠀀",
    *(
        "act",
        "fact",
        "acting",
        "Act",
        "67",
        "7",
        "é",
        "e\u0301",
        "x0041_",
        "x",
        "OR",
        "NEAR(",
        "zh:",
        "AND NOT",
        "中国",
    ),
    *" ,，.。-‐*\"'%_();:^+{}[]|&!\\\n\0\u0378\ue000\ud800\u200b\u302a¹",
)
PIECE_TEXT = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)


@pytest.fixture(params=store_databases.KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return store_databases.place(request.param, tmp_path)


@pytest.fixture
def corpus(place: str) -> Iterator[Corpus]:
    with Corpus.open(place) as opened:
        yield opened


def fill(corpus: Corpus, *texts: str, name: str = "texts.tsv") -> None:
    """Add pairs that have each text on both sides."""
    corpus.add_pairs(PairFile(tuple(AlignedPair(text, text) for text in texts), name))


def found(corpus: Corpus, phrase: str, language: Language = "zh", filters: Filters | None = None) -> list[int]:
    return [pair.id for pair in corpus.containing(phrase, language, filters)]


# tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("水", ["水"]),
        ("水文观测", ["水文", "文观", "观测", "测"]),
        ("第67届会议,a类", ["第", "67", "届会", "会议", "议", "a", "类"]),
        ("member states' 1,373.5 café", ["member", "states", "1", "373", "5", "café"]),
        ("中,国_x", ["中", "国", "x"]),
        ("𠀀𠀁〇々", ["𠀀𠀁", "𠀁〇", "〇々", "々"]),
        ('\0\ud800\u0378*"', []),
        ("a" * 99, ["a" * 64]),
    ],
)
def test_a_text_has_these_tokens_and_the_indexes_that_are_out_there_hold_them(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected  # where this changes, a migration must make the indexes anew


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("水", (("水",), True)),
        ("水文", (("水文",), False)),
        ("水，", (("水",), False)),
        ("第67届", (("第", "67", "届"), True)),
        ("67届会议", (("67", "届会", "会议"), False)),
        ("A类 Act", (("a", "类", "act"), False)),
        ("nation*", (("nation",), True)),
        ("水*", (("水",), False)),
        ("“*", ((), False)),
        ("，", ((), False)),
        (" ".join("ab" * 40), (("a", "b") * (MOST // 2), False)),
    ],
)
def test_an_index_is_asked_for_these_tokens_the_last_perhaps_only_begun(
    typed: str, expected: tuple[tuple[str, ...], bool]
) -> None:
    phrase = Phrase.of(typed)
    assert (phrase.tokens, phrase.begun) == expected


@settings(max_examples=400, deadline=None)
@given(PIECE_TEXT, PIECE_TEXT)
def test_where_a_phrase_stands_its_tokens_stand_one_after_the_other(typed: str, around: str) -> None:
    phrase = Phrase.of(typed)
    text = folded(around + typed + around)
    if phrase.stands_in(text):
        wanted, there = list(phrase.tokens), tokens(text)
        last = wanted.pop() if phrase.begun else ""
        assert any(
            there[k : k + len(wanted)] == wanted and "".join(there[k + len(wanted) :][:1]).startswith(last)
            for k in range(len(there) + 1)
        )


def test_places_are_those_of_the_text_as_it_was_written() -> None:
    text = "Nation, nations; international Na\u00adtional—第６７\n屆"
    places = {typed: [text[a:b] for a, b in Phrase.of(typed).places(text)] for typed in ("nation", "nation*", "67届")}
    assert places == {
        "nation": ["Nation"],
        "nation*": ["Nation", "nations", "Na\u00adtional"],
        "67届": ["６７\n屆"],
    }
    assert Phrase.of("").places(text) == ()


def test_the_quick_way_of_finding_tokens_knows_every_character_as_the_thorough_one_does() -> None:
    quick = [character for character in map(chr, range(0x110000)) if grams._PLAIN.fullmatch(character)]
    assert len(quick) > 27_000
    for character in quick:
        ways = [[(run[0], run.lastgroup) for run in way.finditer(character)] for way in (grams._PLAIN_RUN, grams._RUN)]
        assert ways[0] == ways[1], hex(ord(character))


# looking up


def plainly_found(texts: list[str], typed: str) -> list[int]:
    """The oracle: where the rules of the documentation find a phrase, said once more by a regular expression."""
    text = folded(typed)
    letter = r"[[\p{L}\p{M}\p{N}]--\p{Han}]"
    starred = regex.fullmatch(rf".*{letter}\*", text, regex.V1 | regex.DOTALL) is not None
    if not text:
        return []
    core = regex.escape(text[:-1] if starred else text, special_only=True)
    ending = rf"{letter}*+" if starred else ""
    before = rf"(?<!{letter})" if regex.match(letter, text, regex.V1) else ""
    after = rf"(?!{letter})" if starred or regex.match(letter, text[-1], regex.V1) else ""
    pattern = regex.compile(before + core + ending + after, regex.V1)
    return [k for k, whole in enumerate(texts, 1) if pattern.search(folded(whole))]


@pytest.mark.parametrize("kind", store_databases.KINDS)
def test_any_text_is_found_by_any_phrase_exactly_where_it_stands(
    kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @settings(max_examples=25, deadline=None, derandomize=True)
    @given(st.lists(PIECE_TEXT, min_size=1, max_size=12, unique=True), st.lists(PIECE_TEXT, max_size=12))
    def check(texts: list[str], phrases: list[str]) -> None:
        texts = [text for text in texts if text.strip()] or ["无"]
        with Corpus.open(place) as corpus:
            for listed in corpus.list():
                corpus.remove(listed.id)
            fill(corpus, *texts)
            first = corpus.ids()[0] - 1
            for typed in [*phrases, *texts, *(text[1:4] for text in texts), *(f"{text[:2]}*" for text in texts)]:
                expected = plainly_found(texts, typed)
                for language in LANGUAGES:
                    assert [k - first for k in found(corpus, typed, language)] == expected, (typed, texts)
            assert corpus.verify() == ()

    place = store_databases.place(kind, tmp_path_factory.mktemp("fuzz"))
    check()


def test_phrases_of_one_or_two_characters_are_found_anywhere_in_chinese(corpus: Corpus) -> None:
    fill(corpus, "水", "地下水资源", "A水", "水，文", "水文", "大会，会议", "國際會議")
    assert [found(corpus, typed) for typed in ("水", "水文", "会", "会议", "议", "水，", "際会", "鼋")] == [
        [1, 2, 3, 4, 5],
        [5],
        [6, 7],
        [6, 7],
        [6, 7],
        [4],
        [7],
        [],
    ]


def test_phrases_of_mixed_scripts_are_found(corpus: Corpus) -> None:
    fill(corpus, "第67届会议", "第 ６７ 屆", "第167届", "COVID-19疫情", "使用AI。", "使用AIDS药物")
    assert [found(corpus, typed) for typed in ("第67届", "67届", "7届", "covid 19疫", "19疫情", "用ai", "用AI*")] == [
        [1, 2],
        [1, 2],
        [],
        [4],
        [4],
        [5],
        [5, 6],
    ]


def test_english_words_are_whole_unless_a_star_lets_them_go_on(corpus: Corpus) -> None:
    fill(corpus, "The act.", "In fact,", "Acting (act)", "activities of nations", "a nation’s act", "an act* here")
    assert [found(corpus, typed, "en") for typed in ("act", "act*", "nation", "of nation*", "(act)", "act*.")] == [
        [1, 3, 5, 6],
        [1, 3, 4, 5, 6],
        [5],
        [4],
        [3],
        [],
    ]


def test_marks_must_stand_as_they_are_and_between_the_same_words(corpus: Corpus) -> None:
    fill(corpus, "peace, security", "peace security", "peace; security, peace", "“peace”", "fact (a); act, a")
    assert [found(corpus, typed, "en") for typed in ("peace, security", "peace security", '"peace"', "act (a)")] == [
        [1],
        [2],
        [4],
        [],
    ]


def test_a_phrase_of_marks_or_unassigned_characters_is_found_by_reading(corpus: Corpus) -> None:
    fill(corpus, "（一）", "甲；乙", "a\u0378b", "…", "丙")
    assert [found(corpus, typed) for typed in ("；", "(", "\u0378", "…", "\u0379", "*")] == [[2], [1], [3], [4], [], []]


def test_a_very_long_phrase_gets_an_answer(corpus: Corpus) -> None:
    whole = "水文观测数据与 data exchange，" * 6_000
    fill(corpus, "水文观测数据", whole, whole[:-20] + "不同的结尾", "x" * 100_000)
    assert len(whole) > 100_000
    assert [
        found(corpus, typed) for typed in (whole, "x" * 100_000, "x" * 99_999, "x" * LONGEST + "*", '"' * 100_000)
    ] == [
        [2],
        [4],
        [],
        [4],
        [],
    ]


def test_filters_limits_and_order_go_with_a_phrase(corpus: Corpus) -> None:
    corpus.add_pairs(pair_file(60, symbol="A/1", body="General Assembly"))
    corpus.add_pairs(pair_file(5, "other.tmx", symbol="A/2", body="ÉCOLE de paix"))
    assert found(corpus, "观测数据", filters=Filters(symbol="A/2")) == [61, 62, 63, 64, 65]
    assert found(corpus, "观测数据", filters=Filters(body="école DE PAIX")) == [61, 62, 63, 64, 65]
    assert found(corpus, "observations", filters=Filters(symbol="A/*")) == []
    ordered = {
        newest: [pair.id for pair in corpus.containing("observations", "en", limit=3, newest_first=newest)]
        for newest in (False, True)
    }
    assert ordered == {False: [1, 2, 3], True: [65, 64, 63]}
    last = [pair.id for pair in corpus.containing("，", "zh", limit=2, newest_first=True)]
    assert last == []
    assert [pair.id for pair in corpus.containing("。", "zh", Filters(symbol="A/1"), limit=2, newest_first=True)] == [
        60,
        59,
    ]
    counts = [corpus.count_containing("observations", "en", filters) for filters in (None, Filters(symbol="A/1"))]
    assert counts == [65, 60]
    assert corpus.count_containing("observations", "en", at_most=10) == 10


def test_phrases_are_found_among_many_pairs_whichever_way_is_shorter(corpus: Corpus) -> None:
    corpus.add_pairs(pair_file(4000, symbol="A/1"))
    corpus.add_pairs(pair_file(2500, "other.tmx", first=4000, symbol="A/2"))
    corpus.set_status([17, 5001])
    some = [
        Filters(),
        Filters(symbol="A/2"),
        Filters(symbol="A/1"),
        Filters(status="checked"),
        Filters(linked=True),
        Filters(document=2, status="checked"),
        Filters(since=1),
    ]
    for filters in some:
        meant = [pair.id for pair in corpus.pairs(filters)]
        assert found(corpus, "exchanges its*", "en", filters) == meant
        assert found(corpus, "5000", "en", filters) == [k for k in meant if k == 5001]
        assert found(corpus, "站", "zh", filters) == meant
        assert corpus.ids(filters).tolist() == meant
        assert [pair for pair, *_ in corpus.folded(filters)] == meant
    assert (corpus.ids().dtype.name, corpus.pair_count(), corpus.pair_ids()[:3]) == ("int64", 6500, (1, 2, 3))


# what changes


def test_what_is_removed_or_replaced_is_no_longer_in_the_index(corpus: Corpus) -> None:
    corpus.add_document(document("zh", symbol="", source="chinese.txt"))
    corpus.add_alignment(table(), document("zh", symbol=""), document("en"))  # takes the place of the first
    corpus.add_alignment(table((*ZH[:3], "请秘书长再次提出说明。"), EN))
    corpus.add_pairs(pair_file(30, symbol="A/1"), "one")
    corpus.add_pairs(PairFile(pair_file(10, symbol="A/2").pairs + pair_file(20, first=5).pairs, "memory.tmx"), "two")
    assert corpus.verify() == ()
    assert [found(corpus, typed) for typed in ("提出报告", "再次提出", "第29号", "第24号")][:2] == [[], [9]]
    for listed in corpus.list():
        corpus.remove(listed.id)
    assert corpus.verify() == ()
    assert [found(corpus, typed) for typed in ("水文观测", "再次提出", "观测")] == [[], [], []]
    with corpus.database.reading() as connection:
        left = connection.exec_driver_sql("SELECT count(*) FROM pair_words").scalar_one()
    assert left == 0


def test_verify_notices_an_index_that_does_not_fit_and_it_can_be_made_anew(corpus: Corpus) -> None:
    corpus.add_alignment(table())
    orders = (
        ("INSERT INTO pair_words (rowid, zh, en) VALUES (77, '水', 'a')", "DELETE FROM pair_words_docsize WHERE id = 2")
        if corpus.database.is_sqlite
        else ("DELETE FROM pair_words WHERE pair = 2", "UPDATE pair_words SET zh = '{水}' WHERE pair = 3")
    )
    with corpus.database.writing() as connection:
        for order in orders:
            connection.exec_driver_sql(order)
    said = "the index of phrases does not hold pair {} as it is."
    assert corpus.verify() == (
        (said.format(2), "the index of phrases holds 1 of the pairs that are gone.")
        if corpus.database.is_sqlite
        else (said.format(2), said.format(3))
    )
    corpus.rebuild_phrase_index()
    assert corpus.verify() == ()
    assert found(corpus, "水文") == [2]
    corpus.remove(1)
    assert (found(corpus, "水文"), corpus.verify()) == ([], ())
