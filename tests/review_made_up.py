"""Candidates made up for the tests of the page “Review”: a corpus that shows them, and the queue that they are in."""

from __future__ import annotations

from collections.abc import Sequence

from lookup_made_up import add

from glossary.candidates.queue import sort_out, store
from glossary.concepts import Concept
from glossary.extraction.candidates import Candidate, Competitor, EvidencePair
from glossary.glossary import Glossary
from search.corpus import Corpus

STATION = ("观测站", "observing station")
HELD = (
    ("1号观测站每小时报告水位。", "No. 1: The observing station reports the level every hour."),
    ("2号工作人员修理观测站。", "No. 2: Staff repair the observing station."),
    ("3号观测站关闭了。", "No. 3: The observing station has been closed."),
    ("别的测站。", "Another observing station."),
)


def candidate(zh: str, en: str, score: float, **more: object) -> Candidate:
    """One as an extraction gives it."""
    values = {"frequency": 3, "zh_frequency": 4, "pairs": 3, "association": 12.5, "share": 0.75, "evidence": ()}
    return Candidate(zh, en, score=score, **{**values, **more})  # type: ignore[arg-type]


def shown(corpus: Corpus, zh: str, en: str) -> tuple[EvidencePair, ...]:
    """The evidence that an extraction would give."""
    found = []
    for pair in corpus.containing(en, "en"):
        texts = ((pair.record.zh_text, zh), (pair.record.en_text, en))
        if all(term in text for text, term in texts):
            spans = [(text.index(term), text.index(term) + len(term)) for text, term in texts]
            found.append(EvidencePair(str(pair.id), *spans))
    return tuple(found)


def station(corpus: Corpus, score: float = 0.9) -> Candidate:
    """The one that has evidence and a rival."""
    rivals = (Competitor("测站", 2),)
    return candidate(*STATION, score, evidence=shown(corpus, *STATION), competitors=rivals)


def stored(glossary: Glossary, corpus: Corpus, given: Sequence[Candidate]) -> list[Concept]:
    """Candidates in the queue, as an extraction puts them there."""
    done = store(glossary, corpus, sort_out(glossary, corpus, given), "made:up")
    return [event.after for event in done.events if event.after is not None]


def filled(corpus: Corpus) -> Corpus:
    """A corpus that shows the station."""
    add(corpus, HELD, "A/RES/70/1")
    return corpus
