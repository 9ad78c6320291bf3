"""Where a term's rendering stands in the other language: found from the embedding and from the whole corpus."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from align.document import Language
from models.encoder import WordEncoder
from search.locating.choice import Located, Rendered, Weighed, choose, weigh
from search.locating.company import Company, Runs
from search.locating.scores import Support, learned_weights
from search.locating.study import find_places, other_language, prepare, rendering_key
from search.locating.usual import Occurrence, Term, Usual
from search.locating.word_statistics import Statistics, TextPair, learn_statistics

__all__ = ["Located", "Locator", "find_places", "rendering_key"]

WHOLE = 120  # so many occurrences of a term are all studied
ROUND = 60  # of more, so many are; in the others the renderings found are looked for; of the rest again so many …
STUDIED = 300  # until this many are studied


@dataclass(frozen=True)
class Locator:
    """Finds renderings with the statistics of a corpus."""

    known: Statistics

    @classmethod
    def learn(cls, pairs: Sequence[TextPair], encoder: WordEncoder) -> Locator:
        """A locator that knows a corpus, or a fair sample of one (some thousand pairs are enough)."""
        return cls(learn_statistics(pairs, encoder))

    def locate(
        self, term: str, language: Language, pairs: Sequence[TextPair], total: int = 0
    ) -> tuple[Located | None, ...]:
        """The most likely rendering of a term in each pair that holds it; None where the term is not in the pair.

        ``total``: how many pairs of the corpus hold the term, where ``pairs`` are only some of them. Of more than
        ``WHOLE`` pairs an even sample is studied; in the others the renderings found there are looked for, the pairs
        that hold none of these are studied in their turn, and what is left after ``STUDIED`` is None. Whether there
        is a rendering at all is what ``confidence`` says.
        """
        return tuple(found.best() if found else None for found in self._render(term, language, pairs, total))

    def locate_all(
        self, term: str, language: Language, pairs: Sequence[TextPair], total: int = 0
    ) -> tuple[tuple[Located, ...], ...]:
        """For each pair the renderings of all occurrences of the term in it, in the order of the occurrences.

        Each has the place of its own occurrence as ``term_spans``. An occurrence without a rendering of its own (the
        other language may say "they") is left out. See ``locate`` for the rest.
        """
        return tuple(found.each() if found else () for found in self._render(term, language, pairs, total))

    def _render(
        self, term: str, language: Language, pairs: Sequence[TextPair], total: int
    ) -> tuple[Rendered | None, ...]:
        study = _Study(term, language, self.known, max(total, len(pairs)))
        if len(pairs) <= WHOLE:
            study.add(range(len(pairs)), pairs)
            found = study.choose()
        else:
            found = _render_many(study, Term.of(term, language), pairs)
        return tuple(found.get(k) for k in range(len(pairs)))


def _render_many(study: _Study, term: Term, pairs: Sequence[TextPair]) -> dict[int, Rendered]:
    """In rounds: some are studied, in the others their renderings are looked for, of those without any some …"""
    seen = {k: occurrence for k, pair in enumerate(pairs) if (occurrence := Occurrence.find(term, pair))}
    # What folds in an unusual way does not show the term at a glance; such pairs are few, and looked at more closely.
    study.add(hidden := [k for k in range(len(pairs)) if k not in seen][:ROUND], [pairs[k] for k in hidden])
    found: dict[int, Rendered] = {}
    sample: dict[int, Rendered] = {}
    usual: Usual | None = None
    waiting = list(seen)
    while waiting and study.size < STUDIED:
        chosen = waiting[:: max(1, -(-len(waiting) // ROUND))]
        study.add(chosen, [pairs[k] for k in chosen])
        sample |= study.choose(without=sample)  # the others again only when all are known
        before, usual = usual, Usual.gather(sample.values(), other_language(term.language))
        waiting = [k for k in waiting if k not in study.places]
        found |= {k: rendered for k in waiting if (rendered := usual.look_for(seen[k]))}
        study.others = [rendered.renderings[0] for k, rendered in found.items() if k not in study.places]
        waiting = [k for k in waiting if k not in found]
        if not waiting and (before is None or usual.counts.keys() != before.counts.keys()):
            waiting = [k for k, rendered in found.items() if not rendered.complete and k not in study.places]
    return found | study.choose()


class _Study:
    """The occurrences of a term that are studied so far; ``others`` are what the rest have."""

    def __init__(self, term: str, language: Language, known: Statistics, total: int) -> None:
        self.term, self.language, self.known, self.total = term, language, known, total
        self.weights = learned_weights(other_language(language))
        self.places: set[int] = set()
        self.others: Sequence[Located] = ()
        self._runs: list[Runs] = []
        self._weighed: dict[int, tuple[str, Weighed]] = {}
        self._support = Support.gather([])

    @property
    def size(self) -> int:
        """How many pairs are studied."""
        return len(self.places)

    def add(self, places: Sequence[int], pairs: Sequence[TextPair]) -> None:
        """Study pairs, which have these numbers among all."""
        self.places.update(places)
        parts = list(prepare(self.term, self.language, pairs, self.known))
        self._runs += [part.runs for part in parts]
        for part in parts:
            company = Company.gather(self._runs, part.known, self.total)
            found = weigh(part, company, self.weights)
            self._support = self._support.and_of([one.own for one in found if one is not None])
            for place, one in zip(part.places, found, strict=True):
                if one is not None:
                    self._weighed[places[place]] = (pairs[place].id, one)

    def choose(self, without: Collection[int] = ()) -> dict[int, Rendered]:
        """By number of the pair, of all but some that are chosen already."""
        support = self._support.plus([(one.key, one.confidence) for one in self.others])
        return {
            k: choose(name, one, support, self.weights) for k, (name, one) in self._weighed.items() if k not in without
        }
