"""What a corpus says of its words is kept in a file, and learnt anew where that is not to be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from fakes import DICTIONARY, AdditiveEncoder, sentences
from store_made_up import document

from align.readers.pair_file import AlignedPair, PairFile
from models.encoder import WordEncoder
from search.corpus import Corpus
from search.locating import statistics_file
from search.locating.locator import Locator
from search.locating.statistics_file import NAME, LearntFrom, StatisticsError, load, save, statistics_for
from search.locating.word_statistics import Statistics, TextPair, learn_statistics

SOURCE = LearntFrom("corpus", 3, 60, "fake@1")


def made_up(count: int = 60, seed: int = 3) -> list[TextPair]:
    zh, en = sentences(count, seed)
    return [TextPair(f"p{k}", a, b) for k, (a, b) in enumerate(zip(zh, en, strict=True))]


PAIRS = made_up()
KNOWN = learn_statistics(PAIRS, AdditiveEncoder(), 240)


def same(one: Statistics, other: Statistics) -> bool:
    arrays = [
        [
            *(a.table.tokens, a.table.starts, a.costs, a.lexicon.codes, a.lexicon.en_given_zh, a.lexicon.zh_given_en),
            *(a.zh_runs.runs, a.zh_runs.counts, a.en_runs.runs, a.en_runs.counts),
        ]
        for a in (one, other)
    ]
    numbers = [(a.pairs, a.corpus_pairs, a.zh_runs.units, a.en_runs.units, a.lexicon.size) for a in (one, other)]
    return (
        all(np.array_equal(a, b) for a, b in zip(*arrays, strict=True))
        and numbers[0] == numbers[1]
        and one.table.rows == other.table.rows
    )


def test_what_was_saved_is_loaded_again(tmp_path: Path) -> None:
    save(tmp_path / "kept", KNOWN, SOURCE)
    kept = load(tmp_path / "kept", AdditiveEncoder())
    assert kept.source == SOURCE
    assert same(kept.statistics, KNOWN)
    assert [file.name for file in (tmp_path / "kept").iterdir()] == [NAME]


def test_a_locator_finds_the_same_with_what_was_kept(tmp_path: Path) -> None:
    save(tmp_path, KNOWN, SOURCE)
    kept = Locator(load(tmp_path, AdditiveEncoder()).statistics)
    for zh, en in DICTIONARY[:4]:
        pairs = [pair for pair in PAIRS if zh in pair.zh]
        assert kept.locate(zh, "zh", pairs) == Locator(KNOWN).locate(zh, "zh", pairs)
        assert kept.locate_all(en, "en", pairs) == Locator(KNOWN).locate_all(en, "en", pairs)


def test_nothing_learnt_is_kept_too(tmp_path: Path) -> None:
    empty = learn_statistics([], AdditiveEncoder())
    save(tmp_path, empty, SOURCE)
    assert same(load(tmp_path, AdditiveEncoder()).statistics, empty)


def test_words_that_are_no_unicode_text_are_kept(tmp_path: Path) -> None:
    known = learn_statistics([*PAIRS, TextPair("odd", "山\ud800水", "mountain \udfff water")], AdditiveEncoder())
    save(tmp_path, known, SOURCE)
    assert same(load(tmp_path, AdditiveEncoder()).statistics, known)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(StatisticsError, match=f"{NAME} is not there yet; it is made when terms are looked up."):
        load(tmp_path, AdditiveEncoder())


@pytest.mark.parametrize("kept", [0, 7, 100, 3000, -1], ids=["empty", "header", "half a header", "half", "last byte"])
def test_a_file_cut_short_is_refused(tmp_path: Path, kept: int) -> None:
    save(tmp_path, KNOWN, SOURCE)
    file = tmp_path / NAME
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(StatisticsError, match="it will be made anew"):
        load(tmp_path, AdditiveEncoder())


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_file_with_a_changed_byte_is_refused(tmp_path: Path, place: float) -> None:
    save(tmp_path, KNOWN, SOURCE)
    file = tmp_path / NAME
    content = bytearray(file.read_bytes())
    content[int(place * len(content))] ^= 0x41
    file.write_bytes(content)
    with pytest.raises(StatisticsError, match="it will be made anew"):
        load(tmp_path, AdditiveEncoder())


def test_a_file_of_another_model_is_refused(tmp_path: Path) -> None:
    save(tmp_path, KNOWN, SOURCE)
    with pytest.raises(StatisticsError, match="it was made with the model fake@1, and this one is fake@2"):
        load(tmp_path, AdditiveEncoder("fake@2"))


def test_a_file_of_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(statistics_file, "_FORMAT", "99")
        save(tmp_path, KNOWN, SOURCE)
    with pytest.raises(StatisticsError, match="its format is 99, and this version knows 1"):
        load(tmp_path, AdditiveEncoder())


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(StatisticsError, match=f"{NAME} cannot be written"):
        save(tmp_path / "file", KNOWN, SOURCE)


def add(corpus: Corpus, pairs: list[TextPair], name: str) -> None:
    corpus.add_pairs(PairFile(tuple(AlignedPair(pair.zh, pair.en) for pair in pairs), name))


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "corpus.sqlite") as opened:
        add(opened, PAIRS, "first.tsv")
        yield opened


@pytest.fixture
def learning(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of how many pairs it was learnt, each time."""
    learnt: list[int] = []

    def counting(pairs: Sequence[TextPair], encoder: WordEncoder, corpus_pairs: int = 0) -> Statistics:
        learnt.append(len(pairs))
        return learn_statistics(pairs, encoder, corpus_pairs)

    monkeypatch.setattr(statistics_file, "learn_statistics", counting)
    return learnt


def test_a_corpus_is_learnt_once(corpus: Corpus, tmp_path: Path, learning: list[int]) -> None:
    told: list[tuple[int, int]] = []
    first = statistics_for(corpus, AdditiveEncoder(), tmp_path, lambda done, total: told.append((done, total)))
    again = statistics_for(corpus, AdditiveEncoder(), tmp_path, lambda done, total: told.append((done, total)))
    assert same(first, again)
    assert learning == [60]
    assert told == [(0, 60), (60, 60)]


def test_a_corpus_that_grew_by_a_few_pairs_is_not_learnt_again(
    corpus: Corpus, tmp_path: Path, learning: list[int]
) -> None:
    statistics_for(corpus, AdditiveEncoder(), tmp_path)
    add(corpus, made_up(12, seed=8), "second.tsv")
    statistics_for(corpus, AdditiveEncoder(), tmp_path)
    assert learning == [60]
    add(corpus, made_up(1, seed=9), "third.tsv")
    assert statistics_for(corpus, AdditiveEncoder(), tmp_path).pairs == 73
    assert learning == [60, 73]


def test_a_corpus_that_lost_much_is_learnt_again(corpus: Corpus, tmp_path: Path, learning: list[int]) -> None:
    add(corpus, made_up(40, seed=8), "second.tsv")
    statistics_for(corpus, AdditiveEncoder(), tmp_path)
    corpus.remove(corpus.find("second").id)
    statistics_for(corpus, AdditiveEncoder(), tmp_path)
    assert learning == [100, 60]


def test_another_model_or_another_corpus_is_learnt_anew(corpus: Corpus, tmp_path: Path, learning: list[int]) -> None:
    statistics_for(corpus, AdditiveEncoder(), tmp_path)
    statistics_for(corpus, AdditiveEncoder("fake@2"), tmp_path)
    with Corpus.open(tmp_path / "other.sqlite") as other:
        add(other, made_up(10), "small.tsv")
        statistics_for(other, AdditiveEncoder("fake@2"), tmp_path)
    assert learning == [60, 60, 10]


def test_what_is_damaged_is_learnt_anew_and_kept_again(corpus: Corpus, tmp_path: Path, learning: list[int]) -> None:
    first = statistics_for(corpus, AdditiveEncoder(), tmp_path)
    (tmp_path / NAME).write_bytes(b"something else")
    assert same(statistics_for(corpus, AdditiveEncoder(), tmp_path), first)
    statistics_for(corpus, AdditiveEncoder(), tmp_path)
    assert learning == [60, 60]


@pytest.mark.parametrize("folder", ["corpus.sqlite", None])
def test_where_nothing_can_be_kept_it_is_learnt_each_time(
    corpus: Corpus, tmp_path: Path, learning: list[int], folder: str | None
) -> None:
    for _ in range(2):
        statistics_for(corpus, AdditiveEncoder(), tmp_path / folder if folder else None)
    assert learning == [60, 60]


def test_of_a_large_corpus_an_even_sample_is_learnt(
    corpus: Corpus, tmp_path: Path, learning: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statistics_file, "SAMPLE", 25)
    known = statistics_for(corpus, AdditiveEncoder(), tmp_path)
    assert (known.pairs, known.corpus_pairs) == (20, 60)
    assert same(known, learn_statistics(PAIRS[::3], AdditiveEncoder(), 60))


def test_a_corpus_without_pairs_teaches_the_words_of_its_one_language(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "corpus.sqlite") as corpus:
        corpus.add_document(document("zh"))
        known = statistics_for(corpus, AdditiveEncoder(), tmp_path / "kept")
    assert known.pairs == 4
    assert known.en_runs.units == 0
    assert "大" in known.table.rows
