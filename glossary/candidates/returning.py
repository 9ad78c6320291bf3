"""Whether the evidence of a rejected pair of terms has changed since: then it may come back, and says why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from glossary.candidates.figures import Figures
from glossary.candidates.standing import is_rejected
from glossary.concepts import Concept
from glossary.glossary import Glossary
from search.corpus import Corpus
from search.folding import folded
from search.grams import Phrase
from search.records import Filters, StoredPair

MORE = 3  # new pairs at least, where there are as many as before or more


@dataclass(frozen=True, slots=True)
class Rejection:
    """When a concept was rejected, by whom and why, and the state that the corpus had then at least."""

    time: str
    user: str
    reason: str
    state: int


@dataclass(frozen=True)
class Rejections:
    """Looks into what was rejected, and into what the corpus has got since."""

    glossary: Glossary
    corpus: Corpus

    def of(self, concept: Concept) -> Rejection | None:
        """The last time that a concept was rejected; None where its log does not say so."""
        for event in reversed(self.glossary.history(concept.id)):
            after, before = event.after, event.before
            if after is not None and is_rejected(after) and (before is None or not is_rejected(before)):
                known = Figures.kept_with(after)
                at_least = known.state if known and known.corpus == self.corpus.name else 0
                state = max(at_least, self._state_at(event.time))
                return Rejection(event.time, event.user, event.reason, state)
        return None

    def why_back(self, concept: Concept, zh: str, en: str) -> str:
        """Why a pair of terms comes back, in a sentence; "" where too little has changed.

        What counts are the pairs of the whole corpus that hold both terms: at least doubled by three pairs or more,
        or some of them of a body or a type of document in which there were none before.
        """
        when = self.of(concept)
        since = self._holding(zh, en, Filters(linked=True, since=when.state)) if when else []
        if when is None or not since:
            return ""
        new = {pair.id for pair in since}
        before = [pair for pair in self._holding(zh, en, Filters(linked=True)) if pair.id not in new]
        told = f"rejected by {when.user} on {when.time[:10]}" + (f" (“{when.reason}”)" if when.reason else "")
        if len(since) >= max(MORE, len(before)):
            return f"{told}; {len(before)} pairs showed it then, {len(before) + len(since)} do now"
        elsewhere = _unseen(before, since) if before else ""
        return f"{told}; since then it stands in documents {elsewhere} too" if elsewhere else ""

    def _holding(self, zh: str, en: str, wanted: Filters) -> list[StoredPair]:
        chinese = Phrase.of(zh)
        found = self.corpus.containing(en, "en", wanted)
        return [pair for pair in found if chinese.stands_in(folded(pair.record.zh_text))]

    def _state_at(self, time: str) -> int:
        """The state of the corpus at a time, or an earlier one: what its documents had when they last changed."""
        moment = datetime.fromisoformat(time) - timedelta(seconds=1)  # when documents changed is known to the second
        return max((state for changed, state in self._changes if changed <= moment), default=0)

    @cached_property
    def _changes(self) -> list[tuple[datetime, int]]:
        return [(datetime.fromisoformat(one.changed), one.state) for one in self.corpus.list()]


def _unseen(before: Iterable[StoredPair], since: Iterable[StoredPair]) -> str:
    known, new = list(before), list(since)
    bodies = sorted({pair.body for pair in new} - {pair.body for pair in known} - {""})
    if bodies:
        return f"of the body {' and '.join(bodies)}"
    types = sorted({pair.type for pair in new} - {pair.type for pair in known} - {""})
    return f"of the type {' and '.join(types)}" if types else ""
