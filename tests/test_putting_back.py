"""A removed document comes back as it was, and what the charts count is counted: on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import store_databases
from store_made_up import SYMBOL, bead, document, pair_file, table

from search.corpus import Corpus
from search.errors import CorpusError, NotInCorpusError
from search.quality import BINS


@pytest.fixture(params=store_databases.KINDS)
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(store_databases.place(request.param, tmp_path)) as opened:
        yield opened


def test_a_removed_document_comes_back_with_the_same_numbers_and_what_was_checked(corpus: Corpus) -> None:
    corpus.add_alignment(table(), document("zh"), document("en"))
    corpus.add_pairs(pair_file(3, note="kept"))
    before = {one.id: tuple(replace(pair, state=0) for pair in corpus.pairs()) for one in corpus.list()}
    first = corpus.pair_ids()[1]
    corpus.set_status([first])
    state = corpus.state
    removed = corpus.take_out(1)
    assert removed.label == SYMBOL
    assert [one.id for one in corpus.list()] == [2]
    assert corpus.verify() == ()
    corpus.put_back(removed)
    assert corpus.verify() == ()
    assert corpus.state == state + 2
    assert corpus.pair(first).record.status == "checked"
    assert [pair.id for pair in corpus.pairs()] == [pair.id for pair in before[1]]
    assert (corpus.document(1, "zh"), corpus.document(1, "en")) == (document("zh"), document("en"))
    assert [pair.id for pair in corpus.containing("信托基金", "zh")] == [before[1][2].id]


def test_a_file_of_pairs_comes_back_with_its_properties(corpus: Corpus) -> None:
    corpus.add_pairs(pair_file(3, note="kept"))
    before = tuple(corpus.pairs())
    corpus.put_back(corpus.take_out(1))
    assert tuple(corpus.pairs()) == before
    assert dict(before[0].properties)["note"] == "kept"
    assert corpus.add_pairs(pair_file(3, note="kept"))[0].change == "unchanged"


def test_what_is_there_again_is_not_put_back_twice(corpus: Corpus) -> None:
    corpus.add_alignment(table(), document("zh"), document("en"))
    removed = corpus.take_out(1)
    corpus.add_alignment(table(), document("zh"), document("en"))
    with pytest.raises(CorpusError, match="in the corpus again already"):
        corpus.put_back(removed)
    assert len(corpus.list()) == 1
    assert corpus.verify() == ()


def test_what_is_not_there_cannot_be_taken_out(corpus: Corpus) -> None:
    with pytest.raises(NotInCorpusError, match="no document #7"):
        corpus.take_out(7)


def test_pairs_are_counted_by_confidence_and_the_first_doubtful_one_is_named(corpus: Corpus) -> None:
    sure = (1.0, 0.35, 0.05, 0.349)
    beads = [replace(bead([k], [k]), confidence=c, number="") for k, c in enumerate(sure)]
    corpus.add_alignment(table(records=beads), document("zh"), document("en"))
    ids = [pair.id for pair in corpus.pairs()]
    corpus.set_status([ids[1]])
    shares = corpus.confidences()
    assert len(shares) == BINS
    assert {one.low: (one.count, one.checked) for one in shares if one.count} == {
        0.05: (1, 0),
        0.3: (1, 0),
        0.35: (1, 1),
        0.95: (1, 0),
    }
    assert corpus.first_doubtful([1, 99]) == {1: ids[2]}


def test_of_an_empty_corpus_nothing_is_counted(corpus: Corpus) -> None:
    assert {one.count for one in corpus.confidences()} == {0}
    assert corpus.first_doubtful([]) == {}
