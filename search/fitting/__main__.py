"""``python -m search.fitting SHARED``: learn how a rendering is told, from terms that a dictionary marks in texts.

Nothing of the development sets enters: texts and dictionaries are those of ``SHARED/data/train`` and the thesaurus.
"""

from __future__ import annotations

import argparse
import json
import logging
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from align.document import Language
from models import StaticEncoder, Vectors, load_embedded
from search.fitting.objective import POOLED, Group, exact, fit, fit_trust, pool
from search.fitting.silver import SilverTerm, dictionary, mark
from search.locating.choice import TRUSTED_EVIDENCE
from search.locating.company import Company
from search.locating.features import features
from search.locating.scores import LEARNED
from search.locating.study import Prepared, key_of, prepare, rendering_key
from search.locating.word_statistics import Statistics, TextPair, learn_statistics

log = logging.getLogger("search.fitting")
SEED = 20261121
# Corpora of the size that a user's might have, each of one kind; and how much the vectors are blurred in each. The
# model was trained on the dictionary itself: taken as they are, its vectors would seem to need no other evidence.
CORPORA: tuple[tuple[dict[str, int], float], ...] = (
    ({"unpc_sample": 5000}, 0.4),
    ({"tw_moj_laws": 4000}, 1.2),
    ({"kubernetes": 1200, "mdn": 1200, "python_docs_po": 1000, "github_docs": 1000}, 0.6),
    ({"quran": 1500, "tatoeba_manythings": 1500, "mozilla_legal": 600, "un_sdg": 400, "web_docs": 500}, 0.8),
)
DICTIONARIES = {"dict_cedict": 16, "tw_moj_law_titles": 30} | dict.fromkeys(
    "mdn kubernetes tidb github_docs python_docs_po un_sdg unpc_sample misc_po mozilla_legal".split(), 12
)  # and the longest Chinese text of each that may be a term
TERMS = 360  # of each corpus
OCCURRENCES = 14  # of each term that are looked at
KEPT = 60


@dataclass(frozen=True)
class Blurred:
    """The embedded model with chance added to its vectors."""

    encoder: StaticEncoder
    table: Vectors

    @classmethod
    def make(cls, encoder: StaticEncoder, amount: float, seed: int) -> Blurred:
        """``amount``: length of what is added, against the vector's own."""
        chance = np.random.default_rng(seed).normal(size=encoder.table.shape).astype(np.float32)
        lengths = np.linalg.norm(encoder.table, axis=1, keepdims=True) / np.sqrt(encoder.table.shape[1])
        return cls(encoder, encoder.table + np.float32(amount) * chance * lengths)

    def tokens(self, texts: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """As the model has them."""
        return self.encoder.tokens(texts)

    def token_vectors(self) -> Vectors:
        """The blurred table."""
        return self.table


def main() -> None:
    """Mark terms, gather evidence, fit, write ``weights.json``."""
    parser = argparse.ArgumentParser(description="Learn how renderings are told.")
    parser.add_argument("shared", type=Path, help="the folder of the training data")
    shared: Path = parser.parse_args().shared
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    known = dictionary(_entries(shared))
    groups: dict[Language, list[Group]] = {"zh": [], "en": []}
    names: list[str] = []
    for number, (sources, blur) in enumerate(CORPORA):
        pairs = [pair for source, count in sources.items() for pair in _load(shared, source, count)]
        statistics = learn_statistics(pairs, Blurred.make(load_embedded(), blur, number))
        terms = mark(pairs, known, TERMS, SEED)
        for language in groups:
            found, names = gather(terms, language, pairs, statistics, (number + 1) * 10**6)
            groups[language] += found
            log.info("%s: %d terms, %d groups from %s", "/".join(sources), len(terms), len(found), language)
    stored = {target: _learn(groups[source], names) for source, target in (("zh", "en"), ("en", "zh"))}  # type: ignore[index]
    LEARNED.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf8")
    log.info("written to %s", LEARNED)


def _learn(groups: list[Group], names: list[str]) -> dict[str, dict[str, float]]:
    first = fit(groups, names, pooled=False)
    pool(groups, first)
    final = fit(groups, names, pooled=True)
    log.info("exact on the marked terms: %.4f", exact(groups, final))
    trusted = fit_trust(groups, names, final, TRUSTED_EVIDENCE)
    return {
        "first": _named(names, first),
        "final": _named([*names, *POOLED], final),
        "trust": {name: round(value, 5) for name, value in trusted.items()},
    }


def _named(names: Sequence[str], weights: npt.NDArray[np.float64]) -> dict[str, float]:
    return {name: round(float(weight), 5) for name, weight in zip(names, weights, strict=True) if abs(weight) > 1e-6}


def gather(
    terms: Sequence[SilverTerm], language: Language, pairs: Sequence[TextPair], known: Statistics, base: int
) -> tuple[list[Group], list[str]]:
    """Groups of all terms in one direction, numbered from ``base``, and the names of their evidence."""
    groups: list[Group] = []
    names: list[str] = []
    texts = [f" {rendering_key(pair.side(language), language)} " for pair in pairs]
    rng = np.random.default_rng(SEED)
    for number, term in enumerate(terms):
        here, there = (term.zh, term.en) if language == "zh" else (term.en, term.zh)
        needle = here if language == "zh" else f" {here} "
        holding = [k for k, text in enumerate(texts) if needle in text]
        drawn = set(rng.permutation(holding)[:OCCURRENCES].tolist()) | set(term.places)
        chosen = sorted(drawn)
        parts = list(prepare(here, language, [pairs[k] for k in chosen], known))
        for part in parts:
            company = Company.gather([each.runs for each in parts], part.known, len(holding))
            evidence = features(part.views, part.spans, part.known, company, part.runs)
            names = list(evidence)
            for number_of_view, place in enumerate(part.places):
                wanted = there if chosen[place] in term.places else None
                groups += _groups(base + number, evidence, part, number_of_view, wanted)
    return groups, names


def _groups(
    term: int, evidence: dict[str, npt.NDArray[np.float64]], part: Prepared, number: int, wanted: str | None
) -> list[Group]:
    """The spans of a view that are worth comparing; none if the marked one is not among them."""
    here = part.spans.of_view(number)
    if here.start == here.stop:
        return []
    own = {name: values[here] for name, values in evidence.items()}
    rough = own["odds"] + 3 * own["covered"] + 4 * own["cosine"] + own["dice"] - own["leaked"]
    rough -= 2 * (own["first_connecting"] + own["last_connecting"] + own["last_article"])
    best = np.argsort(-rough, kind="stable")[:KEPT]
    begin, units = int(part.views.begins[number]), part.views.views[number].target.units
    first, end = part.spans.first[here][best] - begin, part.spans.end[here][best] - begin
    keys = tuple(key_of(units, a, b) for a, b in zip(first.tolist(), end.tolist(), strict=True))
    if wanted is not None and wanted not in keys:
        return []
    table = np.stack([own[name][best] for name in own], axis=1)
    return [Group(term, table, keys, first, end, keys.index(wanted) if wanted is not None else None)]


def _entries(shared: Path) -> Iterator[tuple[str, str]]:
    for name, longest in DICTIONARIES.items():
        for en, zh in _rows(shared, name):
            if len(zh) <= longest and len(en.split()) <= max(6, longest - 10):
                yield zh, en
    for line in (shared / "un" / "unbis_thesaurus.tsv").read_text("utf8").splitlines()[1:]:
        _, zh, en, others = [*line.split("\t"), "", "", ""][:4]
        yield from ((zh, rendering) for rendering in (en, *others.split("|")))


def _rows(shared: Path, name: str) -> Iterator[tuple[str, str]]:
    with lzma.open(shared / "data" / "train" / f"{name}.tsv.xz", "rt", encoding="utf8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 2:
                yield cells[0], cells[1]


def _load(shared: Path, name: str, count: int) -> list[TextPair]:
    rows = [(en, zh) for en, zh in _rows(shared, name) if 12 <= len(zh) < 300 and len(en) < 800]
    drawn = np.random.default_rng(SEED).permutation(len(rows))[:count]
    return [TextPair(f"{name}:{k}", rows[k][1], rows[k][0]) for k in drawn]


if __name__ == "__main__":
    main()
