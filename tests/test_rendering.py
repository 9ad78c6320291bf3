"""A term's rendering is located in the other language, in made-up pairs whose words a fake encoder knows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import SHARED
from fakes import DICTIONARY, AdditiveEncoder, sentence, sentences

from models import load_embedded
from search import rendering
from search.evaluate_terms import evaluate_terms, read_pairs_table, read_terms_table
from search.lexicon import learn_lexicon
from search.ngrams import log_likelihood_ratio, plain
from search.rendering import Located, Locator, find_places, rendering_key
from search.rendering_scores import Support, by_key, trust
from search.word_statistics import TextPair
from search.words import cut


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


def test_of_many_pairs_a_sample_shows_what_to_look_for_in_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "STUDIED", 3)
    studied: list[int] = []
    study = Locator._study

    def counting(self: Locator, term: str, language: str, pairs: list[TextPair], total: int) -> object:
        studied.append(len(pairs))
        return study(self, term, language, pairs, total)  # type: ignore[arg-type]

    monkeypatch.setattr(Locator, "_study", counting)
    zh, en = DICTIONARY[0]
    pairs = [*holding(zh), TextPair("strange", f"{zh}一二三", "altogether different")]
    found = LOCATOR.locate(zh, "zh", pairs)
    assert [place.text for place in found[:-1] if place] == [en] * (len(pairs) - 1)
    assert studied[0] <= 3
    assert sum(studied) <= 4


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
