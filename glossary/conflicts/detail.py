"""The closer look at one term: its renderings in the glossary and in the corpus, and the reason for each rival."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from align.document import Language
from glossary.concepts import Concept, Term, Usage, Workflow
from glossary.conflicts.pieces import whole
from glossary.conflicts.reasons import Known, Side, judge
from glossary.conflicts.records import Conflict, Rival
from glossary.conflicts.sample import Sample
from glossary.conflicts.scanning import Seen, term_key
from glossary.conflicts.settling import conflict_key
from glossary.conflicts.signs import signs
from glossary.duplicates import family
from search.corpus import Corpus
from search.locating.locator import Locator
from search.precedents.evidence import Evidence, Rendering, TermResult
from search.precedents.look_up import look_up_term, question
from search.precedents.word_meaning import meanings

MOST = 200  # pairs of a term that are read
RIVALS = 6  # that are shown of a term
FEW = 12  # occurrences of a term; of a more frequent one, a rival must have two places at least
CLEAR = 0.8  # of the best confidence, for a pair that shows a rendering well
CONTEXT = 3  # times the marked parts, that a telling pair is long at least
DROPPED = (Workflow.REJECTED, Workflow.RETIRED)


@dataclass(frozen=True)
class Looker:
    """Looks at terms: corpus, locator and the glossary's concepts by id.

    ``most`` pairs of a term are read, and as many ``rivals`` told of. One looker serves many terms.
    """

    corpus: Corpus
    locator: Locator
    concepts: Mapping[str, Concept]
    most: int = MOST
    rivals: int = RIVALS

    def look(self, seen: Seen) -> Conflict | None:
        """The conflict that a term is in; None where it has one rendering only."""
        text = seen.text
        result = look_up_term(
            Sample.of(self.corpus, seen.pairs, self.most), self.locator, question(text, seen.language)
        )
        other: Language = "en" if seen.language == "zh" else "zh"
        rivals = _rivals(self._known(seen, other), result, other)[: self.rivals + 1]
        if len(rivals) < 2:
            return None
        judged = self._judged(text, rivals, result)
        return Conflict(
            key=conflict_key(seen.language, text, [rival.key for rival in judged]),
            language=seen.language,
            term=text,
            concepts=seen.concepts,
            rivals=tuple(judged),
            occurrences=max(len(seen.pairs), result.count),
            looked_at=min(len(seen.pairs) or self.most, self.most),
            turning_points=result.turning_points,
        )

    def _known(self, seen: Seen, other: Language) -> list[tuple[Concept, Term]]:
        """The glossary's renderings of the term that nobody has rejected."""
        return [
            (self.concepts[name], term)
            for name in seen.concepts
            if name in self.concepts
            for term in self.concepts[name].terms
            if family(term.language) == other
            and self.concepts[name].workflow.get(term.language, Workflow.CANDIDATE) not in DROPPED
        ]

    def _judged(self, term: str, rivals: Sequence[Rival], result: TermResult) -> list[Rival]:
        other: Language = "en" if result.language == "zh" else "zh"
        leading, *others = rivals
        encoder = self.locator.known.table.encoder
        vectors = meanings([rival.text for rival in rivals], encoder)
        judged = [leading]
        for rival, vector in zip(others, vectors[1:], strict=True):
            found = None
            if leading.rendering and rival.rendering:
                found = signs(term, leading.rendering.evidence, rival.rendering.evidence, encoder, self.corpus)
            known = Known(float(vectors[0] @ vector), self._distinct(leading, rival), _change(leading, rival, result))
            judged.append(replace(rival, verdict=judge(_side(leading), _side(rival), found, other, known)))
        return judged

    def _distinct(self, first: Rival, second: Rival) -> str:
        """Why the glossary itself takes two renderings for two concepts; "" where it does not."""
        if not first.concepts or not second.concepts or set(first.concepts) & set(second.concepts):
            return ""
        for mine, theirs in ((self.concepts[a], self.concepts[b]) for a in first.concepts for b in second.concepts):
            if mine.subject and theirs.subject and mine.subject != theirs.subject:
                return f"the glossary has them in two subjects, {mine.subject} and {theirs.subject}"
            if mine.definitions and theirs.definitions and mine.definitions != theirs.definitions:
                return f"the glossary defines them apart ({mine.id}, {theirs.id})"
        return ""


def telling(evidence: Sequence[Evidence]) -> Evidence:
    """The pair that shows a rendering best: sure, with some text around it, and of those the shortest."""
    best = max(one.confidence for one in evidence)
    clear = [one for one in evidence if one.confidence >= CLEAR * best]
    full = [one for one in clear if _length(one) >= CONTEXT * _marked(one)] or clear
    return min(full, key=lambda one: (not one.checked, _length(one), one.pair.id))


def _length(one: Evidence) -> int:
    return len(one.pair.record.zh_text) * 3 + len(one.pair.record.en_text)  # a Chinese character says as much as three


def _marked(one: Evidence) -> int:
    return (one.zh_span[1] - one.zh_span[0]) * 3 + one.en_span[1] - one.en_span[0]


def _change(first: Rival, second: Rival, result: TermResult) -> str:
    """When usage went over from one to the other, in words; "" where it did not."""
    texts = {first.text, second.text}
    points = [point for point in result.turning_points if {point.before, point.after} == texts]
    return f"usage went over: {points[-1].sentence}" if points else ""


def _side(rival: Rival) -> Side:
    return Side(rival.text, rival.rendering.evidence if rival.rendering else (), rival.concepts)


def _rivals(known: Sequence[tuple[Concept, Term]], result: TermResult, other: Language) -> list[Rival]:
    """All renderings of a term, the leading one first: the one approved and preferred, else the most frequent."""
    least = 1 if result.count <= FEW else 2
    found: dict[str, Rival] = {}
    for rendering in whole(result.renderings, other):
        key = term_key(rendering.text, other)
        if rendering.count >= least or any(term_key(term.text, other) == key for _, term in known):
            found.setdefault(key, _seen(rendering, key))
    for concept, term in known:
        key = term_key(term.text, other)
        now = found.get(key, Rival(term.text, key))
        status = now.status or _status(concept, term)
        found[key] = replace(now, concepts=tuple(dict.fromkeys((*now.concepts, concept.id))), status=status)
    approved = {term_key(term.text, other) for concept, term in known if _approved(concept, term)}
    ordered = sorted(found.values(), key=lambda one: (one.key not in approved, -one.count, not one.concepts))
    return _without_settled(ordered, known, other)


def _without_settled(ordered: Sequence[Rival], known: Sequence[tuple[Concept, Term]], other: Language) -> list[Rival]:
    """Without what the glossary has decided: in one concept, terms beside the preferred one are no rivals of it."""
    decided: set[str] = set()
    for some in _by_concept(known).values():
        preferred = [term for term in some if term.usage is Usage.PREFERRED]
        if len(preferred) == 1:
            decided |= {term_key(t.text, other) for t in some if t.usage is not Usage.PREFERRED and t.usage}
    return [rival for k, rival in enumerate(ordered) if k == 0 or rival.key not in decided]


def _by_concept(known: Sequence[tuple[Concept, Term]]) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for concept, term in known:
        found.setdefault(concept.id, []).append(term)
    return found


def _seen(rendering: Rendering, key: str) -> Rival:
    return Rival(rendering.text, key, rendering=rendering, telling=telling(rendering.evidence))


def _approved(concept: Concept, term: Term) -> bool:
    return term.usage is Usage.PREFERRED and concept.workflow.get(term.language) is Workflow.APPROVED


def _status(concept: Concept, term: Term) -> str:
    words = [str(concept.workflow.get(term.language, Workflow.CANDIDATE)), str(term.usage)]
    return " ".join(word for word in words if word)
