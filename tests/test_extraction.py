"""Candidates for the glossary: which runs of words may be terms, which are matched, which come first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from conftest import SHARED
from fakes import AdditiveEncoder, sentences

from align.document import Language
from glossary.extraction.background import Background, own_words
from glossary.extraction.barred import barred_chinese, barred_english, generic
from glossary.extraction.evaluate import ExtractionEvaluation, baseline_candidates, evaluate_extraction
from glossary.extraction.extract import extract
from glossary.extraction.habits import learn_habits
from glossary.extraction.kinds import Probe, Spelled
from glossary.extraction.laid import lay
from glossary.extraction.names import Shape
from glossary.extraction.runs import find_runs
from glossary.extraction.selection import select
from glossary.extraction.types_table import gather
from models import load_embedded
from search.locating.evaluate_terms import TermOccurrence, read_pairs_table, read_terms_table
from search.locating.ngrams import unit_hashes
from search.locating.pair_words import SideWords, side_words
from search.locating.word_statistics import TextPair, learn_statistics
from search.locating.words import cut


def sides(texts: Sequence[str], language: Language) -> list[SideWords]:
    other = [
        TextPair(str(k), text if language == "zh" else "", text if language == "en" else "")
        for k, text in enumerate(texts)
    ]
    known = learn_statistics(other, AdditiveEncoder())
    known, pieces = known.read(units := [cut(text, language) for text in texts])
    return [side_words(text, part, known.costs) for text, part in zip(units, pieces, strict=True)]


def runs_of(text: str, language: Language) -> set[str]:
    (side,) = sides([text], language)
    found = find_runs(lay([side.units], language), [side])
    return {side.units.surface(a, b) for a, b in zip(found.first.tolist(), found.end.tolist(), strict=True)}


def test_a_run_neither_begins_nor_ends_with_a_function_word() -> None:
    assert runs_of("the mountain of gold and", "en") == {"mountain", "gold", "mountain of gold"}


def test_a_compound_is_never_cut_at_its_hyphen() -> None:
    assert runs_of("a two-horse cart", "en") == {"two-horse", "cart", "two-horse cart"}


def test_a_year_ends_a_run_only_behind_a_capital() -> None:
    assert "Dragon Year 2030" in runs_of("We saw the Dragon Year 2030 there", "en")
    assert "horse 2030" not in runs_of("We saw the horse 2030 there", "en")


def test_commas_stand_only_in_names() -> None:
    assert "Bridge, Road and Door" in runs_of("We saw the Bridge, Road and Door there", "en")
    assert "bridge, road and door" not in runs_of("We saw the bridge, road and door there", "en")


def test_no_chinese_run_ends_with_a_connecting_character() -> None:
    found = runs_of("山的水和火", "zh")
    assert "山的水" in found
    assert not [run for run in found if run.endswith(("的", "和"))]


def test_a_chinese_run_holds_book_marks_in_pairs_only() -> None:
    found = runs_of("山《水火》木", "zh")
    assert "山《水火》木" in found
    assert "《水火》" not in found
    assert "山《水火" not in found


def test_occurrences_of_a_term_in_both_numbers_are_one() -> None:
    side = sides(["red horses run", "red horse"], "en")
    terms = gather(find_runs(lay([one.units for one in side], "en"), side))
    assert sorted(terms.count.tolist()) == [1.0, 1.0, 1.0, 2.0, 2.0, 2.0]


def shape_of(run: str, *texts: str) -> Shape:
    side = sides(texts, "en")
    found = find_runs(lay([one.units for one in side], "en"), side)
    names = [
        side[text].units.surface(a, b)
        for text, a, b in zip(found.text.tolist(), found.first.tolist(), found.end.tolist(), strict=True)
    ]
    return Shape(int(found.shape[names.index(run)]))


def test_a_name_goes_across_its_small_words_from_capital_to_capital() -> None:
    text = "We met the Office of the High Keeper for All Forms of Forward-looking Tea and the House of Gold in May."
    assert shape_of("Office of the High Keeper for All Forms of Forward-looking Tea", text) is Shape.PART
    assert shape_of("House of Gold", text) is Shape.PART
    assert shape_of("High Keeper", text) is Shape.TAIL
    assert shape_of("Keeper", text) is Shape.TORN
    assert shape_of("Office", text) is Shape.HEAD


def test_a_name_that_nothing_goes_on_beside_is_whole() -> None:
    assert shape_of(
        "Convention relating to the Status of Horses", "the Convention relating to the Status of Horses was"
    ) is (Shape.WHOLE)
    assert shape_of("red horse", "the red horse was") is Shape.NO_NAME


def test_the_first_word_of_a_sentence_is_of_a_name_where_it_has_a_capital_elsewhere() -> None:
    assert shape_of("Dragon Year", "Dragon Year has begun.", "In the Dragon Year it rained.") is Shape.WHOLE
    assert shape_of("Red horse", "Red horse has begun.", "The red horse ran.") is Shape.NO_NAME


def test_words_that_come_more_often_here_than_elsewhere_are_the_corpus_s_own() -> None:
    common = Background(unit_hashes(["water"], "en"), np.array([900.0]), 1000.0)
    words = unit_hashes(["water", "dragon", "dragon"], "en")
    order = np.argsort(words)
    own = own_words(words[order], np.ones(3, dtype=bool), common)
    by_word = dict(zip(words[order].tolist(), own.ratio.tolist(), strict=True))
    water, dragon = (by_word[int(one)] for one in (words[0], words[1]))
    assert water < 0 < dragon
    assert own.surprise.min() == 0.0


def test_a_probe_of_another_model_says_nothing() -> None:
    probe = Probe(np.ones((4, 3), dtype=np.float32), 2.0)
    one = np.zeros(1, dtype=np.int64)
    assert probe(np.ones((1, 2), dtype=np.float32), Spelled(one, one, one)).tolist() == [0.0]
    said = probe(np.array([[3.0, 0.0, 0.0]], dtype=np.float32), Spelled(one, one, one)).tolist()
    assert said == pytest.approx([6.0])  # the first, the last, the head and the mean are this word; and the constant


def test_words_before_articles_are_told_from_nouns() -> None:
    habits = learn_habits([cut("Recalling the mountain. Recalling its water. The mountain is red.", "en")])
    at = habits.of(unit_hashes(["recalling", "mountain"], "en"))
    assert habits.governs[at[0]] > 0.5 > habits.governs[at[1]]


def test_dates_symbols_lists_and_persons_are_barred() -> None:
    assert barred_english(["april 2020", "resolution 1 / 2", "sea , the river", "tea cart"]).tolist() == [True] * 3 + [
        False
    ]
    assert barred_chinese(["山·水", "abc-2", "山水"]).tolist() == [True, True, False]


def test_a_word_that_weighs_is_generic() -> None:
    assert generic(["important bridge", "bridge"]).tolist() == [True, False]


def selected(text: str, *scored: str) -> list[str]:
    side = sides([text], "en")
    found = find_runs(lay([side[0].units], "en"), side)
    terms = gather(found)
    names = [side[0].units.surface(int(found.first[k]), int(found.end[k])) for k in terms.sample.tolist()]
    score = np.array([-float(scored.index(name)) if name in scored else -np.inf for name in names])
    return [names[k] for k in select(terms, found, [side[0].units], score, 10)]


def test_a_piece_of_a_better_candidate_is_left_out() -> None:
    assert selected("the red horse cart", "red horse cart", "horse cart") == ["red horse cart"]


def test_a_longer_candidate_may_hold_a_better_one() -> None:
    assert selected("the red horse cart", "horse cart", "red horse cart") == ["horse cart", "red horse cart"]


def test_two_candidates_joined_by_and_are_none_together() -> None:
    scored = ("horse cart", "tea leaf", "horse cart and tea leaf")
    assert selected("the horse cart and tea leaf", *scored) == ["horse cart", "tea leaf"]


def test_candidates_have_their_places_in_the_evidence() -> None:
    zh, en = sentences(40, seed=3)
    pairs = [TextPair(str(k), a, b) for k, (a, b) in enumerate(zip(zh, en, strict=True))]
    result = extract(pairs, AdditiveEncoder(), 5)
    by_id = {pair.id: pair for pair in pairs}
    assert len(result.candidates) == 5
    for one in result.candidates:
        for shown in one.evidence:
            assert by_id[shown.pair_id].zh[slice(*shown.zh_span)] == one.zh
            assert by_id[shown.pair_id].en[slice(*shown.en_span)].lower() == one.en.lower()


def test_the_same_pairs_give_the_same_candidates() -> None:
    zh, en = sentences(20, seed=4)
    pairs = [TextPair(str(k), a, b) for k, (a, b) in enumerate(zip(zh, en, strict=True))]
    assert extract(pairs, AdditiveEncoder(), 8) == extract(pairs, AdditiveEncoder(), 8)


def test_no_pairs_give_no_candidates() -> None:
    assert extract([], AdditiveEncoder(), 5).candidates == ()
    assert extract([TextPair("a", "山", "")], AdditiveEncoder(), 5).candidates == ()


def test_the_baseline_ranks_what_always_comes_together_first() -> None:
    pairs = [TextPair("1", "山水", "red horse"), TextPair("2", "山水", "red horse"), TextPair("3", "火木", "tea leaf")]
    assert baseline_candidates(pairs, 1) == [("山水", "red horse")]


def test_recall_counts_each_marked_pair_of_terms_once() -> None:
    pairs = [TextPair(str(k), "山水。", "red horse.") for k in range(3)]
    terms = [TermOccurrence("山水", "Red horses", str(k)) for k in range(2)]
    result = evaluate_extraction(terms, pairs, AdditiveEncoder(), 5)
    assert (result.n, result.baseline_recall) == (1, 1.0)


def test_shares_are_of_the_marked_terms() -> None:
    result = ExtractionEvaluation("s", 4, 3, 10, 1)
    assert (result.recall, result.baseline_recall) == (0.75, 0.25)


@pytest.mark.shared
def test_more_un_terms_are_found_than_by_association_alone() -> None:
    folder = SHARED / "un" / "gold_terms"
    terms, pairs = read_terms_table(folder / "terms.tsv"), read_pairs_table(folder / "pairs.tsv")
    result = evaluate_extraction(terms, pairs, load_embedded(), 600)
    assert result.n == 194
    assert result.recall >= 0.55
    assert result.recall >= result.baseline_recall + 0.2


def test_of_many_pairs_an_even_sample_is_surveyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossary.extraction.extract.SURVEYED", 10)
    zh, en = sentences(25, seed=3)
    pairs = [TextPair(str(k), a, b) for k, (a, b) in enumerate(zip(zh, en, strict=True))]
    result = extract(pairs, AdditiveEncoder(), 5)
    assert (result.pairs, result.of) == (9, 25)
    assert {int(shown.pair_id) % 3 for one in result.candidates for shown in one.evidence} == {0}
