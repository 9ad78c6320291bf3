"""A corpus of which only some pairs are looked at, so that a frequent term costs no more than a rare one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from align.document import Language
from search.corpus import Corpus
from search.records import Filters, StoredDocument, StoredPair


@dataclass(frozen=True)
class Sample(Corpus):
    """A corpus that gives ``held``, pairs that were found to hold the term already, whatever phrase is asked for.

    Without any, it gives no more than ``most`` pairs of a phrase, the newest. Documents without their other language
    are not looked through: what is likely there is no conflict.
    """

    held: tuple[StoredPair, ...] = ()
    most: int = 200

    @classmethod
    def of(cls, corpus: Corpus, pairs: Sequence[int], most: int) -> Sample:
        """With an even choice of up to ``most`` of these pairs, by their ids."""
        return cls(corpus.database, corpus.pairs_among(evenly(pairs, most)), most)

    def containing(
        self,
        phrase: str,
        language: Language,
        filters: Filters | None = None,
        *,
        limit: int = 0,
        newest_first: bool = False,
    ) -> Iterator[StoredPair]:
        """Pairs that may hold the phrase: whether they do is for who asks to see."""
        if self.held:
            yield from self.held
            return
        most = min(limit or self.most, self.most)
        yield from super().containing(phrase, language, filters, limit=most, newest_first=newest_first or not limit)

    def list(self) -> tuple[StoredDocument, ...]:
        """No documents."""
        return ()


def evenly(items: Sequence[int], most: int) -> Sequence[int]:
    """Up to ``most`` of these, evenly spread, in their order."""
    if len(items) <= most:
        return items
    step = len(items) / most
    return [items[int(k * step)] for k in range(most)]
