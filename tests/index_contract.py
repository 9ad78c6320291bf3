"""What every engine behind ``search.index.contract.VectorIndex`` must do, against a plain NumPy oracle.

A test module makes a subclass whose name begins with Test, and a fixture ``new_place`` of the scope "class" or wider.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest

from align.document import Language
from models.encoder import Vectors
from search.errors import VectorIndexError
from search.index.contract import LANGUAGES, NOBODY, Batch, Covered, Ids, Neighbours, VectorIndex

Opener = Callable[[], VectorIndex]
NewPlace = Callable[[], Opener]  # each call an empty place of its own, each call of that an index opened there
NONE = np.zeros(0, dtype=np.int64)
COVERED = Covered("corpus of the tests", 3, "model of the tests", 64)


def ids_of(*numbers: int) -> Ids:
    return np.array(numbers, dtype=np.int64)


def made(ids: Ids, seed: int = 0, dimensions: int = 64) -> Batch:
    """Vectors of pairs: every other one by itself, the others in clusters; translations are near each other."""
    rng = np.random.default_rng(seed)
    centres = rng.standard_normal((20, dimensions))
    zh = rng.standard_normal((len(ids), dimensions))
    zh[::2] = centres[rng.integers(20, size=len(zh[::2]))] + 0.4 * zh[::2]
    en = zh + 0.5 * rng.standard_normal(zh.shape)
    return Batch(ids, unit(zh), unit(en))


def unit(rows: np.ndarray) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def present(vectors: Vectors) -> Vectors:
    """Those that are not zero; what a zero query finds is not laid down."""
    return vectors[vectors.any(axis=1)]


def with_zeros(batch: Batch, zh: Ids, en: Ids) -> Batch:
    """Without text in that language for these ids."""
    return replace(
        batch,
        zh=np.where(np.isin(batch.ids, zh)[:, None], np.float32(0), batch.zh),
        en=np.where(np.isin(batch.ids, en)[:, None], np.float32(0), batch.en),
    )


def merged(*batches: Batch) -> Batch:
    """As if put in one after the other: of an id that comes again, the later."""
    ids = np.concatenate([batch.ids for batch in batches])
    zh, en = (np.concatenate([batch.of(language) for batch in batches]) for language in LANGUAGES)
    latest = {int(number): row for row, number in enumerate(ids)}
    rows = [latest[number] for number in sorted(latest)]
    return Batch(ids[rows], zh[rows], en[rows])


def without(batch: Batch, gone: Ids) -> Batch:
    kept = ~np.isin(batch.ids, gone)
    return Batch(batch.ids[kept], batch.zh[kept], batch.en[kept])


def oracle(held: Batch, queries: Vectors, language: Language, count: int, only: Ids | None = None) -> Neighbours:
    vectors = held.of(language)
    allowed = vectors.any(axis=1)
    if only is not None:
        allowed &= np.isin(held.ids, only)
    cosines = queries @ vectors[allowed].T
    ids = np.broadcast_to(held.ids[allowed], cosines.shape)
    order = np.lexsort((ids, -cosines))[:, :count]
    lacking = ((0, 0), (0, max(0, count - order.shape[1])))
    best = np.take_along_axis(cosines, order, axis=1)
    return Neighbours(
        np.pad(np.take_along_axis(ids, order, axis=1), lacking, constant_values=NOBODY),
        np.pad(best, lacking, constant_values=NOBODY),
    )


@dataclass(frozen=True)
class Filled:
    """An index that tests may read but not change, and what it holds."""

    opener: Opener
    index: VectorIndex
    held: Batch


class IndexContract:
    """The tests; ``tolerance`` of a cosine, and what share of the nearest must be found."""

    tolerance = 1e-5
    recall = 1.0

    @pytest.fixture
    def opener(self, new_place: NewPlace) -> Opener:
        return new_place()

    @pytest.fixture
    def index(self, opener: Opener) -> Iterator[VectorIndex]:
        opened = opener()
        yield opened
        opened.close()

    @pytest.fixture(scope="class")
    @classmethod
    def filled(cls, new_place: NewPlace) -> Iterator[Filled]:
        opener = new_place()
        index = opener()
        ids = np.random.default_rng(5).permutation(4000)[:2000].astype(np.int64) + 1
        batch = with_zeros(made(ids), zh=ids[:3], en=ids[2:6])  # the third has no text at all
        parts = [Batch(ids[rows], batch.zh[rows], batch.en[rows]) for rows in (slice(0, 1500), slice(1500, None))]
        index.update(COVERED, NONE, parts)
        yield Filled(opener, index, merged(batch))
        index.close()

    def agrees(
        self, found: Neighbours, held: Batch, queries: Vectors, language: Language, only: Ids | None = None
    ) -> None:
        """Every pair that was found has the cosine that is said, and as many as promised are among the oracle's."""
        count = found.ids.shape[1]
        expected = oracle(held, queries, language, count, only)
        assert (found.ids.shape, found.similarities.shape) == (expected.ids.shape, expected.ids.shape)
        assert (found.ids.dtype, found.similarities.dtype) == (np.int64, np.float32)
        there = expected.ids != NOBODY
        assert np.array_equal(found.ids != NOBODY, there)
        if only is not None:
            assert np.isin(found.ids[there], only).all()
        assert all(len(np.unique(row)) == len(row) for row in (ids[ids != NOBODY] for ids in found.ids))
        rows = np.searchsorted(held.ids, np.where(there, found.ids, held.ids[0]))
        true = np.einsum("qd,qkd->qk", queries, held.of(language)[rows])
        assert np.abs(found.similarities - true)[there].max(initial=0) <= self.tolerance
        assert (np.diff(np.where(there, found.similarities, -2), axis=1) <= 0).all()
        worst = np.where(there, expected.similarities, 2).min(axis=1, keepdims=True)
        assert ((true >= worst - self.tolerance) & there).sum() >= self.recall * there.sum()

    def check(self, index: VectorIndex, held: Batch, queries: Vectors, only: Ids | None = None) -> None:
        """Both languages, by what the oracle says of what should be held."""
        assert index.ids().tolist() == held.ids.tolist()
        for language in LANGUAGES:
            self.agrees(index.search(queries, language, 10, only), held, queries, language, only)

    def test_where_there_is_nothing_it_covers_nothing_and_finds_nobody(self, index: VectorIndex) -> None:
        assert index.covered() is None
        assert index.ids().tolist() == []
        assert index.search(made(ids_of(1, 2)).zh, "zh", 3).ids.tolist() == [[NOBODY] * 3] * 2

    def test_each_language_is_searched_by_itself_and_exactly(self, filled: Filled) -> None:
        self.check(filled.index, filled.held, made(np.arange(40), seed=1).en)
        self.check(filled.index, filled.held, present(filled.held.zh)[100:140])

    def test_what_it_covers_and_holds_is_what_was_put_in(self, filled: Filled) -> None:
        assert filled.index.covered() == COVERED
        found = filled.index.ids()
        assert (found.dtype, found.tolist()) == (np.int64, filled.held.ids.tolist())

    def test_opened_again_it_is_the_same(self, filled: Filled) -> None:
        again = filled.opener()
        assert again.covered() == COVERED
        assert again.place == filled.index.place
        self.check(again, filled.held, present(filled.held.en)[:20])
        again.close()

    def test_a_pair_without_text_in_a_language_is_held_but_never_found_in_it(self, filled: Filled) -> None:
        for language in LANGUAGES:
            mute = filled.held.ids[~filled.held.of(language).any(axis=1)]
            assert len(mute) > 2
            assert np.isin(mute, filled.index.ids()).all()
            alone = filled.index.search(present(filled.held.zh)[:2], language, 2, mute)
            assert alone.ids.tolist() == [[NOBODY] * 2] * 2

    @pytest.mark.parametrize("share", [1, 12, 700, 1990])
    def test_only_some_pairs_are_asked_for(self, filled: Filled, share: int) -> None:
        only = np.sort(np.random.default_rng(share).permutation(filled.held.ids)[:share])
        self.check(filled.index, filled.held, made(np.arange(12), seed=2).zh, only)

    def test_only_pairs_that_are_not_there_or_none_at_all_find_nobody(self, filled: Filled) -> None:
        for only in (NONE, ids_of(0, 999_999, 2**40)):
            assert filled.index.search(present(filled.held.zh)[:1], "zh", 2, only).ids.tolist() == [[NOBODY, NOBODY]]

    def test_where_fewer_are_there_than_asked_for_the_rest_is_nobody(self, index: VectorIndex) -> None:
        held = made(ids_of(4, 8, 15))
        index.update(COVERED, NONE, [held])
        found = index.search(held.zh[1:2], "zh", 5)
        self.agrees(found, held, held.zh[1:2], "zh")
        assert found.ids[0, 0] == 8
        assert found.ids[0, 3:].tolist() == [NOBODY, NOBODY]

    def test_equal_cosines_are_ordered_by_id(self, index: VectorIndex) -> None:
        ids = np.random.default_rng(8).permutation(300).astype(np.int64)
        batch = made(ids)
        same = np.isin(ids, np.arange(100))
        batch.zh[same] = batch.zh[0]
        index.update(COVERED, NONE, [batch])
        assert index.search(batch.zh[:1], "zh", 10).ids.tolist() == [list(range(10))]
        even = np.arange(0, 300, 2)
        assert index.search(batch.zh[:1], "zh", 10, even).ids.tolist() == [list(range(0, 20, 2))]

    def test_no_queries_have_no_answers(self, filled: Filled) -> None:
        found = filled.index.search(np.zeros((0, 64), dtype=np.float32), "en", 7)
        assert (found.ids.shape, found.similarities.shape) == ((0, 7), (0, 7))

    def test_vectors_of_another_length_are_refused_in_a_sentence(self, filled: Filled) -> None:
        with pytest.raises(VectorIndexError, match=r"(?s)^[^\n]*64[^\n]*\.$"):
            filled.index.search(np.ones((1, 32), dtype=np.float32), "zh", 3)

    def test_many_queries_at_once_are_answered_as_one_by_one(self, filled: Filled) -> None:
        queries = made(np.arange(350), seed=2).en
        self.agrees(filled.index.search(queries, "zh", 3), filled.held, queries, "zh")

    def test_pairs_are_added_replaced_and_removed(self, index: VectorIndex) -> None:
        first, more, changed = made(np.arange(0, 200)), made(np.arange(200, 260), seed=3), made(ids_of(7, 90), seed=4)
        queries = merged(first, more, changed).zh[::20]
        index.update(COVERED, NONE, [first])
        self.check(index, first, queries)
        index.update(replace(COVERED, state=4), NONE, [more])
        held = merged(first, more)
        self.check(index, held, queries)
        index.update(replace(COVERED, state=5), ids_of(0, 20, 259, 4444), [changed])
        held = without(merged(held, changed), ids_of(0, 20, 259))
        self.check(index, held, queries)
        index.update(replace(COVERED, state=6), held.ids[::2], [])
        self.check(index, without(held, held.ids[::2]), queries)
        index.update(replace(COVERED, state=7), NONE, [first])
        self.check(index, merged(without(held, held.ids[::2]), first), queries)
        assert index.covered() == replace(COVERED, state=7)

    def test_a_language_that_a_replaced_pair_lost_or_gained_follows(self, index: VectorIndex) -> None:
        both = made(np.arange(20))
        index.update(COVERED, NONE, [with_zeros(both, zh=ids_of(3), en=NONE)])
        changed = with_zeros(made(ids_of(3, 4), seed=6), zh=NONE, en=ids_of(4))
        index.update(replace(COVERED, state=4), NONE, [changed])
        self.check(index, merged(both, changed), both.zh)

    def test_a_state_without_changes_to_the_pairs_is_written_down(self, index: VectorIndex) -> None:
        held = made(np.arange(20))
        index.update(COVERED, NONE, [held])
        index.update(replace(COVERED, state=9), NONE, [])
        assert index.covered() == replace(COVERED, state=9)
        self.check(index, held, held.zh[:4])

    def test_an_index_of_nothing_is_one(self, index: VectorIndex) -> None:
        index.update(COVERED, NONE, [])
        assert index.covered() == COVERED
        assert index.ids().tolist() == []
        assert index.search(made(ids_of(1)).zh, "zh", 1).ids.tolist() == [[NOBODY]]
        held = made(np.arange(20))
        index.update(replace(COVERED, state=4), NONE, [held])
        self.check(index, held, held.zh[:4])

    @pytest.mark.parametrize("other", [{"corpus": "another"}, {"model": "another"}])
    def test_another_corpus_or_model_drops_what_was_there(self, index: VectorIndex, other: dict[str, str]) -> None:
        index.update(COVERED, NONE, [made(np.arange(50))])
        held = made(np.arange(30, 60), seed=7, dimensions=32)
        now = replace(COVERED, dimensions=32, **other)
        index.update(now, NONE, [held])
        assert index.covered() == now
        self.check(index, held, held.zh[:5])

    def test_large_ids_are_kept_whole(self, index: VectorIndex) -> None:
        held = made(ids_of(0, 2**31 + 1, 2**53 + 1, 2**62))
        index.update(COVERED, NONE, [held])
        self.check(index, held, held.zh)
        self.check(index, held, held.zh, ids_of(2**53 + 1))

    def test_an_index_that_is_open_elsewhere_follows(self, opener: Opener) -> None:
        one, other = opener(), opener()
        first, more = made(np.arange(60)), made(np.arange(60, 70), seed=9)
        one.update(COVERED, NONE, [first])
        self.check(other, first, first.zh[:5])
        one.update(replace(COVERED, state=4), ids_of(2), [more])
        held = without(merged(first, more), ids_of(2))
        self.check(other, held, more.zh)
        assert other.covered() == replace(COVERED, state=4)
        other.update(replace(COVERED, state=5), more.ids, [])
        assert one.covered() == replace(COVERED, state=5)
        self.check(one, without(held, more.ids), more.zh)
        one.close()
        other.close()

    def test_whoever_searches_meanwhile_sees_what_was_before(self, opener: Opener) -> None:
        one, other = opener(), opener()
        first, more = made(np.arange(60)), made(np.arange(50, 90), seed=9)
        one.update(COVERED, NONE, [first])

        def slowly() -> Iterator[Batch]:
            for number in range(len(more.ids)):
                if number in (0, 20, 39):
                    self.check(other, first, more.zh[:5])
                    assert other.covered() == COVERED
                yield Batch(more.ids[[number]], more.zh[[number]], more.en[[number]])

        one.update(replace(COVERED, state=4), np.arange(5), slowly())
        self.check(other, without(merged(first, more), np.arange(5)), more.zh[:5])
        one.close()
        other.close()

    @pytest.mark.parametrize("corpus", [COVERED.corpus, "another"])
    def test_an_update_that_fails_on_the_way_changes_nothing(self, index: VectorIndex, corpus: str) -> None:
        first, more = made(np.arange(60)), made(np.arange(50, 90), seed=9)
        index.update(COVERED, NONE, [first])

        def failing() -> Iterator[Batch]:
            yield more
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            index.update(replace(COVERED, corpus=corpus, state=4), np.arange(5), failing())
        assert index.covered() == COVERED
        self.check(index, first, more.zh[:5])
        index.update(replace(COVERED, state=5), np.arange(5), [more])
        self.check(index, without(merged(first, more), np.arange(5)), more.zh[:5])

    def test_cleared_it_is_as_new(self, index: VectorIndex) -> None:
        held = made(np.arange(20))
        index.clear()
        index.update(COVERED, NONE, [held])
        index.clear()
        assert index.covered() is None
        assert index.ids().tolist() == []
        assert index.search(held.zh[:1], "zh", 1).ids.tolist() == [[NOBODY]]
        index.update(COVERED, NONE, [held])
        self.check(index, held, held.zh[:3])
