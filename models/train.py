"""``python -m models.train SHARED``: make the embedded model from ``SHARED/data/train``, measure it, write its card."""

from __future__ import annotations

import argparse
import ctypes
import logging
import os
from dataclasses import replace
from pathlib import Path

from models.folder import write_static_model
from models.static import EMBEDDED
from models.training.card import write_card
from models.training.data import load
from models.training.evaluation import evaluate
from models.training.fit import Settings, fit, silence
from models.training.prepare import prepare

log = logging.getLogger("models.train")

_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_MAX = -1, -2, -4  # of glibc's mallopt


def main() -> None:
    """Load, build the vocabulary, train, save, evaluate, write the card."""
    parser = argparse.ArgumentParser(description="Train the embedded model.")
    parser.add_argument("shared", type=Path, help="the folder of the training data")
    parser.add_argument("--out", type=Path, default=EMBEDDED, help="where to write the model")
    parser.add_argument("--epochs", type=int, default=Settings().epochs, help="how often each pair is learned")
    parser.add_argument("--sample", type=int, default=0, help="train on so many pairs only, to try the run out")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    _keep_memory()
    settings = Settings(epochs=arguments.epochs)
    corpus = load(arguments.shared)
    log.info("%d pairs; removed: %s", len(corpus.pairs), corpus.removed)
    pairs = corpus.pairs[:: max(len(corpus.pairs) // arguments.sample, 1)] if arguments.sample else corpus.pairs
    prepared = prepare(pairs, settings.vocabulary)
    settings = replace(settings, vocabulary=prepared.tokenizer.get_vocab_size())  # fewer where the text is short
    log.info("%d tokens in the vocabulary", settings.vocabulary)
    table = fit(prepared.material, settings)
    silence(table, prepared.tokenizer)
    write_static_model(arguments.out, prepared.tokenizer, table, f"duizhao-static-{settings.dimensions}")
    write_card(arguments.out, corpus, settings, evaluate(arguments.out, arguments.shared, corpus.pairs))
    log.info("written to %s", arguments.out)


def _keep_memory() -> None:
    """Let the C library keep what it has: handing each batch's matrices back took half of the run's time."""
    if os.name != "posix":  # Windows has no library of that kind
        return
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        for option, value in ((_M_MMAP_MAX, 0), (_M_TRIM_THRESHOLD, 2**31 - 1), (_M_TOP_PAD, 2**28)):
            libc.mallopt(option, value)


if __name__ == "__main__":
    main()
