"""``python -m align.fitting SHARED``: learn the aligner's weights from the passages that the model was not trained on.

Nothing of the development sets enters: documents are made up from ``SHARED/data/train``.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections import Counter
from pathlib import Path

import numpy as np

from align.evidence import ALONE_FEATURES, FEATURES
from align.fitting.objective import Example, example, fit, judged, platt, with_gaps
from align.fitting.synthetic import make_up
from align.scoring import LEARNED, MOVES, Scorer
from models import Encoder, load_embedded
from models.training.data import Pair, load

log = logging.getLogger("align.fitting")

SEED = 20261121
DOCUMENTS = 240
GAP_ROUNDS = 2  # the share of lone units comes from the weights, and the weights from it
HARDLY_ALIKE = 0.2  # cosine
LONG_ENOUGH = 15  # characters of Chinese
MOST_SLIPPED = 0.05  # of a passage
FOR_CALIBRATION = 60  # documents that the weights are not fitted on


def main() -> None:
    """Make documents up, fit, calibrate, write ``learned_weights.json``."""
    parser = argparse.ArgumentParser(description="Learn the weights of the aligner.")
    parser.add_argument("shared", type=Path, help="the folder of the training data")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    corpus = load(arguments.shared)
    examples = made_up_examples(corpus.passages, DOCUMENTS)
    log.info("%d documents made up of %d passages", len(examples), len(corpus.passages))
    scorer = fit(examples[FOR_CALIBRATION:])
    for _ in range(GAP_ROUNDS):
        examples = [with_gaps(one, scorer) for one in examples]
        scorer = fit(examples[FOR_CALIBRATION:], scorer, rounds=30)
    links, alone = judged(examples[:FOR_CALIBRATION], scorer)
    stored = as_json(scorer, {"link": platt(links), "alone": platt(alone)}, corpus.digest)
    LEARNED.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf8")
    log.info("written to %s", LEARNED)


def made_up_examples(passages: tuple[tuple[Pair, ...], ...], count: int) -> list[Example]:
    """Documents from passages; each kind of source is drawn as often as the square root of its size."""
    rng = np.random.default_rng(SEED)
    encoder = load_embedded()
    passages = tuple(filter(None, (sound(passage, encoder) for passage in passages)))
    sizes = Counter(passage[0].source for passage in passages)
    odds = np.array([sizes[passage[0].source] ** -0.5 for passage in passages])
    examples: list[Example] = []
    while len(examples) < count:
        passage = passages[int(rng.choice(len(passages), p=odds / odds.sum()))]
        length = int(rng.integers(12, 70))
        start = int(rng.integers(max(len(passage) - length, 1)))
        made = make_up([(pair.zh, pair.en) for pair in passage[start : start + length]], rng)
        if len(made.zh) > 2 and len(made.en) > 2:
            examples.append(example(made, encoder, encoder))
    return examples


def sound(passage: tuple[Pair, ...], encoder: Encoder) -> tuple[Pair, ...]:
    """A passage without pairs that are none; nothing is left of one that is out of step.

    A pair counts as none if its texts are long enough to be judged and hardly alike (the median is 0.7): by eye,
    all of those are lines that slipped.
    """
    zh, en = encoder.encode([pair.zh for pair in passage]), encoder.encode([pair.en for pair in passage])
    alike = np.einsum("nd,nd->n", zh, en)
    slipped = [c < HARDLY_ALIKE and len(pair.zh) >= LONG_ENOUGH for c, pair in zip(alike, passage, strict=True)]
    if sum(slipped) > MOST_SLIPPED * len(passage):
        return ()
    return tuple(pair for pair, bad in zip(passage, slipped, strict=True) if not bad)


def as_json(scorer: Scorer, calibration: dict[str, tuple[float, float]], digest: str) -> dict[str, object]:
    """What ``align.scoring.learned`` reads."""
    return {
        "name": f"lattice-1@{digest[:8]}",
        "bead": {name: round(float(w), 4) for name, w in zip(FEATURES, scorer.bead, strict=True)},
        "alone": {name: round(float(w), 4) for name, w in zip(ALONE_FEATURES, scorer.alone, strict=True)},
        "moves": {f"{a}>{b}": round(float(w), 4) for (a, b), w in zip(MOVES, scorer.moves, strict=True)},
        "calibration": {kind: [round(x, 4) for x in values] for kind, values in calibration.items()},
    }


if __name__ == "__main__":
    main()
