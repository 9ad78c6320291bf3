"""A term's rendering is located in the other language, in made-up pairs whose words a fake encoder knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from conftest import SHARED
from fakes import DICTIONARY, AdditiveEncoder, sentence, sentences

from align.document import Language
from models import Vectors, load_embedded
from search.locating import locator as rendering
from search.locating.choice import Rendered
from search.locating.evaluate_terms import evaluate_terms, read_pairs_table, read_terms_table
from search.locating.lexicon import learn_lexicon
from search.locating.locator import Located, Locator, find_places, rendering_key
from search.locating.ngrams import log_likelihood_ratio, plain
from search.locating.scores import Support, by_key, trust
from search.locating.study import Prepared
from search.locating.usual import Phrase, fold_in_place
from search.locating.word_statistics import Statistics, TextPair, learn_statistics
from search.locating.words import Numbers, cut


def corpus(count: int = 60) -> list[TextPair]:
    zh, en = sentences(count, seed=3)
    return [TextPair(f"p{k}", a, b) for k, (a, b) in enumerate(zip(zh, en, strict=True))]


PAIRS = corpus()
LOCATOR = Locator.learn(PAIRS, AdditiveEncoder())


def holding(word: str) -> list[TextPair]:
    return [pair for pair in PAIRS if word in pair.zh]


@pytest.mark.parametrize(("zh", "en"), DICTIONARY[:8])
def test_a_word_is_located_in_every_pair_that_holds_it(zh: str, en: str) -> None:
    found = LOCATOR.locate(zh, "zh", holding(zh))
    assert [place.text for place in found if place] == [en] * len(holding(zh))


@pytest.mark.parametrize(("zh", "en"), DICTIONARY[8:16])
def test_a_word_is_located_from_english_too(zh: str, en: str) -> None:
    found = LOCATOR.locate(en, "en", holding(zh))
    assert [place.text for place in found if place] == [zh] * len(holding(zh))


def test_a_place_is_given_in_code_points_of_the_text_as_it_stands() -> None:
    pair = TextPair("new", "𠮷 他说：「山水」。", "He said: “Mountain\nwater”.")
    (place,) = LOCATOR.locate("山水", "zh", [pair])
    assert place is not None
    assert (place.span, place.term_spans) == ((10, 24), ((6, 8),))
    assert pair.en[10:24] == place.text == "Mountain\nwater"
    assert place.key == "mountain water"


def test_a_pair_without_the_term_has_no_place() -> None:
    assert LOCATOR.locate("山", "zh", [TextPair("x", "水火", "water fire"), TextPair("y", "山", "")]) == (None, None)


def test_no_pairs_have_no_places() -> None:
    assert LOCATOR.locate("山", "zh", []) == ()


def test_a_rendering_that_is_absent_is_trusted_less_than_one_that_is_there() -> None:
    rng = np.random.default_rng(5)
    there, gone = sentence(rng), sentence(rng)
    words = [word for word in DICTIONARY if word[0] in there[0] and word[0] not in gone[0]]
    zh, en = words[0]
    without = there[1].replace(en, "indeed")
    found = LOCATOR.locate(zh, "zh", [TextPair("there", *there), TextPair("gone", there[0], without)])
    confidences = [place.confidence for place in found if place]
    assert len(confidences) == 2
    assert confidences[0] > 2 * confidences[1]


def test_the_same_question_has_the_same_answer() -> None:
    again = Locator.learn(PAIRS, AdditiveEncoder())
    assert again.locate("山", "zh", holding("山")) == LOCATOR.locate("山", "zh", holding("山"))


def test_of_many_pairs_some_are_studied_and_their_renderings_looked_for_in_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rendering, "WHOLE", 3)
    monkeypatch.setattr(rendering, "ROUND", 3)
    studied: list[str] = []
    prepare = rendering.prepare

    def counting(term: str, language: Language, pairs: Sequence[TextPair], known: Statistics) -> Iterator[Prepared]:
        studied.extend(pair.id for pair in pairs)
        return prepare(term, language, pairs, known)

    monkeypatch.setattr(rendering, "prepare", counting)
    zh, en = DICTIONARY[0]
    pairs = [*holding(zh), TextPair("strange", f"{zh}一二三", "altogether different")]
    found = LOCATOR.locate(zh, "zh", pairs)
    assert [place.text for place in found[:-1] if place] == [en] * (len(pairs) - 1)
    assert found[-1] is not None
    assert found[-1].confidence < 0.5
    assert len(studied) <= 4
    assert "strange" in studied


def test_what_is_looked_up_has_the_same_places_as_what_is_studied(monkeypatch: pytest.MonkeyPatch) -> None:
    for zh, en in DICTIONARY[:6]:
        pairs = holding(zh)
        whole = LOCATOR.locate(zh, "zh", pairs), LOCATOR.locate(en, "en", pairs)
        with monkeypatch.context() as patched:
            patched.setattr(rendering, "WHOLE", 2)
            patched.setattr(rendering, "ROUND", 2)
            some = LOCATOR.locate(zh, "zh", pairs), LOCATOR.locate(en, "en", pairs)
        assert [[_place(one) for one in found] for found in some] == [[_place(one) for one in found] for found in whole]


def _place(located: Located | None) -> tuple[object, ...] | None:
    return located and (located.pair_id, located.term_spans, located.span, located.text, located.key)


def test_no_more_than_a_given_number_is_studied(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("WHOLE", 2), ("ROUND", 2), ("STUDIED", 4)):
        monkeypatch.setattr(rendering, name, value)
    rng = np.random.default_rng(9)
    strange = [TextPair(f"s{k}", "山。", f"{chr(97 + k) * 5} {rng.integers(10**6)}") for k in range(12)]
    found = LOCATOR.locate("山", "zh", strange)
    assert sum(place is not None for place in found) == 4


def test_each_occurrence_in_a_pair_has_its_own_rendering() -> None:
    pair = TextPair("twice", "山水火，山木。", "mountain water fire, mountain wood.")
    (found,) = LOCATOR.locate_all("山", "zh", [pair])
    assert [(one.term_spans, one.span, one.text) for one in found] == [
        (((0, 1),), (0, 8), "mountain"),
        (((4, 5),), (21, 29), "mountain"),
    ]
    (back,) = LOCATOR.locate_all("mountain", "en", [pair])
    assert [(one.term_spans, one.span) for one in back] == [(((0, 8),), (0, 1)), (((21, 29),), (4, 5))]


def test_an_occurrence_that_is_not_rendered_is_left_out() -> None:
    pair = TextPair("once", "山水火，山木。", "mountain water fire, they wood.")
    (found,) = LOCATOR.locate_all("山", "zh", [pair])
    assert [(one.term_spans, one.span) for one in found] == [(((0, 1),), (0, 8))]
    late = TextPair("late", "山水火，山木。", "water fire, mountain wood.")
    (found,) = LOCATOR.locate_all("山", "zh", [late])
    assert [(one.term_spans, one.span) for one in found] == [(((4, 5),), (12, 20))]


def test_pairs_without_the_term_or_without_text_have_no_renderings() -> None:
    assert LOCATOR.locate_all("山", "zh", [TextPair("x", "水", "water"), TextPair("y", "山", "")]) == ((), ())


FIGHTERS = [
    ("各国应防止外国战斗人员入境。", "States should prevent the entry of foreign fighters."),
    ("各国应起诉外国作战人员。", "States should prosecute foreign fighters."),
    ("委员会讨论了外国战斗人员的回返问题。", "The committee discussed the return of foreign fighters."),
    ("外国作战人员构成严重威胁。", "Foreign fighters pose a serious threat."),
    ("外国战斗人员的家属需要援助。", "The families of foreign fighters need assistance."),
    (
        "委员会关切外国战斗人员的旅行，并注意到外国作战人员在冲突后回返。",
        "The committee is concerned about the travel of foreign fighters, and notes that foreign fighters return after "
        "conflicts.",
    ),
    ("委员会通过了关于粮食安全的报告。", "The committee adopted the report on food security."),
]


@pytest.mark.parametrize("whole", [120, 2], ids=["studied", "looked up"])
def test_two_renderings_of_one_term_in_one_pair_are_both_found(monkeypatch: pytest.MonkeyPatch, whole: int) -> None:
    monkeypatch.setattr(rendering, "WHOLE", whole)
    monkeypatch.setattr(rendering, "ROUND", 4)
    pairs = [TextPair(str(k), zh, en) for k, (zh, en) in enumerate(FIGHTERS)]
    found = Locator.learn(pairs, load_embedded()).locate_all("foreign fighters", "en", pairs)
    one, other = "外国战斗人员", "外国作战人员"
    assert [[place.text for place in places] for places in found] == [
        [one], [other], [one], [other], [one], [one, other], []
    ]  # fmt: skip
    assert [place.term_spans for place in found[5]] == [((47, 63),), ((80, 96),)]


def test_a_phrase_is_found_with_whole_words_in_any_spacing_and_number() -> None:
    fighter = Phrase.of("foreign terrorist fighter", "en", numbers=True)
    text = fold_in_place("Foreign  Terrorist\nFighters, a foreign terrorist fighter, foreign terrorist fighterly")
    assert fighter.find(text) == [(0, 27), (31, 56)]
    assert Phrase.of("party", "en", numbers=True).find("parties, the party’s partying") == [(0, 7), (13, 18)]
    assert Phrase.of("party", "en", numbers=False).find("parties, the party") == [(13, 18)]
    assert Phrase.of("战斗人员", "zh", numbers=False).find(fold_in_place("戰鬥 人\n員和战斗人员")) == [(0, 6), (7, 11)]
    virus = Phrase.of("covid-19病毒", "zh", numbers=False)
    assert virus.find(fold_in_place("ＣＯＶＩＤ－19 病毒，xcovid-19病毒")) == [(0, 11)]
    assert Phrase.of("19", "en", numbers=True).find("2019 19") == [(5, 7)]


def test_occurrences_are_given_to_renderings_in_order_and_as_near_as_can_be() -> None:
    made = [Located("p", (), (start, start + 2), "x", "x", 0.9) for start in (80, 10)]
    rendered = Rendered.assigned([(5, 6), (50, 51), (90, 91)], made, (100, 100))
    assert [one.span for one in rendered.renderings] == [(80, 82), (10, 12)]
    assert [one.term_spans for one in rendered.renderings] == [((90, 91),), ((5, 6),)]
    assert [one.span for one in rendered.each()] == [(10, 12), (80, 82)]
    assert rendered.best().term_spans == ((5, 6), (50, 51), (90, 91))


def test_variants_of_case_script_spacing_and_number_have_one_key() -> None:
    assert rendering_key("Foreign  Terrorist Fighters", "en") == rendering_key("foreign terrorist fighter", "en")
    assert rendering_key("恐怖主義 戰鬥人員", "zh") == rendering_key("恐怖主义战斗人员", "zh") == "恐怖主义战斗人员"
    assert rendering_key("parties", "en") == rendering_key("party", "en")
    assert [plain(word) for word in ("virus", "crisis", "access", "gas", "cases")] == [
        "virus",
        "crisis",
        "access",
        "gas",
        "case",
    ]


def test_a_chinese_term_is_cut_into_characters_and_foreign_words_stay_whole() -> None:
    units = cut("第5 600号COVID-19，children’s", "zh")
    assert units.keys == ("第", "5", "600", "号", "covid", "-", "19", ",", "children", "'s")
    assert units.surface(4, 7) == "COVID-19"


def test_an_english_term_is_found_in_the_other_number_only_where_it_does_not_stand_itself() -> None:
    assert find_places(cut("States and a State", "en"), cut("state", "en")) == ((3, 4),)
    assert find_places(cut("States and parties", "en"), cut("state", "en")) == ((0, 1),)
    assert find_places(cut("States", "en"), cut("", "en")) == ()


def test_the_lexicon_tells_words_apart_by_the_company_they_keep() -> None:
    pairs = [([0, 1], [4, 5]), ([0, 2], [4, 6]), ([1, 2], [5, 6]), ([0, 3], [4, 7])] * 4
    rows = [(np.array(a, dtype=np.int64), np.array(b, dtype=np.int64)) for a, b in pairs]
    lexicon = learn_lexicon(rows, np.zeros((8, 2), dtype=np.float32))
    en_given_zh, zh_given_en = lexicon.look_up(np.arange(4), np.arange(4, 8))
    assert en_given_zh.argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert zh_given_en.argmax(axis=0).tolist() == [0, 1, 2, 3]
    assert en_given_zh[1, 3] == 0.0  # never seen together


def test_the_lexicon_is_what_model_1_with_a_prior_gives() -> None:
    rng = np.random.default_rng(4)
    vectors = rng.normal(size=(9, 3)).astype(np.float32)
    pairs = [(rng.integers(0, 5, n), rng.integers(5, 9, m)) for n, m in ((2, 3), (3, 1), (1, 2), (4, 4))]
    en_given_zh, zh_given_en = learn_lexicon(pairs, vectors).look_up(np.arange(5), np.arange(5, 9))
    there, back = _model_1(pairs, vectors), _model_1([(en, zh) for zh, en in pairs], vectors)
    for (one, other), p in there.items():
        assert en_given_zh[one, other - 5] == pytest.approx(p, rel=1e-5)
        assert zh_given_en[one, other - 5] == pytest.approx(back[other, one], rel=1e-5)
    assert np.count_nonzero(en_given_zh) == len(there)


def _model_1(pairs: list[tuple[Numbers, Numbers]], vectors: Vectors) -> dict[tuple[int, int], float]:
    """p(explained | given) of all words that share a pair, word by word."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    prior = {(a, b): float(np.exp(10 * unit[a] @ unit[b])) for one, two in pairs for a in one for b in two}
    pseudo = p = _shares(prior)
    for _ in range(5):
        counts = {cell: 2 * share for cell, share in pseudo.items()}
        for one, two in pairs:
            for b in two:
                total = sum(p[a, b] for a in one)
                for a in one:
                    counts[a, b] += p[a, b] / total
        p = _shares(counts)
    return p


def _shares(counts: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    total: Counter[int] = Counter()
    for (given, _), count in counts.items():
        total[given] += count  # type: ignore[assignment]
    return {cell: count / total[cell[0]] for cell, count in counts.items()}


def test_the_likelihood_ratio_is_dunnings() -> None:
    both, run = np.array([10.0, 1.0, 0.0]), np.array([20.0, 20.0, 20.0])
    # 2 Σ O ln(O / E) over the cells 10, 10, 10, 70 with margins 20 and 80
    first = 2 * (10 * np.log(10 / 4) + 20 * np.log(10 / 16) + 70 * np.log(70 / 64))
    assert log_likelihood_ratio(both, 20.0, run, 100.0).round(9).tolist() == [round(first, 9), 0.0, 0.0]


def test_an_occurrence_does_not_back_itself() -> None:
    one, other = by_key(["a", "b", "a"], np.array([0.5, 0.2, 0.3])), by_key(["b"], np.array([1.0]))
    support = Support.gather([one, other])
    assert support.evidence(["a", "b"], one)["pool"].tolist() == [0.0, 1.0]
    assert Support.gather([one]).evidence(["a"], one)["pool"].tolist() == [0.0]


def test_trust_is_a_probability() -> None:
    assert trust({"share": 1.0}, {"constant": -1.0, "share": 1.0}) == 0.5
    assert 0.0 < trust({"share": -1e9}, {"share": 1.0}) < 1e-9


def test_real_words_are_located_with_the_embedded_model() -> None:
    pairs = [
        TextPair("1", "委员会通过了关于粮食安全的报告。", "The committee adopted the report on food security."),
        TextPair("2", "粮食安全仍然是各国政府的优先事项。", "Food security remains a priority for governments."),
        TextPair("3", "委员会将于明年再次开会。", "The committee will meet again next year."),
        TextPair("4", "气候变化威胁粮食安全。", "Climate change threatens food security."),
    ]
    locator = Locator.learn(pairs, load_embedded())
    there = locator.locate("粮食安全", "zh", pairs)
    assert [place and place.text for place in there] == ["food security", "Food security", None, "food security"]
    back = locator.locate("food security", "en", pairs)
    assert [place and place.text for place in back] == ["粮食安全", "粮食安全", None, "粮食安全"]
    assert [
        isinstance(place, Located) and pair.zh[slice(*place.span)] for place, pair in zip(back, pairs, strict=True)
    ] == [
        "粮食安全",
        "粮食安全",
        False,
        "粮食安全",
    ]


def test_a_sample_of_a_corpus_weighs_a_term_as_in_the_sample() -> None:
    whole = learn_statistics(PAIRS, AdditiveEncoder())
    sample = learn_statistics(PAIRS[::2], AdditiveEncoder(), len(PAIRS))
    assert (whole.pairs, whole.corpus_pairs) == (60, 60)
    assert (sample.pairs, sample.corpus_pairs) == (30, 60)
    found = Locator(sample).locate("山", "zh", holding("山"))
    assert [place.text for place in found if place] == ["mountain"] * len(holding("山"))


def test_looking_up_leaves_the_statistics_as_they_are() -> None:
    known = learn_statistics(PAIRS, AdditiveEncoder())
    words, costs = len(known.table), known.costs.copy()
    Locator(known).locate("山", "zh", [TextPair("new", "山龘龘靐", "mountain unheard neverseen")])
    assert len(known.table) == words
    assert known.costs.tolist() == costs.tolist()


def test_the_lexicon_gives_the_same_for_many_words_as_for_few() -> None:
    known = LOCATOR.known
    rows = np.array([known.table.rows[word] for word in ("山", "水", "the", "mountain") if word in known.table.rows])
    others = np.array([known.table.rows[word] for word in ("water", "mountain", "fire")])
    zh, en = np.append(rows, len(known.table) + 3), np.append(others, len(known.table) + 5)  # two it has never seen
    for one, other in zip(known.lexicon.table(zh, en), known.lexicon.look_up(zh, en), strict=True):
        assert one.tolist() == other.astype(np.float64).tolist()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("folder", "zh_en", "en_zh"), [("un/gold_terms", 0.88, 0.88), ("bench/tico19", 0.90, 0.85)], ids=["un", "tico19"]
)
def test_renderings_are_located_as_well_as_was_asked(folder: str, zh_en: float, en_zh: float) -> None:
    place: Path = SHARED / folder
    result = evaluate_terms(
        read_terms_table(place / "terms.tsv"), read_pairs_table(place / "pairs.tsv"), load_embedded()
    )
    assert result.exact_zh_en >= zh_en
    assert result.exact_en_zh >= en_zh
