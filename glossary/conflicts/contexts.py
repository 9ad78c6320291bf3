"""What stands around a term where it is rendered one way or the other: expressions that they share, and topics."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import regex

from glossary.duplicates import singular
from models.encoder import WordEncoder
from search.locating.boundaries import ARTICLES, LINKS, OTHERS
from search.precedents.evidence import Evidence
from search.precedents.question import document_of
from search.precedents.word_meaning import meanings

AROUND = 110  # characters of a context on either side of the term, in English
BESIDE = 60  # characters in which the word beside a term is looked for
FEW_DOCUMENTS = 3  # on either side, for contexts to be compared
SHUFFLES = 199
COMPARED = 60  # places of a rendering whose contexts are compared
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_HAN = regex.compile(r"\p{Han}{2}")
_SMALL = ARTICLES | LINKS | OTHERS
Expressions = Mapping[str, int]


def expressions(shown: Evidence) -> frozenset[str]:
    """The term with the word on either side of it, “…” for itself; a function word between them belongs to it."""
    text = shown.pair.text(shown.language)
    start, end = shown.term_span
    if shown.language == "zh":
        left, right = text[max(0, start - 2) : start], text[end : end + 2]
        return frozenset(found for found, piece in ((f"{left}…", left), (f"…{right}", right)) if _HAN.fullmatch(piece))
    before = _WORD.findall(text[max(0, start - BESIDE) : start])[:-3:-1]
    after = _WORD.findall(text[end : end + BESIDE])[:2]
    return frozenset(filter(None, (_phrase(before, left=True), _phrase(after, left=False))))


def _phrase(words: Sequence[str], left: bool) -> str:
    """The nearest content word of up to two, with the function word before it."""
    plain = [singular(word.lower()) for word in words]
    for k, word in enumerate(plain):
        if word not in _SMALL:
            joined = plain[: k + 1][::-1] if left else plain[: k + 1]
            return " ".join([*joined, "…"] if left else ["…", *joined])
    return ""


def counted(side: Sequence[Evidence]) -> Expressions:
    """In how many places of a rendering each expression stands."""
    return Counter(found for one in side for found in expressions(one))


def shared(leading: Sequence[Evidence], rival: Sequence[Evidence]) -> tuple[float, str]:
    """How far the rival stands in the same expressions as the leading rendering, and the one that shows it best.

    1 where as many of its places as of the leading one's own do: those recur among themselves to some extent only.
    """
    known = counted(leading)
    own = sum(any(known[name] > 1 for name in expressions(one)) for one in leading) / len(leading)
    both = Counter(name for one in rival for name in expressions(one) if name in known)
    share = sum(any(name in known for name in expressions(one)) for one in rival) / len(rival)
    best = max(both, key=lambda name: (both[name] * known[name], name), default="")
    return min(1.0, share / max(own, 0.2)), best


def apart(leading: Sequence[Evidence], rival: Sequence[Evidence], encoder: WordEncoder) -> float | None:
    """How often documents dealt out at random have contexts as different as those of the two renderings.

    None where there are too few documents.
    """
    sides = [_by_document(side[:COMPARED], encoder) for side in (leading, rival)]
    if min(map(len, sides)) < FEW_DOCUMENTS:
        return None
    vectors = np.concatenate(sides)
    first = len(sides[0])
    rng = np.random.default_rng(5)
    observed = _distance(vectors, first)
    as_far = sum(_distance(vectors[rng.permutation(len(vectors))], first) >= observed for _ in range(SHUFFLES))
    return (as_far + 1) / (SHUFFLES + 1)


def _context(shown: Evidence) -> str:
    """The English around a place, without it."""
    (start, end), text = shown.en_span, shown.pair.record.en_text
    return text[max(0, start - AROUND) : start] + " " + text[end : end + AROUND]


def _by_document(side: Sequence[Evidence], encoder: WordEncoder) -> npt.NDArray[np.float32]:
    """One vector a document: occurrences in one document are no independent witnesses."""
    groups: dict[str, list[int]] = defaultdict(list)
    for k, one in enumerate(side):
        groups[document_of(one.pair)].append(k)
    vectors = meanings([_context(one) for one in side], encoder)
    return np.stack([vectors[rows].mean(axis=0) for rows in groups.values()])


def _distance(vectors: npt.NDArray[np.float32], first: int) -> float:
    return float(np.linalg.norm(vectors[:first].mean(axis=0) - vectors[first:].mean(axis=0)))
