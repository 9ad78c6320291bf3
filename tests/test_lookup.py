"""The look-up in made-up corpora: by phrase, by likeness, by meaning; the order, the marks, filters, odd questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from conftest import SHARED
from fakes import OpaqueEncoder, sentences
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lookup_made_up import ADVICE, HEADING, OTHERS, REPORT, TRADITIONAL, add, alone, embedded, lookup, water

from align.document import Language
from align.readers import read
from search.corpus import Corpus
from search.hits import Hit, Results
from search.locating.words import cut
from search.lookup.engine import Lookup
from search.lookup.fuzzy import LEAST, match
from search.lookup.labels import forms, only_label
from search.lookup.marks import apart
from search.lookup.products import products
from search.lookup.question import LONGEST, Accent, How, language_of
from search.lookup.ranking import fuse, placed
from search.records import Filters
from search.settings import LADDER


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "corpus.sqlite") as opened:
        yield water(opened)


@pytest.fixture
def asked(corpus: Corpus) -> Lookup:
    return lookup(corpus, embedded())


def marked(hit: Hit) -> tuple[list[str], list[str]]:
    """The marked parts of both texts."""
    zh, en = hit.pair.record.zh_text, hit.pair.record.en_text
    return [zh[a:b] for a, b in hit.zh_spans], [en[a:b] for a, b in hit.en_spans]


def texts(results: Results, side: Language = "zh") -> list[str]:
    return [hit.pair.text(side) for hit in results.hits]


def exact(results: Results) -> set[str]:
    return {hit.pair.record.zh_text for hit in results.hits if "exact" in hit.why}


HOLDING = {ADVICE[0], TRADITIONAL[0], REPORT[0], HEADING[0]}


@pytest.mark.parametrize(
    "query",
    [
        "水文观测网络",
        "水文觀測網絡",
        "水文 观测 网络",
        "hydrological observation networks",
        "Hydrological Observation-Networks",
        "ＯＢＳＥＲＶＡＴＩＯＮ　ｎｅｔｗｏｒｋｓ",
        "observation net*",
    ],
)
def test_a_phrase_is_found_in_either_language_whatever_its_script_width_case_and_hyphens(
    asked: Lookup, query: str
) -> None:
    results = asked.search(query)
    assert exact(results) == HOLDING
    assert {hit.pair.record.zh_text for hit in results.hits[:4]} == HOLDING


def test_the_phrase_is_marked_on_its_side_and_its_rendering_on_the_other(asked: Lookup) -> None:
    found = {hit.pair.record.zh_text: marked(hit) for hit in asked.search("水文观测网络", How("exact")).hits}
    assert found == {
        ADVICE[0]: (["水文观测网络"], ["hydrological observation networks"]),
        TRADITIONAL[0]: (["水文觀測網絡"], ["HYDROLOGICAL  observation-networks"]),
        REPORT[0]: (["水文观测网络"], ["hydrological observation networks"]),
        HEADING[0]: (["水文观测网络"], ["Hydrological observation networks"]),
    }


def test_what_is_nothing_but_the_phrase_comes_first_then_authority_then_the_later(asked: Lookup) -> None:
    found = asked.search("hydrological observation networks", How("exact"))
    assert texts(found) == [HEADING[0], ADVICE[0], REPORT[0], TRADITIONAL[0]]
    assert [hit.why["authority"] for hit in found.hits] == [0.9, 0.9, 0.5, 0.1]


def test_the_accent_changes_the_order(corpus: Corpus) -> None:
    add(
        corpus,
        [("各站的水文观测网络已更新。", "The hydrological observation networks were renewed.")],
        "A/79/9",
        "2024-05-01",
    )
    asked = lookup(corpus, embedded())

    def symbols(rank: Accent) -> list[str]:
        return [hit.pair.symbol for hit in asked.find("水文观测网络", How("exact", rank=rank)).hits]

    assert symbols("authority") == ["A/RES/75/2", "A/RES/70/1", "A/79/9", "A/75/20", "A/C.2/74/L.9"]
    assert symbols("recent") == ["A/79/9", "A/RES/75/2", "A/75/20", "A/C.2/74/L.9", "A/RES/70/1"]


def test_a_ladder_of_ones_own_changes_the_authority(corpus: Corpus) -> None:
    asked = replace(lookup(corpus, embedded()), ladder={**LADDER, "RES": 0.0, "L": 1.0})
    found = asked.find("水文观测网络", How("exact", rank="authority"))
    assert [hit.pair.symbol for hit in found.hits] == ["A/C.2/74/L.9", "A/75/20", "A/RES/75/2", "A/RES/70/1"]


def test_what_holds_the_phrase_comes_before_what_only_means_it(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "c.sqlite") as corpus:
        near = [("山水。", "mountain water."), ("水山。", "water, mountain")]
        far = [(f"山水在{zh}", f"the mountain water {en}") for zh, en in zip(*sentences(40), strict=True)]
        add(corpus, [*near, *far], "A/1")
        found = lookup(corpus).find("山水", How(top=60))
    held = ["exact" in hit.why for hit in found.hits]
    assert held == [True] * 41 + [False] * (len(held) - 41)
    assert all(first.score >= second.score for first, second in pairwise(found.hits))


def test_a_term_is_found_by_its_meaning_in_the_other_language(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "c.sqlite") as corpus:
        corpus.add_document(alone("zh", "桥在河上。", "鸟在树上。", "马在路上。"))
        found = lookup(corpus).search("the bridge", How(top=1))
    assert (found.language, texts(found)) == ("en", ["桥在河上。"])
    assert set(found.hits[0].why) == {"meaning", "authority", "recency"}
    assert marked(found.hits[0]) == (["桥"], [])


def test_sentences_are_marked_by_their_meaning(asked: Lookup, corpus: Corpus) -> None:
    zh = "该计划从去年开始。渔民在湖边修理船只，孩子们在旁边看着他们工作。结果尚不清楚。"
    corpus.add_document(alone("zh", zh))
    found = asked.search("The fishermen repair their boats beside the lake and the children are watching.").hits
    (hit,) = (hit for hit in found if hit.pair.record.zh_text == zh)
    assert marked(hit) == (["渔民在湖边修理船只，孩子们在旁边看着他们工作。"], [])


def test_words_in_common_are_marked_where_a_text_is_like_the_question(asked: Lookup, corpus: Corpus) -> None:
    question = "Requests the Secretary-General to report on the hydrological networks to the Assembly in May."
    text = "Requests the Secretary-General to report on the new hydrological networks to the Council in May."
    add(corpus, [("请秘书长于五月向理事会报告新的水文网络。", text)], "A/RES/1/1")
    hit = asked.search(question, How("fuzzy", top=1)).hits[0]
    assert hit.why["fuzzy"] == pytest.approx(1 - 2 / 18, abs=1e-4)
    assert marked(hit)[1] == [
        "Requests the Secretary-General to report on the",
        "hydrological networks to the",
        "in May.",
    ]


def plain_likeness(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """Levenshtein as the textbook has it."""
    row = list(range(len(second) + 1))
    for i, one in enumerate(first, start=1):
        above, row = row, [i]
        for j, other in enumerate(second, start=1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (one != other)))
    return 1 - row[-1] / max(len(first), len(second))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_likeness_is_that_of_a_plain_count(language: Language) -> None:
    rng = np.random.default_rng(5)
    side = sentences(60, seed=4, words=14)[0 if language == "zh" else 1]
    for text in side:
        words = list(cut(text, language).keys)
        for k in rng.integers(len(words), size=rng.integers(1, 12)):
            words[k] = "山" if language == "zh" else "hill"
        changed = ("" if language == "zh" else " ").join(words)
        question = cut(changed, language)
        expected = plain_likeness(question.keys, cut(text, language).keys)
        found = match(question, text, language)
        assert found.likeness == (pytest.approx(expected) if expected >= LEAST else 0)
        assert all(text[a:b] for a, b in found.agreeing(question))


def test_a_sentence_of_a_longer_text_is_a_match_by_itself() -> None:
    sentence = "各国应当在五月底之前向秘书处报告其水文观测情况。"
    text = f"委员会去年开始了工作。{sentence}预算尚未通过。"
    found = match(cut(sentence, "zh"), text, "zh")
    assert (found.likeness, [text[a:b] for a, b in found.agreeing(cut(sentence, "zh"))]) == (1.0, [sentence])


@pytest.mark.parametrize(
    ("filters", "symbols"),
    [
        (Filters(symbol="A/RES/*"), {"A/RES/70/1", "A/RES/75/2"}),
        (Filters(symbol="a/res/70/1"), {"A/RES/70/1"}),
        (Filters(body="council"), {"A/75/20"}),
        (Filters(type="L"), {"A/C.2/74/L.9"}),
        (Filters(years=(2019, 2020)), {"A/C.2/74/L.9", "A/75/20", "A/RES/75/2"}),
        (Filters(min_confidence=0.5), {"A/RES/70/1", "A/RES/75/2", "A/C.2/74/L.9", "A/77/1"}),
        (Filters(status="checked"), {"A/RES/70/1"}),
        (Filters(symbol="S/RES/*"), set()),
    ],
)  # fmt: skip
def test_filters_hold_for_every_way(asked: Lookup, corpus: Corpus, filters: Filters, symbols: set[str]) -> None:
    corpus.set_status([next(corpus.containing("请会员国", "zh")).id])
    for mode in ("all", "exact", "meaning", "fuzzy"):
        found = {hit.pair.symbol for hit in asked.find("水文观测网络", How(mode, filters=filters, top=50)).hits}
        assert found <= symbols
        assert mode != "all" or found == symbols


def test_one_side_is_searched_if_that_is_asked(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "c.sqlite") as corpus:
        add(corpus, [("在中文里提到 IPCC。", "Nothing."), ("没有。", "In English the IPCC is named.")], "A/1")
        asked = lookup(corpus)
        found = {side: exact(asked.find("IPCC", How("exact", side))) for side in ("zh", "en", "both")}
    assert found == {
        "zh": {"在中文里提到 IPCC。"},
        "en": {"没有。"},
        "both": {"在中文里提到 IPCC。", "没有。"},
    }


def test_neighbours_are_given_where_they_are_asked_for(asked: Lookup) -> None:
    hit = asked.search("vaccinate", How("exact", context=1)).hits[0]
    assert [pair.record.zh_text for pair in hit.neighbours] == [OTHERS[1][0], OTHERS[3][0]]
    assert asked.search("vaccinate", How("exact")).hits[0].neighbours == ()


def test_as_many_hits_are_given_as_are_asked_for(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "c.sqlite") as corpus:
        add(corpus, list(zip(*sentences(180), strict=True)), "A/1")
        asked = lookup(corpus)
        assert [len(asked.find("山水火木金土日月", How("meaning", top=top)).hits) for top in (1, 60, 170)] == [
            1,
            60,
            170,
        ]


def test_the_number_of_a_paragraph_is_found_as_the_other_language_writes_it(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "c.sqlite") as corpus:
        add(
            corpus, [("（十一）", "(xi)"), ("（一）", "(i)"), ("见上文（十一）款。", "See (xi) above."), *OTHERS], "A/1"
        )
        for query in ("(xi)", "（十一）", "(十一)"):
            first, *_ = asked = lookup(corpus, embedded()).search(query).hits
            assert (marked(first), "exact" in first.why) == ((["（十一）"], ["(xi)"]), True)
            assert "见上文（十一）款。" in [hit.pair.record.zh_text for hit in asked if "exact" in hit.why]


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [("(十一)", "zh", {11}), ("(xi)", "en", {11}), ("3.", "en", {3}), ("第三条", "zh", None), ("三年", "zh", None)],
)
def test_only_the_bare_number_of_a_paragraph_is_a_label(text: str, language: Language, values: set[int] | None) -> None:
    found = only_label(text, language)
    assert (set(found.values) if found else None) == values


def test_a_label_has_several_forms() -> None:
    found = only_label("(xi)", "en")
    assert found is not None
    assert forms(found) == ("11", "xi", "十一", "k")


def test_spans_are_code_points_in_order_and_apart(tmp_path: Path) -> None:
    zh = "𠀀𠀀山水，😀山水與山水。"
    with Corpus.open(tmp_path / "c.sqlite") as corpus:
        add(corpus, [(zh, "𠀀 mountain water 😀 mountain water.")], "A/1")
        hit = lookup(corpus).search("山水").hits[0]
    assert marked(hit)[0] == ["山水", "山水", "山水"]
    assert hit.zh_spans == ((2, 4), (6, 8), (9, 11))


def test_two_places_in_one_character_are_one() -> None:
    assert apart(((5, 6), (0, 1), (0, 1), (2, 4), (3, 5))) == ((0, 1), (2, 5), (5, 6))


def test_a_model_without_words_marks_sentences(corpus: Corpus) -> None:
    found = lookup(corpus, OpaqueEncoder()).search("山水")
    assert {hit.zh_spans for hit in found.hits} <= {(), *(((0, len(text)),) for text in texts(found))}


def test_the_signature_says_how_it_was_found(asked: Lookup, corpus: Corpus) -> None:
    found = asked.search("水", How("meaning", "zh", rank="recent"))
    parts = dict(part.split(":", 1) for part in found.signature.split("|"))
    assert parts.pop("duizhao")
    assert parts == {
        "reader": "1", "corpus": corpus.name[:8], "state": str(corpus.state), "model": embedded().name,
        "mode": "meaning", "side": "zh", "rank": "recent",
    }  # fmt: skip
    assert found.query == "水"


@pytest.mark.parametrize("query", ["", "  \n\u3000"])
def test_nothing_asked_is_answered_by_a_plain_sentence(asked: Lookup, query: str) -> None:
    found = asked.search(query)
    assert (found.hits, found.notes) == (
        (),
        ("Nothing was asked: give a term, a sentence or a paragraph in Chinese or English.",),
    )


def test_marks_alone_are_looked_for_literally_and_mean_nothing(asked: Lookup) -> None:
    assert asked.search("？！").hits == ()
    assert asked.search("。").hits[0].why.keys() == {"exact", "authority", "recency"}


def test_of_a_very_long_question_the_beginning_is_looked_up(asked: Lookup) -> None:
    found = asked.search("水文观测网络。" * 15_000)
    assert found.notes == (f"Only the first {LONGEST:,} characters were looked up.",)
    assert len(found.hits) == 9


ODD = (
    *('a* OR "b" NEAR(c', "zh : 水文", "'; DROP TABLE pairs; --", "%_\\", "{}[]^$.|?*+()", "*", "水*", "((("),
    *("\x00", "水\x00文", "\ud800", "水\udfff文", "\U000e0fff\u0378", "\u202eabc", "٣", "é" * 500, "😀"),
    *("水", "7", "第三条", "(a)"),
)


@pytest.mark.parametrize("query", ODD)
def test_odd_questions_have_answers(asked: Lookup, query: str) -> None:
    sound(asked.search(query, How(context=1)))


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.one_of(st.characters(), st.sampled_from("水文观测网络 networks\"'*():-.%_\\(xi)十一")), max_size=40))
def test_every_question_has_an_answer(asked: Lookup, query: str) -> None:
    sound(asked.search(query))


def sound(found: Results) -> None:
    """All that every answer must be."""
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    for hit in found.hits:
        assert 0 <= hit.score <= 1
        assert all(0 <= value <= 1 for value in hit.why.values())
        for side in ("zh", "en"):
            edges = [edge for span in hit.spans(side) for edge in span]
            assert edges == sorted(edges)
            assert all(start < end <= len(hit.pair.text(side)) for start, end in hit.spans(side))


def test_the_language_of_a_question_is_seen_from_its_characters() -> None:
    assert [language_of(text) for text in ("水文", "water", "IPCC 报告", "IPCC", "2030", "？")] == [
        "zh", "en", "zh", "en", "en", "en",
    ]  # fmt: skip


def test_ranks_are_fused_and_what_is_first_in_all_has_all() -> None:
    fused = fuse([([1, 2], 2.0), ([2, 3], 1.0), ([1], 1.0)])
    assert fused == {
        1: pytest.approx(3 / 4),
        2: pytest.approx((2 * 61 / 62 + 1) / 4),
        3: pytest.approx(61 / 62 / 4),
    }
    assert [placed(score, held) for score, held in ((0.0, True), (1.0, True), (1.0, False))] == [0.5, 1.0, 0.5]


def test_products_are_those_of_matrices() -> None:
    rng = np.random.default_rng(2)
    for few, many in ((1, 7), (3, 0), (0, 4), (20, 300), (600, 5)):
        one, other = (rng.normal(size=(n, 512)).astype(np.float32) for n in (few, many))
        assert np.allclose(products(one, other), one @ other.T, atol=1e-4)


def test_few_texts_and_many_have_the_same_vectors_to_the_last_bit() -> None:
    zh, en = sentences(100)
    every = ["", *zh, *en, " ".join(en)]
    assert np.array_equal(embedded().encode(every), np.concatenate([embedded().encode([text]) for text in every]))


@pytest.mark.shared
def test_an_english_term_finds_its_renderings_in_documents_without_english(tmp_path: Path) -> None:
    forms = ("外国恐怖主义战斗人员", "外国恐怖主义作战人员")
    with Corpus.open(tmp_path / "seeds.sqlite") as corpus:
        for file in sorted((SHARED / "seeds").glob("*.txt")):
            corpus.add_document(read(file))
        holding = {pair.id for form in forms for pair in corpus.containing(form, "zh")}
        found = lookup(corpus, embedded()).search("foreign terrorist fighters", How(top=20)).hits
    first = found[: len(holding)]
    assert {hit.pair.id for hit in first} == holding
    assert {text for hit in first for text in marked(hit)[0]} == set(forms)
    assert all(hit.en_spans == () for hit in found)
